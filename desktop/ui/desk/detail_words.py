"""The evidence of the current item in words, as small pieces of HTML; what can be followed is a link `kind:which`."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from db.rows import ChangeRow, FigureRow, FindingRow, OtherYear
from desktop import workflow
from desktop.model import Figure
from desktop.text import language, say
from desktop.ui import keymap
from desktop.ui.desk.evidence import Evidence
from desktop.ui.desk.naming_words import quoted
from desktop.ui.session import Session
from desktop.ui.theme import theme
from desktop.ui.wording import APPROX_NAMES, STATE_NAMES, local_time, number, printed, verb

NUMERALS: Mapping[str, str] = {
    "open": "numeral_open",
    "date": "numeral_date",
    "document_number": "numeral_document_number",
    "clause_number": "numeral_clause_number",
    "ordinal": "numeral_ordinal",
    "name": "numeral_name",
    "furniture": "numeral_furniture",
}
CHANGES_SHOWN = 6
REVERSING = frozenset({"undo", "redo", "undo_change"})


def words(session: Session, evidence: Evidence) -> dict[str, str]:
    """Return what each part of the pane says; a part that is not in it has nothing to say."""
    shown = {"sentence": sentence(evidence), "here": _here(evidence)}
    figure = evidence.figure
    if figure is None:
        assert evidence.numeral is not None
        ways = {"accept": keymap.shown("accept"), "make": keymap.shown("new_figure")}
        shown["numeral"] = html.escape(say(NUMERALS[evidence.numeral.numeral_class], **ways))
        return shown
    return shown | {
        "indicator": _indicator(session, evidence, figure),
        "other_years": _other_years(figure, evidence.other_years),
        "findings": findings(session, evidence.findings, evidence.compared),
        "because": html.escape(say("list_separator").join(figure.because)),
        "machine": _readings(session, evidence, figure),
        "history": "<br>".join(_changes(session, evidence)),
    }


def sentence(evidence: Evidence) -> str:
    """Return the sentence with the current place standing out."""
    before, quote, after = (html.escape(printed(piece)) for piece in evidence.pieces)
    current = theme().current
    return f'{before}<b style="color:{current.ink};background-color:{current.ground}">&nbsp;{quote}&nbsp;</b>{after}'


def _here(evidence: Evidence) -> str:
    waiting = sum(figure.state in ("extracted", "auto") for figure in evidence.here)
    return muted(say("sentence_holds", n=len(evidence.here), waiting=waiting)) if evidence.here else ""


def _indicator(session: Session, evidence: Evidence, figure: FigureRow) -> str:
    known = session.catalogue.get(figure.indicator) if figure.indicator else None
    named = say("list_separator").join(map(session.indicator_name, evidence.counts_for))
    told = [say("counts_for", indicators=named)] if named else []
    told += [say("counts_not")] if evidence.left_out else []
    counts = "".join(f"<br>{html.escape(line)}" for line in told)
    if known is None:
        return muted(say("no_indicator")) + counts
    name = html.escape(session.indicator_name(known.id))
    return f"<b>{name}</b>{counts}<br>{muted(html.escape(known.meaning(language())))}"


def _other_years(figure: FigureRow, others: Sequence[OtherYear]) -> str:
    if not others:
        return muted(say("no_other_years"))
    nearest = others[0]
    year = link(f"report:{nearest.report_id}-{nearest.figure.id}", str(nearest.year))
    value = f"<b>{year}</b> {amount(nearest.figure)} · {say(STATE_NAMES[nearest.figure.state])}"
    change = html.escape(change_from(nearest, figure.value))
    told = [f"{value}{' · ' + change if change else ''}<br>{muted(html.escape(printed(nearest.sentence)))}"]
    seen = {nearest.year}
    rest = []
    for other in others[1:]:
        if other.year not in seen:
            seen.add(other.year)
            rest.append(f"{other.year} {amount(other.figure)}")
    return "<br>".join([*told, *([" · ".join(rest)] if rest else [])])


def change_from(other: OtherYear, now: float) -> str:
    """Return how a value differs from another year's, in units and in per cent; nothing in per cent from nought."""
    before = other.figure.value
    if before == now:
        return say("change_none", year=other.year)
    difference = f"{round(now - before, 6):+,.10g}"
    if not before:
        return say("change_from_nought", year=other.year, difference=difference)
    share = f"{(now - before) / abs(before):+.1%}"
    return say("change_from", year=other.year, difference=difference, change=share)


def findings(session: Session, rows: Iterable[FindingRow], compared: Sequence[FigureRow] = ()) -> str:
    """Return what checks say, each with a way to the other figures it compares and one to dismiss it."""
    return "<br>".join(_finding(session, row, compared) for row in rows)


