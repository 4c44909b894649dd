"""A template becomes a clause of a report: its slots are printed in the house's forms, its figures labelled."""

from __future__ import annotations

from tests.writing.drafts import BREAKS, Draft
from tests.writing.numbers import ROUGH, Written, count, money, percent
from tests.writing.templates import Piece, Slot, named, pieces
from tests.writing.values import between_steps


class Clause:
    """One template, its choices made, on its way into a draft; `role` is what its figures of no indicator are."""

    def __init__(self, draft: Draft, line: str, role: str = "look-alike") -> None:
        self.draft, self.role, self.rng = draft, role, draft.rng
        self.pieces: list[Piece] = list(pieces(line, draft.place.macros))
        self.named = named(line)
        self.in_row = "分别" in line or " list>" in line
        slots = [piece for piece in self.pieces if isinstance(piece, Slot)]
        self.compared = any(slot.verb in ("last", "chg") for slot in slots)
        self.exact = {slot.indicator for slot in slots if slot.verb in ("last", "chg", "part")}
        self.totals: dict[str, float] = {}
        self.left: dict[str, float] = {}
        self.units: dict[str, str] = {}
        self.unit = ""

    def write(self) -> None:
        """Append the clause to the draft."""
        for k, piece in enumerate(self.pieces):
            if isinstance(piece, str):
                self.draft.say(piece)
            elif isinstance(piece, Slot):
                after = self.pieces[k + 1]
                self._slot(piece, ends=not after or (isinstance(after, str) and after[0] in BREAKS))
            else:
                written = Written(piece["quote"], piece["value"], piece["unit"], piece["approx"], piece["kind"])
                self.draft.figure(written, None, self.role, optional=piece["optional"])
        self.draft.used |= self.named
        self._afterthought()

    def _slot(self, slot: Slot, *, ends: bool) -> None:
        """Append what one slot asks for; `ends`: nothing follows it in its part of the sentence."""
        world, key = self.draft.world, slot.indicator
        if slot.verb == "chg":
            self._change(key)
            return
        self.unit = self._chosen(slot, ends)
        value, indicator, role = self._meaning(slot)
        free = key == "-" or (world.free(key) and key not in self.exact and slot.verb != "last")
        rough = free and not slot.flags and self.role != "again"
        written = self._printed(value, self.unit, slot.flags, rough=rough, ends=ends)
        if slot.verb == "" and key != "-":
            world.settle(key, written.value)
            self.totals[key] = self.left[key] = written.value
            self.units[key] = self.unit
        self.draft.figure(written, indicator, role, optional="optional" in slot.flags)

    def _chosen(self, slot: Slot, ends: bool) -> str:
        """Return the slot's unit: the one the clause has used, if it may; 名 before what is counted, not 人."""
        unit = self.unit if self.unit in slot.units else self.rng.choice(slot.units)
        return "名" if unit == "人" and "名" in slot.units and not ends else unit

    def _meaning(self, slot: Slot) -> tuple[float, str | None, str]:
        """Return (value, indicator or None, role) of a slot."""
        world, key, rng = self.draft.world, slot.indicator, self.rng
        if slot.verb == "last":
            return world.last(key, next(iter(slot.flags & {"lower", "higher"}), "")), None, "last year"
        if slot.verb in ("part", "rest"):
            value = self.left[key]
            if slot.verb == "part":
                value = float(max(1, round(self.totals[key] * slot.share * rng.uniform(0.85, 1.15))))
            self.left[key] -= value
            return value, None, "part"
        if slot.cap:
            return float(max(1, round(world.value(slot.cap) * rng.uniform(0.5, 1) * slot.share))), None, "part"
        if slot.low is not None and slot.high is not None:
            step = rng.choice((1, 0.1)) if slot.units[0] == "%" and slot.step == 1 else slot.step
            value = between_steps(slot.low, slot.high, step, rng)
        elif slot.fixed is not None:
            value = slot.fixed
        elif key in self.draft.catalogue and self.draft.catalogue[key].combine == "sum":
            value = world.again(key)
        else:
            value = world.value(key)
        if slot.verb == "narrow":
            return value, key, "one department"
        if key == "-" or key.startswith("~"):
            return value, None, self.role
        return value, key, "level"

    def _printed(self, value: float, unit: str, flags: frozenset[str], *, rough: bool, ends: bool) -> Written:
        """Return the value in a form of the house; only a `rough` one is rounded, 以上 stands where it ends."""
        forms, rng, gap = self.draft.house.forms, self.rng, self.draft.house.gap
        form = rng.choices(list(forms), list(forms.values()))[0]
        if (self.in_row and "thousand" not in form) or (form in ROUGH and not rough):
            form = "plain"
        if form == "above" and not ends:
            form = "more"
        if unit == "%":
            return percent(value, form, flags)
        if unit[1:] in ("元", "美元"):
            return money(value if value >= 10000 else value * (1e8 if unit[0] == "亿" else 1e4), unit, form, gap)
        if unit[0] == "万":
            return Written(f"{value:g}{gap}{unit}", value * 10000, unit[1:], None, "count")
        if "list" in flags:
            plain = count(value, unit, form if "thousand" in form else "plain", frozenset(), "", rng)
            return Written(plain.text.removesuffix(unit), value, plain.unit, None, plain.kind)
        if form == "plain" and not self.in_row and 2 < value < 20 and rng.random() < 0.06:
            form = "chinese"
        return count(value, unit, form, flags, gap, rng)

    def _change(self, key: str) -> None:
        """Append a change against last year in words; its figure fits no indicator."""
        draft, rng = self.draft, self.rng
        now, last = draft.world.value(key), draft.world.last(key)
        up, share = now > last, round(100 * abs(now - last) / last, 1)
        if key.endswith("_rate"):
            verb, amount, unit = ("提高 提升 上升" if up else "下降 回落"), round(abs(now - last), 2), "个百分点"
        elif share and rng.random() < 0.65:
            verb, amount, unit = ("增长 上升 增加" if up else "下降 减少"), share, "%"
        else:
            verb, amount = ("增加 多" if up else "减少 少"), abs(now - last)
            unit = self.units.get(key, draft.catalogue[key].unit)
        against = "较上年 比上年 较去年 同比" if unit[-1] in "%点" else "较上年 比上年 较去年"
        draft.say(rng.choice(against.split()) + rng.choice(verb.split()))
        draft.figure(self._printed(amount, unit, frozenset(), rough=False, ends=True), None, "change")

    def _afterthought(self) -> None:
        """Now and then compare what the clause ends with to last year."""
        draft, rng = self.draft, self.rng
        slot = self.pieces[-2] if len(self.pieces) > 1 and not self.pieces[-1] else None
        if not isinstance(slot, Slot) or slot.verb or slot.flags or slot.also or self.compared:
            return
        indicator = draft.catalogue.get(slot.indicator)
        if indicator is None or indicator.combine == "sum" or indicator.kind in ("duration", "money"):
            return
        if draft.figures[-1]["approx"] or rng.random() > draft.house.change:
            return
        if rng.random() < 0.7:
            draft.say("，")
            self._change(indicator.id)
            return
        before, after = rng.choice((("（上年为", "）"), ("（去年", "）"), ("，上年为", ""), ("，上年同期为", "")))
        draft.say(before)
        last = draft.world.last(indicator.id)
        draft.figure(self._printed(last, self.unit, frozenset(), rough=False, ends=True), None, "last year")
        draft.say(after)
