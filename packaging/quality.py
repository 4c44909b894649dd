"""Write docs/extraction.md: how well reports are read, measured on labelled ones; --check compares."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop import districts, indicators, paths  # noqa: E402
from tests.prose import report  # noqa: E402
from tests.scoring import SURE, Ratio, Report, Scores, calibration, read_folder, score  # noqa: E402

PAGE = ROOT / "docs" / "extraction.md"
DATA = ROOT / "tests" / "data"
GENERATED = 300
INVENTED, SAMPLES, STYLES, FRESH, UNSEEN = "invented prose", "samples", "styles", "fresh", "unseen"

HEAD = """# How well reports are read

<!-- Written by packaging/quality.py; run it again after a change to the extraction. -->

`.venv/bin/python packaging/quality.py` measures and writes this page, `--check` says whether it still holds.
`.venv/bin/python -m tests.prose FOLDER COUNT [SEED]` writes invented reports with their labels, to be read by eye.
tests/unit/test_extraction_quality.py holds the floors and shows the commonest errors where one is missed.

## The sets
"""

SETS = (
    (SAMPLES, "resources/samples: the reports that ship with Hebao, four invented districts in four house styles",
     "the extraction was made with them in view, so it should be near 1"),
    (STYLES, "tests/data/styles: whole reports in many manners, by other hands",
     "the extraction is developed with them: how far that has come"),
    (FRESH, "tests/data/fresh: dense whole reports by two more hands, written when the extraction was thought finished",
     "met once unprepared: the first twelve with names P 0.887, R 0.892, cells F1 0.886, eight later ones with names "
     "P 0.956, R 0.961, cells F1 0.957; the extraction is developed with them since"),
    (UNSEEN, "tests/data/unseen: whole reports by two other hands, written before tuning; nobody tunes to them",
     "the score to expect of a report from somewhere else; the last eight were first read with names P 0.972, R 0.946, "
     "cells F1 0.954, before tables were told as sentences"),
    (INVENTED, f"{GENERATED} reports that tests/prose.py writes from tests/data/templates.txt",
     "where it breaks: by written form, by kind of statement, by indicator. The clauses are our own, many of them "
     "terse on purpose, and known to who works on the extraction: no score to expect elsewhere"),
)  # fmt: skip

SCORES = """No set holds a sentence of a real report. All labels follow one guide: a change, last year's level, a
target, another body's or another district's figure, and whatever fits no definition has no indicator.

## The scores

A figure is found where place (intersection over union at least 0.5) and value are right; its name is right where the
indicator is too. A cell is (indicator, value) of the exported table. Figures whose labels are optional do not count.
Wanted of unseen reports: figures F1 0.99, names P 0.96 and R 0.95, cells F1 0.95, facts 0.97.
"""

CONFIDENCE = f"""## What confidence is worth

A figure is right when place, value and indicator are; having no indicator is an outcome like any other, so a figure
rightly left without a name is right and one wrongly left without is wrong. Wanted: of the figures at {SURE} and above
98% right, and at least 60% of all figures there.
"""

FORMS = """## By written form (invented prose)

Found: place and value. Right: the indicator as well, or rightly none. A figure counts under the first form it has.
"""

ROLES = """## By what the figure is (invented prose)

