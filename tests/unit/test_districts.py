"""The division table: names, codes and years; what became of a unit; how the table is derived."""

from __future__ import annotations

import gzip
import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from desktop.districts import Divisions, Row, load, short_name
from desktop.paths import resources


@pytest.fixture(scope="module")
def derive() -> ModuleType:
    path = Path(__file__).parents[2] / "packaging" / "divisions.py"
    spec = importlib.util.spec_from_file_location("derive_divisions", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def codes(name: str, year: int | None = None) -> list[str]:
    return [district.adcode for district in load().named(name, year)]


@pytest.mark.parametrize(("year", "count"), [(1990, 2833), (2000, 2861), (2010, 2856), (2024, 2846), (2026, 2847)])
def test_as_many_counties_as_the_year_had(year: int, count: int) -> None:
    packed = (resources() / "divisions" / "divisions.tsv.gz").read_bytes()
    rows = [line.split("\t") for line in gzip.decompress(packed).decode("utf-8").splitlines()]
    valid = [row for row in rows if not row[0].endswith("00") and int(row[4]) <= year <= int(row[5])]
    assert len({row[0] for row in valid}) == len(valid) == count
    assert all(len(row) == 6 and row[3] for row in rows)


def test_the_page_on_the_table_counts_right() -> None:
    page = (Path(__file__).parents[2] / "docs" / "divisions.md").read_text(encoding="utf-8")
    rows = {}
    for name in ("divisions", "successions"):
        packed = (resources() / "divisions" / f"{name}.tsv.gz").read_bytes()
        rows[name] = [line.split("\t") for line in gzip.decompress(packed).decode("utf-8").splitlines()]
        assert f"`{name}.tsv.gz` | {len(rows[name]):,} | {len(packed) // 1000} KB" in page
    counties = [row for row in rows["divisions"] if not row[0].endswith("00")]
    assert f"{len(counties):,} rows are of county level" in page
    times = Counter(row[1] for row in counties if int(row[4]) <= 2024 <= int(row[5]))
    assert f"{sum(count > 1 for count in times.values())} names belonged to more than one district in 2024" in page


def test_a_name_that_several_districts_share() -> None:
    assert codes("西湖区", 2024) == ["330106", "360103"]
    assert [d.city for d in load().named("西湖区", 2024)] == ["杭州市", "南昌市"]
    assert codes("桥东区", 2013) == ["130103", "130502", "130702"]
    assert codes("桥东区", 2021) == ["130702"]


def test_a_code_is_valid_in_its_years() -> None:
    assert codes("无为县", 2018) == ["340225"]
    assert codes("无为县", 2019) == ["340225"]  # dissolved within the year
    assert codes("无为县", 2020) == []
    assert codes("无为市", 2018) == ["340281"]  # a report on 2018 written under the name of 2019
    assert load().by_code("340225", 2018) is not None
    assert load().by_code("340225", 2021) is None
    assert load().by_code("340281") == load().named("无为市")[-1]


def test_a_unit_recoded_within_the_year_is_one() -> None:
    assert codes("庐江县", 2011) == ["340124"]
    assert codes("公主岭市", 2020) == ["220184"]


def test_years_outside_the_table_are_read_as_its_nearest() -> None:
    assert codes("泗洪县", 2031) == codes("泗洪县", load().last_year) == ["321324"]
    assert load().clamp(1900) == load().first_year == 1980


def test_counties_of_a_municipality_and_under_a_province() -> None:
    songjiang, jiyuan, wuxi = (load().named(name, 2024)[0] for name in ("松江区", "济源市", "巫溪县"))
    assert (songjiang.city, songjiang.province) == ("上海市", "上海市")
    assert (wuxi.city, wuxi.province) == ("重庆市", "重庆市")
    assert (jiyuan.city, jiyuan.province) == ("", "河南省")


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("三江县", "三江侗族自治县"),
        ("科左中旗", "科尔沁左翼中旗"),
        ("喀左县", "喀喇沁左翼蒙古族自治县"),
        ("鄂温克旗", "鄂温克族自治旗"),
        ("东乡县", "东乡族自治县"),
        ("莫旗", "莫力达瓦达斡尔族自治旗"),
    ],
)
def test_everyday_names(short: str, full: str) -> None:
    assert [district.name for district in load().full_names(short, 2023)] == [full]


def test_an_everyday_name_that_is_a_full_one_or_nobodys() -> None:
    assert load().full_names("东乡县", 2012) == []  # a county of that very name until 2016
    assert codes("东乡县", 2012) == ["361029"]
    assert load().full_names("云泽县") == [] == load().full_names("旗")


