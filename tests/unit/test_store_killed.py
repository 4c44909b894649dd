"""A power cut, as far as a test can cut it: a process killed in the middle of its decisions, and what it leaves."""

import subprocess
import sys
import time

import pytest
from store_samples import add, entry

from db import queries
from db.store import Store

DECIDING = """
import sys
from pathlib import Path
from db import queries
from db.store import Store

with Store.open(Path(sys.argv[1])) as store:
    figures = queries.figures(store, 1) + queries.figures(store, 2)
    turn = 0
    while True:
        turn += 1
        with store.edit(f"turn {turn}", reviewer="王敏") as edit:
            for figure in figures:
                edit.correct(figure.id, value=turn)
        print(f"turn {turn}", flush=True)
        if turn % 3 == 0:
            store.undo(reviewer="王敏")
            print(f"undo {turn}", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_what_was_said_to_be_written_survives_a_kill_and_half_an_edit_does_not(tmp_path):
    path = tmp_path / "a.hebao"
    with Store.open(path) as store:
        add(store), add(store, entry("b"))
    groups = 0
    for patience in (0.03, 0.05, 0.08, 0.11):
        with subprocess.Popen(
            [sys.executable, "-c", DECIDING, str(path)], stdout=subprocess.PIPE, text=True
        ) as process:
            said = [process.stdout.readline()]
            time.sleep(patience)
            process.kill()
            said += process.stdout.readlines()
        with Store.open(path) as store:
            groups = check(store, [line.strip() for line in said if line.endswith("\n")], groups)
    assert groups > 8


def check(store, said, before):
    """Check that the log holds every edit that was said to be written, each whole, and that the columns agree."""
    db = store._connection
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    rows = db.execute("SELECT verb, count(*) FROM change GROUP BY group_id ORDER BY max(id)").fetchall()
    assert {count for _, count in rows} == {12}
    written = rows[before:]
    assert len(said) <= len(written) <= len(said) + 1
    assert [verb.split()[0] for verb, _ in written][: len(said)] == [line.split()[0] for line in said]
    assert db.execute("SELECT sequence, clock FROM store").fetchone() == (len(rows) * 12, len(rows) * 12)
    for report in queries.reports(store):
        for figure in queries.figures(store, report.id):
            assert queries.history(store, report.id, figure.id)[-1].after["value"] == figure.value
        assert report.decided == sum(figure.state == "verified" for figure in queries.figures(store, report.id))
        assert len({figure.state for figure in queries.figures(store, report.id)}) == 1
    label = queries.undo_label(store, "王敏")
    assert store.undo(reviewer="王敏").verb == label
    assert store.redo(reviewer="王敏").verb == label
    return len(rows) + 2
