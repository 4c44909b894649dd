"""Try packages as their user gets them; whatever is not expected, down to a line of output, is a failure.

python packaging/check_package.py dist/hebao_*.deb dist/hebao-*.tar.xz    as root on Linux: in a bare Debian, offline
python packaging/check_package.py build/frozen/hebao                      an application, on this machine
python packaging/check_package.py dist/hebao-*.exe                        on Windows; dist/hebao-*.dmg on macOS
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

import bare_root  # noqa: E402
import places  # noqa: E402
from on_screen import Window, screen  # noqa: E402
from places import Place  # noqa: E402

from desktop import __version__  # noqa: E402
from desktop.paths import samples  # noqa: E402
from tests.converting import blocks_of, writers  # noqa: E402

PRISTINE = Path("/opt/bare.nopython")
STORE = "study.hebao"
REVIEWER = "Wang Min"
DISTRICT, PHRASE = "澄岚区", "行政复议"
SAMPLES = 12
ACCEPTED = 5  # not every figure has an indicator, and makes a cell
COLOURS = 300  # a window with pictures and letters has more, an empty one a few
KNOWN = r"“samples/\S+\.txt” is already in the store \(same bytes\); skipped\."
STANDS = r"\d{4}\t\S+\tunreviewed\t\d+ figures\t\d+ findings?"
COUNTED = (r"Store: \S+", r"\d+ (figures|cells): extracted \d+, auto \d+, verified 0,.*")
FOUND = r"\S+ \d{4}\t(notice|warning|error)\t.+"


class Wrong(Exception):  # noqa: N818 - an outcome, not an error
    """The package is not as it should be; says how."""


@dataclass(frozen=True, slots=True)
class Step:
    """One command: its words, patterns that together match every line it prints and each match one, its status."""

    words: tuple[str, ...]
    lines: tuple[str, ...] = ()
    status: int = 0


def steps(place: Place) -> Iterator[Step]:
    """Yield what a user does at the command line, from an empty home to a table, a chart and a correction."""
    in_store = ("--store", STORE)
    yield Step(("--version",), (rf"hebao {re.escape(__version__)}",))
    yield Step(("self-test",), (r"Character recognition is not installed.*", r"Nothing wrong found.*"))
    taken = ("import", place.samples, *in_store)
    yield Step(taken, (rf"{SAMPLES} reports imported, 0 skipped, 0 failed\.",))
    yield Step(taken, (KNOWN, rf"0 reports imported, {SAMPLES} skipped, 0 failed\."))
    yield Step(("status", *in_store), (STANDS, *COUNTED))
    yield Step(("check", *in_store), (FOUND, r"\d+ findings"))
    yield Step(("search", PHRASE, *in_store), (rf"The phrase stands in {SAMPLES} .*", rf"\d{{4}}\t\S+\t.*{PHRASE}.*"))
    for name in ("all.csv", "all.xlsx", "all.parquet", "all.dta", "all.sav"):
        beside = () if name == "all.xlsx" else (r"all-(codebook|findings|review)\.csv",)
        yield Step(("export", "--to", name, "--state", "all", *in_store), (re.escape(name), *beside))
    chart = ("chart", "--district", DISTRICT, "--indicator", "penalties", *in_store)
    for ending in ("png", "svg", "pdf"):
        yield Step((*chart, "--to", f"chart.{ending}"), (rf"chart\.{ending}", r"chart-data\.csv"))
    yield Step(("self-test", STORE), (r"Nothing wrong found: .*",))
    yield Step(("export", "--to", "all.odt", *in_store), (r"There is no export format “odt”.*",), status=1)


def judge(step: Step, status: int, printed: str) -> None:
    """Raise Wrong where a command ended or said otherwise than it should."""
    lines = [line for line in printed.splitlines() if line.strip()]
    told = f"hebao {' '.join(step.words)}: status {status}\n" + "\n".join(f"    {line}" for line in lines)
    if status != step.status:
        raise Wrong(told)
    unexpected = [line for line in lines if not any(re.fullmatch(pattern, line) for pattern in step.lines)]
    if unexpected:
        raise Wrong(f"{told}\nnot expected: {unexpected[0]}")
    missing = [pattern for pattern in step.lines if not any(re.fullmatch(pattern, line) for line in lines)]
    if missing:
        raise Wrong(f"{told}\nmissing: {missing[0]}")


def at_the_command_line(place: Place) -> None:
    """Do what a user does without a window."""
    for step in steps(place):
        done = places.run(place, *step.words, HEBAO_LANGUAGE="en")
        judge(step, done.returncode, done.stdout)
    for name, begins in {
        "all.xlsx": b"PK",
        "all.parquet": b"PAR1",
        "all.dta": b"<stata_dta>",
        "all.sav": b"$FL2",
    }.items():
        if not place.path(name).read_bytes().startswith(begins):
            raise Wrong(f"{name} is no such file")


def in_every_format(place: Place) -> None:
    """Import one report in every format that needs no recognition: by processes, as PDF among them asks for."""
    text = (samples() / "chenglan-2024.txt").read_text(encoding="utf-8")
    endings = sorted(set(writers()) - {".tif", ".wps"})  # a .wps has the same bytes as a .doc
    with tempfile.TemporaryDirectory() as folder:
        for ending in endings:
            made = Path(folder) / f"report{ending}"
            made.write_bytes(writers()[ending](blocks_of(text)))
            place.give(made, f"formats/{made.name}")
    words = ("import", "formats", "--store", "formats.hebao")
    done = places.run(place, *words, HEBAO_LANGUAGE="en")
    judge(Step(words, (rf"{len(endings)} reports imported, 0 skipped, 0 failed\.",)), done.returncode, done.stdout)


def with_a_colleague(place: Place) -> None:
    """Hand the store out and merge what comes back."""
    store = ("--store", STORE)
    out = ("hand-out", "--to", "colleague.hebao", "--blind", "--reviewer", REVIEWER)
    for words in ((*out, *store), ("merge", "colleague.hebao", *store)):
        done = places.run(place, *words, HEBAO_LANGUAGE="en")
        judge(Step(words, (r".+",)), done.returncode, done.stdout)


def with_a_correction(place: Place) -> None:
    """Correct the last value of a workbook exported before the first decision, and take it into the store."""
    import openpyxl

    book = openpyxl.load_workbook(place.path("all.xlsx"))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    value = sheet.cell(sheet.max_row, heads.index("value") + 1)
    value.value = float(str(value.value)) + 1
    with tempfile.TemporaryDirectory() as folder:
        corrected = Path(folder) / "corrected.xlsx"
        book.save(corrected)
        place.give(corrected, "corrected.xlsx")
    words = ("apply", "corrected.xlsx", "--store", STORE, "--reviewer", REVIEWER, "--yes")
    done = places.run(place, *words, HEBAO_LANGUAGE="en")
    judge(Step(words, (r".+",)), done.returncode, done.stdout)


def in_the_window(place: Place, pictures: Path, language: str, *, first: bool = False) -> None:
    """Name the reviewer at the first start, accept a figure at the desk, and photograph what is shown."""
    with screen() as display:
        window = Window(place, display, STORE, HEBAO_LANGUAGE=language)
        try:
            if display:
                if first:
                    window.type(REVIEWER)
                    window.press("Return")
                window.press("ctrl+2", *ACCEPTED * ["Return"])
            colours = window.photograph(pictures / f"window-{language}.png")
        finally:
            status, printed = window.close()
    if colours < COLOURS:
        raise Wrong(f"the window shows nothing: {colours} colours")
    if display and (status, printed) != (0, ""):
        raise Wrong(f"the window ended with {status}: {printed}")


def decided(place: Place) -> list[dict[str, str]]:
    """Return the verified cells, as exported."""
    words = ("export", "--to", "verified.csv", "--store", STORE)
    done = places.run(place, *words, HEBAO_LANGUAGE="en")
    judge(Step(words, (r"verified.*",)), done.returncode, done.stdout)
    with place.path("verified.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def without_a_screen(place: Place) -> None:
    """Start the window where there is no screen, and where the one named does not answer: a sentence, no abort."""
    if sys.platform != "linux":
        return
    for display in ("", ":97"):
        done = places.run(place, HEBAO_LANGUAGE="en", **({"DISPLAY": display} if display else {}))
        judge(Step((), (r"There is no display.*|The display .*",), done.returncode and 2), done.returncode, done.stdout)


def check(package: Path, pristine: Path, pictures: Path) -> None:
    """Try one package; Wrong says what is not as it should be."""
    with tempfile.TemporaryDirectory(prefix="hebao-") as scratch:
        place = places.installed(package, pristine, Path(scratch))
        at_the_command_line(place)
        in_every_format(place)
        with_a_colleague(place)
        without_a_screen(place)
        in_the_window(place, pictures, "zh", first=True)
        if sys.platform == "linux":
            before = len(decided(place))
            if not before:
                raise Wrong("the figure accepted in the window is not verified")
            with_a_correction(place)
            if not all(row["reviewer"] == REVIEWER for row in decided(place)):
                raise Wrong("a decision is not its reviewer's")
        in_the_window(place, pictures, "en")
        if left := places.left_behind(package, Path(scratch)):
            raise Wrong(f"not taken away when uninstalled: {left[:5]}")


def main(words: list[str]) -> int:
    """Try every package named; return 1 where one is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", nargs="+", type=Path)
    parser.add_argument("--root", type=Path, default=PRISTINE, help="a bare Debian, made where it is missing")
    parser.add_argument("--pictures", type=Path, default=ROOT / "build" / "pictures", help="where photographs go")
    chosen = parser.parse_args(words)
    if any(package.suffix in (".deb", ".xz") for package in chosen.packages):
        bare_root.make(chosen.root)
    failed = 0
    for package in chosen.packages:
        pictures = chosen.pictures / package.name
        pictures.mkdir(parents=True, exist_ok=True)
        try:
            check(package.resolve(), chosen.root, pictures)
            print(f"{package.name}: as it should be; photographs in {pictures}")
        except Wrong as wrong:
            failed = 1
            print(f"{package.name}: {wrong}")
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
