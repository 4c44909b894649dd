"""Damages files of every format and has each read: text or a sentence must come of it, in bounded time and memory.

    python -m tests.bench.fuzzed_readers --seconds 600 .docx .html .mht .zip

Files are made by tests/converting and damaged by chance, from a seed: bytes turned, cut, doubled, put elsewhere,
replaced by numbers at their limits; in formats that are zips, also inside their parts, which stay packed soundly. A
process of its own reads them, with little memory; where it dies, hangs or raises what is no sentence, the file is kept
and told.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import queue
import random
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop import reading
from desktop.errors import UserError
from desktop.paths import resources
from desktop.reading import archives, libreoffice
from tests.converting import Block, blocks_of, writers

ROOT = Path(__file__).resolve().parents[2]
MEGABYTES, LONGEST = 2048, 60.0  # memory of the process, seconds of one file
ZIPS = frozenset({".docx", ".ofd", ".zip"})
LIMITS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
AMPLIFIED = (2, 20, 200, 2_000, 20_000)


@dataclass
class Fuzzed:
    """What came of a campaign: how many files gave what, which failed, and which took longest."""

    outcomes: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")


def made(ending: str) -> bytes:
    """Return a sound file of a format: a part of a sample report, with a table."""
    text = sorted((resources() / "samples").glob("*.txt"))[0].read_text(encoding="utf-8")
    blocks: list[Block] = [*blocks_of(text)[:12], [["项目", "2023年"], ["受理", "140件"]]]
    if ending != ".zip":
        return writers()[ending](blocks)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("甲县/报告.docx", writers()[".docx"](blocks))
        archive.writestr("内.zip", b"PK\x05\x06" + bytes(18))
        archive.writestr("乙县.txt", text)
    return packed.getvalue()


def damaged(data: bytes, ending: str, chance: random.Random) -> bytes:
    """Return a file with one to eight damages, half of the time inside a part of a file that is a zip."""
    if ending in ZIPS and chance.random() < 0.5:
        with contextlib.suppress(zipfile.BadZipFile):
            return _inside(data, chance)
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        data = chance.choice(DAMAGES)(data, chance)
    return data


def _inside(data: bytes, chance: random.Random) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = chance.choice(names)
        for name in names:
            part = old.read(name)
            if name == chosen:
                for _ in range(chance.choice((1, 2, 4))):
                    part = chance.choice(DAMAGES)(part, chance)
            new.writestr(name, part)
    return packed.getvalue()


def _span(data: bytes, chance: random.Random, most: int = 400) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.randrange(1, most))


def turned(data: bytes, chance: random.Random) -> bytes:
    """Return data with some bits turned."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 30))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(data: bytes, chance: random.Random) -> bytes:
    """Return data up to a place."""
    return data[: chance.randrange(len(data) + 1)]


def without(data: bytes, chance: random.Random) -> bytes:
    """Return data without a piece."""
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def doubled(data: bytes, chance: random.Random) -> bytes:
    """Return data with a piece of it elsewhere once more."""
    start, end = _span(data, chance)
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[start:end] + data[at:]


def amplified(data: bytes, chance: random.Random) -> bytes:
    """Return data with a short piece of it many times over: elements in elements, lists without end."""
    start, end = _span(data, chance, 40)
    return data[:start] + data[start:end] * chance.choice(AMPLIFIED) + data[end:]


def numbered(data: bytes, chance: random.Random) -> bytes:
    """Return data with a number at its limits somewhere."""
    width = chance.choice((1, 2, 4))
    number = (chance.choice(LIMITS) & (256**width - 1)).to_bytes(width, chance.choice(("little", "big")))
    at = chance.randrange(len(data) + 1)
    return data[:at] + number + data[at + width :]


def spelled(data: bytes, chance: random.Random) -> bytes:
    """Return data with one of its numbers in digits another one."""
    at = next((k for k in range(chance.randrange(len(data) + 1), len(data)) if 0x30 <= data[k] <= 0x39), None)
    number = str(chance.choice((*LIMITS, -1, 10**12))).encode()
    return data if at is None else data[:at] + number + data[at + 1 :]


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    turned, turned, cut, without, doubled, amplified, numbered, spelled,
)  # fmt: skip


