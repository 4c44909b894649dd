"""What nobody foresaw: kept in a log that holds no word of a report and no name of a file, for whoever mends it.

What is written of an error is where in the program it happened and of what type it is. The words of its message stay
out: they may quote a report, or name its file. A person may agree to let them in.
"""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from traceback import walk_tb

from desktop import __version__
from desktop.paths import state_folder

LARGEST, KEPT = 200_000, 3  # bytes of a log, and logs kept
_OURS = re.compile(r"(?:^|[/\\])((?:desktop|db|packaging)[/\\][A-Za-z0-9_/\\]+\.py)$")
_THEIRS = re.compile(r"(?:site-packages|lib[/\\]python[\d.]+|Lib)[/\\]([A-Za-z0-9_.\-/\\]+\.py)$")
_PLACE = re.compile(r'File "([^"\n]+)", line (\d+),? in ([A-Za-z_<][A-Za-z0-9_.<>]*)')


def described(error: BaseException, *, words: bool = False) -> str:
    """Return what may be written of an error: versions, and of it and what led to it the type and the places.

    With `words`, which a person must have agreed to, the messages as well.
    """
    lines = [_surroundings()]
    for kind, each in _chain(error):
        lines.append(f"{kind}{_type(each)}{f': {each}' if words else ''}")
        for frame, line in walk_tb(each.__traceback__):
            lines.append(f"  {_place(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}")
        if type(each).__name__ == "_RemoteTraceback":  # of another process, as words
            lines += places(str(each))
    return "\n".join(lines)


def places(told: str) -> list[str]:
    """Return the places in the program that a traceback told in words names, and nothing else of it."""
    return [
        f"  {_place(path)}:{line} {function}" for path, line, function in _PLACE.findall(told) if _OURS.search(path)
    ]


def _chain(error: BaseException) -> Iterator[tuple[str, BaseException]]:
    """Yield an error and what led to it, each once, with how they hang together."""
    kind, seen = "", set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        yield kind, each
        if isinstance(each, BaseExceptionGroup):
            for inner in each.exceptions:
                yield from (("part: " + within, one) for within, one in _chain(inner))
        kind = "caused by " if each.__cause__ is not None else "while handling "
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)


def _type(error: BaseException) -> str:
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    number = getattr(error, "errno", None)
    return f"{name} ({number})" if isinstance(number, int) else name


def _place(path: str) -> str:
    """Return where in the program a file is; of one that is neither ours nor a library's nothing is told."""
    found = _OURS.search(path) or _THEIRS.search(path)
    return found[1].replace("\\", "/") if found else "…"


def _surroundings() -> str:
    import platform

    frozen = " packaged" if hasattr(sys, "_MEIPASS") else ""
    return f"Hebao {__version__}{frozen}, Python {platform.python_version()}, {platform.platform()}"


def log_file() -> Path:
    """Return the log, made or not."""
    return state_folder() / "hebao.log"


def note(told: str) -> Path | None:
    """Write a line or more to the log and return where it is; None where it cannot be written."""
    path = log_file()
    entry = f"--- {datetime.now():%Y-%m-%d %H:%M:%S}\n{told}\n"
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size + len(entry) > LARGEST:
            _turn_over(path)
        with path.open("a", encoding="utf-8", errors="replace") as log:
            log.write(entry)
        return path
    return None


def _turn_over(path: Path) -> None:
    """Let the log begin anew; the ones before are kept under numbers, the oldest goes."""
    for number in range(KEPT - 1, 0, -1):
        older = path.with_suffix(f".{number}.log") if number > 1 else path
        if older.exists():
            older.replace(path.with_suffix(f".{number + 1}.log"))
