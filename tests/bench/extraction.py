"""What reading a report costs, against one `re` pass of \\d+ over the same text: `python -m tests.bench.extraction`."""

from __future__ import annotations

import gc
import re
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop import districts, indicators
from desktop.districts import Divisions
from desktop.extraction import extract
from desktop.extraction.facts import read_facts
from desktop.extraction.naming import name_figures
from desktop.extraction.spans import read_figures
from desktop.indicators import Catalogue
from desktop.model import Document
from desktop.paths import samples
from tests.bench.peers import peers
from tests.bench.timing import ratio
from tests.prose import report

TARGET = 60
INVENTED = 60
DATA = Path(__file__).resolve().parent.parent / "data"
FEW, MANY = 50, 500
# Bytes a report may leave behind: memos of bounded domains fill slowly; a text that stayed would be 5,000 or more.
MAY_STAY = 500


def main() -> None:
    """Print the ratio of each step and of all of them together, what others ask for, and what memory does."""
    catalogue, divisions = indicators.load(), districts.load()
    of_samples, of_styles, unseen = texts_of(samples()), texts_of(DATA / "styles"), texts_of(DATA / "unseen")
    invented = [report(seed)[0] for seed in range(INVENTED)]
    sets = {
        "sample reports": of_samples,
        "reports in many manners": of_styles,
        "unseen reports": unseen,
        "invented reports": invented,
    }
    for name, texts in sets.items():
        print(f"{len(texts)} {name}, {sum(map(len, texts))} characters; floor: one pass of \\d+ = 1.0")
        for step, job in steps(texts, catalogue, divisions).items():
            target = f"   target <= {TARGET}" if step == "everything" else ""
            print(f"  {step:32}{ratio(job, floor_of(texts), floor_times=20):8.1f}{target}")
    print("the same sample reports read by others (numbers alone, no indicators, no facts)")
    for peer, read in peers():
        if read is None:
            print(f"  {peer:32} not installed")
        else:
            print(f"  {peer:32}{ratio(over(read, of_samples), floor_of(of_samples), rounds=3, floor_times=20):8.1f}")
    memory(catalogue, divisions)


def texts_of(folder: Path) -> list[str]:
    """Return the texts of a folder of reports."""
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]


def steps(texts: Sequence[str], catalogue: Catalogue, divisions: Divisions) -> dict[str, Callable[[], object]]:
    """Return each step of reading all `texts`, and everything, as a job."""
    documents = [Document(name="", reader="txt", source_sha256="", text=text) for text in texts]
    read = [(text, read_figures(text)[0], read_facts(text, divisions)) for text in texts]
    return {
        "figures and classes": lambda: [read_figures(text) for text in texts],
        "facts": lambda: [read_facts(text, divisions) for text in texts],
        "indicators": lambda: [name_figures(text, figures, catalogue, facts) for text, figures, facts in read],
        "everything": lambda: [extract(document, catalogue, divisions) for document in documents],
    }


def floor_of(texts: Sequence[str]) -> Callable[[], object]:
    """Return the floor: one pass for digits."""
    return over(re.compile(r"\d+").findall, texts)


def over(read: Callable[[str], object], texts: Sequence[str]) -> Callable[[], object]:
    """Return a job that reads all `texts`, keeping nothing."""

    def job() -> None:
        for text in texts:
            read(text)

    return job


def memory(catalogue: Catalogue, divisions: Divisions) -> None:
    """Print what is kept in memory after few reports and after many, all of them different."""
    documents = [Document("", "txt", "", report(seed)[0]) for seed in range(MANY)]
    for document in documents[:5]:
        extract(document, catalogue, divisions)
    tracemalloc.start()
    kept, peaks = [], []
    for part in (documents[:FEW], documents[FEW:]):
        tracemalloc.reset_peak()
        for document in part:
            extract(document, catalogue, divisions)
        peaks.append(tracemalloc.get_traced_memory()[1])
        gc.collect()
        kept.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    grown = kept[1] - kept[0]
    print(f"memory kept: {kept[0]:,} bytes after {FEW} reports, {kept[1]:,} after {MANY}", end=": ")
    print(f"{grown / (MANY - FEW):.0f} bytes a report   target <= {MAY_STAY}")
    print(f"memory at most: {peaks[0]:,} bytes over the first {FEW}, {peaks[1]:,} over all {MANY}")


if __name__ == "__main__":
    main()