def read(ending: str, data: bytes) -> str:
    """Return "read" or the id of the sentence that came of a file; whatever else is raised is a bug."""
    try:
        if ending == ".zip":
            for member in archives.members("a.zip", data):
                if isinstance(member, UserError):
                    raise member
        else:
            reading.read(f"a{ending}", data)
    except UserError as error:
        return error.message_id
    return "read"


def serve(endings: Sequence[str], seed: int, first: int, megabytes: int) -> None:
    """Read one damaged file after another for ever, telling each before and what came of it behind, a line of JSON."""
    with contextlib.suppress(ImportError):
        import resource  # not on Windows, where time alone is bounded

        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024 * 1024,) * 2)
    libreoffice.found = lambda: None  # it would be started for every .doc that seems to be older than Word 97
    sound = {ending: made(ending) for ending in endings}
    number = first
    while True:
        ending = endings[number % len(endings)]
        data = damaged(sound[ending], ending, random.Random(f"{seed} {number} {ending}"))
        print(json.dumps([number]), flush=True)
        begun = time.process_time()
        try:
            outcome = read(ending, data)
        except BaseException:
            outcome = traceback.format_exc()
        print(json.dumps([number, f"{ending} {outcome}", time.process_time() - begun]), flush=True)
        number += 1


def campaign(
    endings: Sequence[str], seconds: float, seed: int = 0, keep: Path | None = None, megabytes: int = MEGABYTES
) -> Fuzzed:
    """Return what comes of reading damaged files of some formats in turn for a time; `keep` is where failures go."""
    told = Fuzzed()
    number, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        number = _one_process(endings, seed, number, until, megabytes, told, keep) + 1
    return told


def _one_process(
    endings: Sequence[str], seed: int, first: int, until: float, megabytes: int, told: Fuzzed, keep: Path | None
) -> int:
    """Run one process until time is up or it fails; return the number of the last file that it was given."""
    words = ["--serve", str(first), "--seed", str(seed), "--megabytes", str(megabytes), *endings]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.fuzzed_readers", *words],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    lines: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_listen, args=(process, lines), daemon=True).start()
    number, wrong = first, ""
    try:
        while time.monotonic() < until and not wrong:
            try:
                line = lines.get(timeout=LONGEST)
            except queue.Empty:
                wrong = f"took more than {LONGEST:.0f} s"
                break
            if not line:
                said = process.stderr.read() if process.stderr else ""
                wrong = f"the process ended with {process.wait()}: {said[-2000:]}"
                break
            number, *outcome = json.loads(line)
            if outcome:
                said, took = outcome
                told.slowest = max(told.slowest, (took, f"number {number} {said}"))
                if "Traceback" in said:
                    wrong = said
                else:
                    told.outcomes[said] += 1
    finally:
        process.kill()
        process.communicate()
    if wrong:
        ending = endings[number % len(endings)]
        told.failures.append(f"{ending} seed {seed} number {number}: {wrong}")
        if keep is not None:
            data = damaged(made(ending), ending, random.Random(f"{seed} {number} {ending}"))
            (keep / f"{seed}-{number}{ending}").write_bytes(data)
    return number


def _listen(process: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
    """Put what a process says into a queue, "" at its end."""
    for line in process.stdout or ():
        lines.put(line)
    lines.put("")


def main(words: Sequence[str] | None = None) -> int:
    """Run a campaign and print its account; 1 where anything failed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("endings", nargs="*", default=[*sorted(writers()), ".zip"])
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--megabytes", type=int, default=MEGABYTES)
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args(words)
    if asked.serve is not None:
        serve(asked.endings, asked.seed, asked.serve, asked.megabytes)
    keep = Path(tempfile.mkdtemp(prefix="hebao-fuzzed-"))
    told = campaign(asked.endings, asked.seconds, asked.seed, keep, asked.megabytes)
    for outcome, count in told.outcomes.most_common():
        print(f"{count:8} {outcome}")
    print(f"{told.outcomes.total():8} files, {len(told.failures)} failed")
    print(f"{told.slowest[0]:8.2f} s the slowest: {told.slowest[1]}")
    for failure in told.failures:
        print(failure)
    if told.failures:
        print(f"kept in {keep}")
    else:
        keep.rmdir()
    return bool(told.failures)


if __name__ == "__main__":
    sys.exit(main())
