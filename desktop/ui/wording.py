"""Words for what the model names by ids: states, facts, numbers; always in the language of the moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.text import say

if TYPE_CHECKING:
    from db.overview import Standing
    from db.rows import FigureRow, ReportRow

STATE_NAMES: Mapping[str, str] = {
    "extracted": "state_extracted",
    "auto": "state_auto",
    "verified": "state_verified",
    "rejected": "state_rejected",
    "queried": "state_queried",
    "not_reported": "state_not_reported",
}
REPORT_STATE_NAMES: Mapping[str, str] = {
    "missing": "report_state_missing",
    "unreviewed": "report_state_unreviewed",
    "in_review": "report_state_in_review",
    "verified": "report_state_verified",
}
FACT_NAMES: Mapping[str, str] = {
    "district": "fact_district",
    "adcode": "fact_adcode",
    "year": "fact_year",
    "city": "fact_city",
    "province": "fact_province",
    "level": "fact_level",
    "title": "fact_title",
    "doc_number": "fact_doc_number",
    "issuer": "fact_issuer",
}
LEVEL_NAMES: Mapping[str, str] = {
    "county": "level_county",
    "prefecture": "level_prefecture",
    "province": "level_province",
    "township": "level_township",
    "department": "level_department",
}
APPROX_NAMES: Mapping[str, str] = {"more": "approx_more", "about": "approx_about", "less": "approx_less"}
VERB_NAMES: Mapping[str, str] = {
    "accept": "verb_accept",
    "reject": "verb_reject",
    "query": "verb_query",
    "comment": "verb_comment",
    "correct_value": "verb_correct_value",
    "correct_unit": "verb_correct_unit",
    "correct_indicator": "verb_correct_indicator",
    "create_figure": "verb_create_figure",
    "not_reported": "verb_not_reported",
    "correct_fact": "verb_correct_fact",
    "withdraw": "verb_withdraw",
    "bring_back": "verb_bring_back",
    "choose": "verb_choose",
    "accept_figures": "verb_accept_figures",
    "apply": "verb_apply",
    "correct_span": "verb_correct_span",
    "split_figure": "verb_split_figure",
    "enter_cell": "verb_enter_cell",
    "name_figures": "verb_name_figures",
    "dismiss": "verb_dismiss",
    "restore_finding": "verb_restore_finding",
    "pass_over": "verb_pass_over",
    "keep_reading": "verb_keep_reading",
    "take_reading": "verb_take_reading",
    "undo": "verb_undo",
    "redo": "verb_redo",
    "undo_change": "verb_undo_change",
    "place_again": "verb_place_again",
    "drop_lost": "verb_drop_lost",
    "sign_off": "verb_sign_off",
    "reopen": "verb_reopen",
    "add_indicator": "verb_add_indicator",
    "change_indicator": "verb_change_indicator",
    "spot_agreed": "verb_spot_agreed",
    "spot_differed": "verb_spot_differed",
    "remove_indicator": "verb_remove_indicator",
    "keep_chart": "verb_keep_chart",
    "rename_chart": "verb_rename_chart",
    "forget_chart": "verb_forget_chart",
    "hand_out": "verb_hand_out",
    "adjudicate": "verb_adjudicate",
    "same_person": "verb_same_person",
}


def number(value: float) -> str:
    """Return a value as a table shows it: 120,000 or 36.5."""
    return f"{value:,.10g}" if abs(value) < 1e15 else f"{value:g}"


def plain_number(value: float) -> str:
    """Return a value as a person edits it: 120000 or 36.5."""
    return f"{value:.15g}" if abs(value) < 1e15 else repr(value)


def verb(name: str) -> str:
    """Return what a recorded verb is called."""
    return say(VERB_NAMES[name]) if name in VERB_NAMES else name


def outcome(verb_name: str, figure: FigureRow, indicator: str) -> str:
    """Return what a verb made of a figure as it is now: its quote and, where that was corrected, what it says now."""
    quote = printed(figure.quote)
    if verb_name in ("correct_value", "correct_unit", "correct_span", "take_reading"):
        return f"{quote} → {number(figure.value)} {figure.unit}"
    return f"{quote} → {indicator}" if verb_name in ("correct_indicator", "split_figure") else quote


def report_name(report: ReportRow | Standing) -> str:
    """Return a report's district and year, as far as they are known."""
    year = say("year_of_report", year=report.year) if report.year is not None else say("unknown_year")
    return f"{report.district or say('unknown_district')} · {year}"


def local_time(utc: str) -> str:
    """Return a recorded time (ISO 8601, UTC) as the clock here showed it; empty where there is none."""
    return f"{datetime.fromisoformat(utc).astimezone():%Y-%m-%d %H:%M}" if utc else ""


def printed(quote: str) -> str:
    """Return a quote on one line."""
    return "".join(quote.split("\n")).strip()
