"""What says the same in other measure words: between two people, between a cell and its figure, in agreement."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from store_samples import ME, YOU, add, decide, entry, facts

from db import comparing, migrations, queries, selftest
from db.store import Store
from desktop.checks import relations
from desktop.indicators import Catalogue, load
from desktop.model import Figure
from desktop.progress import Progress
from desktop.quantities import canonical
from desktop.workflow.agreeing import agreements
from tests.merged_stores import dump, merge

SETUP = "business_setup_hours"
TEXT = "青禾县2024年法治政府建设年度报告\n企业开办时间压缩至150分钟。"
AT = TEXT.index("150")


@pytest.fixture
def setups(tmp_path):
    """Give two stores that hold a report of which the machine reads how long it takes to set up a business."""
    reading = Figure(AT, AT + 5, 150.0, "分钟", None, "duration", SETUP, 0.9)
    with Store.open(tmp_path / "mine.hebao") as mine, Store.open(tmp_path / "theirs.hebao") as theirs:
        for store in (mine, theirs):
            add(store, entry(figures=[reading], text=TEXT))
        yield mine, theirs


def only_figure(store):
    [figure] = queries.figures(store, 1)
    return figure


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((2.5, "小时"), (150, "分钟"), True), ((1, "天"), (24, "小时"), True), ((3, "日"), (3, "自然日"), True),
        ((1, "季度"), (3, "月"), True), ((5, "起"), (5, "件"), True), ((3, "天"), (3, "工作日"), False),
        ((8, "小时"), (1, "工作日"), False), ((30, "天"), (1, "月"), False), ((2.5, "小时"), (2.5, "分钟"), False),
        ((3, "人"), (3, "人次"), False), ((3, "甲"), (3, "乙"), False), ((1e308, "小时"), (1.5e308, "小时"), False),
    ],
)  # fmt: skip
def test_a_quantity_is_the_same_in_any_measure_word_of_its_meaning(one, other, same):
    assert (canonical(*one) == canonical(*other)) is same


def test_measure_words_of_time_are_none_that_mean_the_same_as_each_other():
    assert not relations.load().alike("小时", "分钟")  # numbers of them cannot be compared as they are
    assert relations.load().alike("件", "起")


@pytest.mark.parametrize(
    ("value", "unit", "disputes"),
    [(2.5, "小时", 0), (9000, "秒", 0), (2.5, "分钟", 1), (150, "小时", 1), (150, "工作日", 1)],
)
def test_what_two_verified_in_units_that_say_the_same_is_one_decision(setups, value, unit, disputes):
    mine, theirs = setups
    decide(mine, "accept", only_figure(mine).id, reviewer=ME)
    decide(theirs, "correct", only_figure(theirs).id, value=value, unit=unit, reviewer=YOU)
    merge(mine, theirs), merge(theirs, mine)
    assert len(queries.disputes(mine)) == disputes
    assert only_figure(mine).state == ("queried" if disputes else "verified")
    assert dump(mine) == dump(theirs)
    assert list(selftest.problems(mine.path)) == []
    found = agreements(mine, Progress())
    assert (found.whole.slots, found.whole.alike) == (1, 1 - disputes)


@pytest.mark.parametrize(("value", "disputes"), [(2.5, 0), (150, 0), (2, 1)])
def test_a_number_entered_in_the_indicators_unit_says_what_a_figure_in_another_says(setups, value, disputes):
    mine, theirs = setups
    assert load()[SETUP].unit == "小时"
    decide(mine, "enter_cell", 1, SETUP, value, "附表", reviewer=ME)
    decide(theirs, "accept", only_figure(theirs).id, reviewer=YOU)
    merge(mine, theirs), merge(theirs, mine)
    assert len(queries.disputes(mine)) == disputes
    assert dump(mine) == dump(theirs)


def test_a_dispute_that_an_older_hebao_saw_in_units_that_say_the_same_is_none_after_the_update(setups):
    mine, theirs = setups
    decide(mine, "accept", only_figure(mine).id, reviewer=ME)
    decide(theirs, "correct", only_figure(theirs).id, value=2.5, unit="小时", reviewer=YOU)
    merge(mine, theirs)
    before = dump(mine)
    mine.close()
    with closing(sqlite3.connect(mine.path, isolation_level=None)) as connection:
        connection.execute("UPDATE side SET disputed = 1")
        connection.execute("UPDATE decision SET value = json_set(value, '$.state', 'queried')")
        connection.execute("UPDATE figure SET state = 'queried'")
        connection.execute("UPDATE report SET verified = 0, queried = 1")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = '_store_4'")
        connection.execute("PRAGMA user_version = 3")
    with Store.open(mine.path) as updated:
        assert updated.schema == migrations.SCHEMA
        assert dump(updated) == before
    assert list(selftest.problems(mine.path)) == []


def test_districts_of_a_year_are_compared_in_the_indicators_unit(tmp_path):
    hours = load()[SETUP]
    told = {
        "青禾县": [(150, "分钟"), (8, "小时")],
        "云溪县": [(3, "工作日")],
        "白石县": [(2, "小时"), (1, "天")],
        "长泽县": [(0, "小时")],
    }
    with Store.open(tmp_path / "a.hebao") as store:
        for number, (name, said) in enumerate(told.items()):
            figures = [
                Figure(AT + n, AT + n + 1, float(value), unit, None, "duration", SETUP, 0.9)
                for n, (value, unit) in enumerate(said)
            ]
            add(store, entry(f"{name}.txt", of=facts(name, adcode=f"99010{number}"), figures=figures, text=TEXT))
        assert comparing.cross_section(store, load(), 2024) == {SETUP: [2.5, 2.0]}
        summed = Catalogue({SETUP: replace(hours, combine="sum")}, "7")
        assert comparing.cross_section(store, summed, 2024) == {SETUP: [10.5, 26.0]}
