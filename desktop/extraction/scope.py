"""Whether a sentence speaks of this report's own district, or of a province, a city or a neighbour beside it."""

from __future__ import annotations

import re

from desktop import districts
from desktop.extraction.clauses import Place, Sentence
from desktop.extraction.lexicon import ELSEWHERE, HOME, Word
from desktop.model import Facts

# A name of two or three characters and its kind, where a sentence begins; words that only look like one are ruled out
# by the characters that no place name has.
PLACE = re.compile(
    r"(?:据|而)?([^\W\d_a-zA-Z截至目前年月日今来以是在对由向为将把使让组织推进加强全我本各该位于度开展完成实现落个等的了社园辖城景校片街郊战范"
    r"能验护聚务居市县区省两每某其]{2,3}(?:自治县|区|县|旗|市))(?!长|委|直|级|域|场|民|政府|内|里|外|属|辖|法院|检察)"
)
NEIGHBOURS = ("该", "人家", "兄弟", "邻", "对方")
RANKED = ("位居", "第", "前列", "率先", "领先", "首", "排名", "平均")


class Scope:
    """What this report's own place is called, so that others can be told from it."""

    def __init__(self, flat: str, facts: Facts) -> None:
        self.flat = flat
        self.own = facts.district if facts.level in (None, "county") else None
        self.known: dict[int, bool] = {}

    def elsewhere(self, place: Place) -> bool:
        """Return whether the figure at `place` is said of another place than the report's own."""
        sentence = place.sentence
        if not sentence.signals & (ELSEWHERE | HOME):
            return self._foreign(sentence)
        for index in range(place.pre.index, -1, -1):
            part = sentence.parts[index]
            if part.signals & (ELSEWHERE | HOME):
                for at, word in reversed(part.tokens):
                    if word.signals & HOME:
                        return False
                    if word.signals & ELSEWHERE and self._is_subject(word, at, part.start):
                        return True
        return self._foreign(sentence)

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
        start = sentence.parts[0].start
        if start not in self.known:
            found = PLACE.match(self.flat, start)
            name = found[1] if found else ""
            real = bool(name) and (
                any(part.signals & HOME for part in sentence.parts) or bool(districts.load().named(name, None))
            )
            self.known[start] = real and not self._names_own(name, found.end() if found else 0)
        return self.known[start]

    def _names_own(self, name: str, end: int) -> bool:
        own = self.own or ""
        return own in name or name in own or self.flat.startswith(own, end)
