"""Write the docs that list things (docs/reference.md, docs/indicators.md) from what they list; --check compares."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop import checks, cli, exporting, indicators, reading, text  # noqa: E402
from desktop.exporting.tables import CODEBOOK, LONG  # noqa: E402
from desktop.settings import SETTINGS  # noqa: E402

GENERATED = "<!-- Written by packaging/docs.py; change what it lists, not this file. -->\n"


def pages() -> dict[Path, str]:
    """Return each generated page: path -> text."""
    text.set_language("en")
    return {ROOT / "docs" / "reference.md": reference(), ROOT / "docs" / "indicators.md": catalogue()}


def reference() -> str:
    """Return the page of commands, formats, columns and checks."""
    read = " ".join(f"`{ending}`" for ending in sorted(reading.readers()))
    written = " ".join(f"`{name}` (.{ending})" for name, ending in exporting.endings().items())
    columns = ((f"`{c}`", text.say_in("zh", f"column_{c}"), text.say(f"column_{c}_means")) for c in LONG)
    raised = (
        (f"`{name}`", compared(check.__doc__), sentence("zh", name), sentence("en", name))
        for name, check in sorted(checks.checks().items())
    )
    return "\n".join(
        [
            "# Reference\n", GENERATED, "## Commands\n", *commands(),
            "## Formats\n", f"Read: {read}\n", f"Written: {written}\n",
            "## Columns of the long table\n", *table(("column", "中文", "means"), columns),
            "The wide table has one row a district and year and, after the first five of these columns, one column an",
            "indicator. In CSV, `'` stands before a text that begins like a formula (`=`, `+`, `-`, `@`); take it off",
            "when reading back. The codebook has: " + ", ".join(f"`{c}`" for c in CODEBOOK) + ".\n",
            "## Settings\n", *table(("setting", "default", "means"), settings_rows()),
            "## Checks\n", *table(("check", "raised", "says in Chinese", "says in English"), raised),
        ]
    )  # fmt: skip


def settings_rows() -> Iterator[tuple[str, str, str]]:
    """Yield each setting with its default and what it means."""
    for setting in SETTINGS.values():
        unit = f" {text.say(f'set_unit_{setting.unit}')}" if setting.unit else ""
        default = f"{setting.default}{unit}" if setting.default else ""
        yield f"`{setting.id}`", default, text.say(f"set_{setting.id}_means")


def commands() -> Iterator[str]:
    """Yield each command with its arguments."""
    subcommands = next(a for a in cli.parser()._actions if isinstance(a, argparse._SubParsersAction))
    for name, parser in subcommands.choices.items():
        yield f"### `hebao {name}`\n\n{parser.description}\n"
        arguments = [action for action in parser._actions if action.dest != "help"]
        yield from table(("argument", "means"), ((f"`{named(a)}`", a.help or "") for a in arguments))


def named(action: argparse.Action) -> str:
    """Return an argument as one types it."""
    value = "|".join(action.choices) if action.choices else action.metavar
    words = [*action.option_strings[-1:], *([str(value)] if value and action.nargs != 0 else [])]
    typed = " ".join(words) + ("..." if action.nargs == "+" else "")
    return typed if action.required else f"[{typed}]"


def catalogue() -> str:
    """Return the page of indicators, by theme."""
    lines = ["# Indicators\n", GENERATED]
    known = indicators.load()
    lines.append(
        f"{len(known)} indicators. `first` takes the figure stated first, `sum` adds the figures of a report.\n"
    )
    lines.append(
        "Reviewers add their own in the window, in the Edit menu or by Shift+F3: names, unit, kind, how figures make\n"
        "the cell, and the words by which reports say it. They live in the store and work on every report of it.\n"
    )
    for theme, rows in groupby(known.values(), key=lambda indicator: indicator.theme):
        lines.append(f"## {theme}\n")
        cells = ((f"`{i.id}`", i.name_zh, i.name_en, i.unit, i.combine, i.definition, i.definition_en) for i in rows)
        lines += table(("id", "中文", "English", "unit", "cell", "定义", "definition"), cells)
    return "\n".join(lines)


def compared(description: str | None) -> str:
    """Return what a check compares, from the first sentence of its docstring (Raise a finding where ...)."""
    first = " ".join((description or "").split()).partition(". ")[0]
    return first.removeprefix("Raise a finding ").rstrip(".")


def sentence(language: str, check: str) -> str:
    """Return a check's sentence with its fields by name."""
    return re.sub(r"\{(\w+)[^}]*\}", r"{\1}", text.say_in(language, f"check_{check}"))


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """Return the lines of a Markdown table, an empty one last."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines] + [""]


def main() -> int:
    """Write the pages, or with --check say which differ; return the exit status."""
    stale = []
    for path, page in pages().items():
        if not path.exists() or path.read_text(encoding="utf-8") != page:
            stale.append(path.relative_to(ROOT))
            if "--check" not in sys.argv[1:]:
                path.write_text(page, encoding="utf-8", newline="\n")
    if stale and "--check" in sys.argv[1:]:
        print("stale, run packaging/docs.py:", *stale)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
