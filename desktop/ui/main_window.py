"""The main window: its pages, its menus, and what belongs to no page."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QActionGroup, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHeaderView, QLabel, QMainWindow, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from db import queries
from db.store import Store
from desktop import text
from desktop.text import say
from desktop.ui import memory
from desktop.ui.actions import Actions
from desktop.ui.desk.decisions import Decisions
from desktop.ui.desk.desk_page import DeskPage
from desktop.ui.files import Files, dropped_paths
from desktop.ui.help_page import HelpPage
from desktop.ui.icons import icon
from desktop.ui.keys_overlay import KeysOverlay
from desktop.ui.progress_strip import ProgressStrip
from desktop.ui.reports.reports_page import ReportsPage
from desktop.ui.reviewer_bar import ReviewerBar
from desktop.ui.session import Session
from desktop.ui.switcher import Switcher
from desktop.ui.trends.trends_page import TrendsPage
from desktop.workflow import Imported

DECISIONS = (
    "accept", "reject", "edit_value", "edit_unit", "indicator", "not_reported", "new_figure", "query", "comment",
)  # fmt: skip
WARM_UP_MS = 1200
LANGUAGES = {"zh": "中文", "en": "English"}


class MainWindow(QMainWindow):
    """Shows one store; `language_wanted` asks for a language. `remembers` keeps its shape between starts."""

    language_wanted = Signal(str)

    def __init__(self, store: Store, *, remembers: bool = True) -> None:
        super().__init__()
        self.setObjectName("main")
        self.setAcceptDrops(True)
        self._remembers = remembers
        self.session = Session(store, self)
        self.files = Files(self.session, self)
        self.reports = ReportsPage(self.session)
        self.desk = DeskPage(self.session)
        self.decisions = Decisions(self.session, self.desk)
        self.trends = TrendsPage(self.session)
        self.help = HelpPage()
        self.reviewer_bar = ReviewerBar(self.session)
        self.strip = ProgressStrip()
        self._said, self._reviewer = QLabel(), QLabel()
        self.acts = Actions(
            {
                "window": self,
                "files": self.files,
                "reports": self.reports,
                "desk": self.decisions,
                "trends": self.trends,
            },
            {"window": self, "files": self, "reports": self.reports, "desk": self.desk, "trends": self.trends},
        )
        self._lay_out()
        self.keys = KeysOverlay(self)
        self._connect()
        self.retranslate()
        self.show_reports()
        if remembers:
            memory.recall(self._parts())
        QTimer.singleShot(WARM_UP_MS, self.trends.canvas.load)

    def _lay_out(self) -> None:
        some = self.acts.some
        self._menus = self.acts.fill(self.menuBar())
        self._add_languages(self._menus["menu_view"])
        pages = some("page_reports", "page_desk", "page_trends")
        self.addToolBar(Switcher(pages, some("import_files", "export", "undo", "redo", "help")))
        self.reports.welcome.take_actions(some("import_files", "import_folder", "open_samples"))
        self.reports.take_actions(some("open_report", "choose", "withdraw"))
        self.desk.take_actions(some("previous", "next"), some("sign_off"), some(*DECISIONS))
        self.trends.take_actions(some("save_chart"))
        self.pages = QStackedWidget()
        for page in (self.reports, self.desk, self.trends, self.help):
            self.pages.addWidget(page)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.reviewer_bar)
        column.addWidget(self.pages, 1)
        self.setCentralWidget(middle)
        self._said.setObjectName("said")
        self._reviewer.setProperty("part", "muted")
        self.statusBar().addWidget(self._said, 1)
        self.statusBar().addPermanentWidget(self.strip)
        self.statusBar().addPermanentWidget(self._reviewer)
        self.setMinimumSize(900, 560)
        self.resize(1360, 860)

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
        session = self.session
        session.touched.connect(self.desk.follow)
        session.touched.connect(self._outdate)
        session.reports_changed.connect(self._outdate)
        session.reviewer_needed.connect(self.reviewer_bar.ask)
        self.reviewer_bar.named.connect(self._named)
        for speaker in (self.decisions, self.reports, self.trends, self.files):
            speaker.said.connect(self.tell)
        self.decisions.shown.connect(self.show_desk)
        self.reports.report_wanted.connect(self.open_report)
        self.trends.point_wanted.connect(self._open_point)
        self.files.importing.begun.connect(self.strip.follow)
        self.files.importing.finished.connect(self._imported)
        self.help.left.connect(self.show_reports)

    def tell(self, sentence: str, refused: bool = False) -> None:
        """Say what happened in the status bar; a refusal stands out."""
        self._said.setProperty("part", "error" if refused else "")
        self._said.style().unpolish(self._said)
        self._said.style().polish(self._said)
        self._said.setText(sentence)
        self._said.setAccessibleName(sentence)

    def retranslate(self) -> None:
        """Say and draw everything in the language and colours of the moment."""
        self.setWindowTitle(f"{self.session.store.path.stem} · {say('app_name')}")
        self.setWindowIcon(icon("hebao"))
        self.acts.retranslate()
        for name, menu in self._menus.items():
            menu.setTitle(say(name))
        for part in (self.reports, self.desk, self.trends, self.help, self.reviewer_bar, self.strip):
            part.retranslate()
        for action in self._languages.actions():
            action.setChecked(action.objectName() == f"language_{text.language()}")
        self.keys.hide()
        self.tell("")
        self._show_reviewer()

    def retint(self) -> None:
        """Paint everything in the colours of the theme shown now."""
        self.retranslate()
        self.desk.retint()

    def first_questions(self) -> None:
        """Ask for the reviewer's name where none is known, and for nothing else."""
        if not self.session.reviewer:
            self.reviewer_bar.ask()

    def show_reports(self) -> None:
        """Show the matrix, at the report that was last at the desk."""
        self._show(self.reports, "page_reports")
        self.reports.refresh()
        if self.desk.opened is not None:
            self.reports.show_report(self.desk.opened.report.id)
        self.reports.matrix.setFocus()

    def show_desk(self) -> None:
        """Show the desk, with the report opened last or else the first that waits."""
        self._show(self.desk, "page_desk")
        if self.desk.opened is None:
            waiting = queries.reports(self.session.store)
            if waiting:
                self.desk.open_report(next((r.id for r in waiting if r.state != "verified"), waiting[0].id))
        self.desk.table.setFocus()

    def show_trends(self) -> None:
        """Show one district's indicators over the years."""
        self._show(self.trends, "page_trends")
        self.trends.district_list.setFocus()

    def show_help(self) -> None:
        """Show the help page."""
        self._show(self.help, "")
        self.help.setFocus()

    def _show(self, page: QWidget, action: str) -> None:
        self.pages.setCurrentWidget(page)
        for name in ("page_reports", "page_desk", "page_trends"):
            self.acts[name].setChecked(name == action)

    def show_keys(self) -> None:
        """Show the keys on one sheet."""
        self.keys.open()

    def ask_reviewer(self) -> None:
        """Ask for the reviewer's name."""
        self.reviewer_bar.ask()

    def open_report(self, report_id: int, figure_id: int | None = None) -> None:
        """Show a report at the desk."""
        self.desk.open_report(report_id, figure_id)
        self.show_desk()

    def undo(self) -> None:
        """Take the last decision back."""
        self.decisions.undo()

    def redo(self) -> None:
        """Bring back what was taken back."""
        self.decisions.redo()

    def _open_point(self, report_id: int, indicator: str) -> None:
        named = (f.id for f in queries.figures(self.session.store, report_id) if f.indicator == indicator)
        self.open_report(report_id, next(named, None))

    def _outdate(self) -> None:
        """Let what shows the whole store read it again."""
        if self.pages.currentWidget() is self.reports:
            self.reports.refresh()
        self.trends.outdate()

    def _imported(self, imported: Imported, sentence: str) -> None:
        self.reports.outcome.add(imported)
        self._outdate()
        self.tell(sentence, bool(imported.failed))
        if imported.failed or imported.skipped:
            self.show_reports()

    def _named(self) -> None:
        self._show_reviewer()
        self.tell(say("reviewer_named", name=self.session.reviewer))
        current = self.pages.currentWidget()
        (self.desk.table if current is self.desk else self.reports.matrix).setFocus()

    def _show_reviewer(self) -> None:
        self._reviewer.setText(say("reviewer_is", name=self.session.reviewer) if self.session.reviewer else "")

    def _parts(self) -> dict[str, QMainWindow | QSplitter | QHeaderView]:
        return {
            "window": self,
            "desk_across": self.desk.across,
            "desk_right": self.desk.right,
            "figures": self.desk.table.horizontalHeader(),
            "reports_across": self.reports.across,
            "reports_right": self.reports.right,
            "list": self.reports.list.horizontalHeader(),
            "trends_across": self.trends.across,
        }

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders may be dropped anywhere."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what is dropped."""
        event.acceptProposedAction()
        self.files.import_dropped(event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window's shape, stop what runs, and close."""
        self.files.importing.stop()
        if self._remembers:
            memory.remember(self._parts())
        super().closeEvent(event)
