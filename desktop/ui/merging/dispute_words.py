"""What people decided differently, in words: what it is about, and what each side of it says."""

from __future__ import annotations

import html
from collections.abc import Mapping

from db import queries
from db.rows import JOINT, Dispute, Side
from desktop.text import say
from desktop.ui.desk.naming_words import said_of_cell
from desktop.ui.session import Session
from desktop.ui.theme import theme
from desktop.ui.wording import (
    APPROX_NAMES,
    FACT_NAMES,
    LEVEL_NAMES,
    REPORT_STATE_NAMES,
    STATE_NAMES,
    number,
    printed,
    report_name,
)

KINDS: Mapping[str, str] = {
    "figure": "dispute_figure",
    "cell": "dispute_cell",
    "fact": "dispute_fact",
    "report": "dispute_report",
    "choice": "dispute_choice",
    "finding": "dispute_finding",
    "indicator": "dispute_indicator",
    "chart": "dispute_chart",
}
TYPED = frozenset({"figure", "cell", "fact"})
"""Kinds of which a third person may say something else than either side."""


def subject(session: Session, dispute: Dispute) -> str:
    """Return what a dispute is about, on one line: an indicator's name, a fact's, or what kind of decision it is."""
    if dispute.kind in ("figure", "cell"):
        if dispute.indicator is None:
            return f"{say('dispute_figure')} {printed(dispute.quote)}"
        return session.indicator_name(dispute.indicator)
    if dispute.kind == "fact":
        return say(FACT_NAMES[dispute.anchor])
    if dispute.kind in ("indicator", "chart"):
        return f"{say(KINDS[dispute.kind])} · {dispute.anchor}"
    return say(KINDS[dispute.kind])


def place(session: Session, dispute: Dispute) -> str:
    """Return the report that a dispute is about, or that it is about the whole study."""
    if not dispute.report_id:
        return say("dispute_whole")
    return report_name(queries.report(session.store, dispute.report_id))


def reviewers(dispute: Dispute) -> str:
    """Return the names of all who decided, in the order of their decisions."""
    return say("list_separator").join(dict.fromkeys(side.reviewer for side in dispute.sides))


def said(session: Session, dispute: Dispute, side: Side) -> str:
    """Return what one side of a dispute says, in a few words."""
    value = side.value
    if side.kind == "figure":
        named = {(other.value or {}).get("indicator") for other in dispute.sides if other.kind == "figure"}
        return _figure(session, value, named=len(named) > 1)
    if side.kind == "choice":
        chosen = value is not None and queries.report(session.store, side.report_id).source_name
        return say("dispute_chosen", name=chosen) if chosen else say("dispute_not_chosen")
    if value is None:
        return say("dispute_nothing")
    if side.kind == "cell":
        figures = queries.figures(session.store, dispute.report_id) if "figures" in value else ()
        return said_of_cell(value, figures, session.catalogue.get(dispute.anchor))
    if side.kind == "fact":
        told = "—" if value["value"] is None else str(value["value"])
        return say(LEVEL_NAMES[told]) if dispute.anchor == "level" and told in LEVEL_NAMES else told
    if side.kind == "report":
        return say("dispute_withdrawn") if "withdrawn" in value else say(REPORT_STATE_NAMES[str(value["state"])])
    if side.kind == "finding":
        return say("dispute_dismissed")
    if side.kind == "indicator":
        return f"{value['name_zh']} · {value['unit']}"
    return say("dispute_chart_kept")


def _figure(session: Session, value: Mapping[str, object] | None, *, named: bool) -> str:
    """Return what is said of a figure, with the indicator where the sides differ on that."""
    if value is None or value["state"] not in ("verified", "queried"):
        return say("state_rejected" if value is not None and value["state"] == "rejected" else "dispute_as_read")
    approx = f"{say(APPROX_NAMES[str(value['approx'])])} " if value["approx"] else ""
    told = f"{approx}{number(float(str(value['value'])))} {value['unit']}"
    if value["state"] == "queried":
        return f"{told} · {say(STATE_NAMES['queried'])}"
    return (
        f"{told} · {session.indicator_name(str(value['indicator']) if value['indicator'] else None)}" if named else told
    )


def remarks(side: Side) -> str:
    """Return what was said besides: the comment and the reason, each once."""
    reason = str((side.value or {}).get("reason") or "")
    return JOINT.join(dict.fromkeys(words for words in (side.comment, side.why, reason) if words))


def passage(dispute: Dispute) -> str:
    """Return the sentence as HTML with the figure marked in it; empty where there is none."""
    sentence, quote = " ".join(dispute.sentence.split()), " ".join(dispute.quote.split())
    before, found, after = sentence.partition(quote) if quote else (sentence, "", "")
    tint = theme().tints["finding"]
    marked = f'<span style="background:{tint.ground};color:{tint.ink}">&nbsp;{html.escape(found)}&nbsp;</span>'
    return f"{html.escape(before)}{marked if found else ''}{html.escape(after)}"
