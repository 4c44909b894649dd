"""The two ways into the window: running it, and taking its picture."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QLabel

from db import queries
from db.store import Store
from desktop import workflow
from desktop.errors import UserError
from desktop.text import say, say_error
from desktop.ui.jobs import finish_all
from desktop.ui.main_window import MainWindow
from desktop.ui.refusal import ask_instead
from desktop.ui.shell import Shell
from desktop.ui.theme import Scheme, dress

PATIENCE_S = 30.0
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def run(store_path: Path | None = None, *, language: str | None = None) -> int:
    """Show the window on a store (workflow.store_path finds one) until it is closed; return the exit status."""
    if sys.platform == "linux" and not any(os.environ.get(name) for name in DISPLAYS):  # Qt would abort
        print(say("no_display"), file=sys.stderr)
        return 1
    app = _application()
    shell = Shell(app, language)
    before, sys.excepthook = sys.excepthook, _telling(shell)
    try:
        return _run(app, shell, store_path)
    finally:
        sys.excepthook = before


def _run(app: QApplication, shell: Shell, store_path: Path | None) -> int:
    read_only = False
    while shell.window is None:
        try:
            shell.open(store_path, read_only=read_only)
        except UserError as error:
            print(say_error(error), file=sys.stderr)
            seen = app.platformName() not in ("offscreen", "minimal")
            instead = ask_instead(error, workflow.store_path(store_path)) if seen else None
            if instead is None:
                return 1
            store_path, read_only = instead.path, instead.read_only
    status = app.exec()
    shell.close()
    return status


def _telling(shell: Shell) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """Return what says a sentence in the window that nobody caught, as of damage found on the way; the rest goes on."""
    before = sys.excepthook

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, UserError) and shell.window is not None:
            shell.window.tell(say_error(error), True)
        else:
            before(kind, error, trace)

    return tell


def photograph(
    store_path: Path,
    picture: Path,
    *,
    page: str = "desk",
    language: str = "zh",
    theme: Scheme = "light",
    size: tuple[int, int] = (1440, 900),
    district: str | None = None,
) -> None:
    """Write a picture (PNG) of the window on a store, without a screen.

    `page` is "reports", "desk", "sheaf", "search", "trends", "spot" or "help". The desk shows the first report of
    `district` (name or division code), or the first of all. UserError says why the store cannot be opened.
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
    _show_page(window, page, _report_of(store, district))
    app.processEvents()
    picture.parent.mkdir(parents=True, exist_ok=True)
    window.grab().save(str(picture))
    shell.window = window
    shell.close()


def _application() -> QApplication:
    """Return the application, in the one style whose colours are all ours; to ask for it later takes longer."""
    app = QCoreApplication.instance()
    return app if isinstance(app, QApplication) else QApplication([*sys.argv[:1], "-style", "fusion"])


def _report_of(store: Store, district: str | None) -> int | None:
    reports = queries.reports(store)
    wanted = [report.id for report in reports if district in (None, report.district, report.adcode)]
    return wanted[0] if wanted else None


def _show_page(window: MainWindow, page: str, report_id: int | None) -> None:
    if report_id is not None:
        window.pages.open_report(report_id)
    getattr(window.pages, f"show_{page}")()
    finish_all()
    if page != "trends":
        return
    until = time.monotonic() + PATIENCE_S
    while not window.pages.trends.canvas.ready and time.monotonic() < until:
        QCoreApplication.processEvents()
        time.sleep(0.02)
