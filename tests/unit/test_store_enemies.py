"""Stores made by an enemy: nothing in them is run, nothing crashes, nothing becomes a formula."""

import csv
import json
import sqlite3

import pytest
from store_samples import ME, build

from db import connection, queries, restoring, selftest, stored
from db.store import Store
from desktop import workflow
from desktop.errors import UserError
from desktop.text import say_error
from tests.bench import flipped

DEEP = "[" * 200_000 + "]" * 200_000
EVIL = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0")
STRANGE = "<b>粗</b><img src=x onerror=y>\u202e倒\u0000\u0007\x1b[31m\ud7ff\ufeff" + "x" * 50_000


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "a.hebao"
    build(made)
    with Store.open(made) as store:
        workflow.check_reports(store, [row.id for row in queries.reports(store)])
    return made


def change(path, *statements, parameters=()):
    other = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        other.execute(statement, parameters)
    other.close()


@pytest.mark.parametrize(
    "part",
    [
        "CREATE TRIGGER t BEFORE INSERT ON change BEGIN DELETE FROM decision; END",
        "CREATE TRIGGER t AFTER UPDATE ON figure BEGIN SELECT load_extension('x'); END",
        "CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
        "CREATE VIRTUAL TABLE v USING fts5(a)",
        "CREATE VIRTUAL TABLE v USING rtree(a, b, c)",
    ],
)
def test_parts_that_would_run_are_refused_everywhere(path, tmp_path, part):
    change(path, part)
    for act in (
        lambda: Store.open(path).close(),
        lambda: Store.open(path, read_only=True).close(),
        lambda: restoring.rescue(path, tmp_path / "r.hebao"),
        lambda: workflow.restore(tmp_path / "other.hebao", path),
        lambda: workflow.back_up(path, tmp_path / "b.hebao", workflow_progress()),
    ):
        with pytest.raises(UserError, match="store_unsafe"):
            act()
    assert [p.message_id for p in selftest.problems(path)] == ["store_unsafe"]


def workflow_progress():
    from desktop.progress import Progress

    return Progress()


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE decision; CREATE TABLE decision (report_id, kind, anchor, value AS (report_id || 'x'))",
        "DROP TABLE finding; CREATE TABLE finding AS SELECT * FROM figure",
        "DROP TABLE store; CREATE TABLE store (id, created_at, sequence, clock)",
        "DROP INDEX figure_report; CREATE INDEX figure_report ON figure (abs(report_id))",
    ],
)
def test_parts_that_are_others_than_ours_are_refused(path, statement):
    change(path, *statement.split("; "))
    with pytest.raises(UserError, match="store_damaged"):
        Store.open(path).close()


def test_parts_besides_ours_change_nothing(path):
    change(
        path,
        "CREATE TABLE extra (a, b GENERATED ALWAYS AS (hex(a)))",
        "CREATE INDEX own ON report (hex(title))",
        "INSERT INTO extra (a) VALUES (zeroblob(1000000))",
    )
    assert flipped.tried(path, write=True) == "right"


@pytest.mark.parametrize("size", [512, 65536])
def test_any_page_size_will_do(path, size):
    change(path, f"PRAGMA page_size = {size}", "VACUUM")
    assert flipped.tried(path, write=True) == "right"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE report SET title = zeroblob(100000)",
        "UPDATE report SET year = 9223372036854775807",
        "UPDATE report SET year = 'twenty'",
        "UPDATE report SET candidates = '{}'",
        "UPDATE report SET machine_facts = '[]'",
        "UPDATE report SET state = x'00'",
        "UPDATE report SET imported_at = 'never'",
        "UPDATE text SET body = zeroblob(100000)",
        "UPDATE text SET body = CAST(x'ff00fe' AS TEXT)",
        "UPDATE figure SET start = 9223372036854775807, stop = 9223372036854775807",
        "UPDATE figure SET start = -5",
        "UPDATE figure SET value = 9e999",
        "UPDATE figure SET value = 'many'",
        "UPDATE figure SET unit = x'00ff'",
        "UPDATE figure SET unit = char(0)",
        "UPDATE figure SET because = ?",
        "UPDATE figure SET anchor = '9-x'",
        "UPDATE figure SET anchor = '99999999999999999999999999999999-1'",
        "UPDATE figure SET indicator = 'no_such_indicator'",
        "UPDATE figure SET machine = '{\"start\": 1}' WHERE machine IS NOT NULL",
        "UPDATE figure SET machine = ? WHERE machine IS NOT NULL",
        "UPDATE numerals SET classes = ?",
        "UPDATE numerals SET classes = '[[1, 2, \"spell\"]]'",
        "UPDATE finding SET check_id = 'no_such_check'",
        "UPDATE finding SET arguments = ?",
        "UPDATE finding SET arguments = '{}'",
        "UPDATE finding SET figures = '[[1]]'",
        "UPDATE finding SET severity = 'fatal'",
        "UPDATE decision SET value = ?",
        "UPDATE decision SET value = 'null'",
        "UPDATE decision SET value = json_set(value, '$.value', 'x')",
        "UPDATE decision SET decided_at = x'00'",
        "UPDATE change SET before = ?",
        "UPDATE change SET after = json_set(after, '$.start', -1) WHERE kind = 'figure'",
        "UPDATE change SET place = '7' WHERE place IS NOT NULL",
        "UPDATE change SET kind = 'spell'",
        "UPDATE change SET at = 5",
        "UPDATE change SET undoes_group = group_id",
        "UPDATE change SET undoes = uuid, supersedes = uuid",
        "UPDATE reviewer SET name = CAST(id AS BLOB)",
        "UPDATE store SET sequence = 9223372036854775807",
        "UPDATE store SET clock = 'late'",
        "UPDATE page SET boxes = zeroblob(1000)",
        "UPDATE page SET start = 99, stop = 1",
        "INSERT INTO own_indicator VALUES ('x', '{\"name_zh\": 1}')",
        """INSERT INTO own_indicator VALUES ('x', '{"name_zh": "a", "unit": "b", "units": "c", "when": [1]}')""",
        "INSERT INTO own_indicator VALUES ('__proto__', ?)",
    ],
)
def test_what_is_of_the_wrong_kind_is_a_sentence_or_is_read_right(path, statement):
    change(path, statement, parameters=(DEEP,) if "?" in statement else ())
    for write in (False, True):
        outcome = flipped.tried(path, write=write)
        assert not outcome.startswith("RAISED"), outcome
    for problem in selftest.problems(path):
        say_error(problem)


