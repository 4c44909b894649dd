"""What several people decided differently, for a third to look at: each with its sides and the sentence it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from db import loading, standing
from db.knowing import Knowing
from db.placing import Span
from db.rows import Dispute, MergeRow, PersonRow, Side
from db.settling import WHOLE_STORE
from db.standing import Said, nowhere
from db.store import Store
from db.texts import Texts
from desktop.sentences import sentence

PLACING = ("district", "city", "province", "level", "adcode", "year")
"""Facts on which it rests of which district and year a report's cells are."""
CHANGE = """SELECT c.id, c.uuid, c.source_sha256, c.kind, c.anchor, v.name, c.reviewer_id, c.at, c.store_id, c.verb,
    c.after, c.why, c.text_sha256 FROM change c JOIN person v ON v.reviewer_id = c.reviewer_id"""
TWICE = "SELECT anchor FROM decision WHERE kind = 'choice' GROUP BY anchor HAVING count(*) > 1"


def disputes(store: Store, report_id: int | None = None) -> list[Dispute]:
    """Return what is in dispute, in the store or on one report, in the order of the matrix and of the text."""
    found = []
    texts, names = Texts(store._connection), store_names(store)
    for of, targets in _by_report(store, report_id).items():
        made = [_on_report(store, texts, names, of, target, ids) for target, ids in targets.items()]
        found += sorted(made, key=lambda dispute: (dispute.span or (-1, -1), dispute.kind, dispute.anchor))
    found += [
        dispute for dispute in _choices(store, names) if report_id in (None, *(s.report_id for s in dispute.sides))
    ]
    return found if report_id is not None else found + list(_of_whole_store(store, names))


def dispute_counts(store: Store) -> dict[int, int]:
    """Return how much is in dispute on each report that has any; under WHOLE_STORE what is about no single one."""
    counts = {report_id: len(targets) for report_id, targets in _by_report(store, None).items()}
    for dispute in (*_choices(store, {}), *_of_whole_store(store, {})):
        counts[dispute.report_id] = counts.get(dispute.report_id, 0) + 1
    return counts


def _by_report(store: Store, report_id: int | None) -> dict[int, dict[tuple[str, str], list[int]]]:
    """Return what is in dispute on single reports, by report: each target with the numbers of its changes."""
    where, asked = ("", ()) if report_id is None else ("AND s.report_id = ?", (report_id,))
    sql = f"""SELECT s.report_id, s.kind, s.anchor, s.change_id FROM side s JOIN report r ON r.id = s.report_id
        WHERE s.disputed = 1 {where} ORDER BY {loading.ORDER}"""
    groups: dict[int, dict[tuple[str, str], list[int]]] = {}
    for of, kind, anchor, change in loading.select(store, sql, asked):
        groups.setdefault(of, {}).setdefault((kind, anchor), []).append(change)
    return {of: dict(_one_each(targets)) for of, targets in groups.items()}


def disputed(store: Store) -> frozenset[int]:
    """Return the reports on which anything is in dispute."""
    rows = loading.select(store, "SELECT DISTINCT report_id FROM side WHERE disputed = 1")
    chosen = (reports for _, reports, _ in _chosen_twice(store))
    return frozenset(report_id for (report_id,) in rows).union(*chosen)


def doubtful(store: Store) -> frozenset[int]:
    """Return the reports of which it is in dispute where their cells belong: no cell of theirs is verified."""
    marks = loading.marks(PLACING)
    sql = f"SELECT DISTINCT report_id FROM side WHERE disputed = 1 AND kind = 'fact' AND anchor IN ({marks})"
    moved = {report_id for (report_id,) in loading.select(store, sql, PLACING)}
    return frozenset(moved.union(*(reports for _, reports, _ in _chosen_twice(store))))


def store_names(store: Store) -> dict[str, str]:
    """Return what the files of stores are called, by their ids, as far as is known here."""
    return {**dict(loading.select(store, "SELECT id, name FROM named_store")), store.store_id: store.path.stem}


def name_of(names: Mapping[str, str], store_id: str) -> str:
    """Return what a store is called, or the beginning of its id."""
    return names.get(store_id) or store_id[:8]


def merges(store: Store) -> list[MergeRow]:
    """Return the stores that were merged into this one, the last first."""
    sql = "SELECT at, name, store_id, first_change, last_change FROM merged ORDER BY rowid DESC"
    return [
        MergeRow(at, name, store_id, last - first + 1 if last else 0)
        for at, name, store_id, first, last in loading.select(store, sql)
    ]


def people(store: Store) -> list[PersonRow]:
    """Return every reviewer of whom anything is known here, by the name that is shown."""
    names = store_names(store)
    sql = """SELECT r.id, r.name, p.name, p.same_as, r.store_id FROM reviewer r JOIN person p ON p.reviewer_id = r.id
        ORDER BY p.name, r.id"""
    return [
        PersonRow(reviewer_id, name, shown, same_as, name_of(names, store_id.partition("/")[0]))
        for reviewer_id, name, shown, same_as, store_id in loading.select(store, sql)
    ]


