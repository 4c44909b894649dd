"""An indicator of the reviewer's own, written, tried and saved in the window by keyboard; it works on every report."""

from __future__ import annotations

import pytest
from handling import CTRL, SHIFT, Key, compose, press, said, show, type_in
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit

from db import queries
from desktop import indicators, workflow
from desktop.text import set_language
from desktop.ui.desk.figure_model import Column
from desktop.ui.shell import Shell

RECEIVED = {
    "id": "own_received",
    "name_zh": "本地收件数",
    "unit": "件",
    "when": [{"topic": "行政复议", "act": "@收到", "weight": 1.25}],
}


def own_dialog(window):
    return window.findChild(QDialog, "own_indicators")


@pytest.fixture
def dialog(desk, window):
    press(Key.Key_F3, SHIFT)
    opened = own_dialog(window)
    return opened


def tried(dialog, qtbot):
    qtbot.waitUntil(lambda: dialog.trial._job is None and not dialog.trial._due, timeout=20_000)


def read(window, qtbot):
    qtbot.waitUntil(lambda: window.rereading.job is None, timeout=30_000)


def named(window, indicator="own_received"):
    store = window.session.store
    return [
        f for report in queries.reports(store) for f in queries.figures(store, report.id) if f.indicator == indicator
    ]


def close(dialog, window, qtbot):
    dialog.reject()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)


def tab_to(name):
    for _ in range(40):
        if QApplication.focusWidget().objectName() == name:
            return
        press(Key.Key_Tab)
    raise AssertionError(f"{name} is not reached by Tab")


def write(dialog, **fields):
    """Write into fields of the form, each reached by Tab from the first."""
    dialog.form.fields["name_zh"].setFocus()
    for name, text in fields.items():
        tab_to(f"own_{name}")
        QApplication.focusWidget().selectAll()
        type_in(text)


def written(dialog):
    write(dialog, name_zh="本地收件数", name_en="own received", unit="件", topic_1="行政复议", act_1="收到 收")


def test_an_indicator_is_written_tried_and_saved_by_keyboard_and_works_on_every_report(dialog, window, qtbot):
    assert QApplication.focusWidget() is dialog.form.fields["name_zh"]
    before = {f.id: f.indicator for f in named(window, "reconsideration_received")}
    written(dialog)
    assert dialog.form.fields["id"].text() == "own_received", "proposed from the name"
    tried(dialog, qtbot)
    here = dialog.trial.taken
    assert here > 0 and str(here) in dialog.trial.told.text()
    assert "行政复议" in dialog.trial.table.item(0, 1).text()
    tab_to("own_scope")
    press(Key.Key_Down)
    tried(dialog, qtbot)
    everywhere = dialog.trial.taken
    assert everywhere > here and dialog.trial.reports > 1
    assert named(window) == [], "nothing is written until it is saved"
    tab_to("own_name_zh")
    press(Key.Key_Return)
    assert "已保存" in dialog.told.text()
    read(window, qtbot)
    assert len(named(window)) == everywhere
    assert {f.id for f in named(window)} & set(before), "taken over from the indicator that had them"
    assert "12" in dialog.told.text() and "12" in said(window)
    assert [dialog.list.item(row).text() for row in range(dialog.list.count())] == ["本地收件数"]


def test_what_is_being_read_is_not_begun_again(dialog, window, qtbot):
    written(dialog)
    dialog.save.click()
    job = window.rereading.job
    window.rereading.start()
    assert window.rereading.job is job and not job.cancelled
    read(window, qtbot)
    assert "12" in dialog.told.text()


def test_picker_trends_and_table_know_it_at_once(dialog, desk, window, qtbot):
    written(dialog)
    dialog.save.click()
    read(window, qtbot)
    close(dialog, window, qtbot)
    names = [desk.model.index(row, Column.INDICATOR).data() for row in range(desk.model.rowCount())]
    assert "本地收件数" in names, "the desk shows it without being opened again"
    desk.table.setFocus()
    press(Key.Key_F3)
    type_in("bdsjs")
    assert desk.picker._model.offers[0].id == "own_received"
    press(Key.Key_Return)
    assert any(f.state == "verified" for f in named(window))
    press(Key.Key_3, CTRL)
    trends = window.pages.trends
    assert "own_received" in {choice.key for choice in trends.aside.indicators._all}


