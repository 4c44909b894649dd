"""A day of work in one process and its children (test_offline): import, recognition, review, chart, export."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from desktop import cli, paths
from desktop.reading import ocr

FOLDER = Path(sys.argv[1])
DISTRICT = "澄岚区"


def photographed() -> list[Path]:
    """Return a picture of a page where characters can be recognised."""
    spec = importlib.util.find_spec("paperang_p2_fonts_cjk")
    if ocr.models() is None or spec is None or not spec.submodule_search_locations:
        return []
    font = ImageFont.truetype(str(next(Path(spec.submodule_search_locations[0]).glob("fonts/*.tt[cf]"))), 28)
    page = Image.new("RGB", (900, 420), "white")
    lines = (
        "盐湖区2021年法治政府建设年度报告",
        "全年收到行政复议申请126件，受理118件。",
        "行政诉讼案件40件，审结36件。",
    )
    for number, line in enumerate(lines):
        ImageDraw.Draw(page).text((60, 60 + 90 * number), line, "black", font)
    page.save(FOLDER / "盐湖区2021.png")
    return [FOLDER / "盐湖区2021.png"]


def reviewed(store: Path) -> None:
    """Accept a figure in the window, look at every page of it, and close it."""
    from PySide6.QtWidgets import QApplication

    from db import queries
    from desktop import settings
    from desktop.ui.jobs import finish_all
    from desktop.ui.shell import Shell

    settings.remember("reviewer", "王敏")
    shell = Shell(QApplication([]), "zh")
    window = shell.open(store)
    window.pages.open_report(queries.reports(window.session.store)[0].id)
    window.acts["accept"].trigger()
    for page in ("reports", "desk", "trends", "sheaf", "search", "spot", "help"):
        getattr(window.pages, f"show_{page}")()
        finish_all()
    assert queries.undo_label(window.session.store, "王敏") is not None
    shell.close()


def main() -> None:
    """Do it all; an AssertionError says what did not come out."""
    store = FOLDER / "报告库.hebao"
    named = ["--store", str(store)]
    pictures = [str(path) for path in photographed()]
    assert cli.run(["import", str(paths.samples()), *pictures, *named]) == 0
    reviewed(store)
    for words in (
        ["status"],
        ["check"],
        ["search", "行政复议"],
        ["chart", "--district", DISTRICT, "--indicator", "reconsideration_received", "--to", str(FOLDER / "图.png")],
        ["export", "--to", str(FOLDER / "表.xlsx"), "--state", "all"],
        ["backup", str(FOLDER / "备份.hebao")],
    ):
        assert cli.run([*words, *named]) == 0, words
    assert cli.run(["self-test"]) == 0
    print("recognised" if pictures else "without pictures")


if __name__ == "__main__":
    main()
