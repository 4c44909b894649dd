"""The help page (F1): one text a language, with the keys taken from the table of commands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QTextBrowser

from desktop.paths import resources
from desktop.text import language, say
from desktop.ui import keymap, memory
from desktop.ui.commands import COMMANDS

WIDEST = 900


class HelpPage(QTextBrowser):
    """`left` comes with Escape."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("help_page")
        self.setOpenExternalLinks(False)
        self.document().setDocumentMargin(24)
        self.retranslate()

    def retranslate(self) -> None:
        """Show the help in the language of the moment."""
        text = (resources() / "help" / f"{language()}.md").read_text(encoding="utf-8")
        self.setMarkdown(text.replace("{keys}", keys_table()))
        self._space()
        self.setAccessibleName(say("act_help"))

    def _space(self) -> None:
        """Give lines and paragraphs air, which Markdown cannot ask for."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        spaced = QTextBlockFormat()
        spaced.setLineHeight(140, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.mergeBlockFormat(spaced)
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() > 0:
                heading = QTextBlockFormat()
                heading.setTopMargin(16)
                QTextCursor(block).mergeBlockFormat(heading)
            block = block.next()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines short enough to read, in the middle of the page."""
        beside = max((self.width() - WIDEST) // 2, 0)
        self.setViewportMargins(beside, 0, beside, 0)
        super().resizeEvent(event)

    def parts(self) -> memory.Parts:
        """Return what keeps its shape between starts: nothing."""
        return {}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to where one came from."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


def keys_table() -> str:
    """Return all keys as a table in Markdown."""
    rows = [f"| {say('help_keys')} | {say('help_what')} |", "| --- | --- |"]
    rows += [f"| `{keymap.shown(c)}` | {say(c.name)}: {say(c.tip)} |" for c in COMMANDS if keymap.keys_of(c)]
    return "\n".join(rows)
