"""What every format costs and loses: `python -m tests.bench.formats [--folder FOLDER] [--seconds S] [ENDING ...]`.

Reports of a folder (NAME.txt, gold/NAME.json; the samples without one) are made files of each format, by writers of our
own (tests.converting) and by LibreOffice where it is installed, and read: share of characters that are wrong, the same
where signs of half and full width count alike, F1 of the cells and by how much it differs from that of the texts,
reports and pages a second of two processes with a processor each (by the time that they work, so that what else runs on
the machine hardly counts).
"""

from __future__ import annotations

import argparse
import multiprocessing
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from desktop import districts, indicators, paths, reading
from desktop.model import Document
from tests.converting import blocks_of, writers
from tests.converting.measuring import measure
from tests.scoring import Report, read_folder

PROCESSES = 2
# What LibreOffice makes, and out of what: in web pages and PDF it would show the deletions of a Word file.
BY_LIBREOFFICE = {"doc": ".docx", "rtf": ".docx", "docx": ".rtf", "html": ".rtf", "pdf": ".rtf"}

Files = Mapping[str, tuple[str, bytes]]


def main() -> None:
    """Print one line a format and maker."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("endings", nargs="*", help="formats, all without one")
    parser.add_argument("--folder", type=Path, default=paths.samples())
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each format's speed is measured")
    chosen = parser.parse_args()
    reports = list(read_folder(chosen.folder))
    context = multiprocessing.get_context("spawn")
    print(f"  {'':24}{'wrong':>9}{'alike':>9}{'cells':>8}{'than text':>11}{'reports/s':>11}{'pages/s':>9}", flush=True)
    with ProcessPoolExecutor(PROCESSES, context) as pool:
        for name, files in made(reports, chosen.endings):
            documents, pages, rate = read_all(pool, files, chosen.seconds)
            told = measure(reports, lambda report, _, of=documents: of[report], indicators.load(), districts.load())
            paged = f"{rate * pages:9.1f}" if pages else f"{'':>9}"
            difference = told.cells - told.cells_of_text
            lost = f"{told.wrong:9.3%}{told.wrong_signs:9.3%}{told.cells:8.3f}{difference:+11.3f}"
            print(f"  {name:24}{lost}{rate:11.1f}{paged}", flush=True)


def made(reports: Sequence[Report], endings: Sequence[str]) -> list[tuple[str, Files]]:
    """Return (what made them, report -> (name, bytes)) of each format."""
    found: list[tuple[str, Files]] = []
    if not endings or ".txt" in endings:
        found.append(("txt", {name: (f"{name}.txt", text.encode()) for name, text, _ in reports}))
    for ending, write in sorted(writers().items()):
        if not endings or ending in endings:
            found.append((ending[1:], {name: (name + ending, write(blocks_of(text))) for name, text, _ in reports}))
    if shutil.which("soffice"):
        for kind, source in BY_LIBREOFFICE.items():
            if not endings or f".{kind}" in endings:
                found.append((f"{kind} by LibreOffice", by_libreoffice(reports, kind, source)))
    return found


def by_libreoffice(reports: Sequence[Report], kind: str, source: str) -> Files:
    """Return reports as LibreOffice writes them, from files of another format."""
    with tempfile.TemporaryDirectory() as made_in:
        folder = Path(made_in)
        for name, text, _ in reports:
            (folder / f"{name}{source}").write_bytes(writers()[source](blocks_of(text)))
        command = [
            "soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", kind,
            "--outdir", str(folder / "made"), *(str(folder / f"{name}{source}") for name, _, _ in reports),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True)
        return {name: (f"{name}.{kind}", (folder / "made" / f"{name}.{kind}").read_bytes()) for name, _, _ in reports}


def read_all(pool: ProcessPoolExecutor, files: Files, seconds: float) -> tuple[Mapping[str, Document], float, float]:
    """Return what is read of each report, how many pages one has (0: none known), how many are read a second."""
    names, data = zip(*files.values(), strict=True)
    list(pool.map(read, names[:PROCESSES], data[:PROCESSES]))  # whatever a process loads once
    documents = dict(zip(files, pool.map(read, names, data), strict=True))
    spent, count = sum(worked for _, worked in documents.values()), len(files)
    while spent < seconds:
        spent += sum(worked for _, worked in pool.map(read, names, data))
        count += len(files)
    pages = sum(len(document.pages) for document, _ in documents.values()) / len(files)
    return {name: document for name, (document, _) in documents.items()}, pages, PROCESSES * count / spent


def read(name: str, data: bytes) -> tuple[Document, float]:
    """Return a source as read, and the seconds of a processor that it took."""
    begun = time.process_time()
    return reading.read(name, data), time.process_time() - begun


if __name__ == "__main__":
    main()
