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

from desktop import charts, indicators
from desktop.charts import fonts
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


CELLS = [
    Cell(RECEIVED, 2020, 151.0), Cell(RECEIVED, 2021, 180.0, "auto", "more"), Cell(RECEIVED, 2023, 166.0, "extracted"),
    Cell(RECEIVED, 2024, 203.0, "queried", "about"), Cell(RATE, 2021, 96.5), Cell(RATE, 2022, 98.7),
    Cell(RATE, 2023, None, "not_reported"), Cell(RATE, 2024, 100.0), Cell(RECEIVED, None, 7.0),
    Cell("penalties", 2024, 9.0),
]  # fmt: skip


def series(*wanted: str, cells: list[Cell] = CELLS, language: str = "zh") -> charts.SeriesData:
    return charts.SeriesData.of("溪山区", [CATALOGUE[i] for i in wanted], cells, language=language)


def drawn(data: charts.SeriesData, *, dark: bool = False, size: tuple[float, float] = (9, 6)) -> Iterator[Axes]:
    figure = Figure(figsize=size)
    panels = charts.draw(figure, data, dark=dark)
    FigureCanvasAgg(figure).draw()  # a character that no font has would warn here, and warnings fail tests
    return iter([axes for axes, _ in panels])


def texts(axes: Axes) -> list[str]:
    return [t.get_text() for t in axes.texts if t.get_text()]


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
    assert [t.get_text() for t in axes.get_xticklabels()] == ["2020", "2021", "2022", "2023", "2024"]


def test_the_states_differ_in_shape_or_filling_and_the_legend_says_how() -> None:
    figure = Figure(figsize=(9, 6))
    ((axes, _), (rates, _)) = charts.draw(figure, series(RECEIVED, RATE))
    looks = [(mark.get_marker(), mark.get_fillstyle(), mark.get_markerfacecolor()) for mark in axes.lines[1:]]
    assert len(looks) == len(set(looks)) == 4
    assert [(mark.get_xdata()[0], mark.get_marker()) for mark in rates.lines if mark.get_marker() == "x"] == [
        (2023, "x")
    ]
    (legend,) = figure.legends
    said = [t.get_text() for t in legend.get_texts()]
    states = ("verified", "auto", "extracted", "queried", "not_reported")
    assert said == [say_in("zh", f"state_{state}") for state in states]


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
    assert max(axes.get_yticks()) <= 100 < axes.get_ylim()[1]
    above = next(drawn(series(RATE, cells=[Cell(RATE, 2024, 120.0)])))
    assert max(above.get_yticks()) > 100


def test_negative_values_and_a_single_zero_have_room() -> None:
    fallen = next(drawn(series(RECEIVED, cells=[Cell(RECEIVED, 2023, -5.0), Cell(RECEIVED, 2024, -1.0)])))
    assert fallen.get_ylim()[0] < -5
    low, high = next(drawn(series(RECEIVED, cells=[Cell(RECEIVED, 2024, 0.0)]))).get_ylim()
    assert low == 0 < high


def test_twelve_indicators_and_a_tiny_figure_are_drawn() -> None:
    many = series(*list(CATALOGUE)[:12], cells=[Cell(i, 2000 + n, 5.0) for n, i in enumerate(CATALOGUE)])
    panels = list(drawn(many, dark=True, size=(16, 9)))
    assert len(panels) == 12 and len({round(axes.get_position().width, 6) for axes in panels}) == 1
    assert len(panels[0].get_xticks()) <= 12
    assert len(list(drawn(many, size=(0.5, 0.5)))) == 12


def test_drawing_again_replaces_what_was_drawn() -> None:
    figure = Figure()
    charts.draw(figure, series(RECEIVED, RATE))
    charts.draw(figure, series(RECEIVED))
    assert len(figure.axes) == 1 and len(figure.texts) == 1 and len(figure.legends) == 1


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
