"""The few things remembered between starts that window and command line share: one small JSON file."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Literal

from desktop.paths import config_folder

Key = Literal["language", "reviewer", "last_store", "keys"]


def _file() -> Path:
    return config_folder() / "settings.json"


def _read() -> dict[str, str]:
    try:
        data = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {k: v for k, v in data.items() if isinstance(v, str)} if isinstance(data, dict) else {}


def get(key: Key) -> str:
    """Return what is remembered under `key`, or the empty string."""
    return _read().get(key, "")


def remember(key: Key, value: str) -> None:
    """Keep `value` under `key`; where the settings cannot be written, nothing is remembered and nothing is lost."""
    values = _read() | {key: value}
    with contextlib.suppress(OSError):
        _file().parent.mkdir(parents=True, exist_ok=True)
        beside = _file().with_suffix(".new")
        beside.write_text(json.dumps(values, ensure_ascii=False, indent=1), encoding="utf-8")
        beside.replace(_file())
