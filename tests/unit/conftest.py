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
