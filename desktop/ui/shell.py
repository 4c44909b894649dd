"""The application around the window: language, fonts, colours, and which store is open."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QObject, QThreadPool, QTranslator
from PySide6.QtWidgets import QApplication

from desktop import settings, text, workflow
from desktop.errors import UserError
from desktop.text import say, say_error
from desktop.ui import theme
from desktop.ui.fonts import interface_font
from desktop.ui.input_guard import InputGuard
from desktop.ui.main_window import MainWindow
from desktop.ui.theme import Scheme


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
        self.guard = InputGuard(app)
        theme.apply(app, scheme or theme.system_scheme(app))
        self._speak(language or os.environ.get("HEBAO_LANGUAGE") or settings.get("language") or text.system_language())
        app.styleHints().colorSchemeChanged.connect(self._follow_scheme)

    def open(self, store_path: Path | None, sources: Sequence[Path] = (), *, remembers: bool = True) -> MainWindow:
        """Open a store in a window, in place of the one before, and import `sources`; UserError says why not."""
        store = workflow.open_store(store_path)
        before, self.window = self.window, MainWindow(store, remembers=remembers)
        self.window.language_wanted.connect(self.set_language)
        self.window.files.store_wanted.connect(self._switch)
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
        self._app.removeTranslator(self._translator)

    def set_language(self, language: str) -> None:
        """Speak another language at once, and at the next start."""
        settings.remember("language", language)
        self._speak(language)
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
            self.set_scheme(theme.system_scheme(self._app))

    def _switch(self, store_path: Path, sources: list[Path]) -> None:
        try:
            self.open(store_path, sources)
        except UserError as error:
            if self.window is not None:
                self.window.tell(say_error(error), True)

    def _put_away(self, window: MainWindow) -> None:
        window.close()
        QThreadPool.globalInstance().waitForDone()
        self._app.processEvents()
        window.session.store.close()
        window.deleteLater()
