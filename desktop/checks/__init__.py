"""Figures in, findings out: one module a family of checks, one function a check."""

from __future__ import annotations

import hashlib
import importlib
import json
import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from desktop.cells import Measured
from desktop.indicators import Catalogue
from desktop.model import Approx, Finding, Severity
from desktop.registry import Registry


@dataclass(frozen=True, slots=True)
class Checked:
    """A figure as the checks see it: what it measures now, a person's corrections included."""

    start: int
    end: int
    value: float
    unit: str
    approx: Approx | None
    indicator: str | None


@dataclass(frozen=True, slots=True)
class Context:
    """One report under check: its figures in text order, and what it is compared with."""

    figures: Sequence[Checked]
    catalogue: Catalogue
    text: str = ""
    siblings: Sequence[str] = ()
    by_indicator: Mapping[str, list[Checked]] = field(default_factory=dict)

    def of(self, indicator: str) -> list[Checked]:
        """Return the figures of one indicator, in text order."""
        return self.by_indicator.get(indicator, [])


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


def checks() -> Registry[Check]:
    """Return the registry with every family of this package entered."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return check


def run(
    figures: Iterable[Placed], catalogue: Catalogue, *, text: str = "", siblings: Sequence[str] = ()
) -> list[Finding]:
    """Return what every check says of one report; `siblings` name the other sources of its district and year."""
    catalogue_figures = [f for f in figures if f.indicator is None or f.indicator in catalogue]
    seen = [Checked(f.start, f.end, f.value, f.unit, f.approx, f.indicator) for f in catalogue_figures]
    seen.sort(key=lambda f: f.start)
    by_indicator: dict[str, list[Checked]] = {}
    for figure in seen:
        if figure.indicator is not None:
            by_indicator.setdefault(figure.indicator, []).append(figure)
    context = Context(seen, catalogue, text, siblings, by_indicator)
    return [_fingerprinted(finding, seen) for entry in checks().values() for finding in entry(context)]


def finding(check_id: str, severity: Severity, figures: Iterable[Checked] = (), **values: float | str) -> Finding:
    """Return a finding over `figures` whose sentence `values` fill."""
    return Finding(check_id, severity, tuple((f.start, f.end) for f in figures), values)


def _fingerprinted(raised: Finding, figures: Sequence[Checked]) -> Finding:
    """Return the finding with a fingerprint of what it rests on: its check, its figures' readings, its values."""
    readings = [(f.start, f.value, f.unit, f.indicator) for f in figures if (f.start, f.end) in raised.figures]
    rests_on = json.dumps([raised.check, readings, dict(raised.values), raised.span], sort_keys=True)
    return replace(raised, fingerprint=hashlib.sha256(rests_on.encode()).hexdigest()[:24])
