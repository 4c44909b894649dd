"""What stands on a target, against the rule of docs/merging.md said in the plainest way, over random histories."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from db import standing
from db.standing import Said

Log = dict[str, Said]


def past(log: Log, uuid: str) -> Log:
    """Return a change and all that it was made in knowledge of."""
    found: Log = {}
    asked = [uuid]
    while asked:
        one = asked.pop()
        if one not in found:
            found[one] = log[one]
            asked += (log[one].supersedes or "").split()
    return found


def alive(log: Log, uuid: str) -> bool:
    return not any(one.undoes == uuid and alive(log, one.uuid) for one in log.values())


def rule(log: Log) -> set[str]:
    """Return the decisions left that no other of them was made over, knowing of it as one that was not taken back."""
    left = {one.uuid for one in log.values() if one.undoes is None and alive(log, one.uuid)}
    known = {uuid: past(log, uuid) for uuid in left}
    over = {one for uuid in left for one in left & (known[uuid].keys() - {uuid}) if alive(known[uuid], one)}
    return left - over


def append(log: Log, store: int, number: int, undoes: str | None) -> None:
    """Let a store decide, or take back what it knows, in knowledge of all that it holds."""
    seen = {one for change in log.values() for one in (change.supersedes or "").split()}
    clock = 1 + max((change.clock for change in log.values()), default=0)
    over = " ".join(sorted(log.keys() - seen)) or None
    uuid = f"u{number}"
    log[uuid] = Said(number, uuid, f"s{store}", number, clock, over, undoes, f"r{store}", "", "", None)


@pytest.mark.parametrize("stores", [1, 2, 3])
def test_what_stands_is_what_the_rule_says(stores):
    chance = random.Random(stores)
    several = again = 0
    for _ in range(150):
        logs: list[Log] = [{} for _ in range(stores)]
        for number in range(chance.randint(4, 16)):
            at = chance.randrange(stores)
            log, what = logs[at], chance.random()
            if what < 0.3:
                log.update(chance.choice(logs))
                continue
            undone = standing.taken_back(list(log.values()))
            free = [change for change in log.values() if change.uuid not in undone]
            undoes = chance.choice(free) if what < 0.75 and free else None
            again += undoes is not None and undoes.undoes is not None
            append(log, at, number, None if undoes is None else undoes.uuid)
            shuffled = chance.sample(list(log.values()), len(log))
            stand = [change.uuid for change in standing.standing(shuffled)]
            assert set(stand) == rule(log) and stand == sorted(stand, key=lambda uuid: log[uuid].order)
            several += len(stand) > 1
    assert min(again, several) > 20


def test_a_long_history_of_one_store_is_not_gone_through_for_each_change(monkeypatch):
    asked: list[str] = []
    known_to = standing.known_to

    def counted(changes: Sequence[Said], uuid: str) -> list[Said]:
        asked.append(uuid)
        return known_to(changes, uuid)

    monkeypatch.setattr(standing, "known_to", counted)
    log: Log = {}
    for number in range(200):
        append(log, 0, number, f"u{number - 1}" if number % 4 == 3 else None)
    assert [change.uuid for change in standing.standing(list(log.values()))] == ["u197"]
    assert len(asked) == 1
