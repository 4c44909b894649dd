"""Which passages of a text stand almost word for word in reports of other districts, and which texts are the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from db import comparing
from db.comparing import Checkable, Holder
from db.store import Store
from desktop.checks import Copy
from desktop.passages import Passage, likeness, numbers, passages

FEW = 2  # other districts that may share a passage: what more of them have is common wording
COARSE, DOUBT = 12, 0.25  # steps of a first look, and how far it may be out
AT_MOST = 4  # reports that a passage is compared with: those that share most of its sketch
SAME = 0.8  # of the sketch of a text: one report in two files


class Body(NamedTuple):
    """Another report's text, its passages, and all the characters that these are compared by."""

    text: str
    passages: Sequence[Passage]
    letters: str


class Sharing:
    """The passages of some reports, and the reports of the store that hold the same: asked for together."""

    def __init__(self, store: Store, texts: Mapping[int, str], alike: float) -> None:
        self._store, self._texts = store, texts
        self._alike = alike  # of a passage's characters, run by run: almost word for word
        self._own = {report_id: passages(text) for report_id, text in texts.items()}
        self._sketch = {passage: passage.sketch() for own in self._own.values() for passage in own}
        self._found = comparing.holders(store, {mark for marks in self._sketch.values() for mark in marks})
        held = {holder.report_id for holders in self._found.values() for holder in holders}
        self._told = comparing.copied_from(store, sorted(held))
        self._bodies: dict[int, Body] = {}

    def copies(self, report: Checkable, keys: Collection[str | None]) -> tuple[list[Copy], set[int]]:
        """Return the passages that another district's report has as well, and the reports to be checked again with it.

        `keys` are those of the report's own district. To be checked again are reports whose findings do not know of
        this one yet, or still name it although it is withdrawn, or hold what has become common wording.
        """
        if report.key is None:
            return [], set()
        copies: list[Copy] = []
        again: set[int] = set()
        wanted = [(passage, self._candidates(passage, keys, again)) for passage in self._own[report.report_id]]
        self._read({holder.report_id for _, holders in wanted for holder in holders})
        for passage, holders in wanted:
            copied = next(filter(None, (self._copy(report, passage, holder) for holder in holders)), None)
            if copied is None:
                continue
            copy, other = copied
            copies.append(copy)
            is_told = report.facts.district in self._told.get(other, ())
            if is_told == report.withdrawn:
                again.add(other)
        return copies, again

    def is_same_text(self, report_id: int, other: int) -> bool:
        """Tell whether another report holds nearly all passages of one."""
        marks = [mark for passage in self._own[report_id] for mark in self._sketch[passage]]
        shared = sum(any(holder.report_id == other for holder in self._found.get(mark, ())) for mark in marks)
        return bool(marks) and shared >= SAME * len(marks)

    def _candidates(self, passage: Passage, keys: Collection[str | None], again: set[int]) -> list[Holder]:
        """Return the reports of other districts that may hold a passage, those that share most of its sketch first.

        Those that hold common wording and have findings of it are added to `again`.
        """
        times: dict[Holder, int] = {}
        for mark in self._sketch[passage]:
            others = [holder for holder in self._found.get(mark, ()) if holder.key not in keys]
            districts = len({holder.key for holder in others})
            if districts <= FEW:
                for holder in others:
                    times[holder] = times.get(holder, 0) + 1
            elif districts == FEW + 1:
                again.update(holder.report_id for holder in others if holder.report_id in self._told)
        return sorted(times, key=lambda holder: (-times[holder], holder.report_id))[:AT_MOST]

    def _read(self, report_ids: Collection[int]) -> None:
        for report_id, text in comparing.texts(self._store, set(report_ids) - self._bodies.keys()).items():
            split = passages(text)
            self._bodies[report_id] = Body(text, split, "".join(passage.letters for passage in split))

    def _copy(self, report: Checkable, passage: Passage, holder: Holder) -> tuple[Copy, int] | None:
        """Return a passage as another report has it, and that report; None where it has not."""
        body = self._bodies[holder.report_id]
        if likeness(passage.letters, body.letters, COARSE) < self._alike - DOUBT:
            return None
        share, other = max((likeness(passage.letters, other.letters), other) for other in body.passages)
        if share < self._alike:
            return None
        printed = numbers(self._texts[report.report_id][passage.start : passage.end])
        theirs = set(numbers(body.text[other.start : other.end]))
        same = sum(number in theirs for number in printed)
        return Copy(*passage, holder.district, holder.year, share, len(printed), same), holder.report_id
