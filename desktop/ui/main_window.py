"""The main window: its pages, its menus, and what belongs to no page."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QActionGroup, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QLabel, QMainWindow, QMenu, QVBoxLayout, QWidget

from db import overview
from db.store import Store
from desktop import text
from desktop.text import say, say_error
from desktop.ui import memory
from desktop.ui.actions import Actions, menu_title
from desktop.ui.commands import PLACES, Owner
from desktop.ui.displays import enlarge
from desktop.ui.files import Files, dropped_paths
from desktop.ui.icons import icon
from desktop.ui.indicators.rereading import Rereading
from desktop.ui.pages import Pages
from desktop.ui.progress_strip import ProgressStrip
from desktop.ui.reviewer_bar import ReviewerBar
from desktop.ui.session import Session
from desktop.ui.switcher import Switcher
from desktop.ui.theme import restyle
from desktop.ui.warming import warm_up

if TYPE_CHECKING:
    from desktop.ui.keeping.keeping import Keeping
    from desktop.ui.keys_overlay import KeysOverlay
    from desktop.ui.merging.merging import Merging
    from desktop.ui.settings.preferences import Preferences
    from desktop.workflow import Imported

NAMES = ("reports", "desk", "sheaf", "search", "trends", "spot", "disputes", "agreement")
PAGES = tuple(f"page_{name}" for name in NAMES)
ALWAYS = ("import_files", "export", "undo", "redo", "help")
SIZE = 1360, 860  # at the first start, where the screen has room for it
LEAST = 820, 420  # a screen of 1366 x 768 that shows everything half as large again has no more
LANGUAGES = {"zh": "中文", "en": "English"}


class MainWindow(QMainWindow):
    """Shows one store; `remembers` keeps its shape between starts.

    `language_wanted`, `theme_wanted` and `restore_wanted` (backup, other study) ask for what concerns all windows.
    """

    language_wanted = Signal(str)
    theme_wanted = Signal()
    restore_wanted = Signal(object, bool)

    def __init__(self, store: Store, *, remembers: bool = True) -> None:
        super().__init__()
        self.setObjectName("main")
        self.setAcceptDrops(True)
        self._remembers = remembers
        self.session = Session(store, self)
        self.files = Files(self.session, self)
        self.rereading = Rereading(self.session, self)
        self.pages = Pages(self.session, remembers=remembers)
        self.reviewer_bar = ReviewerBar(self.session)
        self.strip = ProgressStrip()
        self._said, self._reviewer, self._only_read = QLabel(), QLabel(), QLabel()
        owners: dict[Owner, Callable[[], QObject]] = {
            "window": lambda: self,
            "pages": lambda: self.pages,
            "files": lambda: self.files,
            "keeping": lambda: self.keeping,
            "preferences": lambda: self.preferences,
            "merging": lambda: self.merging,
            "reports": lambda: self.pages.reports,
            "desk": lambda: self.pages.decisions,
            "correcting": lambda: self.pages.decisions.correcting,
            "sweeping": lambda: self.pages.decisions.sweeping,
            "weighing": lambda: self.pages.decisions.weighing,
            "paper": lambda: self.pages.desk.paper,
            "undoing": lambda: self.pages.undoing,
            "trends": lambda: self.pages.trends,
            "sheaf": lambda: self.pages.sheaf,
            "search": lambda: self.pages.search,
            "spot": lambda: self.pages.spot,
            "disputes": lambda: self.pages.disputes,
            "agreement": lambda: self.pages.agreement,
        }
        focused: dict[Owner, QWidget] = {owner: self.pages.places[page] for owner, page in PLACES.items()}
        self.acts = Actions(owners, focused, self)
        self._lay_out()
        self._connect()
        self._say_and_draw()
        self.pages.show_reports()
        if remembers:
            memory.recall({"window": self})
        self._warming = warm_up(self, self._steps())

    def _lay_out(self) -> None:
        some = self.acts.some
        self._menus = self.acts.fill(self.menuBar())
        self._add_languages(self._menus["menu_view"])
        self._switcher = Switcher(some(*PAGES), some(*ALWAYS))
        self.addToolBar(self._switcher)
        self.pages.take_actions(self.acts)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.reviewer_bar)
        self._column = column
        column.addWidget(self.pages, 1)
        self.setCentralWidget(middle)
        self._said.setObjectName("said")
        self._said.setContentsMargins(6, 0, 6, 0)
        self._reviewer.setProperty("part", "muted")
        self.statusBar().addWidget(self._said)
        self.statusBar().addPermanentWidget(self.strip)
        self._only_read.setObjectName("only_read")
        self._only_read.setProperty("part", "notice")
        self._only_read.setContentsMargins(8, 0, 8, 0)
        self._only_read.setVisible(self.session.store.read_only)
        for part in (self._only_read, self._reviewer):
            self.statusBar().addPermanentWidget(part)
        self.setMinimumSize(*LEAST)
        enlarge(self, *SIZE)

    def _add_languages(self, menu: QMenu) -> None:
        menu.addSeparator()
        self._languages = QActionGroup(self)
        for name, shown in LANGUAGES.items():
            action = self._languages.addAction(shown)
            action.setObjectName(f"language_{name}")
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, name=name: self.language_wanted.emit(name))
            menu.addAction(action)

    def _connect(self) -> None:
        self.session.reviewer_needed.connect(self.reviewer_bar.ask)
        self.session.checking.failed.connect(lambda error: self.tell(say_error(error), True))
        self.reviewer_bar.named.connect(self._named)
        for part in (self.pages, self.files, self.rereading):
            part.said.connect(self.tell)
        self.pages.turned.connect(self._check_page)
        self.pages.moved.connect(self._drop_refusal)
        for work in (self.files.importing, self.rereading):
            work.begun.connect(self.strip.follow)
        self.files.importing.finished.connect(self._imported)
        self.files.importing.begun.connect(self.rereading.hold)
        self.files.importing.finished.connect(self.rereading.go_on)

    def _steps(self) -> dict[int, Callable[[], object]]:
        return {
            5: self.acts.draw,
            10: lambda: self.pages.reports.facts,
            150: lambda: self.pages.decisions,
            500: lambda: self.pages.trends,
            1000: lambda: self.session.checking.check_backlog(overview.unchecked(self.session.store)),
            1500: lambda: self.pages.trends.canvas.load(),
            2500: self.rereading.start,
            4000: lambda: self.keeping.start(),
        }

    @cached_property
    def keeping(self) -> Keeping:
        """Return what keeps backups."""
        from desktop.ui.keeping.keeping import Keeping

        made = Keeping(self.session, self)
        made.said.connect(self.tell)
        made.begun.connect(self.strip.follow)
        made.restore_wanted.connect(self.restore_wanted)
        return made

    @cached_property
    def merging(self) -> Merging:
        """Return what brings in the work of others, and hands work out."""
        from desktop.ui.merging.merging import Merging

        made = Merging(self.session, self.files, self)
        made.said.connect(self.tell)
        made.begun.connect(self.rereading.hold)
        made.begun.connect(self.keeping.stop)
        made.ended.connect(self.rereading.go_on)
        made.ended.connect(self.pages.reopen)
        made.disputes_wanted.connect(self.pages.show_disputes)
        return made

    @cached_property
    def preferences(self) -> Preferences:
        """Return what shows the settings, and follows them."""
        from desktop.ui.settings.preferences import Preferences

        made = Preferences(self.session, self)
        made.said.connect(self.tell)
        made.language_wanted.connect(self.language_wanted)
        made.theme_wanted.connect(self.theme_wanted)
        made.keys_wanted.connect(self.choose_keys)
        made.named.connect(self._show_reviewer)
        return made

    @cached_property
    def keys(self) -> KeysOverlay:
        """Return the sheet of keys."""
        from desktop.ui.keys_overlay import KeysOverlay

        return KeysOverlay(self)

    def tell(self, sentence: str, refused: bool = False) -> None:
        """Say what happened in the status bar; a refusal stands out."""
        restyle(self._said, "error" if refused else "")
        self._said.setText(sentence)
        self._said.setAccessibleName(sentence)

    def put_notice(self, notice: QWidget) -> None:
        """Show a bar above the pages."""
        self._column.insertWidget(0, notice)
        notice.show()

    def _drop_refusal(self) -> None:
        """Take back a refusal once the person has gone elsewhere: it would seem to speak of what is shown now."""
        if self._said.property("part") == "error":
            self.tell("")

    def retranslate(self) -> None:
        """Say and draw everything in the language and colours of the moment."""
        self.acts.retranslate()
        self._say_and_draw()
        self.pages.retranslate()

    def _say_and_draw(self) -> None:
        self.setWindowTitle(f"{self.session.store.path.stem} · {say('app_name')}")
        self.setWindowIcon(icon("hebao"))
        for name, menu in self._menus.items():
            menu.setTitle(menu_title(name))
        for part in (self._switcher, self.reviewer_bar, self.strip):
            part.retranslate()
        for action in self._languages.actions():
            action.setChecked(action.objectName() == f"language_{text.language()}")
        if "keys" in self.__dict__:
            self.keys.hide()
        self._only_read.setText(say("only_read"))
        self._only_read.setToolTip(say("only_read_tip"))
        self.tell("")
        self._show_reviewer()

    def first_questions(self) -> None:
        """Ask for the reviewer's name where none is known, and for nothing else."""
        if not self.session.reviewer and not self.session.store.read_only:
            self.reviewer_bar.ask()

    def show_keys(self) -> None:
        """Show the keys on one sheet."""
        self.keys.open()

    def choose_keys(self) -> None:
        """Show which keys the commands have, to choose others."""
        from desktop.ui.keys_dialog import KeysDialog

        dialog = KeysDialog(self)
        dialog.changed.connect(self.acts.retranslate)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_reviewer(self) -> None:
        """Ask for the reviewer's name."""
        self.reviewer_bar.ask()

    def read_again(self) -> None:
        """Read every report again; what people decided stays."""
        self.rereading.read_all()

    def show_own_indicators(self) -> None:
        """Open the reviewers' own indicators, to be tried on the report at the desk first."""
        from desktop.ui.indicators.dialog import OwnIndicatorsDialog

        opened = self.pages.desk.opened if "desk" in self.pages.__dict__ else None
        report_id = None if opened is None else opened.report.id
        dialog = OwnIndicatorsDialog(self.session, self.rereading, report_id, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _check_page(self, name: str) -> None:
        for page in PAGES:
            self.acts[page].setChecked(page == f"page_{name}")

    def _imported(self, imported: Imported, sentence: str) -> None:
        self.pages.reports.outcome.add(imported)
        self.pages.outdate()
        if imported.failed or imported.skipped or imported.passed_over:
            self.pages.show_reports()
        self.tell(sentence, bool(imported.failed))

    def _named(self) -> None:
        self._show_reviewer()
        self.tell(say("reviewer_named", name=self.session.reviewer))
        self.pages.focus()

    def _show_reviewer(self) -> None:
        self._reviewer.setText(say("reviewer_is", name=self.session.reviewer) if self.session.reviewer else "")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders may be dropped anywhere."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what is dropped; stores are offered to be merged."""
        event.acceptProposedAction()
        self.merging.take_dropped(dropped_paths(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window's shape, stop what runs, and close."""
        for timer in self._warming:
            timer.stop()
        for dialog in self.findChildren(QDialog):
            dialog.done(QDialog.DialogCode.Rejected)
        self.files.importing.stop()
        self.rereading.hold()
        self.pages.reports.reading.stop()
        if "keeping" in self.__dict__:
            self.keeping.stop()
        if self._remembers:
            memory.remember({"window": self})
            self.pages.remember()
        super().closeEvent(event)
