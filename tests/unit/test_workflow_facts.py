"""Facts corrected by hand take the place's code, city and province along, as one decision."""

import pytest

from db import queries
from desktop import workflow
from desktop.errors import UserError
from desktop.progress import Progress

TEXT = "澄岚区人民政府关于2023年法治政府建设情况的报告\n全年共收到行政复议申请151件。\n"


@pytest.fixture
def store(tmp_path):
    source = tmp_path / "报告.txt"
    source.write_text(TEXT, encoding="utf-8")
    with workflow.open_store(tmp_path / "a.hebao") as opened:
        workflow.import_paths(opened, [source], Progress())
        yield opened


def place(store):
    row = queries.report(store, 1)
    return row.district, row.adcode, row.city, row.province


def test_a_name_that_only_one_place_has(store):
    workflow.correct_fact(store, 1, "district", "三江侗族自治县", reviewer="王敏")
    assert place(store) == ("三江侗族自治县", "450226", "柳州市", "广西壮族自治区")
    workflow.undo(store, reviewer="王敏")
    assert place(store)[:2] == ("澄岚区", None)


def test_a_name_that_several_places_have_leaves_the_code_open(store):
    workflow.correct_fact(store, 1, "adcode", "450226", reviewer="王敏")
    assert place(store) == ("三江侗族自治县", "450226", "柳州市", "广西壮族自治区")
    workflow.correct_fact(store, 1, "district", "鼓楼区", reviewer="王敏")
    assert place(store)[:2] == ("鼓楼区", None)
    workflow.correct_fact(store, 1, "adcode", "350102", reviewer="王敏")
    assert place(store) == ("鼓楼区", "350102", "福州市", "福建省")


def test_decisions_carry_the_versions_in_force(store):
    assert (store.program, store.catalogue) != ("", "")


@pytest.mark.parametrize(("fact", "typed"), [("year", "23"), ("year", "去年"), ("adcode", "4502")])
def test_nonsense_is_refused(store, fact, typed):
    with pytest.raises(UserError) as raised:
        workflow.correct_fact(store, 1, fact, typed, reviewer="王敏")
    assert raised.value.arguments == {"typed": typed}
