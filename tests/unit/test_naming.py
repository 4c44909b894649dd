"""What each figure measures: floors for each table of invented phrases, and the rules of the guide one by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from desktop import indicators
from desktop.cells import combine
from desktop.extraction.naming import name_figures
from desktop.extraction.spans import read_figures
from desktop.model import Facts, Figure
from tests.markup import parse

PHRASES = Path(__file__).resolve().parents[1] / "data" / "phrases"
FACTS = Facts(district="临溪区", city="澜州市", level="county", year=2024)


@dataclass
class Score:
    """Figures counted: labelled, said, both alike; of every one how sure the machine was and whether it was right."""

    wanted: int = 0
    said: int = 0
    right: int = 0
    cells_wanted: int = 0
    cells_said: int = 0
    cells_right: int = 0
    judged: list[tuple[float, bool]] = field(default_factory=list)
    nulls: int = 0
    nulls_right: int = 0


def named(marked: str, facts: Facts = FACTS, own: tuple[indicators.Indicator, ...] = ()) -> list[tuple[Figure, dict]]:
    """Return each figure of a marked passage as named, beside its label; ¶ is a line end."""
    text, gold = parse("+++\n+++\n" + marked.replace("¶", "\n"), marked[:30])
    labels = sorted(gold["figures"], key=lambda label: label["start"])
    figures = [Figure(g["start"], g["end"], g["value"], g["unit"], g["approx"], g["kind"]) for g in labels]
    catalogue = indicators.load().with_own(own) if own else indicators.load()
    return list(zip(name_figures(text, figures, catalogue, facts), labels, strict=True))


def passages(table: str) -> list[str]:
    """Return the passages of a table of phrases."""
    lines = (PHRASES / f"{table}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@cache
def score(table: str) -> Score:
    """Return how a table of phrases is named."""
    out = Score()
    for passage in passages(table):
        pairs = [(figure, label) for figure, label in named(passage) if not label["optional"]]
        for figure, label in pairs:
            alike = figure.indicator == label["indicator"]
            out.judged.append((figure.confidence, alike))
            out.wanted += label["indicator"] is not None
            out.said += figure.indicator is not None
            out.right += alike and figure.indicator is not None
            out.nulls += label["indicator"] is None
            out.nulls_right += alike and label["indicator"] is None
        said = {c.indicator: c.value for c in combine([figure for figure, _ in pairs], indicators.load())}
        gold = [Figure(0, 0, g["value"], g["unit"], None, "count", g["indicator"]) for _, g in pairs]
        wanted = {c.indicator: c.value for c in combine(gold, indicators.load())}
        out.cells_said += len(said)
        out.cells_wanted += len(wanted)
        out.cells_right += sum(wanted.get(key) == value for key, value in said.items())
    return out


TABLES = tuple(sorted(path.stem for path in PHRASES.glob("*.txt")))


@pytest.mark.parametrize("table", TABLES)
def test_floors(table):
    found = score(table)
    assert found.right / found.said >= 0.97
    assert found.right / found.wanted >= 0.95
    assert 2 * found.cells_right / (found.cells_said + found.cells_wanted) >= 0.96


def test_what_fits_no_indicator_is_left_without_one():
    nulls = sum(score(table).nulls for table in TABLES)
    assert nulls >= 300
    assert sum(score(table).nulls_right for table in TABLES) / nulls >= 0.95


def test_every_indicator_is_in_the_tables_in_several_ways():
    seen: dict[str, int] = {}
    for table in TABLES:
        for passage in passages(table):
            for mark in passage.split("[[")[1:]:
                indicator = mark.split("]]")[0].split("|")[-1].removeprefix("?")
                seen[indicator] = seen.get(indicator, 0) + 1
    assert {key for key in indicators.load() if seen.get(key, 0) < 4} == set()


def test_confidence_means_what_it_says():
    judged = [each for table in TABLES for each in score(table).judged]
    sure = [right for confidence, right in judged if confidence >= 0.95]
    assert sum(sure) / len(sure) >= 0.98
    assert len(sure) / len(judged) >= 0.6
    unsure = [right for confidence, right in judged if confidence < 0.8]
    assert sum(unsure) / len(unsure) < sum(sure) / len(sure)


def test_because_names_words_of_the_text_in_its_order():
    passage = "一是加强行政复议工作。全年共收到申请[[151件|-]]，已审结[[120件|-]]。"
    text = passage.replace("[[", "").replace("|-]]", "")
    (received, _), (concluded, _) = named(passage)
    assert received.because[0] == "行政复议" and received.because[1].startswith("收到")
    assert "审结" in concluded.because[-1]
    for figure in (received, concluded):
        places = [text.find(word) for word in figure.because]
        assert -1 not in places and places == sorted(places)


RULES = dict(
    line.split("\t", 1) for line in (PHRASES.parent / "naming_rules.tsv").read_text(encoding="utf-8").splitlines()[1:]
)


@pytest.mark.parametrize("rule", RULES)
def test_rules_of_the_guide(rule):
    pairs = named(RULES[rule])
    assert [figure.indicator for figure, _ in pairs] == [label["indicator"] for _, label in pairs]


@pytest.mark.parametrize(
    "passage",
    [
        "全省共有行政执法人员[[11万人|110000 人|-]]，我区队伍不断优化。",
        "岚桥县“一件事一次办”主题已达[[26个|-]]，网上可办率[[95%|-]]，我区要对照学习。",
        "与沅汀区建立矛盾纠纷协作机制，该地全年调处纠纷[[22件|-]]。",
        "澜州市中级人民法院通报，全年受理一审行政案件[[1000余件|1000 件 more|-]]。",
    ],
)
def test_figures_of_other_places_are_not_this_districts(passage):
    assert [figure.indicator for figure, _ in named(passage)] == [None] * passage.count("[[")


def test_own_place_and_rankings_are_no_other_place():
    passage = (
        "我区总办件量位居全省第一，按时办结率达[[99.9%|service_on_time_rate]]。"
        "临溪区主动公开政府信息[[60条|info_disclosed]]。"
    )
    assert [figure.indicator for figure, _ in named(passage)] == ["service_on_time_rate", "info_disclosed"]


def test_the_whole_city_is_a_county_level_citys_own():
    passage = "全市收到行政复议申请[[90件|reconsideration_received]]。"
    assert (
        named(passage, Facts(district="临溪市", level="county", year=2024))[0][0].indicator
        == "reconsideration_received"
    )
    assert named(passage)[0][0].indicator is None


OWN = """
[indicators.river_patrols]
name_zh = "河长巡河次数"
unit = "次"
units = "次 人次"
when = [{ topic = "河长 河湖长", act = "巡河 巡查", without = "志愿者" }]
"""


def test_a_reviewers_own_indicator_works_at_once(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    own = tuple(indicators.read_own(path))
    marked = (
        "落实河长制，各级河长巡河[[1.2万次|12000 次|river_patrols]]，志愿者清理河道[[300次|-]]；"
        "审查规范性文件[[9件|normative_docs_reviewed]]。"
    )
    assert [f.indicator for f, _ in named(marked, own=own)] == ["river_patrols", None, "normative_docs_reviewed"]
    assert [f.indicator for f, _ in named(marked)] == [None, None, "normative_docs_reviewed"]


def test_nothing_to_name():
    assert name_figures("", [], indicators.load(), Facts()) == []
    assert name_figures("没有数据的报告。\n\n", [], indicators.load(), FACTS) == []


def test_numbers_that_run_together_are_no_error():
    text = "核发、注销6、8本8项，1项"
    figures, _ = read_figures(text)
    assert len(name_figures(text, figures, indicators.load(), FACTS)) == len(figures) > 2
