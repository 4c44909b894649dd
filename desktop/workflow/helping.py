"""The help: one Markdown file a topic and language, with the parts that list things made from what they list.

A topic is a file NN-ID.md of resources/help/LANGUAGE; NN orders them, the first line names it. In it {key:COMMAND} is a
key, {say:SENTENCE} a sentence of the program, {NAME} a part that is made (PARTS, and those the caller brings),
[words](ID) leads to a topic and ![words](NAME.png) shows a picture of resources/help/pictures.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from desktop import checks, exporting, indicators, reading
from desktop.exporting.tables import CODEBOOK, LONG
from desktop.model import Finding
from desktop.paths import resources
from desktop.settings import SETTINGS, Setting
from desktop.text import language, say
from desktop.workflow.raised import finding_sentence

KEY = re.compile(r"\{key:(\w+)\}")
SAID = re.compile(r"\{say:(\w+)\}")
PART = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Topic:
    """One page of the help, in one language."""

    id: str
    title: str
    path: Path

    def markdown(self, key: Callable[[str], str], parts: Mapping[str, Callable[[], str]]) -> str:
        """Return its text; `key` writes the keys of a command, `parts` makes what the program's face must list."""
        made = {**PARTS, **parts}
        text = self.path.read_text(encoding="utf-8")
        text = KEY.sub(lambda found: f"`{key(found[1])}`", text)
        text = SAID.sub(lambda found: say(found[1]), text)
        return PART.sub(lambda found: made[found[1]]() if found[1] in made else found[0], text)


def help_folder() -> Path:
    """Return where the help lies."""
    return resources() / "help"


@functools.cache
def help_topics(spoken: str) -> tuple[Topic, ...]:
    """Return the topics in their order, in the language `spoken`."""
    topics = []
    for path in sorted((help_folder() / spoken).glob("*.md")):
        with path.open(encoding="utf-8") as file:
            title = file.readline().removeprefix("#").strip()
        topics.append(Topic(path.stem.partition("-")[2], title, path))
    return tuple(topics)


def help_table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines) + "\n"


def _checks() -> str:
    """Return every check: when it speaks, an example, and what it says of that."""
    examples = tomllib.loads((help_folder() / "checks.toml").read_text(encoding="utf-8"))
    spoken = language()
    told = []
    for name in checks.checks():
        example = examples[name]
        lines = [f"### {say(f'check_name_{name}')}", say(f"check_means_{name}")]
        shown = [f"“{part}”" for part in example.get("text", "").split("\n") if part]
        shown += [example["beside"][spoken == "en"]] if "beside" in example else []
        lines.append("> " + "  \n> ".join(shown))
        said = finding_sentence(Finding(name, "notice", values=example["values"]), spoken)
        lines.append(f"**{say('help_says')}** {said}")
        told.append("\n\n".join(lines))
    return "\n\n".join(told)


def _indicators() -> str:
    """Return the built-in indicators by theme, with unit, definition and how figures make the cell."""
    spoken, told = language(), []
    heads = (say("help_indicator"), say("help_unit"), say("help_cell"), say("help_definition"))
    for theme, some in groupby(indicators.load().values(), key=lambda indicator: indicator.theme):
        rows = ((i.name(spoken), i.unit, say(f"combine_{i.combine}"), i.meaning(spoken)) for i in some)
        told.append(f"### {say(f'theme_{theme}')}\n\n{help_table(heads, rows)}")
    return "\n".join(told)


def _formats_read() -> str:
    return " ".join(f"`{ending}`" for ending in sorted(reading.readers()))


def _formats_written() -> str:
    rows = ((f"`{name}`", f".{ending}", say(f"format_{name}")) for name, ending in exporting.endings().items())
    return help_table((say("help_name"), say("help_ending"), say("help_what")), rows)


def _columns() -> str:
    return help_table((say("help_column"), say("help_what")), ((f"`{c}`", say(f"column_{c}_means")) for c in LONG))


def _codebook() -> str:
    return say("list_separator").join(f"`{column}`" for column in CODEBOOK)


def setting_explained(setting: Setting) -> str:
    """Return what a setting means, and what a number is where nobody sets it."""
    means = say(f"set_{setting.id}_means")
    if setting.sort != "number":
        return means
    return say("settings_explained", means=means, value=f"{setting.default} {say(f'set_unit_{setting.unit}')}")


def _settings() -> str:
    rows = ((say(f"set_{setting.id}"), setting_explained(setting)) for setting in SETTINGS.values())
    return help_table((say("help_name"), say("help_what")), rows)


PARTS: Mapping[str, Callable[[], str]] = {
    "checks": _checks,
    "indicators": _indicators,
    "formats_read": _formats_read,
    "formats_written": _formats_written,
    "columns": _columns,
    "codebook": _codebook,
    "settings": _settings,
}
