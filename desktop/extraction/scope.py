"""Whether a sentence speaks of this report's own district, or of a province, a city or a neighbour beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop import districts
from desktop.extraction.clauses import Place, Sentence
from desktop.extraction.lexicon import ELSEWHERE, HOME, REGIONS, Word
from desktop.model import Facts

# A name of two or three characters and its kind, where a sentence begins; words that only look like one are ruled out
# by the characters that no place name has.
PLACE = re.compile(
    r"(?:据|而)?([^\W\d_a-zA-Z截至目前年月日今来以是在对由向为将把使让组织推进加强全我本各该位于度开展完成实现落个等的了社园辖城景校片街郊战范"
    r"能验护聚务居市县区省两每某其]{2,3}(?:自治县|区|县|旗|市))(?!长|委|直|级|域|场|民|政府|内|里|外|属|辖|法院|检察)"
)
NEIGHBOURS = ("该", "人家", "兄弟", "邻", "对方")
RANKED = ("位居", "第", "前列", "率先", "领先", "首", "排名", "平均水平", "平均值", "平均数", "平均线", "平均分")


class Scope:
    """What this report's own place is called, so that others can be told from it."""

    def __init__(self, flat: str, facts: Facts) -> None:
        self.flat = flat
        self.own = facts.district if facts.level in (None, "county") else None

    def refuse(self, places: Sequence[Place]) -> None:
        """Refuse those of `places` (in text order) that are said of another place than the report's own."""
        last: Sentence | None = None
        foreign = False
        for place in places:
            if place.refused:
                continue
            sentence = place.sentence
            if sentence is not last:
                last, foreign = sentence, self._foreign(sentence)
            told = self._told(place) if sentence.signals & REGIONS else None
            if foreign if told is None else told:
                place.refused = "elsewhere"

    def _told(self, place: Place) -> bool | None:
        """Return whether the figure's own or an earlier clause says that it is elsewhere; None where none tells."""
        for part in place.sentence.parts[place.pre.index :: -1]:
            if part.signals & REGIONS:
                for at, word in reversed(part.tokens):
                    if word.signals & HOME:
                        return False
                    if word.signals & ELSEWHERE and self._is_subject(word, at, part.start):
                        return True
        return None

    def _is_subject(self, word: Word, at: int, start: int) -> bool:
        """Return whether `word`, which ends at `at` in the part from `start`, says that the part is of another place.

        全市 is the report's own place in a county-level city; 全省第一 only ranks it.
        """
        if word.text.startswith(NEIGHBOURS) or word.text.endswith(("院", "厅")):
            return True
        if word.text == "全市" and (self.own is None or self.own.endswith("市")):
            return False
        return at - word.size < start + 1 and not self.flat.startswith(RANKED, at + 1)

    def _foreign(self, sentence: Sentence) -> bool:
        """Return whether the sentence opens with the name of another district or of the city above."""
        if self.own is None:
            return False
        found = PLACE.match(self.flat, sentence.parts[0].start)
        if found is None or self._names_own(found[1], found.end()):
            return False
        return any(part.signals & HOME for part in sentence.parts) or bool(districts.load().named(found[1], None))

    def _names_own(self, name: str, end: int) -> bool:
        own = self.own or ""
        return own in name or name in own or self.flat.startswith(own, end)
