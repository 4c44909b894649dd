"""How a campaign is run: so many times, from a seed, in a folder of its own, and told in counts."""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path


def run(campaign: Callable[[Path, int, int], Counter[str]], times: int) -> None:
    """Run `campaign(folder, times, seed)` as the command line asks, and print how often each outcome came."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=times)
    parser.add_argument("--seed", type=int, default=2024)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for outcome, n in campaign(Path(folder), arguments.times, arguments.seed).items():
            print(f"{n:6} {outcome}")
