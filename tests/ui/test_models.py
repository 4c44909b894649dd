"""Every model passes Qt's own checks, with rows, without, and after changes."""

from __future__ import annotations

from handling import Key, press
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtWidgets import QTableView

from db import overview
from desktop.agreement import Degree, Estimate
from desktop.ui.agreement.degree_model import Column as Of
from desktop.ui.agreement.degree_model import DegreeModel, Line
from desktop.ui.desk.figure_model import Column, FigureModel
from desktop.ui.desk.picker import OfferModel
from desktop.ui.reports.matrix_model import MatrixModel
from desktop.ui.reports.report_model import ReportModel
from desktop.ui.trends.choice_model import Choice, ChoiceModel

Role, Order = Qt.ItemDataRole, Qt.SortOrder


def test_figure_model(desk, qtmodeltester):
    model = FigureModel(desk.session)
    qtmodeltester.check(model)
    figures = desk.model.figures()
    assert model.show(figures, {}) == [figure.id for figure in figures]
    qtmodeltester.check(model)
    assert model.show(figures, {figures[3].id: 2}) == [figures[3].id]
    assert model.index(3, Column.FINDINGS).data() == "2"
    assert model.show(figures, {figures[3].id: 2}) == []
    assert model.show(figures[1:], {}) == [figure.id for figure in figures[1:]]
    qtmodeltester.check(model)


def test_figure_model_says_a_figure_in_words(desk):
    figure = next(f for f in desk.model.figures() if f.value >= 1000 and f.approx == "more")
    row = desk.model.row_of(figure.id)
    words = [desk.model.index(row, column).data() for column in Column]
    assert words[Column.NUMBER] == str(row + 1)
    assert words[Column.VALUE] == f"超 {figure.value:,.10g}"
    assert words[Column.STATE] == "机器读取"
    assert desk.model.index(row, Column.VALUE).data(Role.EditRole) == f"{figure.value:.15g}"
    assert not desk.model.index(row, Column.STATE).data(Role.DecorationRole).isNull()


def test_report_models(window, qtmodeltester):
    reports = overview.standings(window.session.store)
    for model in (MatrixModel(), ReportModel()):
        qtmodeltester.check(model)
        model.show(reports)
        qtmodeltester.check(model)
        model.show(reports[:5])
        qtmodeltester.check(model)
        model.show(reports[:5])
        qtmodeltester.check(model)


def test_what_is_chosen_goes_along_when_lines_are_sorted(qtbot):
    unsaid = Estimate(None)
    shares = {"甲": 0.5, "乙": 0.9, "丙": None}
    model = DegreeModel()
    model.show([Line(name, name, Degree(1, 1, 1, Estimate(share), unsaid, unsaid)) for name, share in shares.items()])
    chosen = [QPersistentModelIndex(model.index(row, Of.KAPPA)) for row in range(3)]
    for order, names in ((Order.DescendingOrder, "乙甲丙"), (Order.AscendingOrder, "甲乙丙")):
        model.sort(Of.SHARE, order)
        assert [line.words for line in model.rows] == list(names)
        assert [model.at(index).words for index in chosen] == ["甲", "乙", "丙"]
        assert {index.column() for index in chosen} == {Of.KAPPA}
    model.sort(-1)
    assert [line.words for line in model.rows] == ["甲", "乙", "丙"]


def test_lists_of_choices(window, qtmodeltester):
    offers = OfferModel()
    qtmodeltester.check(offers)
    offers.show([*list(window.session.catalogue.values())[:4], None])
    qtmodeltester.check(offers)
    assert offers.index(4).data() == "没有合适的指标"

    model = ChoiceModel(lambda key, wanted: False)
    model.show([Choice("a", "甲"), Choice("b", "乙")], frozenset({"b"}))
    qtmodeltester.check(model)
    assert not model.setData(model.index(0), Qt.CheckState.Checked.value, Role.CheckStateRole)
    model.filter(lambda choice: choice.words == "甲")
    assert [choice.key for choice in model.shown] == ["a", "b"], "what is ticked stays in sight"


def test_rows_have_one_height_and_columns_are_not_fitted_to_contents(desk):
    assert isinstance(desk.table, QTableView)
    header = desk.table.verticalHeader()
    heights = {header.sectionSize(row) for row in range(desk.model.rowCount())}
    modes = {desk.table.horizontalHeader().sectionResizeMode(column) for column in Column}
    assert len(heights) == 1
    assert not any(mode.name == "ResizeToContents" for mode in modes)


def test_a_decision_changes_one_row_and_resets_nothing(desk, qtbot):
    resets = []
    desk.model.modelReset.connect(lambda: resets.append(1))
    with qtbot.waitSignal(desk.model.dataChanged):
        press(Key.Key_Return)
    assert not resets
