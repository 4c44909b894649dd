"""Figures in, findings out: one module a family of checks, one function a check."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, NamedTuple, Protocol, TypeVar

from desktop.cells import Measured
from desktop.checks.limits import Limits
from desktop.indicators import Catalogue
from desktop.model import Approx, Facts, Finding, Severity
from desktop.registry import Registry, import_all

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Checked:
    """A figure as the checks see it: what it measures now, a person's corrections included."""

    start: int
    end: int
    value: float
    unit: str
    approx: Approx | None
    indicator: str | None


class YearCell(NamedTuple):
    """One cell of the district in another year."""

    value: float
    unit: str
    approx: Approx | None


class Peers(NamedTuple):
    """How an indicator lies among the districts of one year: how many state it, median and MAD of log10 of it."""

    number: int
    centre: float
    spread: float


class Copy(NamedTuple):
    """A passage of the text that stands almost word for word in the report of another district.

    `letters` are the characters that were compared; `share` is how much of them stands there (0 to 1), `numbers` how
    many numbers the passage states, `same` how many of these stand there.
    """

    start: int
    end: int
    letters: str
    district: str
    year: int | None
    share: float
    numbers: int
    same: int


@dataclass(frozen=True, slots=True)
class Compared:
    """What one report is compared with: its facts and the rest of the store; all empty for a report by itself.

    `siblings` names the other sources of its district and year, `twins` those of them with the same text, `years` has
    the cells of the district's other years by year and indicator, `peers` the indicators as the districts of its year
    state them, `gap` the years missing between it and the district's report before, `copies` what its text shares
    with the reports of other districts. `entered` has what a person said of its own cells in place of their figures:
    the number, None where it is not reported; `named` the figures that a person named for a cell, as indexes of the
    figures under check. `limits` say how far figures may go.
    """

    facts: Facts = field(default_factory=Facts)
    siblings: Sequence[str] = ()
    twins: Sequence[str] = ()
    years: Mapping[int, Mapping[str, YearCell]] = field(default_factory=dict)
    peers: Mapping[str, Peers] = field(default_factory=dict)
    gap: Sequence[int] = ()
    copies: Sequence[Copy] = ()
    entered: Mapping[str, float | None] = field(default_factory=dict)
    named: Mapping[str, Sequence[int]] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context(Compared):
    """One report under check: its text, its figures in text order, and what it is compared with."""

    figures: Sequence[Checked]
    catalogue: Catalogue
    text: str = ""
    by_indicator: Mapping[str, list[Checked]] = field(default_factory=dict)
    worked_out: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def of(self, indicator: str) -> list[Checked]:
        """Return the figures of one indicator, in text order."""
        return self.by_indicator.get(indicator, [])

    def once(self, name: str, make: Callable[[Context], T]) -> T:
        """Return what `make` works out of this context, the first time only: several checks ask for the same."""
        if name not in self.worked_out:
            self.worked_out[name] = make(self)
        worked_out: T = self.worked_out[name]
        return worked_out


class Placed(Measured, Protocol):
    """Anything that is a figure at a place of a text."""

    @property
    def start(self) -> int:
        """Return where the figure begins."""

    @property
    def end(self) -> int:
        """Return where it ends."""


Check = Callable[[Context], Iterable[Finding]]

check: Registry[Check] = Registry()


@functools.cache
def checks() -> Registry[Check]:
    """Return the registry with every family of this package entered."""
    import_all(__name__, __path__)
    return check


def context(
    figures: Iterable[Placed], catalogue: Catalogue, text: str = "", compared: Compared | None = None
) -> Context:
    """Return one report's context; figures of indicators that the catalogue does not have are of none."""
    seen = [
        Checked(f.start, f.end, f.value, f.unit, f.approx, f.indicator if f.indicator in catalogue else None)
        for f in figures
    ]
    seen.sort(key=lambda f: f.start)
    by_indicator: dict[str, list[Checked]] = {}
    for figure in seen:
        if figure.indicator is not None:
            by_indicator.setdefault(figure.indicator, []).append(figure)
    told = compared or Compared()
    rest = {each.name: getattr(told, each.name) for each in fields(told)}
    return Context(figures=seen, catalogue=catalogue, text=text, by_indicator=by_indicator, **rest)


def run(checked: Context) -> list[Finding]:
    """Return what every check says of one report; no two of its findings have the same fingerprint."""
    found = []
    times: dict[str, int] = {}
    for raised in (raised for entry in checks().values() for raised in entry(checked)):
        times[raised.fingerprint] = number = times.get(raised.fingerprint, 0) + 1
        if number > 1:
            raised = replace(raised, fingerprint=_digest([raised.fingerprint, number]))
        found.append(raised)
    return found


def finding(
    check_id: str,
    severity: Severity,
    figures: Iterable[Checked] = (),
    *,
    span: tuple[int, int] | None = None,
    rests_on: object = None,
    **values: float | str,
) -> Finding:
    """Return a finding over `figures`, or over `span` of the text, whose sentence `values` fill.

    Its fingerprint is that of what it rests on: the readings of its figures with `rests_on`, in place of which `values`
    stand where none is given. Where in the text they stand does not matter: a dismissal outlives a shift of the text.
    """
    compared = tuple(figures)
    readings = [(f.value, f.unit, f.indicator) for f in compared]
    fingerprint = _digest([check_id, readings, values if rests_on is None else rests_on])
    return Finding(check_id, severity, tuple((f.start, f.end) for f in compared), values, span, fingerprint)


def _digest(rests_on: object) -> str:
    return hashlib.sha256(json.dumps(rests_on, sort_keys=True).encode()).hexdigest()[:24]
