"""What comes next at the desk: suspicion times impact, then the rest of the text, then what rules closed."""

from __future__ import annotations

from planted import plant

from db.rows import FigureRow, FindingRow, ReportRow
from desktop.model import Finding, Numeral
from desktop.ui.desk.opened import Opened
from desktop.ui.desk.order import doubtful, following


def figure(number, state="extracted", confidence=0.97):
    return FigureRow(number, 1, f"{number}-{number + 1}", number, number + 1, "3件", 3.0, "件", None, "count",
                     "reconsideration_received", confidence, (), state, "machine")  # fmt: skip


def found(*severities):
    return [FindingRow(1, Finding("stated_twice", severity)) for severity in severities]


def opened(figures, makers=None, **more):
    made = Opened(ReportRow.__new__(ReportRow), "", figures, [], more.pop("by_figure", {}), **more)
    made.makers = frozenset(f.id for f in figures) if makers is None else frozenset(makers)
    return made


def ids(items):
    return [item.figure for item in items]


def test_errors_come_before_warnings_and_those_before_notices():
    figures = [figure(n) for n in range(1, 5)]
    by_figure = {1: found("notice"), 2: found("warning"), 3: found("error"), 4: found("notice", "notice")}
    assert ids(doubtful(opened(figures, by_figure=by_figure))) == [3, 2, 4, 1]


def test_figures_that_make_a_cell_come_before_those_that_make_none():
    figures = [figure(n) for n in (1, 2, 3)]
    by_figure = {1: found("error"), 2: found("warning"), 3: found("notice")}
    assert ids(doubtful(opened(figures, makers={2, 3}, by_figure=by_figure))) == [2, 1, 3]


def test_queries_other_readings_open_numerals_and_little_confidence_are_doubtful():
    figures = [figure(1, "queried"), figure(2, "verified"), figure(3, confidence=0.55), figure(4)]
    numerals = [Numeral(7, 8, "open"), Numeral(8, 9, "date"), Numeral(9, 10, "open")]
    made = opened(figures, anew=frozenset({2}), unclaimed=numerals, swept=frozenset({(9, 10)}))
    assert [(item.start, item.figure) for item in doubtful(made)] == [(1, 1), (2, 2), (7, None), (3, 3)]


def test_what_was_dismissed_decided_or_put_aside_is_not_doubtful():
    dismissed = [FindingRow(1, Finding("stated_twice", "error"), dismissed=True, reason="已核实")]
    figures = [figure(1), figure(2, "verified"), figure(3, "queried")]
    by_figure = {1: dismissed, 2: found("error")}
    assert doubtful(opened(figures, by_figure=by_figure, aside={3})) == []


def test_the_rest_follows_down_the_text_and_what_rules_closed_comes_last():
    figures = [figure(1, "auto"), figure(2), figure(3, "verified"), figure(4), figure(5, confidence=0.6)]
    assert ids(following(opened(figures))) == [5, 2, 4, 1]


def test_figures_equally_unsure_follow_each_other_down_the_text():
    figures = [figure(1, confidence=0.71), figure(2, confidence=0.62), figure(3, confidence=0.74)]
    assert ids(doubtful(opened(figures))) == [2, 1, 3]


def test_planting_is_what_it_says():
    planted = plant("chenglan-2023.txt", 1)
    count = len(planted.truth)
    given = {(f.start, f.end): f for f in planted.given.figures}
    wrong = [span for span, f in given.items() if f != planted.truth[span]]
    assert len(planted.truth) - len(given) == round(count * 0.03)
    assert abs(len(wrong) - count * 0.05) <= 1
    assert sum(planted.faults.values()) == len(wrong) + len(planted.truth) - len(given)
