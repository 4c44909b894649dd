"""A template becomes a clause of a report: its choices made, its slots printed in the house's forms, its figures labelled."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from desktop.indicators import Catalogue
from tests.writing.heads import Place
from tests.writing.houses import House
from tests.writing.numbers import Written, count, money, percent
from tests.writing.templates import Slot, choose, named, pieces
from tests.writing.values import World, between_steps

BREAKS = "\n，。；：、（,;:(“"
CHINESE_DIGITS = frozenset("两零一二三四五六七八九十百千")
HALF_WIDTH = str.maketrans("，：；（）", ",:;()")


@dataclass
class Draft:
    """A report as it grows: its text and figures, and which indicators it has given so far."""

    house: House
    place: Place
    world: World
    catalogue: Catalogue
    rng: random.Random
    text: str = ""
    figures: list[dict[str, Any]] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)

    def say(self, words: str) -> None:
        """Append words without figures (a mark [[...]] in them aside), in the house's punctuation."""
        self.text += words.translate(HALF_WIDTH) if self.house.half_width else words

    def plain(self) -> set[str]:
        """Return the indicators that one exact figure has stated."""
        named = [figure["indicator"] for figure in self.figures]
        return {f["indicator"] for f in self.figures if f["role"] == "level" and f["approx"] is None and named.count(f["indicator"]) == 1}

    def figure(self, written: Written, indicator: str | None, role: str, *, optional: bool = False) -> None:
        """Append a figure and its labels."""
        gap = self.house.gap
        if gap and self.text[-1:] not in gap + BREAKS and not set(written.text[:2]) <= CHINESE_DIGITS | {written.unit[0]}:
            self.text += gap
        start = len(self.text)
        self.text += written.text
        self.figures.append({
            "start": start, "end": len(self.text), **written.labels(), "indicator": indicator, "optional": optional,
            "role": role,
        })  # fmt: skip