def test_a_bomb_of_zeros_or_brackets_is_not_unpacked():
    import zlib

    with pytest.raises(UserError):
        stored.unpacked(zlib.compress(bytes(stored.LARGEST + 16), 9), "page")
    for bomb in (DEEP, "1" * 100_000, '{"a":' * 100_000, "NaN", "[Infinity]", None, b"\xff", 7):
        with pytest.raises(UserError, match="store_part_damaged"):
            stored.words(bomb, "bomb")


def test_a_row_that_must_be_there_and_is_not_is_told(path):
    change(path, "PRAGMA foreign_keys = OFF", "UPDATE reviewer SET id = 'x' || id WHERE name <> '王敏'")
    change(path, "PRAGMA foreign_keys = OFF", "UPDATE decision SET reviewer_id = 'nobody'")
    assert not flipped.tried(path, write=True).startswith("RAISED")


def test_a_loop_in_the_log_ends(path):
    change(path, "UPDATE change SET undoes = uuid, supersedes = uuid, undoes_group = group_id")
    with Store.open(path) as store:
        for act in (store.undo, store.redo):
            try:
                act(reviewer=ME)
            except UserError as error:
                say_error(error)


@pytest.fixture
def evil(path):
    """A store whose every text an enemy wrote."""
    other = sqlite3.connect(path, isolation_level=None)
    for at, word in enumerate(EVIL):
        other.execute("UPDATE report SET source_name = ?, district = ?, city = ? WHERE id = ?", (word,) * 3 + (at,))
    for column, word in (("source_name", EVIL[0]), ("district", EVIL[5]), ("city", EVIL[3]), ("title", STRANGE)):
        other.execute(f"UPDATE report SET {column} = ? WHERE id = 1", (word,))
    other.execute("UPDATE reviewer SET name = '@' || name")
    other.execute("UPDATE decision SET value = json_set(value, '$.comment', '=2+3') WHERE kind = 'figure'")
    other.execute("UPDATE figure SET unit = '+件'")
    other.close()
    return path


def test_nothing_becomes_a_formula(evil, tmp_path):
    with Store.open(evil, read_only=True) as store:
        for shape in ("long", "wide"):
            written = workflow.export(store, tmp_path / f"{shape}.csv", shape=shape, state="all")
            marked = 0
            for file in written:
                with file.open(encoding="utf-8-sig", newline="") as rows:
                    cells = [cell for row in csv.reader(rows) for cell in row]
                texts = [cell for cell in cells if not is_number(cell)]
                assert not [cell for cell in texts if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))]
                marked += sum(cell.startswith("'") for cell in cells)
            assert marked
            (book,) = workflow.export(store, tmp_path / f"{shape}.xlsx", shape=shape, state="all")
            import openpyxl

            for sheet in openpyxl.load_workbook(book):
                kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
                assert "f" not in kinds


def is_number(cell):
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_strange_characters_go_through_the_command_line(evil, capsysbinary, monkeypatch):
    from desktop.__main__ import main

    for command in (["status"], ["check"], ["status", "--json"], ["check", "--json"]):
        monkeypatch.setattr("sys.argv", ["hebao", *command, "--store", str(evil)])
        assert main() == 0
        out = capsysbinary.readouterr().out
        if "--json" in command:
            json.loads(out)


def test_the_settings_of_a_connection_trust_nothing(path):
    opened = connection.connect(path, "ro")
    assert opened.execute("PRAGMA trusted_schema").fetchone() == (0,)
    with pytest.raises(sqlite3.OperationalError):
        opened.execute("SELECT load_extension('x')")
    with pytest.raises(sqlite3.OperationalError):
        opened.execute("DELETE FROM report")
    opened.close()
