"""`hebao merge`: what came of it is told in sentences or as JSON, and what cannot be merged in a sentence."""

import json

import pytest
from store_samples import YOU, decide, figure

from db import merging, queries
from db.store import Store
from desktop import cli, settings, text


@pytest.fixture
def stores(mine, theirs, monkeypatch):
    monkeypatch.setattr(settings, "remember", lambda *_: None)
    monkeypatch.setattr(text, "_current", "zh")
    decide(theirs, "accept", figure(theirs, 1).id, reviewer=YOU)
    decide(mine, "reject", figure(mine, 1).id, "重复")
    mine.close()
    return mine.path, theirs.path


def merge(capsysbinary, into, other, *words):
    status = cli.run(["merge", str(other), "--store", str(into), *words])
    out, err = capsysbinary.readouterr()
    return status, out.decode(), err.decode()


def test_what_a_merge_brought_is_told(stores, capsysbinary):
    status, out, err = merge(capsysbinary, *stores)
    assert status == 0 and "theirs" in out.splitlines()[0]
    assert "第三" in out.splitlines()[-1] and "before merge" in err
    with Store.open(stores[0], read_only=True) as store:
        assert len(queries.disputes(store)) == 1
    status, out, _ = merge(capsysbinary, *stores)
    assert status == 0 and len(out.splitlines()) == 1


def test_json_has_all_counts(stores, capsysbinary):
    told = json.loads(merge(capsysbinary, *stores, "--json")[1])
    assert (told["changes"], told["disputes"], told["reviewers"]) == (1, 1, [YOU])
    assert told["versions"] == [{"program": "0.1.0", "catalogue": "7"}]


def test_what_is_no_other_store_is_a_sentence(stores, capsysbinary):
    status, out, err = merge(capsysbinary, stores[0], stores[0])
    assert (status, out) == (1, "") and "mine.hebao" in err and "Traceback" not in err


def test_a_merge_that_is_stopped_says_that_the_store_is_as_it_was(stores, capsysbinary, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(merging, "merge", stop)
    status, out, err = merge(capsysbinary, *stores)
    assert (status, out) == (130, "") and text.say("merge_stopped") in err
