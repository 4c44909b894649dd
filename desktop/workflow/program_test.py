"""Whether the program is whole: each part is tried as it is used, and what lacks is told by name."""

from __future__ import annotations

import importlib
import re
import string
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from db import selftest
from db.store import Store
from desktop import exporting, indicators, paths, reading, settings, text
from desktop.errors import UserError
from desktop.progress import Progress
from desktop.text import say

FIELDS = string.Formatter()
# What readers and exporters import only once they are used.
READERS = ("pypdfium2", "PIL.Image", "zipfile", "email")
PICTURE = re.compile(r"!\[[^\]]*\]\(([^)]+)\)")


def program_problems(progress: Progress) -> Iterator[UserError]:
    """Yield what the program lacks, nothing where it is whole; raise Cancelled between two parts."""
    for part, there in PARTS.items():
        progress.step(part)
        try:
            lacking = there()
        except Exception as error:  # whatever it is that a part lacks, it is told and the next one is tried
            lacking = f"{type(error).__name__}: {error}"
        if lacking:
            yield UserError("selftest_part", part=part, why=lacking)


def program_notes() -> list[str]:
    """Return what is to be known of this program and is no problem, one sentence each."""
    from desktop.reading import ocr

    return [say("selftest_ocr" if ocr.models() else "selftest_no_ocr")]


def _database() -> str:
    return " ".join(selftest.database_lacks())


def _translations() -> str:
    """Return the sentences that one language lacks, or that ask for other things in the other."""
    chinese, english = (text.sentences(language) for language in ("zh", "en"))
    odd = set(chinese) ^ set(english)
    odd |= {key for key in chinese.keys() & english.keys() if _fields(chinese[key]) != _fields(english[key])}
    return " ".join(sorted(odd)[:5])


def _fields(sentence: str) -> set[str]:
    try:
        return {name for _, name, _, _ in FIELDS.parse(sentence) if name and name != "n"}
    except ValueError:  # a sentence of argparse, in another way of filling in
        return set()


def _indicators() -> str:
    return "" if indicators.load() else "indicators.toml"


def _divisions() -> str:
    from desktop import districts

    return "" if districts.load().named("朝阳区", 2024) else "divisions.tsv.gz"


def _readers() -> str:
    """Import what the readers need, and read the samples."""
    for name in READERS:
        importlib.import_module(name)
    for sample in _samples():
        reading.read(sample.name, reading.load(sample))
    return "" if reading.readers() else "reading"


def _extraction() -> str:
    from desktop import districts
    from desktop.extraction import extract

    document = reading.read(_samples()[0].name, reading.load(_samples()[0]))
    return "" if extract(document, indicators.load(), districts.load()).figures else "figures"


def _samples() -> list[Path]:
    return sorted(paths.samples().glob("*.txt"))


def _exporters() -> str:
    """Write a table of a sample report in every format."""
    from desktop.workflow.importing import import_paths
    from desktop.workflow.publishing import export

    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "test.hebao") as store:
        import_paths(store, _samples()[:1], Progress())
        for name, ending in exporting.endings().items():
            export(store, Path(folder) / f"{name}.{ending}", format=name, shape="wide", state="all")
    return ""


def _fonts() -> str:
    from desktop.charts import fonts

    return "" if fonts.families("zh") != (fonts.LATIN,) else "Chinese"


def _resources() -> str:
    """Return the files that something speaks of and that are not there."""
    from desktop.workflow.helping import help_folder, help_topics

    wanted = [paths.resources() / "help" / "checks.toml", paths.resources() / "icons" / "hebao.svg", *_samples()[:1]]
    for language in text.LANGUAGES:
        topics = help_topics(language)
        wanted += [help_folder() / language] if not topics else []
        for topic in topics:
            named = PICTURE.findall(topic.path.read_text(encoding="utf-8"))
            wanted += [help_folder() / "pictures" / language / name for name in named]
    lacking = [str(path.relative_to(paths.resources())) for path in wanted if not path.exists()]
    return " ".join(lacking[:5] if _samples() else ["samples"])


def _settings() -> str:
    return " ".join(each.id for each in settings.SETTINGS.values() if not each.takes(each.default))


PARTS: dict[str, Callable[[], str]] = {
    "database": _database,
    "translations": _translations,
    "resources": _resources,
    "settings": _settings,
    "indicators": _indicators,
    "divisions": _divisions,
    "fonts": _fonts,
    "readers": _readers,
    "extraction": _extraction,
    "exporters": _exporters,
}