def _one_each(targets: Mapping[tuple[str, str], Sequence[int]]) -> Iterator[tuple[tuple[str, str], list[int]]]:
    """Yield what is in dispute once, though figures at one place are so under the anchor of each."""
    left = dict(targets)
    for target in sorted(targets):
        if target not in left:
            continue
        ids = set(left.pop(target))
        if target[0] == "figure":
            while shared := [other for other, those in left.items() if other[0] == "figure" and ids & set(those)]:
                ids.update(*(left.pop(other) for other in shared))
        yield target, sorted(ids)


def _on_report(
    store: Store, texts: Texts, names: Mapping[str, str], report_id: int, target: tuple[str, str], ids: Sequence[int]
) -> Dispute:
    kind, anchor = target
    sides = _sides(store, names, ids, {}, (texts, report_id))
    span = None
    if kind == "figure":
        sql = "SELECT start, stop FROM figure WHERE report_id = ? AND coalesce(anchor, start || '-' || stop) = ?"
        span = next(iter(loading.select(store, sql, (report_id, anchor))), None)
    span = span or next((side.span for side in sides if side.span is not None), None)
    text = texts.body(report_id)
    quote, line = ("", "") if span is None else (text[slice(*span)], sentence(text, *span))
    decided = [side.value["indicator"] for side in reversed(sides) if side.kind == "figure" and side.value is not None]
    of = anchor if kind == "cell" else next(iter(decided), None)
    return Dispute(report_id, kind, anchor, of, span, quote, line, sides)


def _sides(
    store: Store, names: Mapping[str, str], ids: Collection[int], reports: Mapping[str, int],
    here: tuple[Texts, int] | None = None,
) -> tuple[Side, ...]:  # fmt: skip
    """Return changes as the sides of a dispute, in order; `here` is the report in whose text they are placed."""
    sql = f"{CHANGE} WHERE c.id IN ({loading.marks(tuple(ids))}) ORDER BY c.clock, c.store_id, c.sequence, c.uuid"
    sides = []
    for _, uuid, source, kind, anchor, name, reviewer_id, at, store_id, verb, after, why, text in loading.select(
        store, sql, tuple(ids)
    ):
        value = None if after is None else standing.said(kind, anchor, after, f"change {uuid}")
        span: Span | None = None
        if kind == "figure" and value is not None and here is not None:
            carried = here[0].carried(here[1], value, text)
            span = None if carried is None else (carried["start"], carried["end"])
        comment = "" if value is None else str(value.get("comment", "") or value.get("reason", ""))
        of = here[1] if here is not None else reports.get(source, WHOLE_STORE)
        sides.append(
            Side(
                uuid, of, kind, anchor, name, reviewer_id, at, name_of(names, store_id), verb, value, comment, why, span
            )
        )
    return tuple(sides)


def _chosen_twice(store: Store) -> Iterator[tuple[str, list[int], list[Said]]]:
    """Yield each slot for which people who did not know of each other chose different reports, with the choices."""
    slots = loading.select(store, TWICE)
    if not slots:
        return
    knowing = Knowing(store._connection)
    for (slot,) in slots:
        sql = f"""SELECT d.report_id, {standing.COLUMNS} FROM decision d JOIN change c ON c.id = d.change_id
            JOIN report r ON r.id = d.report_id WHERE d.kind = 'choice' AND d.anchor = ? AND r.withdrawn = 0
                AND r.district_key || '/' || r.year = d.anchor ORDER BY c.clock, c.store_id, c.sequence, c.uuid"""
        rows = loading.select(store, sql, (slot,))
        said = [Said(*row[1:]) for row in rows]
        last = said[-1:]
        if any(
            not knowing.knew((now.store_id, now.sequence), (other.store_id, other.sequence))
            for now in last
            for other in said[:-1]
        ):
            yield slot, [row[0] for row in rows], said


def _choices(store: Store, names: Mapping[str, str]) -> Iterator[Dispute]:
    for slot, reports, said in _chosen_twice(store):
        sql = f"SELECT source_sha256, id FROM report WHERE id IN ({loading.marks(reports)})"
        ids = dict(loading.select(store, sql, reports))
        sides = _sides(store, names, [change.id for change in said], ids)
        yield Dispute(reports[-1], "choice", slot, None, None, "", "", sides)


def _of_whole_store(store: Store, names: Mapping[str, str]) -> Iterator[Dispute]:
    """Yield what is in dispute of own indicators and of charts."""
    for (kind, anchor), changes in sorted(standing.on_report(store._connection, "").items()):
        now = standing.fold(kind, anchor, changes, nowhere)
        if now.disputed:
            sides = _sides(store, names, [change.id for change in now.sides], {})
            yield Dispute(WHOLE_STORE, kind, anchor, anchor if kind == "indicator" else None, None, "", "", sides)
