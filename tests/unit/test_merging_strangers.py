"""Stores from strangers: what Hebao never writes is refused in a sentence, and nothing is half done."""

import sqlite3
import sys
import uuid
from contextlib import closing
from pathlib import Path

import pytest
from store_samples import YOU, add, decide, entry, figure

from db import migrations, queries, strangers
from desktop import workflow
from desktop.errors import UserError
from desktop.progress import Progress
from desktop.text import say_error
from tests.bench import killed_merging
from tests.merged_stores import dump, everything, merge


def refused(store, other, message_id):
    """Merge and expect a refusal that leaves the store as it was; return what is said."""
    before = dump(store)
    with pytest.raises(UserError) as caught:
        workflow.merge(store, Path(other), Progress(), back_up=False)
    assert caught.value.message_id == message_id
    assert dump(store) == before
    assert queries.merges(store) == []
    return say_error(caught.value)


def alter(store, *statements):
    """Let another program write into a closed store."""
    store.close()
    with closing(sqlite3.connect(store.path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(*((statement,) if isinstance(statement, str) else statement))
    return store.path


def test_what_is_no_other_store_is_refused_in_a_sentence(tmp_path, mine):
    (tmp_path / "text.hebao").write_text("not a store", encoding="utf-8")
    (tmp_path / "link.hebao").symlink_to(mine.path)
    refused(mine, mine.path, "merge_itself")
    refused(mine, tmp_path / "link.hebao", "merge_itself")
    refused(mine, tmp_path / "none.hebao", "store_missing")
    refused(mine, tmp_path, "store_folder")
    refused(mine, tmp_path / "text.hebao", "store_foreign")


def test_a_store_of_a_newer_hebao_is_refused(mine, theirs):
    refused(mine, alter(theirs, f"PRAGMA user_version = {migrations.SCHEMA + 1}"), "store_newer")


def test_a_change_of_the_same_id_that_says_something_else_is_refused_by_its_name(mine, theirs):
    decide(theirs, "accept", figure(theirs, 1).id)
    merge(mine, theirs)
    [row] = everything(theirs)
    path = alter(theirs, "UPDATE change SET after = json_set(after, '$.value', 7)")
    with pytest.raises(UserError) as caught:
        workflow.merge(mine, path, Progress(), back_up=False)
    assert caught.value.message_id == "merge_forged"
    assert row[0] in say_error(caught.value)
    assert figure(mine, 1).value == 151


def test_a_reviewer_of_the_same_id_and_another_name_is_refused(mine, theirs):
    decide(theirs, "accept", figure(theirs, 1).id)
    merge(mine, theirs)
    path = alter(theirs, "UPDATE reviewer SET name = '别人'")
    with pytest.raises(UserError, match="merge_forged_reviewer"):
        workflow.merge(mine, path, Progress(), back_up=False)


@pytest.mark.parametrize(
    ("statement", "message_id"),
    [
        ("UPDATE reviewer SET name = hex(zeroblob(5000000))", "store_part_damaged"),
        ("UPDATE reviewer SET name = 'a' || char(10) || 'b'", "store_part_damaged"),
        ("UPDATE reviewer SET name = x'ff'", "store_part_damaged"),
        ("UPDATE change SET clock = 9223372036854775807", "store_part_damaged"),
        ("UPDATE change SET clock = 'late'", "store_part_damaged"),
        ("UPDATE change SET sequence = -1", "store_part_damaged"),
        ("UPDATE change SET at = 'yesterday'", "store_part_damaged"),
        ("UPDATE change SET kind = 'spell'", "store_part_damaged"),
        ("UPDATE change SET after = '{}'", "store_part_damaged"),
        ("UPDATE change SET after = x'00'", "store_part_damaged"),
        ("UPDATE change SET place = '7'", "store_part_damaged"),
        ("UPDATE change SET anchor = 'here'", "store_part_damaged"),
        ("UPDATE change SET source_sha256 = 'x'", "store_part_damaged"),
        ("UPDATE change SET source_sha256 = ''", "store_part_damaged"),
        ("UPDATE change SET undoes = uuid", "merge_cycle"),
        ("UPDATE change SET supersedes = uuid", "merge_cycle"),
        ("UPDATE change SET kind = 'fact', anchor = 'year', after = '{\"value\":\"x\"}'", "store_part_damaged"),
        ("UPDATE store SET clock = 'never'", "store_part_damaged"),
        ("UPDATE report SET imported_at = 'never'", "store_part_damaged"),
        ("UPDATE report SET machine_facts = '[]'", "store_part_damaged"),
        ("UPDATE report SET source_sha256 = 'short' || id", "store_part_damaged"),
        ("UPDATE figure SET stop = 100000", "store_part_damaged"),
        ("UPDATE numerals SET classes = '[[1, 900000, \"open\"]]'", "store_part_damaged"),
        ("UPDATE text SET body = body || ' '", "store_part_damaged"),
        ("INSERT INTO held VALUES ('a', -1, 'b', 1)", "store_part_damaged"),
        ("INSERT INTO doubt VALUES (1, 1, 2, 'x')", "store_part_damaged"),
        ("CREATE TRIGGER t AFTER INSERT ON change BEGIN DELETE FROM change; END", "store_unsafe"),
    ],
)
def test_what_hebao_never_writes_is_refused_and_nothing_is_half_done(tmp_path, mine, theirs, statement, message_id):
    decide(mine, "accept", figure(mine, 1).id)
    add(theirs, entry("另一份.txt"))
    decide(theirs, "accept", figure(theirs, 2).id, reviewer=YOU)
    refused(mine, alter(theirs, "PRAGMA foreign_keys = OFF", statement), message_id)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE change SET after = json_set(after, '$.kind', 'spell')",
        "UPDATE change SET after = json_set(after, '$.when', json('[{\"noun\": 7}]'))",
        "UPDATE change SET after = json_set(after, '$.when', json('[{\"below\": \"x\"}]'))",
        "UPDATE change SET anchor = 'Robert; DROP'",
    ],
)
def test_an_own_indicator_that_no_catalogue_could_hold_is_refused(mine, theirs, statement):
    definition = {"id": "own", "name_zh": "听证", "unit": "件", "when": [{"noun": "听证"}]}
    workflow.add_indicator(theirs, definition, reviewer=YOU)
    refused(mine, alter(theirs, statement), "store_part_damaged")
    assert "own" not in workflow.catalogue(mine)


