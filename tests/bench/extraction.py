"""What reading a report costs, against one `re` pass of \\d+ over the same text: `python -m tests.bench.extraction`."""

from __future__ import annotations

import re

from desktop import districts, indicators
from desktop.extraction import extract
from desktop.extraction.facts import read_facts
from desktop.extraction.naming import name_figures
from desktop.extraction.spans import read_figures
from desktop.model import Document
from desktop.paths import samples
from tests.bench.timing import ratio

TARGET = 60


def main() -> None:
    """Print the ratio of each step and of all of them together, over the sample reports."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(samples().glob("*.txt"))]
    catalogue, divisions = indicators.load(), districts.load()
    documents = [Document(name="", reader="txt", source_sha256="", text=text) for text in texts]
    read = [(text, read_figures(text)[0], read_facts(text, divisions)) for text in texts]

    def floor() -> None:
        for text in texts:
            re.findall(r"\d+", text)

    steps = {
        "figures and classes": lambda: [read_figures(text) for text in texts],
        "facts": lambda: [read_facts(text, divisions) for text in texts],
        "indicators": lambda: [name_figures(text, figures, catalogue, facts) for text, figures, facts in read],
        "everything": lambda: [extract(document, catalogue, divisions) for document in documents],
    }
    print(f"{len(texts)} reports, {sum(map(len, texts))} characters; floor: one pass of \\d+ = 1.0")
    for step, job in steps.items():
        target = f"   target <= {TARGET}" if step == "everything" else ""
        print(f"{step:22}{ratio(job, floor, floor_times=20):8.1f}{target}")


if __name__ == "__main__":
    main()
