"""Handing out, double coding, merging, adjudicating, and how far two agree: the whole way, through the window."""

from __future__ import annotations

import threading

import openpyxl
import pytest
from handling import CTRL, REVIEWER, SHIFT, Key, press, said, show, type_in
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton

from db import merging, queries
from db.store import Store
from desktop import settings, text, workflow
from desktop.progress import Progress
from desktop.ui.agreement.degree_model import Column, DegreeModel
from desktop.ui.agreement.differing_model import DifferingModel
from desktop.ui.merging.dispute_model import DisputeModel
from desktop.ui.merging.hand_out_dialog import HandOutDialog
from desktop.ui.merging.merge_dialog import MergeDialog
from desktop.workflow import Part

FIRST, SECOND = "李静", "赵磊"
ALT, NONE = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier


def hand_out(window, qtbot, names, **fields):
    """Hand the store out through the dialog and return the files."""
    window.acts["hand_out"].trigger()
    dialog = window.findChildren(HandOutDialog)[-1]
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.form.names)
    type_in(names)
    for name, value in fields.items():
        field = getattr(dialog.form, name)
        take = (
            field.setText if isinstance(value, str) else field.setChecked if isinstance(value, bool) else field.setValue
        )
        take(value)
    files = list(dialog.form.files())
    qtbot.waitUntil(lambda: not dialog._wait.isActive() and not dialog.counting.busy)
    assert all(name in dialog.told.text() for name in dialog.form.colleagues()), dialog.told.text()
    with qtbot.waitSignal(dialog.handed_out, timeout=20_000):
        press(Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.job is None)
    dialog.reject()
    return files


def given(window, to, overlap=0.0, blind=False):
    """Hand out the reports of the first district without the dialog."""
    store = window.session.store
    part = Part((queries.reports(store)[0].district,), overlap=overlap)
    return workflow.hand_out(store, to, part, Progress(), reviewer=REVIEWER, blind=blind, sources=False)


def drop(window, paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, NONE)
    window.dropEvent(event)


def merge(window, qtbot, paths):
    """Drop stores on the window, merge them with Enter, and return the dialog when that is done."""
    drop(window, paths)
    qtbot.waitUntil(lambda: window.findChild(MergeDialog) is not None)
    dialog = window.findChild(MergeDialog)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.go)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.job is None, timeout=30_000)
    return dialog


def go_on(window, qtbot):
    """Go on in the window once a dialog is closed, as a system with a screen does by itself."""
    with qtbot.waitActive(window):
        window.activateWindow()


def told(dialog):
    return "\n".join(dialog.list.item(row).text() for row in range(dialog.list.count()))


@pytest.fixture
def coded(window, tmp_path, qtbot):
    """The store of a third person, into which two others' codings of the same reports were merged, disputes and all."""
    to = {tmp_path / f"{name}.hebao": name for name in (FIRST, SECOND)}
    made = given(window, to, overlap=100, blind=True)
    for one in made:
        with Store.open(one.path) as store:
            report = queries.reports(store)[0]
            figures = [f for f in queries.figures(store, report.id) if f.indicator][:12]
            with store.edit("accept", reviewer=one.to) as edit:
                for place, figure in enumerate(figures):
                    if one.to == SECOND and place in (2, 5):
                        edit.correct(figure.id, value=figure.value + 1)
                        edit.comment(figure.id, "<b>附表</b>")
                    else:
                        edit.accept(figure.id)
    dialog = merge(window, qtbot, [one.path for one in made])
    dialog.disputes.click()
    go_on(window, qtbot)
    page = window.pages.disputes
    qtbot.waitUntil(lambda: page.model.rowCount() == 2 and not page.asking.busy and page.table.hasFocus())
    return page