def test_adding_it_is_undone_and_redone_by_key(dialog, window, qtbot):
    written(dialog)
    dialog.save.click()
    read(window, qtbot)
    close(dialog, window, qtbot)
    press(Key.Key_Z, CTRL)
    assert said(window).startswith("已撤销：添加指标")
    read(window, qtbot)
    assert named(window) == [] and window.session.catalogue is indicators.load()
    press(Key.Key_Y, CTRL)
    read(window, qtbot)
    assert named(window) and window.session.indicator_name("own_received") == "本地收件数"


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("unit", "朵", "计量单位"),
        ("id", "permits", "permits"),
        ("act_1", "@没有的组", "@没有的组"),
        ("name_zh", "行政许可件数", "请换一个名称"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(dialog, window, qtbot, field, text, sentence):
    if field == "name_zh":
        text = next(iter(indicators.load().values())).name_zh
    written(dialog)
    write(dialog, **{field: text})
    assert dialog.trial.table.rowCount() == 0 and sentence in dialog.trial.told.text()
    dialog.save.click()
    assert sentence in dialog.told.text() and dialog.told.property("part") == "error"
    assert queries.own_indicators(window.session.store) == []


def test_it_is_changed_and_removed(dialog, window, qtbot):
    written(dialog)
    dialog.save.click()
    read(window, qtbot)
    assert dialog.form.fields["id"].isReadOnly()
    write(dialog, definition="只算本级")
    press(Key.Key_Return)
    read(window, qtbot)
    (row,) = queries.own_indicators(window.session.store)
    assert row["definition"] == "只算本级" and row["when"][0]["topic"] == "行政复议"
    tab_to("own_remove")
    press(Key.Key_Space)
    assert "已删除" in dialog.told.text() and queries.own_indicators(window.session.store) == []
    read(window, qtbot)
    assert named(window) == []


def test_what_is_not_saved_is_not_dropped_at_once(dialog, window):
    write(dialog, name_zh="草稿")
    press(Key.Key_Escape)
    assert dialog.isVisible() and "尚未保存" in dialog.told.text()
    write(dialog, unit="件")
    assert dialog.told.text() == ""
    press(Key.Key_Escape)
    assert dialog.isVisible()
    press(Key.Key_Escape)
    assert not dialog.isVisible()


def test_several_ways_of_saying_it_are_lines_that_come_and_go(dialog, qtbot):
    written(dialog)
    tab_to("own_add_line")
    press(Key.Key_Space)
    assert QApplication.focusWidget().objectName() == "own_topic_2"
    type_in("复议")
    tab_to("own_without_2")
    type_in("去年")
    when = dialog.form.definition()["when"]
    assert [line.get("topic") for line in when] == ["行政复议", "复议"] and when[1]["without"] == "去年"
    dialog.form.wordings._drops[0].click()
    assert [line.get("topic") for line in dialog.form.definition()["when"]] == ["复议"]
    dialog.form.wordings._drops[0].click()
    assert dialog.form.definition()["when"] == [] and len(dialog.form.wordings.lines) == 1


def test_typing_an_at_sign_offers_the_groups_of_words(dialog, qtbot):
    line = dialog.form.wordings.lines[0]["act"]
    line.setFocus()
    type_in("a @")
    compose("", commit="收到")
    assert line.popup.isVisible() and line.popup.currentIndex().data() == "收到"
    QTest.keyClick(line.popup, Key.Key_Return)
    assert line.text() == "a @收到 " and not line.popup.isVisible()
    assert dialog.isVisible() and dialog.told.text() == "", "Enter chose the group and saved nothing"
    type_in("@")
    compose("", commit="没有这组")
    assert not line.popup.isVisible()


def test_the_kind_follows_the_unit(dialog):
    write(dialog, unit="%")
    assert dialog.form.choices["kind"].currentData() == "percent"
    write(dialog, unit="件")
    assert dialog.form.choices["kind"].currentData() == "count"


def test_every_field_is_named_for_those_who_do_not_see_it(dialog):
    fields = [w for kind in (QLineEdit, QComboBox) for w in dialog.findChildren(kind) if w.isVisible()]
    assert len(fields) >= 14 and all(field.accessibleName() for field in fields)
    assert dialog.list.accessibleName() and dialog.trial.table.accessibleName()


def test_a_window_closed_meanwhile_ends_what_is_being_tried(dialog, shell, window):
    written(dialog)
    assert dialog.trial._due
    window.close()
    assert not dialog.isVisible() and not dialog.trial._due and dialog.trial._job is None


def test_without_a_report_at_the_desk_all_reports_are_tried(window):
    window.acts["own_indicators"].trigger()
    dialog = own_dialog(window)
    assert dialog.trial.scope.count() == 1 and len(dialog.trial.scope.currentData()) == 12
    dialog.reject()


def test_it_speaks_english(window):
    set_language("en")
    window.retranslate()
    window.acts["own_indicators"].trigger()
    dialog = own_dialog(window)
    assert dialog.windowTitle() == "Own indicators" and dialog.save.text() == "Save"
    dialog.reject()


def test_reading_again_goes_on_at_the_next_start(shell, store_path, qapp, qtbot):
    with workflow.open_store(store_path) as store:
        workflow.add_indicator(store, RECEIVED, reviewer="王敏")
        assert len(workflow.outdated(store)) == 12
    window = show(shell, store_path, qtbot)
    qtbot.waitUntil(lambda: "12" in said(window), timeout=30_000)
    assert workflow.outdated(window.session.store) == [] and named(window)


def test_an_import_comes_first_and_reading_again_goes_on_after_it(window, tmp_path, qtbot):
    source = tmp_path / "新.txt"
    source.write_text("石桥区2024年法治政府建设年度报告\n全年收到行政复议申请7件。\n", encoding="utf-8")
    with qtbot.waitSignal(window.files.importing.finished, timeout=30_000):
        window.session.decide(workflow.add_indicator, RECEIVED)
        window.files.importing.add([source])
    qtbot.waitUntil(lambda: workflow.outdated(window.session.store) == [], timeout=30_000)
    read(window, qtbot)
    assert 7 in {figure.value for figure in named(window)}


def test_what_is_stopped_stays_to_be_read(window, qtbot):
    window.session.decide(workflow.add_indicator, RECEIVED)
    window.strip.cancel.click()
    read(window, qtbot)
    left = workflow.outdated(window.session.store)
    assert 0 < len(left) <= 12 and "下次打开" in said(window)
    window.rereading.start()
    read(window, qtbot)
    assert workflow.outdated(window.session.store) == []


def test_two_changes_soon_after_each_other_are_both_read(window, qtbot):
    window.session.decide(workflow.add_indicator, RECEIVED)
    window.session.decide(workflow.change_indicator, {**RECEIVED, "combine": "sum"})
    qtbot.waitUntil(lambda: workflow.outdated(window.session.store) == [], timeout=30_000)
    read(window, qtbot)
    assert {row.catalogue for row in queries.reports(window.session.store)} == {window.session.catalogue.version}


def test_a_store_that_is_only_read_is_left_as_it_is(store_path, qapp, window):
    window.close()
    window.session.store.close()
    with workflow.open_store(store_path) as store:
        workflow.add_indicator(store, RECEIVED, reviewer="王敏")
    from desktop.ui.indicators.rereading import Rereading
    from desktop.ui.session import Session

    with workflow.open_store(store_path, create=False, read_only=True) as reading:
        rereading = Rereading(Session(reading))
        rereading.start()
        assert rereading.job is None


def test_a_restarted_window_undoes_what_the_last_one_added(dialog, shell, store_path, qapp, qtbot, window):
    written(dialog)
    dialog.save.click()
    read(window, qtbot)
    dialog.reject()
    shell.close()
    another = Shell(qapp, "zh", "light")
    again = show(another, store_path, qtbot)
    press(Key.Key_Z, CTRL)
    read(again, qtbot)
    assert queries.own_indicators(again.session.store) == [] and named(again) == []
    another.close()