def _finding(session: Session, row: FindingRow, compared: Sequence[FigureRow]) -> str:
    found = row.finding
    told = html.escape(workflow.finding_sentence(found, known=session.catalogue))
    if row.dismissed:
        back = link(f"restore:{found.fingerprint}", say("finding_restore"))
        return f"<s>{told}</s> {muted(html.escape(row.reason))} {back}"
    ways = [link(f"figure:{f.id}", f"→ {printed(f.quote)}") for f in compared if (f.start, f.end) in found.figures]
    if found.span is not None:
        ways.append(link(f"span:{found.span[0]}-{found.span[1]}", say("finding_place")))
    ways.append(link(f"dismiss:{found.fingerprint}", say("finding_dismiss")))
    return f'<span style="color:{theme().tints["finding"].ink}">▲</span> {told} {" ".join(ways)}'


def _readings(session: Session, evidence: Evidence, figure: FigureRow) -> str:
    """Return what the machine read, what a person decided and what the machine reads now, where they differ."""
    if figure.machine is None:
        return ""
    lines: list[tuple[str, FigureRow | Figure, str]] = []
    if evidence.then is not None and not workflow.read_alike(evidence.then, figure.machine):
        lines.append(("reading_then", evidence.then, "take:then"))
    lines.append(("reading_person", figure, "keep:" if evidence.anew else ""))
    lines.append(("reading_now", figure.machine, "take:now"))
    told = []
    for name, reading, way in lines:
        said = f"{muted(say(name))} {amount(reading)} · {html.escape(session.indicator_name(reading.indicator))}"
        if way:
            said += " " + link(way, say("reading_keep" if way == "keep:" else "reading_take"))
        told.append(said)
    mark = f'<b style="color:{theme().tints["finding"].ink}">≠ {say("reading_anew")}</b><br>' if evidence.anew else ""
    return mark + "<br>".join(told)


def _changes(session: Session, evidence: Evidence) -> Iterable[str]:
    decided_since: set[tuple[str, str]] = set()
    for change in evidence.changes[:CHANGES_SHOWN]:
        elsewhere = [change.store] if change.store not in ("", session.store.path.stem) else []
        told = html.escape(" · ".join([local_time(change.at), change.reviewer, *elsewhere, verb(change.verb)]))
        went = html.escape(went_to(session, change, evidence.figures))
        told += f" · {went}" if went else ""
        if change.undone:
            yield f"<s>{told}</s>"
        elif change.verb in REVERSING or change.target in decided_since:
            yield muted(told)
        else:
            decided_since.add(change.target)
            yield f"{told} {link(f'undo:{change.uuid}', say('change_undo'))}"


def went_to(session: Session, change: ChangeRow, figures: Sequence[FigureRow]) -> str:
    """Return what a change made of what stood before: only what differs; the state where nothing else does.

    `figures` are those of its report.
    """
    before, after = change.before or {}, change.after or {}
    if change.target[0] != "figure":
        return " → ".join(_cell(value, figures) for value in (before, after))
    told: list[str] = []
    for name in ("value", "unit", "indicator", "approx", "state", "comment"):
        old, new = (_part(session, name, value.get(name)) for value in (before, after))
        if old != new and not (name == "state" and told):
            told.append(f"{old or '—'} → {new or '—'}")
    if change.why and change.why != after.get("comment"):
        told.append(change.why)
    return say("list_separator").join(told)


def _part(session: Session, name: str, value: object) -> str:
    if value is None or value == "":
        return ""
    if name == "value" and isinstance(value, int | float):
        return number(value)
    if name == "indicator":
        return session.indicator_name(str(value))
    named: Mapping[str, Mapping[str, str]] = {"state": STATE_NAMES, "approx": dict(APPROX_NAMES)}
    return say(named[name][str(value)]) if name in named else str(value)


def _cell(value: Mapping[str, Any], figures: Sequence[FigureRow]) -> str:
    if "not_reported" in value:
        return say("state_not_reported")
    if "figures" in value:
        told = quoted(figures, value["figures"])
    else:
        told = number(value["value"]) if "value" in value else "—"
    return f"{told} ({value['reason']})" if value.get("reason") else told


def amount(figure: FigureRow | Figure) -> str:
    """Return a value with its unit."""
    approx = say(APPROX_NAMES[figure.approx]) + " " if figure.approx else ""
    return html.escape(f"{approx}{number(figure.value)} {figure.unit}")


def link(target: str, said: str) -> str:
    """Return something that can be followed."""
    return f'<a href="{html.escape(target)}" style="color:{theme().accent}">{html.escape(said)}</a>'


def muted(text: str) -> str:
    """Return HTML in the quiet colour."""
    return f'<span style="color:{theme().muted}">{text}</span>'
