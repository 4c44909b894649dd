"""Export: what, in which form, to where; written by a job that opens the store for itself, to read only."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db.rows import Asked
from db.store import Store
from desktop import exporting, workflow
from desktop.errors import UserError
from desktop.progress import Progress
from desktop.text import say, say_error
from desktop.ui.choices import in_words, offer
from desktop.ui.jobs import Job, asking
from desktop.ui.progress_strip import ProgressStrip
from desktop.ui.theme import restyle

FORMATS = {name: f"format_{name}" for name in ("xlsx", "csv", "parquet", "stata", "spss", "datapackage")}
SHAPES = {"wide": "shape_wide", "long": "shape_long"}
STATES = {"verified": "export_verified", "decided": "export_decided", "all": "export_all"}


class ExportDialog(QDialog):
    """`exported` brings the files written."""

    exported = Signal(list)

    def __init__(self, store: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export_dialog")
        self._store = store
        self.job: Job | None = None
        self.format = _choices(FORMATS, "act_export_format")
        self.shape = _choices(SHAPES, "act_export_shape")
        self.state = _choices(STATES, "act_export_state")
        self.path = QLineEdit(str(store.parent / f"{say('export_file_name')}.xlsx"))
        self.path.setObjectName("export_path")
        self.path.setMinimumWidth(380)
        self.path.setAccessibleName(say("export_to"))
        browse = QPushButton(say("browse"))
        browse.clicked.connect(self._browse)
        self._told = QLabel()
        self._told.setProperty("marked", True)
        self._told.setObjectName("export_told")
        self._told.setWordWrap(True)
        self._told.linkActivated.connect(lambda link: QDesktopServices.openUrl(QUrl(link)))
        self._told.hide()
        self.strip = ProgressStrip()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.go = self.buttons.addButton(say("act_export").rstrip("…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setObjectName("export_go")
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setText(say("close"))
        self.setWindowTitle(say("act_export").rstrip("…"))
        self._lay_out(browse)
        # Once they are in the dialog, which otherwise takes its first button for the one that Enter presses.
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(button is self.go)
        self.go.setDefault(True)
        self.state.setFocus()
        self.format.currentIndexChanged.connect(self._follow_format)
        self.path.textEdited.connect(self._told.hide)
        self.buttons.accepted.connect(self.start)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self, browse: QPushButton) -> None:
        where = QHBoxLayout()
        where.setSpacing(6)
        where.addWidget(self.path, 1)
        where.addWidget(browse)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.addRow(say("act_export_state"), self.state)
        form.addRow(say("act_export_shape"), self.shape)
        form.addRow(say("act_export_format"), self.format)
        form.addRow(say("export_to"), where)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self._told)
        layout.addWidget(self.strip)
        layout.addStretch(1)
        layout.addWidget(self.buttons)

    def start(self) -> None:
        """Write the tables, off the window's thread."""
        if not self.path.text().strip():
            self._tell(say("export_path_empty"), refused=True)
            return
        to = Path(self.path.text().strip())
        chosen = {name: str(box.currentData()) for name, box in (("format", self.format), ("shape", self.shape))}
        state: Asked = self.state.currentData()

        def write(store: Store, progress: Progress) -> Iterator[Any]:
            yield workflow.export(store, to, state=state, progress=progress, **chosen)

        self.job = asking(self._store, write)
        self.job.produced.connect(self._written)
        self.job.ended.connect(self._end)
        self.strip.follow(self.job)
        self._told.hide()
        self.go.setEnabled(False)
        self.job.start()

    def reject(self) -> None:
        """Close; an export that runs is stopped."""
        if self.job is not None:
            self.job.cancel()
        super().reject()

    def _written(self, files: list[Path]) -> None:
        folder = QUrl.fromLocalFile(str(files[0].parent)).toString()
        names = say("list_separator").join(path.name for path in files)
        told = [
            say("exported_files", names=html.escape(names)),
            f'<a href="{html.escape(folder)}">{say("open_folder")}</a>',
        ]
        if self.job is not None and not self.job.progress.done:
            told.append(f"<br>{say('export_without_cells')}")
        self._tell(" ".join(told), refused=False)
        self.exported.emit(files)

    def _end(self, error: UserError | None) -> None:
        cancelled = self.job is not None and self.job.cancelled
        self.job = None
        self.go.setEnabled(True)
        if error is not None:
            self._tell(say_error(error), refused=True)
        elif cancelled:
            self._tell(say("export_cancelled"), refused=False)

    def _tell(self, sentence: str, *, refused: bool) -> None:
        restyle(self._told, "error" if refused else "muted")
        self._told.setText(html.escape(sentence) if refused else sentence)
        self._told.show()

    def _follow_format(self) -> None:
        path, endings = Path(self.path.text()), exporting.endings()
        if path.suffix.lower().removeprefix(".") in endings.values():
            self.path.setText(str(path.with_suffix(f".{endings[self.format.currentData()]}")))

    def _browse(self) -> None:
        ending = exporting.endings()[self.format.currentData()]
        name, _ = QFileDialog.getSaveFileName(
            self, say("export_to"), self.path.text(), f"{ending.upper()} (*.{ending})"
        )
        if name:
            self.path.setText(name)
            self._told.hide()


def _choices(names: dict[str, str], about: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName(about)
    box.setAccessibleName(say(about))
    offer(box, in_words(names))
    return box