class Clause:
    """One template on its way into a draft."""

    def __init__(self, draft: Draft, role: str) -> None:
        self.draft, self.role, self.rng = draft, role, draft.rng
        self.totals: dict[str, float] = {}
        self.left: dict[str, float] = {}
        self.units: dict[str, str] = {}
        self.whole: set[str] = set()

    def write(self, line: str) -> None:
        """Append `line`, whose choices are made, to the draft."""
        draft = self.draft
        parts = list(pieces(line, draft.place.macros))
        self.whole = {part.indicator for part in parts if isinstance(part, Slot) and part.verb in ("last", "chg", "part")}
        for k, part in enumerate(parts):
            if isinstance(part, str):
                draft.say(part)
            elif isinstance(part, dict):
                written = Written(part["quote"], part["value"], part["unit"], part["approx"], part["kind"])
                draft.figure(written, None, "look-alike", optional=part["optional"])
            else:
                self.slot(part, ends=not parts[k + 1] or str(parts[k + 1])[0] in BREAKS)
        draft.used |= named(line)
        self.afterthought(parts)

    def slot(self, slot: Slot, *, ends: bool) -> None:
        """Append what one slot asks for; `ends`: nothing follows it in its part of the sentence."""
        draft, key = self.draft, slot.indicator
        if slot.verb == "chg":
            self.change(key)
            return
        unit = self.rng.choice(slot.units)
        value, indicator, role = self.meaning(slot)
        rough = slot.verb != "last" and self.role != "again" and (key == "-" or draft.world.free(key)) and key not in self.whole
        written = self.printed(value, unit, slot.flags, rough=rough and not slot.flags, ends=ends)
        if slot.verb == "" and key != "-":
            draft.world.settle(key, written.value)
            self.totals[key] = self.left[key] = written.value
            self.units[key] = unit
        draft.figure(written, indicator, role, optional="optional" in slot.flags)

    def meaning(self, slot: Slot) -> tuple[float, str | None, str]:
        """Return (value, indicator or None, role) of a slot."""
        world, key = self.draft.world, slot.indicator
        if slot.verb == "last":
            return world.last(key, next(iter(slot.flags & {"lower", "higher"}), "")), None, "last year"
        if slot.verb in ("part", "rest"):
            value = self.left[key]
            if slot.verb == "part":
                value = float(max(1, round(self.totals[key] * slot.share * self.rng.uniform(0.85, 1.15))))
            self.left[key] -= value
            return value, None, "part"
        if key == "-":
            if slot.cap:
                return float(max(1, round(world.value(slot.cap) * self.rng.uniform(0.5, 1) * slot.share))), None, "part"
            assert slot.low is not None and slot.high is not None, slot
            if slot.units[0] == "%" and slot.step == 1:
                return between_steps(slot.low, slot.high, self.rng.choice((1, 0.1)), self.rng), None, self.role
            return between_steps(slot.low, slot.high, slot.step, self.rng), None, self.role
        if slot.fixed is not None:
            value = slot.fixed
        elif slot.low is not None and slot.high is not None:
            value = between_steps(slot.low, slot.high, slot.step, self.rng)
        elif key in self.draft.catalogue and self.draft.catalogue[key].combine == "sum":
            value = world.again(key)
        else:
            value = world.value(key)
        if slot.verb == "narrow":
            return value, key, "one department"
        return value, None if key.startswith("~") else key, "total" if key.startswith("~") else "level"

    def printed(self, value: float, unit: str, flags: frozenset[str], *, rough: bool, ends: bool) -> Written:
        """Return the value in one of the house's forms; only a `rough` one may be rounded, 以上 only where it `ends`."""
        forms, rng, gap = self.draft.house.forms, self.rng, self.draft.house.gap
        form = rng.choices(list(forms), list(forms.values()))[0]
        if unit == "%":
            return percent(value, form, flags)
        if not rough and form in ("more", "chinese_more", "wan_more", "about", "less", "over", "above"):
            form = "plain"
        if form == "above" and not ends:
            form = "more"
        if unit[0] in "万亿":
            counting = unit[1:]
            if counting not in ("元", "美元"):
                return Written(f"{value:g}{gap}{unit}", value * 10000, counting, None, "count")
            return money(value if value >= 10000 else value * (1e8 if unit[0] == "亿" else 1e4), unit, form, gap)
        if "list" in flags:
            plain = count(value, unit, form if "thousand" in form else "plain", frozenset(), "", rng)
            return Written(plain.text.removesuffix(unit), value, plain.unit, None, plain.kind)
        if form == "plain" and 2 < value < 20 and value == int(value) and rng.random() < 0.06:
            form = "chinese"
        return count(value, unit, form, flags, gap, rng)

    def change(self, key: str) -> None:
        """Append a change against last year in words; the figure fits no indicator."""
        draft, rng = self.draft, self.rng
        now, last = draft.world.value(key), draft.world.last(key)
        up = now > last
        against = rng.choice(("同比", "较上年", "比上年", "较去年"))
        if key.endswith("_rate"):
            draft.say(against + rng.choice(("提高", "提升", "上升") if up else ("下降", "回落")))
            amount, unit = round(abs(now - last), 2), "个百分点"
        elif rng.random() < 0.65:
            draft.say(against + rng.choice(("增长", "上升", "增加") if up else ("下降", "减少")))
            amount, unit = round(100 * abs(now - last) / last, 1), "%"
        else:
            draft.say(rng.choice(("较上年", "比上年", "较去年")) + rng.choice(("增加", "多") if up else ("减少", "少")))
            amount, unit = abs(now - last), self.units.get(key, draft.catalogue[key].unit)
        draft.figure(self.printed(amount, unit, frozenset(), rough=False, ends=True), None, "change")

    def afterthought(self, parts: list[Any]) -> None:
        """Now and then compare what the clause ends with to last year."""
        if parts[-1] or len(parts) < 2 or not isinstance(parts[-2], Slot):
            return
        slot, draft = parts[-2], self.draft
        if slot.verb or slot.indicator not in draft.catalogue or slot.flags or not draft.figures[-1]["indicator"]:
            return
        if draft.catalogue[slot.indicator].combine == "sum" or draft.catalogue[slot.indicator].kind in ("duration", "money"):
            return
        if draft.figures[-1]["approx"] or self.rng.random() > draft.house.change:
            return
        if draft.world.last(slot.indicator) == 0 or draft.world.value(slot.indicator) == draft.world.last(slot.indicator):
            return
        draft.say("，")
        self.change(slot.indicator)


def clause(draft: Draft, template: str, role: str = "look-alike") -> None:
    """Append one template; `role` is what its figures of no indicator are."""
    Clause(draft, role).write(choose(template, draft.rng))
