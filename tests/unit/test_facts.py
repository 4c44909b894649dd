"""Facts of invented openings and endings in many house styles (tests/data/facts.toml), and of any text at all."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.districts import load
from desktop.extraction.facts import read_facts
from desktop.model import FACTS

CASES = tomllib.loads((Path(__file__).parent.parent / "data" / "facts.toml").read_text(encoding="utf-8"))["case"]
PIECES = [
    *("法治政府建设", "年度报告", "关于", "人民政府", "中共", "委", "情况的报告", "司法局", "2024年", "〔2025〕20号"),
    *(
        "市",
        "区",
        "县",
        "镇",
        "首页>",
        "发布时间：",
        "现将",
        "如下：",
        "，",
        "。",
        "（",
        "）",
        "《",
        "》",
        "—",
        "、",
        "文件",
    ),
    *(
        "二〇二四年",
        "2025年1月2日",
        "一、",
        "签发人：",
        "坚持",
        "南阳市",
        "通州区",
        "三江县",
        "开发区",
        "第八师",
        "全面依法治县",
    ),
]
STEMS = ["澄岚", "霁川", "梧澜", "云泽", "青桥", "会沙", "东砚", "临河口", "新砚", "平砚", "龙砚湖", "河砚", "中砚"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_facts_are_those_the_text_states(case: dict[str, Any]) -> None:
    found = read_facts(case["text"], load())
    stated = {fact: case["facts"].get(fact) for fact in FACTS}
    assert {fact: getattr(found, fact) for fact in FACTS} == stated
    assert list(found.candidates) == case["facts"].get("candidates", [])


def test_every_county_is_found_by_its_name_and_its_city() -> None:
    divisions, chance = load(), random.Random(1)
    for prefecture in ("1301", "1501", "3207", "4509", "5134", "6540"):
        for number in range(100):
            district = divisions.by_code(f"{prefecture}{number:02}", 2023)
            if district is None or number == 0:
                continue
            title = f"{district.city}{district.name}人民政府2023年法治政府建设工作报告"
            style = chance.choice(["\n{}\n2023年，全面推进。", "首页 > 公开\n{}\n发布时间：2024-01-02\n2023年，推进。"])
            found = read_facts(style.format(title), divisions)
            assert (found.district, found.adcode, found.city) == (district.name, district.adcode, district.city)
            assert (found.title, found.issuer) == (title, f"{district.city}{district.name}人民政府")


@pytest.mark.parametrize("rank", ["区", "县", "市"])
@pytest.mark.parametrize("stem", STEMS)
def test_districts_that_no_table_has_are_kept_as_named(stem: str, rank: str) -> None:
    name = stem + rank
    for text in (
        f"{name}人民政府\n关于2022年法治政府建设情况的报告\n\n市政府：\n2022年，推进依法行政。",
        f"2022年{name}法治政府建设年度报告\n2022年，推进依法行政。",
        f"2022年，{name}坚持依法行政。\n一、主要工作",
        f"2022年度法治政府建设情况报告\n一、工作\n推进依法行政。\n\n{name}人民政府\n2023年1月5日",
    ):
        found = read_facts(text, load())
        assert (found.district, found.adcode, found.year, found.level) == (name, None, 2022, "county"), text


@given(st.lists(st.sampled_from([*PIECES, "\n", " ", "\n\n"]), max_size=40).map("".join))
def test_any_text_has_facts_without_an_error(text: str) -> None:
    found = read_facts(text, load())
    assert found.adcode is None or (found.district is not None and found.level == "county" and not found.candidates)
    assert found.year is None or 1900 <= found.year <= 2099
    assert len(found.candidates) != 1
