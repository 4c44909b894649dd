"""Make the pictures of docs/pictures and of the help (resources/help/pictures) from the sample reports; nobody draws.

The pictures are those of the program as it is: run this when the window has changed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from db import queries  # noqa: E402
from desktop import paths, settings, text, workflow  # noqa: E402
from desktop.progress import Progress  # noqa: E402
from desktop.ui import photograph  # noqa: E402
from desktop.ui.export_dialog import ExportDialog  # noqa: E402
from desktop.ui.main_window import MainWindow  # noqa: E402

REVIEWER = "示例"
DISTRICT = "澄岚区"
HELP = paths.resources() / "help" / "pictures"
COLOURS = 96  # a window has few; a picture of so many is a quarter as large


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture of the help shows: a page, or the dialog of a command, at this size."""

    page: str
    size: tuple[int, int] = (1120, 640)
    dialog: str = ""
    prepare: Any = None


def reports(window: MainWindow) -> None:
    """Leave out how fast the reviewer is: nobody decided."""
    window.pages.reports.pace.hide()


def export(window: MainWindow) -> None:
    """Write to a file, not into a folder of one machine."""
    window.findChild(ExportDialog).path.setText(f"{text.say('export_file_name')}.xlsx")


def search(window: MainWindow) -> None:
    """Search for a phrase."""
    window.pages.search.phrase.setText("行政复议")
    window.pages.search.search()


def trends(window: MainWindow) -> None:
    """Show some indicators of a district against its city."""
    indicators = ("reconsideration_received", "litigation_cases", "appearance_rate", "people_mediation_succeeded")
    page = window.pages.trends
    page.show_chart(replace(page.wanted(), indicators=indicators))


def spot(window: MainWindow) -> None:
    """Begin a spot check."""
    window.pages.spot.draw()


PICTURES: Mapping[str, Picture] = {
    "reports": Picture("reports", prepare=reports),
    "desk": Picture("desk", (1240, 720)),
    "sheaf": Picture("sheaf"),
    "search": Picture("search", prepare=search),
    "trends": Picture("trends", prepare=trends),
    "spot": Picture("spot", (1000, 520), prepare=spot),
    "export": Picture("reports", dialog="export", prepare=export),
    "settings": Picture("reports", dialog="settings"),
}


def sample_store(path: Path) -> None:
    """Import the samples into a store that is thrown away, and decide most figures of one report."""
    with workflow.open_store(path) as store:
        # Without its first year the district's first report is one with findings and another year beside it.
        shown = [source for source in sorted(paths.samples().glob("*.txt")) if source.name != "chenglan-2022.txt"]
        workflow.import_paths(store, shown, Progress())
        workflow.check_all(store, Progress())
        first = next(report for report in queries.reports(store) if report.district == DISTRICT)
        figures = queries.figures(store, first.id)
        for figure in figures[:72]:
            workflow.accept(store, figure.id, reviewer=REVIEWER)
        workflow.query(store, figures[73].id, "与上年相差较大，请再看一遍", reviewer=REVIEWER)


def smaller(picture: Path) -> None:
    """Write a picture with few colours."""
    with Image.open(picture) as taken:
        few = taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(picture, optimize=True)


def take(store: Path, to: Path, language: str, names: tuple[str, ...] = ()) -> list[Path]:
    """Take pictures of the help in one language (all of them, or some by name) and return them."""
    taken = []
    for name, shown in PICTURES.items():
        if not names or name in names:
            picture = to / f"{name}.png"
            photograph(
                store, picture, page=shown.page, language=language, size=shown.size, district=DISTRICT,
                prepare=shown.prepare, dialog=shown.dialog,
            )  # fmt: skip
            smaller(picture)
            taken.append(picture)
    return taken


def main() -> None:
    """Take all pictures, with settings of their own, so that they are the same on every machine."""
    with tempfile.TemporaryDirectory() as folder:
        for variable in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            os.environ[variable] = folder
        # matplotlib lists the fonts of a machine once, which takes a while: not each time.
        os.environ.setdefault("MPLCONFIGDIR", str(Path(tempfile.gettempdir()) / "hebao-pictures-matplotlib"))
        settings.remember("reviewer", REVIEWER)
        stores = {
            language: Path(folder) / f"{name}.hebao" for language, name in {"zh": "样例", "en": "samples"}.items()
        }
        for language, path in stores.items():
            text.set_language(language)
            sample_store(path)
            take(path, HELP / language, language)
            desk = ROOT / "docs" / "pictures" / f"desk-{language}.png"
            photograph(path, desk, language=language, size=(1280, 800), district=DISTRICT)


if __name__ == "__main__":
    main()
