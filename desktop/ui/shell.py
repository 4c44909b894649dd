"""The application around the window: language, fonts, colours, and which store is open."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QLibraryInfo, QObject, QThreadPool, QTranslator
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from desktop import settings, text, workflow
from desktop.errors import UserError
from desktop.text import say, say_error
from desktop.ui import theme
from desktop.ui.collecting import Collecting
from desktop.ui.fonts import interface_font
from desktop.ui.input_guard import InputGuard
from desktop.ui.jobs import finish_all
from desktop.ui.main_window import MainWindow
from desktop.ui.theme import Scheme

SWITCH_S = 0.0005  # a job in Python gives way to the window ten times sooner than by Python's own measure
THREADS = 8  # jobs mostly wait for the store: none waits for another


class Shell(QObject):
    """Owns the window; made once."""

    def __init__(self, app: QApplication, language: str | None = None, scheme: Scheme | None = None) -> None:
        super().__init__(app)
        self._app = app
        self._translator = QTranslator(self)
        self._system_font = app.font()
        self._fixed = scheme
        self.window: MainWindow | None = None
        app.setApplicationName("Hebao")
        sys.setswitchinterval(SWITCH_S)
        QThreadPool.globalInstance().setMaxThreadCount(THREADS)
        self.guard = InputGuard(app)
        self._collecting = Collecting(self)
        theme.apply(app, scheme or theme.chosen_scheme(app))
        self._speak(language or text.chosen_language())
        app.styleHints().colorSchemeChanged.connect(self._follow_scheme)
        if sys.platform == "darwin":  # where a double click is an event: elsewhere the store is an argument
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open the store that the system hands over."""
        if isinstance(event, QFileOpenEvent):
            self._switch(Path(event.file()), [])
            return True
        return super().eventFilter(watched, event)

    def open(
        self, store_path: Path | None, sources: Sequence[Path] = (), *, remembers: bool = True, read_only: bool = False
    ) -> MainWindow:
        """Open a store in a window, in place of the one before, and import `sources`; UserError says why not."""
        store = workflow.open_store(store_path, create=not read_only, read_only=read_only)
        try:
            made = MainWindow(store, remembers=remembers)
        except UserError:  # damaged, as the first page finds
            store.close()
            raise
        before, self.window = self.window, made
        self.window.language_wanted.connect(self.set_language)
        self.window.theme_wanted.connect(self._follow_scheme)
        self.window.files.store_wanted.connect(self._switch)
        self.window.restore_wanted.connect(self.restore)
        theme.dress(self._app)
        self.window.show()
        if before is not None:
            self._put_away(before)
        self.window.first_questions()
        if sources:
            self.window.files.importing.add(sources)
        return self.window

    def close(self) -> None:
        """Let what runs come to its end and close the store, so that its file is whole; the shell is done with then."""
        if self.window is not None:
            window, self.window = self.window, None
            self._put_away(window)
        self.guard.stop()
        self._collecting.stop()
        self._app.removeTranslator(self._translator)

    def set_language(self, language: str) -> None:
        """Speak another language at once, and at the next start; that of the system where `language` is empty."""
        settings.remember("language", language)
        self._speak(language or text.chosen_language())
        if self.window is not None:
            self.window.retranslate()

    def set_scheme(self, scheme: Scheme) -> None:
        """Paint everything light or dark."""
        theme.apply(self._app, scheme)
        if self.window is not None:
            self.window.retranslate()

    def _speak(self, language: str) -> None:
        text.set_language("zh" if language.startswith("zh") else "en")
        self._app.removeTranslator(self._translator)
        if text.language() == "zh":
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            if self._translator.load("qtbase_zh_CN", folder):
                self._app.installTranslator(self._translator)
        self._app.setApplicationDisplayName(say("app_name"))
        self._app.setFont(interface_font(self._system_font, text.language()))

    def _follow_scheme(self) -> None:
        if self._fixed is None:
            self.set_scheme(theme.chosen_scheme(self._app))

    def _switch(self, store_path: Path, sources: list[Path]) -> None:
        if self._is_open(store_path):
            return
        read_only = False
        while True:
            try:
                self.open(store_path, sources, read_only=read_only)
                return
            except UserError as error:
                from desktop.ui.refusal import DAMAGED, TAKEN, ask_instead

                known = error.message_id in (*TAKEN, *DAMAGED)
                instead = ask_instead(error, store_path, self.window) if known else None
                if instead is None:
                    if self.window is not None:
                        self.window.tell(say_error(error), True)
                    return
            if instead.path != store_path:
                sources = []
            store_path, read_only = instead.path, instead.read_only

    def _is_open(self, path: Path) -> bool:
        """Return whether the window writes to this store already, and show its reports then: no lock is in the way."""
        if self.window is None or self.window.session.store.read_only or not path.exists():
            return False
        same = path.samefile(self.window.session.store.path)
        if same:
            self.window.pages.show_reports()
        return same

    def restore(self, backup: Path, other_study: bool) -> None:
        """Put a backup in the place of the open store and open that; whatever comes of it is said in its window."""
        if self.window is None:
            return
        before, self.window = self.window, None
        path, read_only = before.session.store.path, before.session.store.read_only
        self._put_away(before)
        try:
            kept = workflow.restore(path, backup, other_study=other_study)
            said, refused = say("restored", path=kept), False
        except UserError as error:
            said, refused = say_error(error), True
        self.open(path, read_only=read_only).tell(said, refused)

    def _put_away(self, window: MainWindow) -> None:
        window.close()
        window.session.checking.finish()
        finish_all()
        window.session.store.close()
        window.deleteLater()
