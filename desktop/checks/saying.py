"""A report's sentences as the checks read them: each figure with what is said before and after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from desktop.checks import Checked, Context

FOOTER = re.compile(r"\n\s*(?:[—–-]+\s*\d{1,3}\s*[—–-]+|第\s*\d+\s*页\s*共\s*\d+\s*页)\s*(?=\n|$)")
# A line that begins an item or a paragraph ends the sentence before it; any other line end is layout.
_ITEM = re.compile(
    r"\n\s*(?=[一二三四五六七八九十]{1,3}是|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．](?!\d)|[●■◆◇○▪•*➤►★☆—])"
    r"|\n[ \t\u3000]*\n"
)
_WIDE = str.maketrans("(),;:", "（），；：")
_STOP = re.compile(r"[。！？](?!其中)")
MARK = re.compile(r"[，；：、（）。]")
PERCENT = ("%", "百分点")
# A number with a unit that no figure claims: one that a reviewer rejected, say.
UNCLAIMED = re.compile(r"(?<![\d-])(?!20\d\d年|\d{1,2}[月日])[\d０-９]+[.,，]?[\d０-９]*[^\d年月日、.）]")


class Said(NamedTuple):
    """A figure in its sentence: what stands before it since the figure before, and after it until the next.

    Both are without white space and page numbers, their punctuation full-width.
    """

    figure: Checked
    before: str
    after: str

    @property
    def label(self) -> str:
        """What names the figure in its own clause."""
        return MARK.split(self.before)[-1] + "|" + MARK.split(self.after)[0]

    @property
    def is_percent(self) -> bool:
        """Whether it is a share, a rate or a difference of such."""
        return self.figure.unit in PERCENT


Sentence = Sequence[Said]


def sentences(context: Context) -> Sequence[Sentence]:
    """Return the sentences that have figures, in text order; 。其中 goes on with the sentence before it."""
    return context.once("sentences", lambda each: list(_read(each.text, each.figures)))


def segment(sentence: Sentence, index: int) -> range:
    """Return the places in `sentence` of the figures that no ； parts from the one at `index`."""
    first = index
    while first and "；" not in sentence[first].before:
        first -= 1
    last = index + 1
    while last < len(sentence) and "；" not in sentence[last].before:
        last += 1
    return range(first, last)


def _read(text: str, figures: Sequence[Checked]) -> Iterator[list[Said]]:
    """Yield the sentences of a text with these figures."""
    sentence: list[Said] = []
    ends = [0, *(figure.end for figure in figures)]
    starts = [*(figure.start for figure in figures), len(text)]
    before = ""
    for index, (end, start) in enumerate(zip(ends, starts, strict=True)):
        gap = _tight(text[end:start])
        stops = list(_STOP.finditer(gap))
        if index:
            after = gap[: stops[0].start()] if stops else gap
            sentence.append(Said(figures[index - 1], before, after))
            if stops:
                yield sentence
                sentence = []
        before = gap[stops[-1].end() :] if stops else gap
    if sentence:
        yield sentence


def _tight(gap: str) -> str:
    """Return what stands between two figures without layout."""
    if "\n" in gap:
        gap = _ITEM.sub("。", FOOTER.sub("", gap))
    return "".join(gap.split()).translate(_WIDE)
