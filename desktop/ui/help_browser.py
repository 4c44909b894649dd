"""One topic of the help as text with pictures: lines short enough to read, what is searched for marked."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QColor, QImage, QResizeEvent, QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from desktop import workflow
from desktop.text import language
from desktop.ui.theme import theme

WIDEST = 860
MARGIN = 24
MOST_MARKED = 500
PICTURE = "\ufffc"  # what stands for one in the text


class HelpBrowser(QTextBrowser):
    """`topic_wanted` brings the id of the topic that a link leads to."""

    topic_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("help_text")
        self.setOpenLinks(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # or pictures lose room once it comes
        self.anchorClicked.connect(lambda url: self.topic_wanted.emit(url.toString()))
        self._markdown = ""

    def show_markdown(self, markdown: str) -> None:
        """Show a text from its beginning."""
        self._markdown = markdown
        self.document().setDocumentMargin(MARGIN)
        self.setMarkdown(markdown)
        self._space()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Return a picture in the language of the moment, no wider than the text."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        wanted = name.toString() if isinstance(name, QUrl) else name
        picture = QImage(str(workflow.help_folder() / "pictures" / language() / wanted))
        room = min(self.viewport().width(), WIDEST) - 2 * MARGIN
        if picture.isNull() or picture.width() <= room or room < MARGIN:
            return picture
        ratio = self.devicePixelRatioF()
        smaller = picture.scaledToWidth(round(room * ratio), Qt.TransformationMode.SmoothTransformation)
        smaller.setDevicePixelRatio(ratio)
        return smaller

    def _space(self) -> None:
        """Give lines and paragraphs air, which Markdown cannot ask for."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        spaced = QTextBlockFormat()
        spaced.setLineHeight(140, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.mergeBlockFormat(spaced)
        block = self.document().begin()
        while block.isValid():
            if PICTURE in block.text():  # a line as high as the picture needs no more air
                plain = QTextBlockFormat()
                plain.setLineHeight(100, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
                QTextCursor(block).mergeBlockFormat(plain)
            if block.blockFormat().headingLevel() > 0:
                heading = QTextBlockFormat()
                heading.setTopMargin(16)
                QTextCursor(block).mergeBlockFormat(heading)
            block = block.next()

    def mark(self, words: str) -> int:
        """Mark every place of `words`, go to the first and return how many there are."""
        marks: list[QTextEdit.ExtraSelection] = []
        found = self.document().find(words) if words else QTextCursor()
        while not found.isNull() and len(marks) < MOST_MARKED:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = found
            mark.format.setBackground(QColor(theme().tints["queried"].ground))
            mark.format.setForeground(QColor(theme().tints["queried"].ink))
            marks.append(mark)
            found = self.document().find(words, found)
        self.setExtraSelections(marks)
        if marks:
            self.moveCursor(QTextCursor.MoveOperation.Start)
            self.find(words)
        return len(marks)

    def go_on(self, words: str) -> bool:
        """Go to the next place of `words`; False behind the last one."""
        return bool(words) and self.find(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines short enough to read, in the middle of the page, and pictures within them."""
        beside = max((self.width() - WIDEST) // 2, 0)
        before = min(self.viewport().width(), WIDEST)
        self.setViewportMargins(beside, 0, beside, 0)
        super().resizeEvent(event)
        if "](" in self._markdown and before != min(self.viewport().width(), WIDEST):
            at = self.verticalScrollBar().value()
            self.show_markdown(self._markdown)
            self.verticalScrollBar().setValue(at)