def test_changes_on_reports_that_are_not_there_wait_for_them(mine, theirs):
    gone = add(theirs, entry("另一份.txt"))
    decide(theirs, "accept", figure(theirs, gone).id, reviewer=YOU)
    tables = ("figure", "numerals", "decision", "unchecked", "passage")
    path = alter(theirs, *(f"DELETE FROM {table} WHERE report_id = {gone}" for table in tables),
                 f"DELETE FROM report WHERE id = {gone}")  # fmt: skip
    assert workflow.merge(mine, path, Progress(), back_up=False).changes == 1
    again = add(mine, entry("另一份.txt"))
    assert (figure(mine, again).state, figure(mine, again).reviewer) == ("verified", YOU)


def test_a_name_that_is_markup_is_a_name(mine, theirs):
    name = "<b onclick='x'>王</b>"
    decide(theirs, "accept", figure(theirs, 1).id, reviewer=name)
    merge(mine, theirs)
    assert figure(mine, 1).reviewer == name


def test_an_undo_of_what_nobody_has_changes_nothing(mine, theirs):
    decide(theirs, "accept", figure(theirs, 1).id)
    path = alter(theirs, ("UPDATE change SET undoes = ?", (str(uuid.uuid4()),)))
    merged = workflow.merge(mine, path, Progress(), back_up=False)
    assert merged.changes == 1
    assert figure(mine, 1).state == "extracted"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_merge_that_is_killed_leaves_the_store_as_it_was_or_merged(tmp_path):
    seen = killed_merging.campaign(tmp_path, 3, 1, reports=12)
    assert seen["as before"] + seen["as after"] >= 3


@pytest.mark.parametrize("act", ["fact", "indicator", "chart"])
def test_what_fits_a_line_here_fits_another_store_and_what_does_not_is_refused_where_it_is_typed(mine, theirs, act):
    def typed(line):
        with theirs.edit("decide", reviewer=YOU) as edit:
            if act == "fact":
                edit.correct_fact(1, "issuer", line)
            elif act == "indicator":
                edit.set_indicator("own", {"name_zh": "量", "unit": "件", "units": "", "when": [{"noun": line}]})
            else:
                edit.keep_chart(line, {"years": [2024]})

    longest = "听" * strangers.LONGEST_LINE
    with pytest.raises(UserError) as caught:
        typed(longest + "证")
    assert "4001" in say_error(caught.value)
    assert everything(theirs) == []
    typed(longest)
    assert merge(mine, theirs).changes == 1
    merge(theirs, mine)
    assert dump(mine) == dump(theirs)
