"""resources/indicators.toml -> Indicators: what each figure can measure, as data."""
# (seed: owned by the naming helper, who extends Indicator with the words that recognise it)

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from desktop.model import Kind
from desktop.paths import resources

Combine = Literal["first", "sum"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the catalogue: its id, names, canonical unit, how figures make its cell, and its definition."""

    id: str
    theme: str
    name_zh: str
    name_en: str
    kind: Kind
    unit: str
    combine: Combine
    definition: str


class Catalogue(Mapping[str, Indicator]):
    """Indicators by id, in catalogue order; `version` names the catalogue that a decision was made under."""

    def __init__(self, indicators: Mapping[str, Indicator], version: str) -> None:
        self._indicators = dict(indicators)
        self.version = version

    def __getitem__(self, indicator_id: str) -> Indicator:
        return self._indicators[indicator_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._indicators)

    def __len__(self) -> int:
        return len(self._indicators)


@functools.cache
def load(path: Path | None = None) -> Catalogue:
    """Return the catalogue of indicators.toml (or of another file of the same form)."""
    data: dict[str, Any] = tomllib.loads((path or resources() / "indicators.toml").read_text(encoding="utf-8"))
    rows = {key: Indicator(id=key, **{k: row[k] for k in ("theme", "name_zh", "name_en", "kind", "unit", "combine", "definition")}) for key, row in data["indicators"].items()}
    return Catalogue(rows, data["version"])
