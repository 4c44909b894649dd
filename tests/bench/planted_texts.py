"""How many planted errors over text and corpus are found, by kind: `python -m tests.bench.planted_texts [COUNT]`.

One line a kind: planted, found, share; then how many findings of the kind the same reports raise without the error.
Copied paragraphs are planted in a store of twice as many reports, with more and more of their characters changed.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from db.store import Store
from desktop import checks
from desktop.model import Finding
from desktop.progress import Progress
from desktop.workflow.checking import judge_reports
from tests import planting_texts as planting
from tests.bench.make_store import entries

KINDS: dict[str, tuple[str, Callable[[int], planting.Planted | None]]] = {
    "another place": ("foreign_place", planting.foreign_place),
    "a heading left out": ("heading_gap", planting.heading_gap),
    "title": ("title_against_text", planting.title),
    "a digit too many or few": ("series_jump", planting.series_jump),
    "a hundred times": ("peer_outlier", planting.peer_outlier),
}


def main(count: int) -> None:
    """Print recall and false alarms by kind."""
    for name, (check, plant) in KINDS.items():
        planted = [one for seed in range(2 * count) if (one := plant(seed)) is not None][:count]
        found = sum(bool(_raised(one.wrong, check)) for one in planted)
        false = sum(len(_raised(one.right, check)) for one in planted)
        print(f"{name:28}{len(planted):6}{found:6}{found / len(planted):8.3f}   false alarms {false}")
    belonging = [planting.foreign_place(seed, "belonging").wrong for seed in range(count)]
    print(f"{'places that belong there':28}{count:6}{sum(len(_raised(one, 'foreign_place')) for one in belonging):6}")
    for changed in (0.0, 0.02, 0.04, 0.08):
        found, others = copied(count, changed)
        print(
            f"{f'a paragraph, {changed:.0%} changed':28}{count:6}{found:6}{found / count:8.3f}   false alarms {others}"
        )


def copied(count: int, changed: float) -> tuple[int, int]:
    """Return how many of the reports that took a paragraph over are found, and how many reports have other findings.

    In a store of two reports for each paragraph; besides, these share the sentences that they were made of.
    """
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "a.hebao") as store:
        batch, apart = list(entries(2 * count)), 0
        for number in range(count):
            taken = planting.paragraph(number)
            for at, said in ((number, planting.rewritten(taken, number, changed)), (number + count, taken)):
                batch[at] = planting.with_paragraph(batch[at], said)
        for at in range(0, len(batch), 100):
            store.add_reports(batch[at : at + 100], program="0.1.0", catalogue="7")
        found = 0
        for report_id, judged in judge_reports(store, range(1, len(batch) + 1), Progress()):
            told = [one for one in judged.findings if one.check == "copied_passage"]
            length = len(batch[report_id - 1].document.text)
            own = [one for one in told if one.span is not None and one.span[1] > length - 400]
            found += bool(own) and report_id <= count
            apart += len(told) > len(own)
    return found, apart


def _raised(context: checks.Context, check: str) -> list[Finding]:
    return list(checks.checks()[check](context))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