def test_the_whole_way(shell, window, store_path, qtbot):
    """One hands out blind to two, each codes a figure or two, both come back, and the one decides between them."""
    report = queries.reports(window.session.store)[0]
    files = hand_out(window, qtbot, f"{FIRST}、{SECOND}", districts=report.district, overlap=100, blind=True)
    assert [path.name for path in files] == ["样例-李静.hebao", "样例-赵磊.hebao"]
    for name, path, value in zip((FIRST, SECOND), files, ("151", "152"), strict=True):
        settings.remember("reviewer", name)
        theirs = show(shell, path, qtbot)
        theirs.pages.open_report(queries.reports(theirs.session.store)[0].id)
        desk = theirs.pages.desk
        assert not any(figure.reviewer for figure in desk.model.figures())
        desk.table.choose(desk.model.figures()[0].id)
        type_in(value)
        press(Key.Key_Return)
        desk.table.choose(desk.model.figures()[1].id)
        press(Key.Key_Return)
    settings.remember("reviewer", REVIEWER)
    window = show(shell, store_path, qtbot)
    dialog = merge(window, qtbot, files)
    assert "1" in told(dialog) and dialog.disputes.isVisible() and dialog.disputes.hasFocus()
    press(Key.Key_Space)
    go_on(window, qtbot)
    page = window.pages.disputes
    qtbot.waitUntil(lambda: page.model.rowCount() == 1 and not page.asking.busy)
    qtbot.waitUntil(lambda: page.isVisible() and page.table.hasFocus())
    first = queries.figures(window.session.store, report.id)[0]
    assert (first.state, first.anchor) == ("queried", page.card.dispute.anchor)
    assert {side.reviewer: side.value["value"] for side in page.card.dispute.sides} == {FIRST: 151, SECOND: 152}
    chosen = page.card.dispute.sides[1]
    press(Key.Key_2, ALT)
    press(Key.Key_F8)
    type_in("原件")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    settled = queries.figure(window.session.store, first.id)
    assert (settled.state, settled.value, settled.reviewer) == ("verified", chosen.value["value"], REVIEWER)
    second = queries.figures(window.session.store, report.id)[1]
    assert second.state == "verified" and set(second.reviewer.split(" | ")) == {FIRST, SECOND}
    window.pages.open_report(report.id, first.id)
    history = window.pages.desk.findChild(object, "detail_history").text()
    assert all(words in history for words in (FIRST, SECOND, "样例-李静", "样例-赵磊", REVIEWER, "裁定", "原件"))
    press(Key.Key_Z, CTRL)
    window.acts["page_disputes"].trigger()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1), "undone, it is in dispute again"


def test_sides_are_chosen_by_keys_and_a_third_value_is_typed(coded, window):
    page, store = coded, window.session.store
    dispute = page.card.dispute
    assert [side.reviewer for side in dispute.sides] in ([FIRST, SECOND], [SECOND, FIRST])
    for key, modifier, at in ((Key.Key_2, ALT, 1), (Key.Key_1, ALT, 0), (Key.Key_Right, NONE, 1),
                              (Key.Key_Right, NONE, 0), (Key.Key_Left, NONE, 1)):  # fmt: skip
        press(key, modifier)
        assert page.card.side() is dispute.sides[at]
    press(Key.Key_F2)
    type_in("很多")
    press(Key.Key_Return)
    assert page.model.rowCount() == 2 and "很多" in page.card._refusal.text() and page.card._refusal.isVisible()
    page.card.own.selectAll()
    type_in("7")
    press(Key.Key_Tab)
    type_in("看过原件")
    press(Key.Key_Return)
    assert page.model.rowCount() == 1 and page.table.hasFocus() and "1" in said(window)
    figures = {f.anchor: f for f in queries.figures(store, dispute.report_id)}
    settled = figures[dispute.anchor]
    assert (settled.value, settled.state, settled.comment) == (7, "verified", "看过原件")
    assert len(queries.disputes(store)) == 1
    press(Key.Key_Return)
    assert queries.disputes(store) == [] and page._empty.isVisible() and not page.card.isVisible()
    press(Key.Key_Return)
    assert said(window) and not page.card.dispute


def test_a_dispute_is_a_key_away_from_the_desk_and_shows_no_markup(coded, window):
    labels = [label.text() for label in coded.card.findChildren(object) if hasattr(label, "textFormat")]
    assert any("<b>附表</b>" in words for words in labels)
    plain = coded.card._cards[1].findChildren(object, "")
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in plain if hasattr(label, "textFormat"))
    dispute = coded.card.dispute
    press(Key.Key_Return, SHIFT)
    desk = window.pages.desk
    assert desk.isVisible() and desk.current().anchor == dispute.anchor and desk.current().state == "queried"


