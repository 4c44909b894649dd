"""What people decided differently on several targets at once, not knowing of each other: figures at one place, a cell.

Two figures that overlap and that two people made, or read a little otherwise, are looked at by a third: so is a cell of
which one says that the report does not state it, enters its number or names the figures that make it, while another has
verified a figure that says otherwise. What a decision was made in knowledge of stands in it: the figures beside it, or
those that a cell is said not to be reported over (db.log); of a number that is entered and of figures that are named,
`held` tells (db.knowing).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from db.folding import Value, overlap
from db.standing import Carry, Said, Standing
from desktop import indicators
from desktop.quantities import canonical

Target = tuple[str, str]
STANDING = ("verified", "queried")
Knew = Callable[[Said, Said], bool]
"""Whether one change was made in a store that held the other by then."""


def across(wanted: Mapping[Target, Standing], carry: Carry, knew: Knew) -> dict[Target, Standing]:
    """Return what stands on each target of a report, in dispute where that contradicts what stands on another."""
    marked = dict(wanted)
    apart = [
        (one, other)
        for one, other in (*_at_one_place(wanted, carry), *_not_reported(wanted))
        if not (_knows(wanted[one], other) or _knows(wanted[other], one))
    ]
    apart += [(one, other) for one, other in _entered(wanted) if not _one_knew(wanted[one], wanted[other], knew)]
    for one, other in apart:
        mine, yours = _sides(wanted[one]), _sides(wanted[other])
        for target, own, others in ((one, mine, yours), (other, yours, mine)):
            if target == one or target[0] == "figure" == one[0]:
                marked[target] = _in_dispute(target, marked[target], own, others)
    return marked


def _knows(standing: Standing, other: Target) -> bool:
    """Return whether what stands was decided in knowledge of what stands on another target."""
    value = standing.value or {}
    return other[1] in (*value.get("beside", ()), *value.get("over", ()))


def _one_knew(one: Standing, other: Standing, knew: Knew) -> bool:
    """Return whether one of two decisions was made where the other was known."""
    return one.by is None or other.by is None or knew(one.by, other.by) or knew(other.by, one.by)


def _sides(standing: Standing) -> tuple[Said, ...]:
    return standing.sides or (() if standing.by is None else (standing.by,))


def _at_one_place(wanted: Mapping[Target, Standing], carry: Carry) -> Iterator[tuple[Target, Target]]:
    """Yield the figures that overlap, two by two."""
    placed = []
    for target, now in wanted.items():
        if target[0] == "figure" and now.value is not None and now.value["state"] in STANDING:
            here = carry(now.value, now.text_sha256)
            if here is not None:
                placed.append((here["start"], here["end"], target))
    placed.sort()
    for at, (start, end, target) in enumerate(placed):
        for other_start, other_end, other in placed[at + 1 :]:
            if other_start >= end:
                break
            if overlap((start, end), (other_start, other_end)):
                yield target, other


def _not_reported(wanted: Mapping[Target, Standing]) -> Iterator[tuple[Target, Target]]:
    """Yield the cells of which somebody says that they are not reported, each with a verified figure of the same."""
    return ((cell, figure) for cell, figure in _of_cells(wanted) if "not_reported" in (wanted[cell].value or {}))


def _entered(wanted: Mapping[Target, Standing]) -> Iterator[tuple[Target, Target]]:
    """Yield the cells whose number or figures somebody gave, each with a verified figure of the same that says another.

    Beside the figures that were named, that is any other.
    """
    for cell, figure in _of_cells(wanted):
        entered, verified = wanted[cell].value or {}, wanted[figure].value or {}
        other = "value" in entered and not _is_stated(entered["value"], cell[1], verified)
        if other or ("figures" in entered and figure[1] not in entered["figures"]):
            yield cell, figure


def _is_stated(value: float, indicator: str, figure: Value) -> bool:
    """Return whether a number entered for a cell is a figure's: as that is printed, or in the indicator's unit."""
    if value == figure["value"]:
        return True
    known = indicators.load().get(indicator) if figure["kind"] == "duration" else None
    stated = canonical(figure["value"], figure["unit"])
    return known is not None and canonical(value, known.unit) == stated


def _of_cells(wanted: Mapping[Target, Standing]) -> Iterator[tuple[Target, Target]]:
    """Yield the cells on which somebody decided, each with each verified figure of the same."""
    cells = {target[1]: target for target, now in wanted.items() if target[0] == "cell" and now.value is not None}
    if cells:
        for target, now in wanted.items():
            verified = target[0] == "figure" and now.value is not None and now.value["state"] == "verified"
            if verified and now.value is not None and now.value["indicator"] in cells:
                yield cells[now.value["indicator"]], target


def _in_dispute(target: Target, now: Standing, own: Sequence[Said], others: Sequence[Said]) -> Standing:
    """Return what stands on a target with the decisions on another among its sides."""
    sides = tuple(sorted({*now.sides, *own, *others}, key=lambda change: change.order))
    more: Value = {"state": "queried"} if target[0] == "figure" else {"disputed": True}
    return replace(now, value={**(now.value or {}), **more}, sides=sides, disputed=True)