def test_prefectures_and_provinces_by_full_and_short_name() -> None:
    divisions = load()
    assert divisions.prefectures("荆州", 2024)[0].name == "荆州市"
    assert divisions.prefectures("恩施州")[0].province == "湖北省"
    assert divisions.prefectures("襄樊市", 2024)[0].last_year < 2024  # of an earlier year, where none has the name now
    assert divisions.prefectures("云泽市") == []
    assert divisions.province("广西") == "广西壮族自治区"
    assert divisions.province("云泽") is None
    assert [short_name(name) for name in ("松江区", "和县", "三江侗族自治县", "沧州市")] == [
        "松江",
        "和县",
        "三江",
        "沧州",
    ]


def test_the_longest_name_at_a_place_of_a_text() -> None:
    text = "在福建省沙县区调研"
    assert load().province_at(text, 1) == "福建省"
    assert load().county_at(text, 4) == "沙县区"
    assert load().county_at(text, 0) == load().prefecture_at("", 0) == ""


def test_one_series_over_new_codes_ranks_and_names() -> None:
    series = load().series(load().named("无为市", 2024)[0])
    assert [d.adcode for d in series][-2:] == ["340225", "340281"]
    assert load().series(series[0]) == series
    lianxi = load().named("濂溪区", 2024)[0]
    assert [d.name for d in load().series(lianxi)] == ["庐山区", "濂溪区"]
    assert load().in_year(lianxi, 2010).name == "庐山区"
    assert load().in_year(lianxi, 2020) == lianxi


def test_a_merger_ends_a_series() -> None:
    taken = load().named("江干区")[0]
    assert taken not in load().series(load().named("上城区", 2024)[0])
    assert load().in_year(taken, 2024) == taken


def test_divisions_of_any_rows() -> None:
    rows = [Row("990000", "沧源省", "", "沧源省", 2000, 2010), Row("990101", "澄湖区", "临渊市", "沧源省", 2000, 2004)]
    rows.append(Row("990102", "澄湖市", "临渊市", "沧源省", 2005, 2010))
    divisions = Divisions(rows, [("990101", "澄湖区", 2004, "990102", "澄湖市", "raised")])
    assert [d.adcode for d in divisions.series(divisions.named("澄湖市")[0])] == ["990101", "990102"]
    assert (divisions.first_year, divisions.last_year) == (2000, 2010)


def test_spans_of_the_year_end_lists(derive: ModuleType) -> None:
    head = "year,province_name,city_name,county_name,province_adcode,city_adcode,county_adcode\n"
    lines = [f"{year},沧源省,临渊市,澄湖区,990000,990100,990101\n" for year in (2000, 2001, 2003)]
    lines += ["2001,沧源省,直辖县,云泽县,990000,999000,999021\n", "2001,上海市,市辖区,澄江区,310000,310100,310199\n"]
    found = derive.spans(derive.snapshots(head + "".join(lines)))
    assert [(span.adcode, span.city, span.first, span.last) for span in found] == [
        ("310199", "上海市", 2001, 2001),
        ("990101", "临渊市", 2000, 2001),
        ("990101", "临渊市", 2003, 2003),
        ("999021", "", 2001, 2001),
    ]


def test_successions_by_name_event_and_rank(derive: ModuleType) -> None:
    def span(adcode: str, name: str, first: int, last: int) -> object:
        return derive.Span(adcode, name, "临渊市", "沧源省", first, last)

    def event(old: tuple[str, str], new: tuple[str, str], kind: str) -> dict[str, object]:
        sides = [{"code": code + "000000", "name": name} for code, name in (old, new)]
        return {"year": 2011, "level": 3, "type": kind, "old": sides[0], "new": sides[1]}

    table = [
        span("990121", "云泽县", 1990, 2010),
        span("990181", "云泽市", 2011, 2026),
        span("990122", "青桥县", 1990, 2010),
        span("990102", "澄湖区", 1990, 2026),
        span("990123", "梧澜县", 1990, 2010),
        span("990124", "霁川县", 2011, 2026),
        span("990125", "砚北县", 1990, 2010),
    ]
    events = [
        event(("990122", "青桥县"), ("990102", "澄湖区"), "撤销"),
        event(("990123", "梧澜县"), ("990124", "霁川县"), "更名"),
        event(("990125", "砚北县"), ("990124", "霁川县"), "码位改派"),
    ]
    found = derive.successions(table, events)
    assert [(link.name, link.new_name, link.kind) for link in found] == [
        ("云泽县", "云泽市", "raised"),
        ("青桥县", "澄湖区", "merged"),
        ("梧澜县", "霁川县", "renamed"),
    ]
