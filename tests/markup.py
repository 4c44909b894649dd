"""Reports written with their labels in place: one marked file -> the report's text and its gold labels.

A marked file opens with its facts between two lines `+++` (TOML: district, city, province, adcode, year, title,
doc_number, issuer; a fact that is absent is null). In the text each figure stands as

    [[151件|reconsideration_received]]     value, unit and kind follow from plain digits and a unit (or %)
    [[12万余条|120000 条 more|shared_data_records]]     value, unit, approx said where anything is not plain
    [[140.7万元|1407000 元 money|fines_amount]]         the kind said where it is not count (% is percent by itself)
    [[30个|-]]                              a figure that fits no indicator
    [[四大类|4 类|?-]]                      optional: finding it is neither rewarded nor punished

`python tests/markup.py MARKED_FOLDER FOLDER` writes FOLDER/NAME.txt and FOLDER/gold/NAME.json for each.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

FACTS = ("district", "city", "province", "adcode", "year", "title", "doc_number", "issuer")
MARK = re.compile(r"\[\[([^\[\]]+)\]\]")
PLAIN = re.compile(r"(\d+(?:\.\d+)?)\s*([^\d\s.万亿余多%％]{1,3}|%|％)")
APPROX, KINDS = ("more", "about", "less"), ("count", "percent", "money", "duration")


def parse(marked: str, name: str) -> tuple[str, dict[str, Any]]:
    """Return (text, gold) of one marked file; ValueError names the mark that cannot be read."""
    _, head, body = marked.split("+++\n", 2)
    facts = tomllib.loads(head)
    if unknown := set(facts) - set(FACTS):
        raise ValueError(f"{name}: unknown facts {unknown}")
    text, figures, last = "", [], 0
    for mark in MARK.finditer(body):
        text += body[last : mark.start()]
        last = mark.end()
        figures.append(_figure(mark.group(1), len(text), name))
        text += figures[-1]["quote"]
    text += body[last:]
    if "[[" in text or "]]" in text:
        raise ValueError(f"{name}: a mark is not closed")
    return text, {"file": f"{name}.txt", **{fact: facts.get(fact) for fact in FACTS}, "figures": figures}


def _figure(mark: str, start: int, name: str) -> dict[str, Any]:
    parts = mark.split("|")
    quote, indicator = parts[0], parts[-1]
    words = parts[1].split() if len(parts) == 3 else []
    approx = next((w for w in words if w in APPROX), None)
    kind = next((w for w in words if w in KINDS), None)
    numbers = [w for w in words if w not in APPROX and w not in KINDS]
    if numbers:
        value, unit = float(numbers[0]), "".join(numbers[1:])
    elif plain := PLAIN.fullmatch(quote):
        value, unit = float(plain.group(1)), plain.group(2).replace("％", "%")
    else:
        raise ValueError(f"{name}: say value and unit of {quote!r}")
    optional = indicator.startswith("?")
    indicator = indicator.removeprefix("?")
    return {
        "start": start, "end": start + len(quote), "quote": quote, "value": value, "unit": unit, "approx": approx,
        "kind": kind or ("percent" if unit == "%" else "count"),
        "indicator": None if indicator == "-" else indicator, "optional": optional,
    }  # fmt: skip


def write(marked_folder: Path, folder: Path, known: set[str]) -> None:
    """Write the text and the gold labels of every marked file; ValueError where an indicator is unknown."""
    (folder / "gold").mkdir(parents=True, exist_ok=True)
    for source in sorted(marked_folder.glob("*.txt")):
        text, gold = parse(source.read_text(encoding="utf-8"), source.stem)
        for figure in gold["figures"]:
            if known and figure["indicator"] is not None and figure["indicator"] not in known:
                raise ValueError(f"{source.stem}: no indicator {figure['indicator']!r}")
        (folder / f"{source.stem}.txt").write_text(text, encoding="utf-8", newline="\n")
        labels = json.dumps(gold, ensure_ascii=False, indent=1)
        (folder / "gold" / f"{source.stem}.json").write_text(labels + "\n", encoding="utf-8", newline="\n")
        named = sum(f["indicator"] is not None for f in gold["figures"])
        print(f"{source.stem}: {len(text)} characters, {len(gold['figures'])} figures, {named} named")


if __name__ == "__main__":
    known: set[str] = set()
    if len(sys.argv) > 3:
        with Path(sys.argv[3]).open(encoding="utf-8", newline="") as table:
            known = {row["id"] for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)}
    write(Path(sys.argv[1]), Path(sys.argv[2]), known)
