"""Long work runs beside the window's thread, and what comes of it is never stale for good."""

from __future__ import annotations

import threading

import pytest
from handling import Key, press, show, type_in

from db import queries
from desktop import exporting, paths, workflow
from desktop.ui.export_dialog import ExportDialog
from desktop.workflow import checking, importing


@pytest.fixture
def threads(monkeypatch):
    """Note on which threads reading, checking, searching and exporting happen."""
    seen = {}

    def spy(module, name):
        real = getattr(module, name)

        def noted(*arguments, **named):
            seen.setdefault(name, set()).add(threading.current_thread())
            return real(*arguments, **named)

        monkeypatch.setattr(module, name, noted)

    spy(importing, "read_one")
    spy(checking, "judge")
    spy(queries, "search")
    spy(exporting, "write")
    return seen


def quiet(window, qtbot):
    qtbot.waitUntil(lambda: not window.session.checking.busy, timeout=20_000)


def doubted(window):
    """Return a figure with an open finding that its value is part of, and the finding's fingerprint."""
    store = window.session.store
    for report in queries.reports(store):
        figures = {(f.start, f.end): f for f in queries.figures(store, report.id)}
        for row in queries.findings(store, report.id):
            for span in row.finding.figures:
                if span in figures:
                    return figures[span], row.finding.fingerprint
    raise AssertionError("the samples have findings")


def fingerprints(window, report_id):
    return {row.finding.fingerprint for row in queries.findings(window.session.store, report_id)}


def test_no_import_check_search_or_export_runs_on_the_windows_thread(window, threads, tmp_path, qtbot):
    source = next(paths.samples().glob("*.txt"))
    (tmp_path / "再报.txt").write_text(source.read_text(encoding="utf-8") + "\n附注", encoding="utf-8")
    with qtbot.waitSignal(window.files.importing.finished, timeout=20_000):
        window.files.importing.add([tmp_path / "再报.txt"])
    quiet(window, qtbot)
    figure, _ = doubted(window)
    window.session.decide(workflow.correct_value, figure.id, "987654")
    quiet(window, qtbot)
    window.acts["page_search"].trigger()
    type_in("复议")
    qtbot.waitUntil(lambda: window.pages.search.hits.rowCount() > 0, timeout=10_000)
    window.acts["export"].trigger()
    dialog = window.findChild(ExportDialog)
    dialog.path.setText(str(tmp_path / "表.csv"))
    dialog.format.setCurrentIndex(dialog.format.findData("csv"))
    dialog.state.setCurrentIndex(dialog.state.findData("all"))
    with qtbot.waitSignal(dialog.exported, timeout=20_000):
        dialog.go.click()
    main = threading.main_thread()
    assert set(threads) == {"read_one", "judge", "search", "write"}
    assert not [name for name, on in threads.items() if main in on]


def test_a_decision_is_checked_soon_and_the_pages_are_told(window, qtbot):
    figure, fingerprint = doubted(window)
    window.pages.open_report(figure.report_id, figure.id)
    before = fingerprints(window, figure.report_id)
    with qtbot.waitSignal(window.session.checking.changed, timeout=10_000):
        window.session.decide(workflow.correct_value, figure.id, "987654")
        assert fingerprints(window, figure.report_id) == before, "the decision itself waits for no check"
    assert fingerprint not in fingerprints(window, figure.report_id)
    told = {row.finding.fingerprint for row in window.pages.desk.opened.findings}
    assert told == fingerprints(window, figure.report_id)


def test_a_report_decided_on_while_it_is_judged_is_judged_again(window, qtbot, monkeypatch):
    figure, fingerprint = doubted(window)
    real, held, go_on = checking.judge, threading.Event(), threading.Event()

    def slow(inputs, known):
        found = real(inputs, known)
        if not held.is_set():
            held.set()
            go_on.wait(10)
        return found

    monkeypatch.setattr(checking, "judge", slow)
    window.session.decide(workflow.correct_value, figure.id, "987654")
    qtbot.waitUntil(held.is_set, timeout=10_000)
    window.session.undo()
    go_on.set()
    quiet(window, qtbot)
    assert fingerprint in fingerprints(window, figure.report_id)
    window.session.checking.finish()
    assert queries.unchecked(window.session.store) == []


def test_closing_waits_for_the_last_check(window, shell, store_path):
    figure, fingerprint = doubted(window)
    window.session.decide(workflow.correct_value, figure.id, "987654")
    shell.close()
    with workflow.open_store(store_path) as store:
        left = {row.finding.fingerprint for row in queries.findings(store, figure.report_id)}
        assert fingerprint not in left and queries.unchecked(store) == []


def test_what_was_left_unchecked_is_checked_at_the_next_opening(shell, store_path, qtbot):
    with workflow.open_store(store_path) as store:
        report = max(queries.reports(store), key=lambda row: row.findings)
        figures = {(f.start, f.end): f for f in queries.figures(store, report.id)}
        row = next(row for row in queries.findings(store, report.id) if row.finding.figures)
        workflow.correct_value(store, figures[row.finding.figures[0]].id, "987654", reviewer="王敏")
        assert report.id in queries.unchecked(store)
    window = show(shell, store_path, qtbot)
    qtbot.waitUntil(lambda: row.finding.fingerprint not in fingerprints(window, report.id), timeout=10_000)
    quiet(window, qtbot)
    window.session.checking.finish()
    assert queries.unchecked(window.session.store) == []


def test_a_check_that_cannot_be_kept_is_said(window, qtbot, monkeypatch):
    from desktop.errors import UserError

    def full(*_):
        raise UserError("store_unwritable", path="样例.hebao")

    monkeypatch.setattr(workflow, "keep_findings", full)
    figure, _ = doubted(window)
    window.session.decide(workflow.correct_value, figure.id, "987654")
    qtbot.waitUntil(lambda: "样例.hebao" in window.findChild(object, "said").text(), timeout=10_000)
    assert figure.report_id in queries.unchecked(window.session.store)


def test_what_is_being_typed_survives_a_check(window, qtbot):
    figure, _ = doubted(window)
    window.pages.open_report(figure.report_id, figure.id)
    window.session.decide(workflow.correct_value, figure.id, "987654")
    press(Key.Key_F8)
    type_in("等")
    quiet(window, qtbot)
    qtbot.wait(50)
    assert window.pages.desk.detail.note.line.text() == "等"
