"""What a chart shows, read off the matplotlib Figure and off the files."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from desktop import charts, indicators
from desktop.charts import fonts
from desktop.charts.lettering import AT_AXIS, AT_POINT
from desktop.charts.series import COLUMNS
from desktop.errors import UserError
from desktop.model import Approx
from desktop.text import say_error, say_in

CATALOGUE = indicators.load()
RECEIVED, RATE, FINES = "reconsideration_received", "appearance_rate", "fines_amount"


@dataclass
class Cell:
    indicator: str
    year: int | None
    value: float | None
    state: str = "verified"
    approx: Approx | None = None
    report_id: int = 1
    findings: int = 0


CELLS = [
    Cell(RECEIVED, 2020, 151.0), Cell(RECEIVED, 2021, 180.0, "auto", "more"), Cell(RECEIVED, 2023, 166.0, "extracted"),
    Cell(RECEIVED, 2024, 203.0, "queried", "about"), Cell(RATE, 2021, 96.5), Cell(RATE, 2022, 98.7),
    Cell(RATE, 2023, None, "not_reported"), Cell(RATE, 2024, 100.0), Cell(RECEIVED, None, 7.0),
    Cell("penalties", 2024, 9.0),
]  # fmt: skip


def series(*wanted: str, cells: list[Cell] = CELLS, language: str = "zh", **more: list[Cell]) -> charts.SeriesData:
    return charts.SeriesData.of({"溪山区": cells, **more}, [CATALOGUE[i] for i in wanted], language=language)


def drawn(data: charts.SeriesData, *, dark: bool = False, size: tuple[float, float] = (9, 6)) -> Iterator[Axes]:
    figure = Figure(figsize=size)
    panels = charts.draw(figure, data, dark=dark)
    FigureCanvasAgg(figure).draw()  # a character that no font has would warn here, and warnings fail tests
    return iter([panel.axes for panel in panels])


def texts(axes: Axes) -> list[str]:
    return [t.get_text() for t in axes.texts if t.get_label() == AT_POINT]


def years(axes: Axes) -> list[str]:
    """What is written below the panel, from left to right."""
    below = [t for t in axes.texts if t.get_label() == AT_AXIS and t.get_va() == "top"]
    return [t.get_text() for t in sorted(below, key=lambda t: t.get_position()[0])]


def heights(axes: Axes) -> list[float]:
    """The numbers written beside the panel."""
    return [t.get_position()[1] for t in axes.texts if t.get_label() == AT_AXIS and t.get_va() != "top"]


def legend(figure: Figure) -> list[str]:
    return [artist.get_text() for artist in figure.artists if isinstance(artist, Text)]


def test_a_series_is_gathered_by_year_without_what_has_none() -> None:
    data = series(RECEIVED, RATE)
    assert [p.year for p in data.lines[0].points] == [2020, 2021, 2023, 2024]
    assert list(data.years) == [2020, 2021, 2022, 2023, 2024]
    assert len(data.points) == 7 and all(p.value is not None for p in data.points)
    assert not series("penalties", cells=[]).points and not series("penalties", cells=[]).years


def test_changes_are_shares_of_counts_and_points_of_percents() -> None:
    received, rate = series(RECEIVED, RATE).lines
    assert [received.change(p) for p in received.points] == [None, 0.192053, None, 0.222892]
    assert [rate.change(p) for p in rate.points] == [None, 2.2, None, None]
    from_zero = series(RECEIVED, cells=[Cell(RECEIVED, 2020, 0.0), Cell(RECEIVED, 2021, 5.0)]).lines[0]
    assert from_zero.change(from_zero.points[1]) is None


def test_a_missing_year_breaks_the_line_and_years_are_whole() -> None:
    axes = next(drawn(series(RECEIVED)))
    line = axes.lines[0]
    assert list(line.get_xdata()) == [2020, 2021, 2022, 2023, 2024]
    assert [math.isnan(y) for y in line.get_ydata()] == [False, False, True, False, False]
    assert years(axes) == ["2020", "2021", "2022", "2023", "2024"]


def test_the_states_differ_in_shape_or_filling_and_the_legend_says_how() -> None:
    figure = Figure(figsize=(9, 6))
    axes, rates = (panel.axes for panel in charts.draw(figure, series(RECEIVED, RATE)))
    looks = [(mark.get_marker(), mark.get_fillstyle(), mark.get_markerfacecolor()) for mark in axes.lines[1:]]
    assert len(looks) == len(set(looks)) == 4
    assert [(mark.get_xdata()[0], mark.get_marker()) for mark in rates.lines if mark.get_marker() == "x"] == [
        (2023, "x")
    ]
    states = ("verified", "auto", "extracted", "queried", "not_reported")
    assert legend(figure) == [say_in("zh", f"state_{state}") for state in states]


def test_points_carry_their_value_and_the_change_against_the_year_before() -> None:
    received, rate = drawn(series(RECEIVED, RATE))
    assert texts(received) == ["151", ">180", "+19.2%", "166", "≈203", "+22.3%"]
    assert texts(rate) == ["96.5", "98.7", "+2.2百分点", "100"]
    assert texts(next(drawn(series(RATE, language="en"))))[2] == "+2.2 pts"
    alike = series(RECEIVED, cells=[Cell(RECEIVED, 2020, 151.0), Cell(RECEIVED, 2021, 151.0)])
    assert texts(next(drawn(alike))) == ["151", "151", "持平"]


@pytest.mark.parametrize(
    ("language", "largest", "unit", "label"),
    [
        ("zh", 99_999.0, "（元）", "99,999"),
        ("zh", 1_407_000.0, "（万元）", "140.7"),
        ("zh", 150_000_000.0, "（亿元）", "1.5"),
        ("en", 99_999.0, "(yuan)", "99,999"),
        ("en", 140_700.0, "(thousand yuan)", "140.7"),
        ("en", 1_407_000.0, "(million yuan)", "1.407"),
    ],
)
def test_large_values_are_scaled_as_each_language_counts(language: str, largest: float, unit: str, label: str) -> None:
    axes = next(drawn(series(FINES, cells=[Cell(FINES, 2024, largest)], language=language)))
    assert axes.get_title().endswith(unit) and texts(axes) == [label]


def test_percents_are_never_scaled_nor_marked_above_100() -> None:
    axes = next(drawn(series(RATE)))
    assert axes.get_title().endswith("（%）")
    assert max(heights(axes)) <= 100 < axes.get_ylim()[1]
    above = next(drawn(series(RATE, cells=[Cell(RATE, 2024, 120.0)])))
    assert max(heights(above)) > 100


def test_negative_values_and_a_single_zero_have_room() -> None:
    fallen = next(drawn(series(RECEIVED, cells=[Cell(RECEIVED, 2023, -5.0), Cell(RECEIVED, 2024, -1.0)])))
    assert fallen.get_ylim()[0] < -5
    low, high = next(drawn(series(RECEIVED, cells=[Cell(RECEIVED, 2024, 0.0)]))).get_ylim()
    assert low == 0 < high


def test_twelve_indicators_and_a_tiny_figure_are_drawn() -> None:
    many = series(*list(CATALOGUE)[:12], cells=[Cell(i, 2000 + n, 5.0) for n, i in enumerate(CATALOGUE)])
    panels = list(drawn(many, dark=True, size=(16, 9)))
    assert len(panels) == 12 and len({round(axes.get_position().width, 6) for axes in panels}) == 1
    assert len(years(panels[0])) <= 12
    assert len(list(drawn(many, size=(0.5, 0.5)))) == 12


def test_the_next_chart_of_as_many_panels_uses_the_axes_again() -> None:
    figure = Figure()
    before = charts.draw(figure, series(RECEIVED))[0].axes
    after = charts.draw(figure, series(RATE))[0].axes
    assert after is before and texts(after)[0] == "96.5" and after.get_title().endswith("（%）")
    assert texts(after) == texts(next(drawn(series(RATE))))


def test_several_districts_have_a_line_each_told_apart_by_colour_and_dashes() -> None:
    others = {f"临{n}县": [Cell(RECEIVED, year, 100.0 + n) for year in range(2020, 2025)] for n in range(3)}
    figure = Figure(figsize=(9, 6))
    (panel,) = charts.draw(figure, series(RECEIVED, **others))
    lines = [line for line in panel.axes.lines if line.get_linestyle() != "None"]
    assert len({line.get_color() for line in lines}) == len({line._unscaled_dash_pattern[1] for line in lines}) == 4
    assert legend(figure)[:4] == ["溪山区", "临0县", "临1县", "临2县"]
    assert figure.texts[0].get_text().startswith("溪山区、临0县、临1县等4个地区")
    assert not texts(panel.axes), "four lines at a time are told by hovering"
    fewer = series(RECEIVED, **others).without({"溪山区", "临0县"})
    (panel,) = charts.draw(figure, fewer)
    kept = [line for line in panel.axes.lines if line.get_linestyle() != "None"]
    assert [line.get_color() for line in kept] == [line.get_color() for line in lines[2:]], "colours stay"


def test_quartiles_are_a_band_with_gaps_and_the_districts_behind_each_year_are_counted() -> None:
    peers = {2020: [100.0, 150.0, 200.0, 400.0], 2021: [1.0, 2.0], 2023: [100.0, 200.0, 300.0]}
    data = series(RECEIVED).held_against("岚江省", {RECEIVED: peers})
    spreads = data.panels[0].spreads
    assert [(s.year, s.lower, s.median, s.upper, s.districts) for s in spreads] == [
        (2020, 137.5, 175.0, 250.0, 4),
        (2023, 150.0, 200.0, 250.0, 3),
    ]
    figure = Figure(figsize=(9, 6))
    (panel,) = charts.draw(figure, data)
    band = panel.axes.collections[0].get_paths()
    assert len(band) == 2, "2021 has too few districts, and nothing is drawn through it"
    assert [round(x, 2) for x in (band[0].vertices[:, 0].min(), band[0].vertices[:, 0].max())] == [2019.85, 2020.15]
    assert years(panel.axes) == ["2020\n(4)", "2021", "2022", "2023\n(3)", "2024"]
    assert any("岚江省" in words for words in legend(figure))
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in data.rows()]
    told = [(row["district"], row["line"], row["year"], row["value"], row["districts"]) for row in rows]
    assert told[4:7] == [
        ("岚江省", "lower_quartile", 2020, 137.5, 4),
        ("岚江省", "median", 2020, 175, 4),
        ("岚江省", "upper_quartile", 2020, 250, 4),
    ]
    assert not data.without({""}).panels[0].spreads


def test_points_with_open_findings_are_framed() -> None:
    doubted = [Cell(RECEIVED, 2020, 5.0), Cell(RECEIVED, 2021, 500.0, findings=2)]
    figure = Figure(figsize=(9, 6))
    (panel,) = charts.draw(figure, series(RECEIVED, cells=doubted))
    (frame,) = (line for line in panel.axes.lines if line.get_marker() == "s")
    assert list(frame.get_xdata()) == [2021] and frame.get_markersize() > 10
    assert legend(figure) == ["已核验", "有疑点"]


def test_years_are_chosen_from_to() -> None:
    data = charts.SeriesData.of({"溪山区": CELLS}, [CATALOGUE[RECEIVED]], language="zh", years=(2021, 2023))
    assert [p.year for p in data.lines[0].points] == [2021, 2023] and list(data.years) == [2021, 2022, 2023]
    wider = charts.SeriesData.of({"溪山区": CELLS}, [CATALOGUE[RECEIVED]], language="zh", years=(2018, None))
    assert list(wider.years) == list(range(2018, 2025))


def test_a_part_in_view_has_numbers_of_its_own_and_nothing_beyond_it() -> None:
    data = series(RECEIVED)
    (panel,) = charts.draw(Figure(figsize=(9, 6)), data)
    charts.show_part(panel, data, (2022.5, 2023.5), (160, 170))
    assert years(panel.axes) == ["2023"] and texts(panel.axes) == ["166"]
    assert all(160 <= height <= 170 for height in heights(panel.axes)) and len(heights(panel.axes)) >= 3
    assert all(line.get_clip_on() for line in panel.axes.lines)


def test_values_stay_off_the_lines_and_off_each_other() -> None:
    zigzag = [Cell(RECEIVED, 2010 + n, 100.0 + 400 * (n % 2)) for n in range(12)]
    figure = Figure(figsize=(7, 4))
    (panel,) = charts.draw(figure, series(RECEIVED, cells=zigzag))
    FigureCanvasAgg(figure).draw()
    written = [text.get_window_extent() for text in panel.axes.texts if text.get_label() == AT_POINT]
    assert len(written) >= 12
    for n, one in enumerate(written):
        assert not any(one.overlaps(other) for other in written[n + 1 :])


def test_drawing_again_replaces_what_was_drawn() -> None:
    figure = Figure()
    charts.draw(figure, series(RECEIVED, RATE))
    charts.draw(figure, series(RECEIVED))
    assert len(figure.axes) == 1 and len(figure.texts) == 1 and len(legend(figure)) == 4


def test_the_packaged_font_stands_in_where_none_shows_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FAMILIES", ())
    fonts.families.cache_clear()
    assert fonts.families("zh") == ("WenQuanYi Micro Hei", fonts.LATIN)
    assert fonts.families("en") == (fonts.LATIN, "WenQuanYi Micro Hei")
    assert next(drawn(series(RECEIVED))).get_title().startswith("行政复议")
    fonts.families.cache_clear()


@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf"])
def test_the_same_series_makes_the_same_bytes(tmp_path: Path, ending: str) -> None:
    made = [charts.save(series(RECEIVED, RATE), tmp_path / f"{n}{ending}") for n in range(2)]
    assert [path.name for path in made[0]] == [f"0{ending}", "0-data.csv"]
    first, second = ([path.read_bytes() for path in paths] for paths in made)
    assert first == second and len(first[0]) > 5000


def test_the_data_stand_beside_the_picture(tmp_path: Path) -> None:
    data = charts.save(series(RECEIVED, RATE), tmp_path / "图.PNG")[1]
    with data.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source))
    assert tuple(rows[0]) == COLUMNS and len(rows) == 8
    assert (rows[1]["district"], rows[1]["year"], rows[1]["value"], rows[1]["state"]) == (
        "溪山区",
        "2021",
        "180",
        "auto",
    )
    assert rows[1]["change"] == "0.192053" and rows[6]["value"] == "" and rows[6]["state"] == "not_reported"


def test_a_picture_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "folder.png").mkdir()
    for path, message_id in ((tmp_path / "a.bmp", "chart_format_unknown"), (tmp_path / "folder.png", "file_is_folder")):
        with pytest.raises(UserError) as raised:
            charts.save(series(RECEIVED), path)
        assert raised.value.message_id == message_id and say_error(raised.value)
    assert [path.name for path in tmp_path.iterdir()] == ["folder.png"]


@pytest.mark.parametrize("width", [5.5, 7.0, 12.0])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_titles_of_panels_side_by_side_stay_apart(language: str, width: float) -> None:
    wide = sorted(CATALOGUE, key=lambda i: -len(getattr(CATALOGUE[i], f"name_{language}")))[:2]
    data = series(*wide, cells=[Cell(i, 2024, 5.0) for i in wide], language=language)
    left, right = (axes.title.get_window_extent() for axes in drawn(data, size=(width, 4)))
    assert left.x1 < right.x0 and left.x0 > 0 and right.x1 < width * 100


@pytest.mark.parametrize("language", ["zh", "en"])
def test_titles_have_two_lines_at_most_and_keep_their_unit(language: str) -> None:
    wide = sorted(CATALOGUE, key=lambda i: -len(getattr(CATALOGUE[i], f"name_{language}")))[:12]
    data = series(*wide, cells=[Cell(i, 2024, 5.0) for i in wide], language=language)
    for axes, indicator in zip(drawn(data, size=(8, 6)), wide, strict=True):
        title = axes.get_title()
        assert title.count("\n") <= 1 and CATALOGUE[indicator].unit in title
