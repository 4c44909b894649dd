"""What a store should show after any history, kept in plain dictionaries: no log, no anchors, no tables.

The text is a row of zones, some of them missing, in any order; in each at most one figure stands: the machine's
reading, a person's decision over it, or a figure that only a person has. Beside the zones there are things said of
cells, facts, findings and the report.
"""

from dataclasses import dataclass, field

WORDS = ("行政复议收案", "行政诉讼应诉", "规范文件备案", "普法宣传活动", "执法人员培训")
ZONES = len(WORDS)
WIDTH = len(WORDS[0]) + 7
AT = len(WORDS[0]) + 3  # of the number in its zone
REVIEWERS = ("王敏", "李静")


def text_of(order, filler=""):
    return filler.join(f"{WORDS[zone]}共办理9件。。" for zone in order)


def place_of(order, filler, zone):
    """Return where the number of a zone begins."""
    return order.index(zone) * (WIDTH + len(filler)) + AT


@dataclass(frozen=True)
class Decision:
    """What a person said of a zone; `state` None: only a comment, over what the machine reads (or else `shown`)."""

    state: str | None
    shown: tuple
    comment: str = ""
    reason: str = ""
    origin: str = "machine"

    @property
    def stands(self):
        return self.state is not None or bool(self.comment)


@dataclass
class Said:
    """The decision on a target, by whom, and a stamp that tells one decision from every other."""

    decision: object = None
    by: str | None = None
    stamp: int = 0


@dataclass
class Step:
    """One edit: its verb, and for each target in order what was said before and after."""

    verb: str
    changes: list = field(default_factory=list)


class Model:
    def __init__(self, machine):
        self.machine = dict(machine)
        self.order, self.filler = list(range(ZONES)), ""
        self.said = {}
        self.undone = {name: [] for name in REVIEWERS}
        self.done = {name: [] for name in REVIEWERS}
        self.log = []
        self.stamps = 0

    def of(self, target):
        return self.said.get(target, Said())

    def shown(self, zone):
        """Return (state, reading, comment, reason, origin, by) of a zone, None where nobody has a figure."""
        if zone not in self.order:
            return None
        said, read = self.of(zone), self.machine.get(zone)
        decision = said.decision
        if decision is None:
            return None if read is None else ("extracted", read, "", "", "machine", None)
        if decision.state is None:
            return ("extracted", read or decision.shown, decision.comment, "", "machine", said.by)
        return (decision.state, decision.shown, decision.comment, decision.reason, decision.origin, said.by)

    def lost(self):
        """Return the zones that were decided on and are not in the text."""
        return {z for z in range(ZONES) if z not in self.order and self.of(z).decision is not None}

    def decide(self, step, zone, by, **what):
        """Let a decision stand, unless the same one of the same reviewer does; a figure made has nothing before it."""
        before = self.of(zone)
        now = self.shown(zone)
        if now is None:
            decision = Decision(**what)
        else:
            state, shown, comment, reason, origin, _ = now
            old = Decision(None if state == "extracted" else state, shown, comment, reason, origin)
            decision = Decision(**{**old.__dict__, **what})
            if decision == old and (before.decision is None or before.by == by):
                return
            if before.decision is not None:  # a comment stays over what is read now, not over what was read then
                before = Said(old, before.by, before.stamp)
        self.change(step, zone, before, decision if decision.stands else None, by)
        asserted = ("cell", decision.shown[2])
        if decision.state == "verified" and self.of(asserted).decision == "not reported":
            self.change(step, asserted, self.of(asserted), None, by)

    def set(self, step, target, value, by):
        """Let something be said of anything but a zone, unless it is said already."""
        if self.of(target).decision != value:
            self.change(step, target, self.of(target), value, by)

    def drop(self, zone, by):
        step = Step("drop")
        self.change(step, zone, self.of(zone), None, by)
        self.finish(step, by)

    def change(self, step, target, before, decision, by):
        self.stamps += 1
        after = Said(decision, None if decision is None else by, self.stamps)
        self.said[target] = after
        step.changes.append((target, before, after))
        self.log.append((target, before, after))

    def finish(self, step, by):
        if step.changes:
            self.done[by].append(step)
            self.undone[by] = []

    def reverse(self, by, source, target, *, back):
        """Take the last step of `source` over to `target`; "superseded" where nobody's own target is left of it."""
        if not source[by]:
            return None
        step = source[by][-1]
        before, after = (1, 2) if back else (2, 1)
        last = {}
        for change in step.changes if back else reversed(step.changes):
            last[change[0]] = change
        free = {what for what, change in last.items() if self.of(what).stamp == change[after].stamp}
        if not free:
            return "superseded"
        source[by].pop()
        kept = [change for change in step.changes if change[0] in free]
        for change in reversed(kept) if back else kept:
            self.said[change[0]] = change[before]
            self.log.append((change[0], change[after], change[before]))
        target[by].append(Step(step.verb, kept))
        return step.verb

    def undo_change(self, number, by):
        """Take one change of the log back; "superseded" where something else stands on its target."""
        target, before, after = self.log[number]
        if self.of(target).stamp != after.stamp:
            return "superseded"
        self.said[target] = before
        self.log.append((target, after, before))
        self.finish(Step("undo_change", [(target, after, before)]), by)
        return "undo_change"
