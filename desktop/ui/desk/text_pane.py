"""The report's text with figures and open numerals marked: marks are set once, the current one moves as a selection."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextLayout,
)
from PySide6.QtWidgets import QApplication, QTextEdit

from db.rows import FigureRow
from desktop.model import Numeral
from desktop.offsets import Offsets
from desktop.ui.theme import theme

UNDERLINES = {
    "extracted": QTextCharFormat.UnderlineStyle.DotLine,
    "auto": QTextCharFormat.UnderlineStyle.DashUnderline,
    "verified": QTextCharFormat.UnderlineStyle.SingleUnderline,
    "queried": QTextCharFormat.UnderlineStyle.WaveUnderline,
    "rejected": QTextCharFormat.UnderlineStyle.NoUnderline,
}
Span = tuple[int, int]
LARGER = 1.12  # than the rest of the window: this is what is read all day
LINE_HEIGHT = 155  # per cent: running Chinese text wants air between its lines
# What QTextDocument would read as the end of a paragraph or of a frame, one character for one.
TAME = {0x0D: " ", 0x2029: " ", 0xFDD0: "�", 0xFDD1: "�"}


class TextPane(QTextEdit):
    """Shows one text; offsets in and out count code points.

    `figure_clicked` brings the id of a mark clicked, `numeral_clicked` where an open numeral begins; `chosen` tells of
    every other current place.
    """

    figure_clicked = Signal(int)
    numeral_clicked = Signal(int)
    number_typed = Signal(str)
    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("text")
        self.setReadOnly(True)
        self.setAcceptDrops(False)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(16)
        self.viewport().setMouseTracking(True)
        self.enlarge()
        self._offsets = Offsets("")
        self._figures: dict[int, FigureRow] = {}
        self._starts: list[int] = []
        self._spans: list[tuple[int, int, int]] = []
        self._doubted: frozenset[int] = frozenset()
        self._open: Sequence[Numeral] = ()
        self._unsure: Sequence[tuple[int, int, float]] = ()
        self._chosen: tuple[Span, Span] | None = None

    def enlarge(self) -> None:
        """Take the window's font, a little larger."""
        font = QApplication.font()
        font.setPointSizeF(font.pointSizeF() * LARGER)
        self.document().setDefaultFont(font)

    def show_text(
        self,
        text: str,
        figures: Sequence[FigureRow],
        doubted: Iterable[int],
        numerals: Sequence[Numeral] = (),
        unsure: Sequence[tuple[int, int, float]] = (),
    ) -> None:
        """Show another text with its marks; in one edit, so that it is laid out once.

        Figures in `doubted` have findings, `unsure` are spans that recognition is unsure of.
        """
        self._offsets = Offsets(text)
        self._chosen, self._unsure = None, unsure
        self.setExtraSelections([])
        spaced = QTextBlockFormat()
        spaced.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        cursor.setBlockFormat(spaced)
        cursor.insertText(text.translate(TAME))
        self._know(figures, doubted, numerals)
        for number, formats in self._formats(None).items():
            self.document().findBlockByNumber(number).layout().setFormats(formats)
        cursor.endEditBlock()
        self.verticalScrollBar().setValue(0)

    def _know(self, figures: Sequence[FigureRow], doubted: Iterable[int], numerals: Sequence[Numeral]) -> None:
        self._open = numerals
        self._figures = {figure.id: figure for figure in figures}
        self._doubted = frozenset(doubted)
        self._spans = sorted((self._utf16(f.start), self._utf16(f.end), f.id) for f in figures)
        self._starts = [start for start, _, _ in self._spans]

    def mark(
        self,
        figures: Sequence[FigureRow],
        doubted: Iterable[int],
        changed: Iterable[int],
        numerals: Sequence[Numeral] = (),
    ) -> None:
        """Mark the paragraphs of the figures in `changed`, and of numerals open no more, anew.

        Figures in `doubted` have findings.
        """
        before, open_before = self._figures, self._open
        self._know(figures, doubted, numerals)
        numbers: set[int] = set()
        for figure_id in changed:
            for figure in (before.get(figure_id), self._figures.get(figure_id)):
                if figure is not None:
                    numbers.update(self._blocks(figure.start, figure.end))
        for numeral in {*open_before} ^ {*numerals}:
            numbers.update(self._blocks(numeral.start, numeral.end))
        for number, formats in self._formats(numbers).items():
            block = self.document().findBlockByNumber(number)
            block.layout().setFormats(formats)
            self.document().markContentsDirty(block.position(), block.length())

    def _formats(self, numbers: set[int] | None) -> dict[int, list[QTextLayout.FormatRange]]:
        """Return the marks of some paragraphs, or of all that have any, by number."""
        ranges: dict[int, list[QTextLayout.FormatRange]] = {number: [] for number in numbers or ()}
        looks: dict[tuple[str, bool], QTextCharFormat] = {}  # to make a format takes longer than to look it up
        for figure in self._figures.values():
            kind = (figure.state, figure.id in self._doubted)
            if kind not in looks:
                looks[kind] = mark_format(*kind)
            self._add(ranges, figure.start, figure.end, numbers, looks[kind])
        for numeral in self._open:
            self._add(ranges, numeral.start, numeral.end, numbers, numeral_format())
        for start, end, _ in self._unsure:
            self._add(ranges, start, end, numbers, unsure_format())
        return ranges

    def _add(
        self,
        ranges: dict[int, list[QTextLayout.FormatRange]],
        start: int,
        end: int,
        numbers: set[int] | None,
        format: QTextCharFormat,
    ) -> None:
        """Add the mark of one place to the paragraphs that it stands in, those in `numbers` or all."""
        low, high = self._utf16(start), self._utf16(end)
        block = self.document().findBlock(low)
        while block.isValid() and block.position() < max(high, low + 1):
            number = block.blockNumber()
            if numbers is None or number in numbers:
                made = QTextLayout.FormatRange()
                made.start = max(low - block.position(), 0)
                made.length = min(high - block.position(), block.length() - 1) - made.start
                made.format = format
                ranges.setdefault(number, []).append(made)
            block = block.next()

    def _blocks(self, start: int, end: int) -> range:
        document = self.document()
        first = document.findBlock(self._utf16(start)).blockNumber()
        return range(first, document.findBlock(max(self._utf16(end) - 1, 0)).blockNumber() + 1)

    def retint(self) -> None:
        """Mark everything again in the colours of the theme shown now."""
        numerals, self._open = self._open, ()  # so that those are drawn again as well
        self.mark(list(self._figures.values()), self._doubted, list(self._figures), numerals)
        if self._chosen is not None:
            chosen, self._chosen = self._chosen, None
            self.choose(*chosen)

    def choose(self, place: Span, sentence: Span) -> None:
        """Make a place (a span of code points) the strong one, its sentence tinted, and bring both into view."""
        if self._chosen == (place, sentence):
            return
        self._chosen = (place, sentence)
        colours = theme()
        around = self._selection(sentence, colours.sentence)
        strong = self._selection(place, colours.current.ground, colours.current.ink)
        self.setExtraSelections([around, strong])
        self._bring_into_view(self._utf16(sentence[0]), self._utf16(place[1]))
        self.chosen.emit()

    def choose_nothing(self) -> None:
        """Show nothing as the current place."""
        self._chosen = None
        self.setExtraSelections([])
        self.chosen.emit()

    @property
    def chosen_place(self) -> tuple[Span, Span] | None:
        """Return the current place and its sentence, None where there is none."""
        return self._chosen

    def selected(self) -> tuple[int, int] | None:
        """Return the span of the text selected, None where there is none."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        convert = self._offsets.to_code_point
        return convert(cursor.selectionStart()), convert(cursor.selectionEnd())

    def figure_at(self, utf16: int) -> int | None:
        """Return the id of the figure whose mark covers a position of the document."""
        place = bisect_right(self._starts, utf16)
        for start, end, figure_id in reversed(self._spans[max(0, place - 3) : place]):
            if start <= utf16 < end:
                return figure_id
        return None

    def numeral_at(self, utf16: int) -> Numeral | None:
        """Return the open numeral whose mark covers a position of the document."""
        return next((n for n in self._open if self._utf16(n.start) <= utf16 < self._utf16(n.end)), None)

    def clear_selection(self) -> None:
        """Let no text be selected: what was selected has been dealt with."""
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)

    def show_place(self, span: Span) -> None:
        """Bring a place of the text into view and select it."""
        cursor = self.textCursor()
        cursor.setPosition(self._utf16(span[0]))
        cursor.setPosition(self._utf16(span[1]), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self._bring_into_view(self._utf16(span[0]), self._utf16(span[1]))

    def _utf16(self, code_point: int) -> int:
        return self._offsets.to_utf16(code_point)

    def _selection(self, span: tuple[int, int], ground: str, ink: str = "") -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._utf16(span[0]))
        cursor.setPosition(self._utf16(span[1]), QTextCursor.MoveMode.KeepAnchor)
        made.cursor = cursor
        made.format.setBackground(QColor(ground))
        if ink:
            made.format.setForeground(QColor(ink))
        return made

    def _bring_into_view(self, start: int, end: int) -> None:
        """Scroll only if needed, and then so that the sentence stands in the upper third."""
        top, bottom = QTextCursor(self.document()), QTextCursor(self.document())
        top.setPosition(start)
        bottom.setPosition(end)
        high, low = self.cursorRect(top).top(), self.cursorRect(bottom).bottom()
        if high < 0 or low > self.viewport().height():
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + high - self.viewport().height() // 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current figure in view."""
        super().resizeEvent(event)
        if self._chosen is not None:
            place, sentence = self._chosen
            self._bring_into_view(self._utf16(sentence[0]), self._utf16(place[1]))

    def _position(self, event: QMouseEvent) -> int:
        scrolled = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        return self.document().documentLayout().hitTest(event.position() + scrolled, Qt.HitTestAccuracy.ExactHit)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over what can be clicked."""
        super().mouseMoveEvent(event)
        at = self._position(event)
        over = not event.buttons() and (self.figure_at(at) is not None or self.numeral_at(at) is not None)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a mark chooses its figure; a drag selects text."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            at = self._position(event)
            figure_id, numeral = self.figure_at(at), self.numeral_at(at)
            if figure_id is not None:
                self.figure_clicked.emit(figure_id)
            elif numeral is not None:
                self.numeral_clicked.emit(numeral.start)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit begins the value of the current figure."""
        if event.text().isdigit() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.number_typed.emit(event.text())
            return
        super().keyPressEvent(event)


