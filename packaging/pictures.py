"""Make the pictures of docs/pictures from the sample reports: the desk in Chinese and English, light."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from db import queries  # noqa: E402
from desktop import paths, workflow  # noqa: E402
from desktop.progress import Progress  # noqa: E402
from desktop.ui import photograph  # noqa: E402

REVIEWER = "示例"
DISTRICT = "澄岚区"


def main() -> None:
    """Import the samples into a store that is thrown away, decide most of its figures, and take the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "samples.hebao"
        with workflow.open_store(path) as store:
            # Without its first year the district's first report is one with findings and another year beside it.
            shown = [source for source in sorted(paths.samples().glob("*.txt")) if source.name != "chenglan-2022.txt"]
            workflow.import_paths(store, shown, Progress())
            first = next(report for report in queries.reports(store) if report.district == DISTRICT)
            figures = queries.figures(store, first.id)
            for figure in figures[:72]:
                workflow.accept(store, figure.id, reviewer=REVIEWER)
            workflow.query(store, figures[73].id, "与上年相差较大，请再看一遍", reviewer=REVIEWER)
        for language in ("zh", "en"):
            picture = ROOT / "docs" / "pictures" / f"desk-{language}.png"
            photograph(path, picture, language=language, size=(1280, 800), district=DISTRICT)


if __name__ == "__main__":
    main()
