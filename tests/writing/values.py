"""The values of one report: drawn once by the rules of the template file, so that parts, totals and rates agree."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Mapping

SPREAD = re.compile(r"([\d.]+)\.\.([\d.]+)(?: (?:by ([\d.]+)|of (\S+)))?")
BETWEEN = re.compile(r"(\S+) ([-+%]) (\S+)")


class World:
    """The values of one report and of the year before it: `value`, `last`, and whether one may be rounded (`free`)."""

    def __init__(self, rules: Mapping[str, str], rng: random.Random) -> None:
        self._rules, self._rng = rules, rng
        self._values: dict[str, float] = {}
        self._last: dict[str, float] = {}
        self._tied = {word for rule in rules.values() for word in rule.split() if word in rules}

    def value(self, key: str) -> float:
        """Return this year's value of an indicator or helper (money in 元)."""
        if key not in self._values:
            self._values[key] = self._drawn(self._rules[key])
        return self._values[key]

    def again(self, key: str) -> float:
        """Return another value of an indicator that a report adds up."""
        self._values[key] = self._drawn(self._rules[key])
        return self._values[key]

    def settle(self, key: str, value: float) -> None:
        """Let `value` be this year's value of `key`, as it was printed."""
        self._values[key] = value

    def last(self, key: str, side: str = "") -> float:
        """Return last year's value, never this year's: counts within a third, rates within a few points.

        `side` asks for one that is "lower" or "higher", as the words round it need.
        """
        if key not in self._last:
            now, rule = self.value(key), self._rules[key]
            if "%" in rule or key.endswith("_rate"):
                step = round(self._rng.uniform(0.3, 3.0), 1)
                lower = side == "lower" if side else self._rng.random() < 0.7
                before = round(now - step if lower and now - step > 0.5 else now + step, 2)
                self._last[key] = before if before <= 100 else round(now - step, 2)
            else:
                low, high = {"lower": (0.7, 0.95), "higher": (1.05, 1.25)}.get(side, (0.7, 1.25))
                before = max(1, round(now * self._rng.uniform(low, high)))
                self._last[key] = float(before if before != now else before + (-1 if side == "lower" else 1))
        return self._last[key]

    def free(self, key: str) -> bool:
        """Return whether nothing else depends on the value, so that a report may round it."""
        return key not in self._tied and SPREAD.fullmatch(self._rules.get(key, "")) is not None

    def _drawn(self, rule: str) -> float:
        rng = self._rng
        if rule.startswith("one of "):
            return float(rng.choice(rule.split()[2:]))
        if rule.startswith("money "):
            low, high = map(float, rule.removeprefix("money ").split(".."))
            return round(log_uniform(low, high, rng), 1) * 10000
        between = BETWEEN.fullmatch(rule)
        if between:
            a, b = self.value(between[1]), self.value(between[3])
            return a + b if between[2] == "+" else a - b if between[2] == "-" else round(100 * a / b, 1)
        spread = SPREAD.fullmatch(rule)
        if spread is None:
            raise ValueError(f"no rule: {rule!r}")
        low, high = float(spread[1]), float(spread[2])
        if spread[4]:
            return float(max(1, round(self.value(spread[4]) * rng.uniform(low, high))))
        return between_steps(low, high, float(spread[3] or 1), rng)


def between_steps(low: float, high: float, step: float, rng: random.Random) -> float:
    """Return a value between `low` and `high`, a multiple of `step`; whole numbers rather small than large."""
    if step < 1:
        return round(round(rng.uniform(low, high) / step) * step, 2)
    whole = round(log_uniform(low, high, rng))
    return float(round(whole, -2) if whole >= 10000 and rng.random() < 0.6 else whole)


def log_uniform(low: float, high: float, rng: random.Random) -> float:
    """Return a value whose order of magnitude is spread evenly."""
    return math.exp(rng.uniform(math.log(low), math.log(high)))