Right: named as the labels do. All but the level (and one department's figure, where it is the only one) have no
indicator.
"""

INDICATORS = """## By indicator (invented prose)

Gold: figures of the indicator. P: the share of those so named that are. R: the share of gold so named.
"""


def page() -> str:
    """Return the page, measured now."""
    catalogue, divisions = indicators.load(), districts.load()
    sets: dict[str, Iterable[Report]] = {
        SAMPLES: read_folder(paths.samples()),
        STYLES: read_folder(DATA / "styles"),
        FRESH: read_folder(DATA / "fresh"),
        UNSEEN: read_folder(DATA / "unseen"),
        INVENTED: ((f"prose-{seed}", *report(seed)) for seed in range(GENERATED)),
    }
    scores = {name: score(reports, catalogue, divisions) for name, reports in sets.items()}
    invented = scores[INVENTED]
    names = ((i, catalogue[i].name_zh, invented.by_indicator.get(i, Ratio())) for i in catalogue)
    rows = (
        (f"`{i}`", name, str(r.gold), _share(r.precision, r.said), _share(r.recall, r.gold)) for i, name, r in names
    )
    return "\n".join(
        [
            HEAD, *table(("set", "what it is", "what its score says"), SETS), SCORES, *_totals(scores),
            CONFIDENCE, *_confidence(scores), FORMS,
            *table(("form", "figures", "found", "right"), _counted(invented.by_form, ("hit", "right"))),
            ROLES, *table(("the figure is", "figures", "right"), _counted(invented.by_role, ("right",))),
            INDICATORS, *table(("indicator", "名称", "gold", "P", "R"), rows),
        ]
    )  # fmt: skip


def _totals(scores: Mapping[str, Scores]) -> list[str]:
    lines: list[tuple[str, ...]] = [
        ("reports", *(str(s.reports) for s in scores.values())),
        ("figures", *(str(s.figures.gold) for s in scores.values())),
        ("of these with an indicator", *(str(s.names.gold) for s in scores.values())),
    ]
    for what in ("figures", "names", "cells"):
        ratios: list[Ratio] = [getattr(s, what) for s in scores.values()]
        lines.append((f"{what}: P / R", *(f"{r.precision:.3f} / {r.recall:.3f}" for r in ratios)))
        lines.append((f"{what}: F1", *(f"**{r.f1:.3f}**" for r in ratios)))
    for label, name in (("unit", "units right"), ("approx", "approximation right"), ("kind", "kind right")):
        lines.append((name, *(f"{s.share(label):.4f}" for s in scores.values())))
    lines.append(("facts right", *(f"{s.facts.recall:.4f}" for s in scores.values())))
    lines.append(("numerals of no class", *(f"{s.open:.4f}" for s in scores.values())))
    return table(("", *scores), lines)


def _confidence(scores: Mapping[str, Scores]) -> list[str]:
    found = {name: calibration(s) for name, s in scores.items()}
    lines: list[tuple[str, ...]] = []
    for k, first in enumerate(found[INVENTED].bins):
        bins = [c.bins[k] for c in found.values()]
        lines.append((f"{first.low:g} to {first.high:g}", *(f"{b.count} · {_share(b.right, b.count)}" for b in bins)))
    ways = (("all figures", "sure", "sure_right"), ("named figures", "named_sure", "named_sure_right"))
    for what, share, right in ways:
        each = ((getattr(c, share), getattr(c, right)) for c in found.values())
        lines.append((f"**{what} at {SURE} and above**: share · right", *(f"{a:.3f} · {b:.4f}" for a, b in each)))
    return table(("confidence: figures · share right", *found), lines)


def _counted(parts: Mapping[str, Mapping[str, int]], columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for name, counts in sorted(parts.items(), key=lambda item: (-item[1]["gold"], item[0])):
        yield name, str(counts["gold"]), *(_share(counts[column] / counts["gold"], 1) for column in columns)


def _share(value: float, of: int) -> str:
    return f"{value:.3f}" if of else "–"


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """Return the lines of a Markdown table, an empty one last."""
    heads = list(heads)
    return ["| " + " | ".join(line) + " |" for line in [heads, ["---"] * len(heads), *map(list, rows)]] + [""]


def main() -> int:
    """Write the page, or with --check say where it differs; return the exit status."""
    written, measured = PAGE.read_text(encoding="utf-8") if PAGE.exists() else "", page()
    if "--check" in sys.argv[1:]:
        known = set(written.splitlines())
        for line in measured.splitlines():
            if line not in known:
                print("now:", line)
        if written != measured:
            print("docs/extraction.md is stale, run packaging/quality.py")
        return int(written != measured)
    PAGE.write_text(measured, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
