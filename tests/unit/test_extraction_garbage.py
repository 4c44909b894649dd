"""Reading a report makes no cycles, so that the search for them may rest meanwhile, and goes on afterwards."""

from __future__ import annotations

import gc

import pytest

from desktop import districts, indicators
from desktop.extraction import extract
from desktop.model import Document
from tests.prose import report


def read(seed: int) -> None:
    extract(Document("", "txt", "", report(seed)[0]), indicators.load(), districts.load())


def test_reading_leaves_no_cycles():
    read(1)
    gc.collect()
    gc.disable()
    try:
        for seed in range(2, 6):
            read(seed)
        assert gc.collect() == 0
    finally:
        gc.enable()


@pytest.mark.parametrize("searching", [True, False])
def test_the_search_for_cycles_is_left_as_it_was(searching):
    (gc.enable if searching else gc.disable)()
    try:
        read(1)
        assert gc.isenabled() is searching
    finally:
        gc.enable()