def mark_format(state: str, doubted: bool) -> QTextCharFormat:
    """Return how a figure's mark looks: an underline style and a tint a state, and another ground for findings."""
    tint = theme().tints[state]
    made = QTextCharFormat()
    made.setBackground(QColor(theme().tints["finding"].ground if doubted and state != "rejected" else tint.ground))
    made.setFontOverline(doubted and state != "rejected")  # beside the ground: colour is never the only sign
    made.setUnderlineStyle(UNDERLINES[state])
    made.setUnderlineColor(QColor(tint.ink))
    if state == "rejected":
        made.setFontStrikeOut(True)
        made.setForeground(QColor(tint.ink))
    return made


def numeral_format() -> QTextCharFormat:
    """Return how a numeral that nothing claims is marked: dashes and dots, on the ground of what is to be looked at."""
    tint = theme().tints["queried"]
    made = QTextCharFormat()
    made.setBackground(QColor(tint.ground))
    made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashDotDotLine)
    made.setUnderlineColor(QColor(tint.ink))
    return made


def unsure_format() -> QTextCharFormat:
    """Return how characters are marked that recognition is unsure of: as spelling is, since they may be others."""
    made = QTextCharFormat()
    made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
    made.setUnderlineColor(QColor(theme().tints["error"].ink))
    return made
