"""What the tests of the store share: an empty store, and a report in it."""

import pytest
from store_samples import add

from db.store import Store


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "a.hebao") as opened:
        yield opened


@pytest.fixture
def report_id(store):
    return add(store)


@pytest.fixture
def mine(tmp_path):
    with Store.open(tmp_path / "mine.hebao") as store:
        add(store)
        yield store


@pytest.fixture
def theirs(tmp_path, mine):
    with Store.open(tmp_path / "theirs.hebao") as store:
        add(store)
        yield store