def test_agreement_is_measured_sorted_opened_and_exported(coded, window, tmp_path, qtbot):
    window.acts["page_agreement"].trigger()
    page = window.pages.agreement
    qtbot.waitUntil(lambda: page.found is not None and not page.measuring.busy)
    found = page.found
    assert found.whole.slots - found.whole.alike == len(found.differing) == 2
    assert f"{found.whole.slots} 个单元格" in page.findChild(object, "agreement_whole").text()
    page.part.setCurrentIndex(page.part.findData("indicators"))
    assert page.degrees.rowCount() == len(found.indicators)
    page.table.horizontalHeader().setSortIndicator(Column.SHARE, Qt.SortOrder.AscendingOrder)
    shares = [line.degree.share.value for line in page.degrees.rows]
    assert shares == sorted(shares) and shares[0] == 0
    page.table.setFocus()
    page.table.selectRow(0)
    page._choose()
    assert [one.indicator for one in page.differing.rows] == [page.degrees.rows[0].key]
    press(Key.Key_Return)
    assert page.examples.hasFocus()
    differing = page.differing.rows[0]
    press(Key.Key_Return)
    assert window.pages.desk.isVisible() and window.pages.desk.current().indicator == differing.indicator
    for part, rows in (("pairs", 1), ("districts", 1), ("unclear", 0)):
        page.part.setCurrentIndex(page.part.findData(part))
        assert page.degrees.rowCount() == rows
    with qtbot.waitSignal(page.said):
        page.export_to(tmp_path / "一致.xlsx")
    book = openpyxl.load_workbook(tmp_path / "一致.xlsx")
    assert book.sheetnames == ["一致性", "分歧"] and len(list(book["分歧"].rows)) == 1 + 2 * 2


def test_of_two_who_code_nothing_alike_the_page_says_what_to_do(window, qtbot):
    window.acts["page_agreement"].trigger()
    page = window.pages.agreement
    qtbot.waitUntil(lambda: page.found is not None and not page.measuring.busy)
    assert page._empty.isVisible() and "分发" in page._empty.text() and not page.down.isVisible()
    page.export()
    assert "分发" in said(window)
    window.acts["page_disputes"].trigger()
    disputes = window.pages.disputes
    qtbot.waitUntil(lambda: not disputes.asking.busy)
    assert disputes._empty.isVisible() and "没有需要裁定" in disputes._empty.text()


def test_all_is_said_in_the_language_of_the_moment(coded, shell, window, qtbot):
    window.acts["page_agreement"].trigger()
    page = window.pages.agreement
    qtbot.waitUntil(lambda: page.found is not None and not page.measuring.busy)
    for language, words in (
        ("en", ("Agreement", "disputes to be decided", "Why")),
        ("zh", ("一致率", "等待裁定", "说明")),
    ):
        shell.set_language(language)
        heads = [page.degrees.headerData(column, Qt.Orientation.Horizontal) for column in Column]
        assert words[0] in heads and words[1] in coded._told.text() and words[2] == coded.card._why_caption.text()
    assert text.language() == "zh"


def test_a_merge_runs_beside_the_window_and_is_given_up_without_a_trace(window, tmp_path, qtbot, monkeypatch):
    made = given(window, {tmp_path / "b.hebao": FIRST})
    with Store.open(made[0].path) as store:
        figure = queries.figures(store, queries.reports(store)[0].id)[0]
        workflow.accept(store, figure.id, reviewer=FIRST)
    before, seen, wait = queries.clock(window.session.store), set(), threading.Event()
    real = merging._reports

    def slow(*arguments):
        seen.add(threading.current_thread())
        wait.wait(10)
        return real(*arguments)

    monkeypatch.setattr(merging, "_reports", slow)
    window.merging.merge_files([made[0].path])
    dialog = window.findChild(MergeDialog)
    dialog.start()
    qtbot.waitUntil(lambda: bool(seen), timeout=10_000)
    dialog.done(0)
    wait.set()
    qtbot.waitUntil(lambda: dialog.job is None, timeout=10_000)
    assert threading.main_thread() not in seen and queries.clock(window.session.store) == before
    assert queries.merges(window.session.store) == []
    window.session.decide(workflow.accept, queries.figures(window.session.store, 1)[0].id)


def test_what_is_no_store_is_refused_there_and_then(window, tmp_path, qtbot):
    no_store = tmp_path / "x.hebao"
    no_store.write_bytes(b"no store at all" * 100)
    drop(window, [no_store])
    qtbot.waitUntil(lambda: window.findChild(MergeDialog) is not None)
    dialog = window.findChild(MergeDialog)
    assert not dialog.go.isEnabled() and "x.hebao" in told(dialog)
    dialog.reject()


def test_two_of_one_name_are_one_person_once_that_is_said(window, tmp_path, qtbot):
    files = []
    for name in ("一", "二"):
        made = given(window, {tmp_path / name: FIRST})
        with Store.open(made[0].path) as store:
            figure = queries.figures(store, queries.reports(store)[0].id)[len(files)]
            workflow.accept(store, figure.id, reviewer=FIRST)
        files.append(made[0].path)
    dialog = merge(window, qtbot, files)
    (offer,) = (button for button in dialog.findChildren(QPushButton) if FIRST in button.text())
    assert "一" in offer.text() and "二" in offer.text()
    offer.click()
    people = [row for row in queries.people(window.session.store) if row.name == FIRST]
    assert len(people) == 2 and len({row.same_as for row in people}) == 1 and not offer.isEnabled()
    dialog.reject()


