"""A dict whose call decorates, so that adding a format, a check or an export is one module with one function."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


class Registry(dict[str, T]):
    """Names -> functions; `@registry("name", ...)` enters a function under each name; a duplicate raises ValueError."""

    def __call__(self, *names: str) -> Callable[[T], T]:
        """Return a decorator that enters what it decorates under `names`."""

        def enter(entry: T) -> T:
            for name in names:
                if name in self:
                    raise ValueError(f"{name!r} is registered twice")
                self[name] = entry
            return entry

        return enter


def import_all(package: str, path: Iterable[str]) -> None:
    """Import every module of a package (its `__name__` and `__path__`), so that what they enter is entered."""
    for module in pkgutil.iter_modules(path):
        importlib.import_module(f"{package}.{module.name}")
