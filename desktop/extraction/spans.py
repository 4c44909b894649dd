"""Text in, every figure and the class of every numeral out (annotation guide); what a figure measures is read later.

The text is flattened (`folding`), cut into numerals (`numerals`), and each numeral is decided where it stands: by the
characters next to it (`classes`), by the measure word behind it (`measures`), by whether it counts (`counting`), by the
quotation it stands in. Numbers that share a unit (`1906、254、4417件`) and the two ends of `3至5个` are read together.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from desktop.extraction.bare import class_by_form, measure_before
from desktop.extraction.claims import DASHES, Claim, is_year
from desktop.extraction.classes import AFTER, BEFORE
from desktop.extraction.counting import (
    CERTAIN,
    DOUBTFUL,
    FAIR,
    counts,
    is_hotline,
    is_slogan,
    names_a_time,
    names_hotline,
)
from desktop.extraction.folding import Flat, flatten
from desktop.extraction.measures import BEFORE_NUMBERS, Measure, measure, modified
from desktop.extraction.numerals import ARABIC, MARKS, TOKEN, scale_of, value_of
from desktop.extraction.quotes import Quotes
from desktop.extraction.units import INDEX, NOUNS
from desktop.extraction.words import UNITS_NOT_AFTER_YEARS, WHOLE_UNITS
from desktop.model import Approx, Figure, Kind, Numeral, NumeralClass

_JOINERS = frozenset("、和与及")
_RANGE = DASHES | {"至", "到"}
_LINE_STARTS = frozenset("\n。；;：:")
_TELLING = frozenset(BEFORE) | _LINE_STARTS | frozenset("、和")
_LIST_OF_WORDS = re.compile("、[^\\s，。；：、0-9“”（）()]{1,8}\\Z")
_VAGUE = re.compile("(?<![总人次件户份个案量基为])[数几]\\Z")
_BEHIND_CHINESE = _RANGE | frozenset("余多几来成分")
_LARGE = frozenset("百千万亿")
_BEFORE_LARGE = frozenset("上近超逾约达过破")
_CHANGE = re.compile("[由从][^，。；\n]{0,8}\\Z")

_Raw = tuple[int, int, float, str, Approx | None, Kind, float]


def read_figures(text: str) -> tuple[list[Figure], list[Numeral]]:
    """Return the figures of `text` (no indicator, the confidence of the reading alone) and the class of every numeral.

    Both are in text order, each disjoint; offsets are code points of `text` as given.
    """
    flat = flatten(text)
    reader = _Reader(flat.text)
    reader.read()
    make = tuple.__new__  # what a named tuple's own constructor calls, at a third of the cost
    figures = [
        make(Figure, (start, end, value, unit, approx, kind, None, confidence, ()))
        for (start, end), (_, _, value, unit, approx, kind, confidence) in zip(
            flat.spans([figure[:2] for figure in reader.figures]), reader.figures, strict=True
        )
    ]
    numerals = [
        make(Numeral, (start, end, numeral_class))
        for (start, end), numeral_class in zip(flat.spans(reader.tokens), reader.classes, strict=True)
    ]
    return figures, _with_footers(numerals, flat) if flat.footers else numerals


def _with_footers(numerals: list[Numeral], flat: Flat) -> list[Numeral]:
    """Return the numerals with those of page footers among them; a number that a footer breaks is two numerals."""
    starts = [footer[0] for footer in flat.footers]
    whole = [Numeral(start, end, "furniture") for start, end in flat.footers]
    for numeral in numerals:
        start = numeral.start
        for footer_start, footer_end in flat.footers[bisect_left(starts, start) : bisect_left(starts, numeral.end)]:
            whole.append(Numeral(start, footer_start, numeral.numeral_class))
            start = footer_end
        whole.append(Numeral(start, numeral.end, numeral.numeral_class))
    return sorted(whole, key=lambda numeral: numeral.start)


class _Reader:
    """One pass over a flattened text: `tokens` are its numerals, `classes` theirs, `figures` what they say."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [found.span() for found in TOKEN.finditer(text)]
        self.classes: list[NumeralClass] = []
        self.figures: list[_Raw] = []
        self._quotes = Quotes(text)
        self._until = 0
        self._claimed: NumeralClass = "open"
        self._pending: list[int] = []

    def read(self) -> None:
        """Decide every numeral, in text order; a decision may reach over those that follow."""
        text, tokens, classes, pending = self.text, self.tokens, self.classes, self._pending
        place = 0
        # The list may grow under way: a paragraph's number that stands close to a figure is parted from it.
        while place < len(tokens):
            start, end = tokens[place]
            if start < self._until:
                classes.append(self._claimed)
                place += 1
                continue
            claim = self._claim_before(place, start, end) if text[start - 1] in _TELLING else None
            if claim is None and (rule := AFTER.get(text[end])) is not None:
                claim = rule(text, start, end)
            if claim is not None:
                self._claimed, self._until = claim
                classes.append(self._claimed)
            elif text[start] in ARABIC:
                classes.append(self._arabic(place, start, end))
            else:
                classes.append("clause_number" if text[start] in MARKS else self._chinese(place, start, end))
            if pending and pending[-1] != place:
                self._settle(place)
            place += 1

    def _claim_before(self, place: int, start: int, end: int) -> Claim | None:
        """Return what the character in front of the numeral says of it, or None."""
        before = self.text[start - 1]
        if before in _LINE_STARTS and self.text[start] in ARABIC and self._splits(place, start, end):
            return "clause_number", start
        if before in "、和" and place and self.classes[-1] == "ordinal" and self.tokens[place - 1][1] == start - 1:
            return "ordinal", end
        rule = BEFORE.get(before)
        return rule(self.text, start, end) if rule else None

    def _splits(self, place: int, start: int, end: int) -> bool:
        """Part `1.2024年`, `2.3家`: the number of a paragraph from the one that the paragraph begins with."""
        text = self.text
        dot = text.find(".", start + 1, start + 3)
        if dot < 0 or not text[dot + 1 : end].isdigit():
            return False
        behind = measure(text, dot + 1, end)
        parted = (is_year(text, dot + 1, end) and text[end] == "年") or is_hotline(text, dot + 1, end)
        if not parted and not (behind and (behind[2] in WHOLE_UNITS or text[dot + 1 : end + 1] == "100%")):
            return False
        self.tokens[place : place + 1] = [(start, dot), (dot + 1, end)]
        return True

    def _emit(self, start: int, quantity: Measure, confidence: float) -> NumeralClass:
        value, approx, unit, kind, stop = quantity
        begin = start
        if self.text[start - 1] in BEFORE_NUMBERS:
            begin, blurred = modified(self.text, start)
            begin, approx = max(begin, self._until), blurred or approx
        self.figures.append((begin, stop, value, unit, approx, kind, confidence))
        self._claimed, self._until = "figure", stop
        return "figure"

    def _arabic(self, place: int, start: int, end: int) -> NumeralClass:
        text = self.text
        quantity = measure(text, start, end)
        if quantity is None:
            return self._bare(place, start, end)
        value, _, unit, kind, stop = quantity
        length, confidence = end - start, FAIR if unit in NOUNS else CERTAIN
        if kind == "duration":
            named = names_a_time(text, start, stop, unit, value)
            if named:
                return named
        elif value <= 10:
            if is_slogan(text, start, end, unit, stop):
                return "name"
        elif length in (3, 5) and names_hotline(text, start, end, unit):
            return "name"
        if length == 4 and (confidence < CERTAIN or unit in UNITS_NOT_AFTER_YEARS) and is_year(text, start, end):
            return "date"
        if text[stop] in _RANGE:
            quantity = self._other_end(place, start, quantity)
        if self._quotes.opening < start and self._quotes.name_at(start, quantity[4], kind):
            return "name"
        return self._emit(start, quantity, confidence)

    def _chinese(self, place: int, start: int, end: int) -> NumeralClass:
        text = self.text
        if text[end] not in INDEX and text[end] not in _BEHIND_CHINESE and "分" not in text[start:end]:
            return "name"
        if text.startswith("百分百", start):
            if text[start - 1] == "个" or self._quotes.name_at(start, start + 3, "percent"):
                self._claimed, self._until = "name", start + 3
                return "name"
            return self._emit(start, (100.0, None, "%", "percent", start + 3), DOUBTFUL)
        if _VAGUE.search(text, start - 2, start):
            return "open" if measure(text, start, end) else "name"
        if text[end] in _RANGE:
            spread = self._spread(place, start, end)
            if spread:
                return spread
        quantity = measure(text, start, end)
        if quantity is None:
            return "name"
        value, approx, unit, kind, stop = quantity
        if text[start] in _LARGE and kind != "percent" and not (approx == "more" or text[start - 1] in _BEFORE_LARGE):
            return "name"
        if kind == "duration":
            named = names_a_time(text, start, stop, unit, value)
            if named:
                return named
        confidence = counts(text, start, end, value, unit, kind, stop)
        if not confidence or self._quotes.name_at(start, stop, kind):
            return "name"
        if text[stop] in _RANGE:
            quantity = self._other_end(place, start, quantity)
        return self._emit(start, quantity, confidence)

    def _bare(self, place: int, start: int, end: int) -> NumeralClass:
        """A number without a unit: in a list, in a span, or known by its form or by what stands in front of it."""
        text = self.text
        after = text[end]
        following = self.tokens[place + 1][0] if place + 1 < len(self.tokens) else 0
        if after in _RANGE:
            spread = self._spread(place, start, end)
            if spread:
                return spread
        listed = after in _JOINERS or (after in ",，" and "分别" in text[start - 24 : start])
        if listed and following == end + 1 and text[following] in ARABIC:
            self._pending.append(place)
            return "open"
        if end == start + 1 and is_slogan(text, start, end, "", end):
            return "name"
        formed = class_by_form(text, start, end)
        if formed:
            return formed
        quantity = measure_before(text, start, end)
        if quantity:
            if self._quotes.name_at(start, quantity[0][4], quantity[0][3]):
                return "name"
            return self._emit(start, *quantity)
        if self._quotes.name_at(start, end, "count"):
            return "name"
        if after == "、" and following and text[following] in ARABIC and _LIST_OF_WORDS.match(text, end, following):
            self._pending.append(place)
        return "open"

    def _spread(self, place: int, start: int, end: int) -> NumeralClass | None:
        """Read `3至5个` (its lower bound), `1—9月` (a date) from its first number; None where no second one follows."""
        text = self.text
        if place + 1 == len(self.tokens):
            return None
        second, second_end = self.tokens[place + 1]
        if second - end > 2 or text[second - 1] not in _RANGE:
            return None
        rule = AFTER.get(text[second_end])
        claim = rule(text, second, second_end) if rule else None
        if claim:
            self._claimed, self._until = claim
            return self._claimed
        quantity = measure(text, second, second_end)
        value = value_of(text[start:end])
        if quantity is None or value is None:
            return "date" if is_year(text, start, end) and is_year(text, second, second_end) else None
        if self._quotes.name_at(start, quantity[4], quantity[3]):
            return "name"
        if text[start - 1] in "由从":
            self._pending.append(place)
            return "open"
        value = _scaled(value, text[start:end], text[second:second_end])
        return self._emit(start, (value, None, *quantity[2:]), FAIR)

    def _other_end(self, place: int, start: int, quantity: Measure) -> Measure:
        """Return the quantity stretched to the second number of `3个至5个`, but not of a change: `由5个到3个`."""
        text, stop = self.text, quantity[4]
        if place + 1 == len(self.tokens):
            return quantity
        second, second_end = self.tokens[place + 1]
        if second != stop + 1 or _CHANGE.search(text, start - 10, start):
            return quantity
        other = measure(text, second, second_end)
        return (*quantity[:4], other[4]) if other and other[2:4] == quantity[2:4] else quantity

    def _settle(self, place: int) -> None:
        """Give the numbers of a list the unit, or else the class, of the one that ends it."""
        text = self.text
        pending = self._pending.copy()
        self._pending.clear()
        start, end = self.tokens[place]
        adjacent = text[start - 1] in "、和与及，,至到" or text[start - 1] in DASHES
        if self.classes[place] == "figure" and self.figures and self.figures[-1][1] == self._until:
            last = self.figures.pop()
            token = text[start:end]
            for number in pending:
                own, own_end = self.tokens[number]
                value = value_of(text[own:own_end])
                if value is not None:
                    value = _scaled(value, text[own:own_end], token)
                    begin, blurred = modified(text, own)
                    confidence = last[6] if adjacent else min(last[6], DOUBTFUL)
                    self.figures.append((begin, own_end, value, last[3], blurred, last[5], confidence))
                    self.classes[number] = "figure"
            self.figures.append(last)
        elif adjacent:
            for number in pending:
                self.classes[number] = self.classes[place]


def _scaled(value: float, token: str, last: str) -> float:
    """Return a number of a list or span with the scale that only the last one carries: 3 of `3至5万元` is 30,000."""
    scale = scale_of(last)
    return value if scale == 1 or scale_of(token) != 1 or value >= 1000 else round(value * scale, 6)
