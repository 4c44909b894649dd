"""Titles and quotations: which of them are names, so that a number inside is no figure."""

from __future__ import annotations

import re

from desktop.model import Kind

_QUOTE = re.compile(
    '[“《「『‘"〈<](?:(?<=“)[^“”\n]{1,80}”|(?<=《)[^《》\n]{1,100}》|(?<=「)[^「」\n]{1,60}」|(?<=『)[^『』\n]{1,60}』'
    '|(?<=‘)[^‘’\n]{1,40}’|(?<=")[^"\n]{1,30}"|(?<=〈)[^〈〉\n]{1,80}〉|(?<=<)[^<>\n]{1,80}>)'
)
_TITLES = frozenset("《〈<")
_SENTENCE = 24  # a quotation this long is somebody's sentence; a shorter one is a name


class Quotes:
    """The quotations of a text, outermost ones, asked from left to right; the next one begins at `opening`."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans = [*(found.span() for found in _QUOTE.finditer(text)), (len(text), len(text))]
        self._next = 0
        self.opening = self._spans[0][0]

    def name_at(self, start: int, stop: int, kind: Kind) -> bool:
        """Tell whether start:stop is part of a title or of a name in quotation marks; `“100%”` alone is neither."""
        if self.opening >= start:
            return False
        while self._spans[self._next][1] <= start:
            self._next += 1
        self.opening = opening = self._spans[self._next][0]
        closing = self._spans[self._next][1]
        if opening >= start:
            return False
        text = self._text
        if text[opening] in _TITLES:
            return True
        if closing - opening - 2 < _SENTENCE and text.find("。", opening, closing) < 0:
            return not (kind == "percent" and opening == start - 1 and closing == stop + 1)
        return text.rfind("《", opening, start) > text.rfind("》", opening, start)
