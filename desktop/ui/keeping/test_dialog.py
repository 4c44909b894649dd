"""The store tested: what is wrong with it, one sentence each."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidgetItem, QVBoxLayout, QWidget

from desktop import workflow
from desktop.errors import UserError
from desktop.text import say, say_error
from desktop.ui.displays import enlarge
from desktop.ui.jobs import Job
from desktop.ui.sentence_list import SentenceList


class TestDialog(QDialog):
    """Begins when it is made."""

    __test__ = False

    def __init__(self, store: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("test_dialog")
        self.setWindowTitle(say("act_test_store").rstrip("…"))
        self._store = store
        self.told = QLabel(say("testing"))
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.list = SentenceList()
        self.list.setAccessibleName(self.windowTitle())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(say("close"))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (self.told, self.list, buttons):
            layout.addWidget(widget)
        self.list.hide()
        self.resize(640, 200)
        self._job = Job(lambda progress: workflow.self_test(store, progress))
        self._job.produced.connect(self._add)
        self._job.ended.connect(self._end)
        self.finished.connect(self._job.cancel)
        self._job.start()

    def _add(self, problem: UserError) -> None:
        self.list.addItem(QListWidgetItem(say_error(problem)))
        self.list.show()
        enlarge(self, 640, 420)

    def _end(self, error: UserError | None) -> None:
        if error is not None:
            self._add(error)
        n = self.list.count()
        self.told.setText(say("selftest_problems", n=n) if n else say("selftest_good", path=self._store))
