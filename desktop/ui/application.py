"""The two ways into the window: running it, and taking its picture."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from db.store import Store
from desktop import workflow
from desktop.endings import Mark
from desktop.errors import UserError
from desktop.text import say_error
from desktop.ui.displays import lacking
from desktop.ui.jobs import finish_all
from desktop.ui.main_window import MainWindow
from desktop.ui.mishaps import Mishaps
from desktop.ui.shell import Shell
from desktop.ui.theme import Scheme, dress

PATIENCE_S = 30.0


def run(store_path: Path | None = None, *, language: str | None = None) -> int:
    """Show the window on a store (workflow.store_path finds one) until it is closed; return the exit status."""
    if sentence := lacking():
        print(sentence, file=sys.stderr)
        return 2
    app = _application()
    shell = Shell(app, language)
    mark, mishaps = Mark(), Mishaps(lambda: shell.window)
    badly = mark.begin()
    mishaps.begin()
    try:
        return _run(app, shell, store_path, badly)
    finally:
        mishaps.end()
        mark.end()


def _run(app: QApplication, shell: Shell, store_path: Path | None, badly: bool) -> int:
    read_only = False
    while shell.window is None:
        try:
            shell.open(store_path, read_only=read_only)
        except UserError as error:
            print(say_error(error), file=sys.stderr)
            from desktop.ui.refusal import ask_instead

            seen = app.platformName() not in ("offscreen", "minimal")
            instead = ask_instead(error, workflow.store_path(store_path)) if seen else None
            if instead is None:
                return 1
            store_path, read_only = instead.path, instead.read_only
    if badly:
        from desktop.ui.mishap_dialog import EndedBadly

        shell.window.put_notice(EndedBadly())
    status = app.exec()
    shell.close()
    return status


def photograph(
    store_path: Path,
    picture: Path,
    *,
    page: str = "desk",
    language: str = "zh",
    theme: Scheme = "light",
    size: tuple[int, int] = (1440, 900),
    district: str | None = None,
    prepare: Callable[[MainWindow], None] | None = None,
    dialog: str = "",
) -> None:
    """Write a picture (PNG) of the window on a store, without a screen.

    `page` is "reports", "desk", "sheaf", "search", "trends", "spot" or "help". The desk shows the first report of
    `district` (name or division code), or the first of all. `dialog` names the command whose dialog is taken
    in place of the window; `prepare` does something with the window before. UserError says why the store cannot be
    opened.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = _application()
    shell = Shell(app, language, theme)
    store = workflow.open_store(store_path, create=False, read_only=True)
    window = MainWindow(store, remembers=False)
    window.resize(*size)
    for badge in window.findChildren(QLabel, "only_read"):  # the picture is of work, and only the camera just reads
        badge.hide()
    dress(app)
    window.show()
    window.acts.draw()  # which otherwise follows the first paint, as the facts do
    window.pages.reports.facts.show()
    _show_page(window, page, _report_of(store, district))
    taken: QWidget = window
    if dialog:
        window.acts[dialog].trigger()
        taken = window.findChildren(QDialog)[-1]
    if prepare is not None:
        prepare(window)
        _settle(window)
    for _ in range(3):  # a layout within a layout follows in the next turn
        app.processEvents()
    picture.parent.mkdir(parents=True, exist_ok=True)
    taken.grab().save(str(picture))
    shell.window = window
    shell.close()


def _application() -> QApplication:
    """Return the application, in the one style whose colours are all ours; to ask for it later takes longer."""
    app = QCoreApplication.instance()
    return app if isinstance(app, QApplication) else QApplication([*sys.argv[:1], "-style", "fusion"])


def _report_of(store: Store, district: str | None) -> int | None:
    from db import queries

    reports = queries.reports(store)
    wanted = [report.id for report in reports if district in (None, report.district, report.adcode)]
    return wanted[0] if wanted else None


def _show_page(window: MainWindow, page: str, report_id: int | None) -> None:
    if report_id is not None:
        window.pages.open_report(report_id)
    getattr(window.pages, f"show_{page}")()
    _settle(window)


def _settle(window: MainWindow) -> None:
    """Return once nothing runs any more and a chart that is being drawn is there."""
    finish_all()
    if window.pages.currentWidget() is not window.pages.places["trends"]:
        return
    until = time.monotonic() + PATIENCE_S
    while not window.pages.trends.canvas.ready and time.monotonic() < until:
        QCoreApplication.processEvents()
        time.sleep(0.02)
