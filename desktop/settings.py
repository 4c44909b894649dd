"""What a reviewer may set, declared once, and the few things remembered between starts: one small JSON file.

The dialog of settings, the defaults, the docs and what is taken as valid all follow SETTINGS.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from desktop.paths import config_folder

Key = Literal[
    "language", "theme", "reviewer", "keys", "backup_folder",
    "rate_slack", "jump_times", "peer_times", "copied_share", "sure",
    "last_store",
]  # fmt: skip
Group = Literal["person", "window", "keeping", "checks"]
Sort = Literal["words", "choice", "folder", "keys", "number"]
GROUPS: tuple[Group, ...] = ("person", "window", "keeping", "checks")


class Setting(NamedTuple):
    """One thing to set: the sentences set_ID and set_ID_means name and explain it; set_ID_CHOICE names a choice.

    Values are kept as words. A number lies between `low` and `high`, moves by `step` and is in `unit`; the empty choice
    follows the system.
    """

    id: Key
    group: Group
    sort: Sort
    default: str = ""
    choices: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 0.0
    step: float = 1.0
    unit: str = ""

    def takes(self, value: str) -> bool:
        """Return whether this can be set to `value`."""
        if self.sort == "choice":
            return value in self.choices
        if self.sort == "number":
            with contextlib.suppress(ValueError):
                return self.low <= float(value) <= self.high
            return False
        return self.sort != "folder" or not value or Path(value).is_absolute()


SETTINGS: Mapping[str, Setting] = {
    setting.id: setting
    for setting in (
        Setting("reviewer", "person", "words"),
        Setting("language", "window", "choice", choices=("", "zh", "en")),
        Setting("theme", "window", "choice", choices=("", "light", "dark")),
        Setting("keys", "window", "keys"),
        Setting("backup_folder", "keeping", "folder"),
        Setting("rate_slack", "checks", "number", "0", low=0, high=5, step=0.1, unit="points"),
        Setting("jump_times", "checks", "number", "5", low=2, high=100, unit="times"),
        Setting("peer_times", "checks", "number", "10", low=3, high=1000, unit="times"),
        Setting("copied_share", "checks", "number", "75", low=50, high=100, step=5, unit="percent"),
        Setting("sure", "checks", "number", "95", low=80, high=100, unit="percent"),
    )
}


def _file() -> Path:
    return config_folder() / "settings.json"


def _read() -> dict[str, str]:
    try:
        data = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):  # not there, no JSON, or JSON too deep
        return {}
    return {k: v for k, v in data.items() if isinstance(v, str)} if isinstance(data, dict) else {}


def get(key: Key) -> str:
    """Return what is set or remembered under `key`; its default, else the empty string, where that is nothing valid."""
    return _valid(key, _read().get(key))


def _valid(key: str, kept: str | None) -> str:
    setting = SETTINGS.get(key)
    if setting is None:
        return kept or ""
    return kept if kept is not None and setting.takes(kept) else setting.default


def chosen(group: Group) -> str:
    """Return what is set in a group other than the defaults, as JSON; the empty string for nothing."""
    kept = _read()
    others = {each.id: _valid(each.id, kept.get(each.id)) for each in SETTINGS.values() if each.group == group}
    others = {key: value for key, value in others.items() if value != SETTINGS[key].default}
    return json.dumps(others, sort_keys=True) if others else ""


def number(key: Key) -> float:
    """Return what is set under `key` as a number."""
    return float(get(key))


def default(key: Key) -> float:
    """Return the number that stands where nothing is set."""
    return float(SETTINGS[key].default)


def remember(key: Key, value: str) -> None:
    """Keep `value` under `key`; where the settings cannot be written, nothing is remembered and nothing is lost."""
    values = _read() | {key: value}
    with contextlib.suppress(OSError):
        _file().parent.mkdir(parents=True, exist_ok=True)
        beside = _file().with_suffix(".new")
        beside.write_text(json.dumps(values, indent=1), encoding="utf-8")
        beside.replace(_file())