def test_handing_out_says_what_is_missing_and_what_is_out(window, tmp_path, qtbot):
    window.acts["hand_out"].trigger()
    dialog = window.findChild(HandOutDialog)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.form.names)
    press(Key.Key_Return)
    assert dialog.isVisible() and "交给谁" in dialog.told.text()
    assert not dialog.form.overlap.isEnabled() and not dialog.form.seed.isEnabled()
    dialog.form.districts.setText("无此县")
    qtbot.waitUntil(lambda: "无此县" in dialog.told.text())
    dialog.reject()
    hand_out(window, qtbot, FIRST, share=50, sources=False)
    window.acts["hand_out"].trigger()
    dialog = window.findChildren(HandOutDialog)[-1]
    out = dialog.findChild(QListWidget, "handed_out")
    assert out.count() == 1 and FIRST in out.item(0).text() and "尚未合并回来" in out.item(0).text()
    dialog.form.names.setText(FIRST)
    dialog.start()
    qtbot.waitUntil(lambda: dialog.job is None and "已经存在" in dialog.told.text(), timeout=10_000)
    dialog.reject()


def test_the_models(coded, window, qtmodeltester, qtbot):
    window.acts["page_agreement"].trigger()
    page = window.pages.agreement
    qtbot.waitUntil(lambda: page.found is not None and not page.measuring.busy)
    page.part.setCurrentIndex(page.part.findData("indicators"))
    for model in (DisputeModel(window.session), DifferingModel(window.session), DegreeModel()):
        qtmodeltester.check(model)
    for model in (coded.model, page.degrees, page.differing):
        qtmodeltester.check(model)
    page.degrees.sort(Column.ALPHA, Qt.SortOrder.DescendingOrder)
    alphas = [line.degree.alpha.value for line in page.degrees.rows]
    known = [alpha for alpha in alphas if alpha is not None]
    assert alphas == sorted(known, reverse=True) + [None] * (len(alphas) - len(known))
    qtmodeltester.check(page.degrees)


def test_a_store_that_is_only_read_is_not_handed_out(shell, window, store_path, tmp_path, qtbot):
    shell.open(store_path, read_only=True)
    shell.window.acts["hand_out"].trigger()
    assert said(shell.window) == text.say("store_read_only", path=store_path)
    assert shell.window.findChild(HandOutDialog) is None


def test_two_names_that_would_be_one_file_are_refused(window, qtbot):
    window.acts["hand_out"].trigger()
    dialog = window.findChild(HandOutDialog)
    dialog.form.names.setText("李?静、李*静")
    dialog.start()
    assert dialog.job is None and dialog.told.text() == text.say(
        "hand_out_same_file", path=next(iter(dialog.form.files()))
    )
    dialog.reject()


def test_closing_while_a_store_is_written_leaves_none_and_no_record(window, qtbot, monkeypatch):
    begun, go = threading.Event(), threading.Event()
    whole = workflow.write_hand_out

    def slow(store, part, to, progress, **named):
        begun.set()
        go.wait(20)
        yield from whole(store, part, to, progress, **named)

    monkeypatch.setattr(workflow, "write_hand_out", slow, raising=False)
    window.acts["hand_out"].trigger()
    dialog = window.findChild(HandOutDialog)
    dialog.form.names.setText(FIRST)
    (file,) = dialog.form.files()
    dialog.start()
    assert begun.wait(20)
    dialog.reject()
    assert dialog.isVisible(), "until it is given up"
    with qtbot.waitSignal(dialog.finished, timeout=20_000):
        go.set()
    assert not file.exists() and workflow.handed_out(window.session.store) == []


def test_what_is_typed_on_a_dispute_is_still_there_in_the_other_language(coded, shell, window, qtbot):
    coded.card.own.setText("7")
    coded.card.why.setText("附表")
    shell.set_language("en")
    assert (coded.card.own.text(), coded.card.why.text()) == ("7", "附表")
    coded.card.choose(1)
    shell.set_language("zh")
    assert coded.card.side() is coded.card.dispute.sides[1] and coded.card.why.text() == "附表"


def test_where_nothing_is_in_dispute_there_is_no_empty_list(window, qtbot):
    window.acts["page_disputes"].trigger()
    page = window.pages.disputes
    qtbot.waitUntil(lambda: not page.asking.busy and page._empty.isVisible())
    assert not page.table.isVisible() and page._empty.text() == text.say("disputes_none")
