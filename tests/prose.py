"""Report prose with labels, written from tests/data/templates.txt: invented districts, ten house styles, any amount.

`python -m tests.prose FOLDER COUNT [SEED]` writes reports and gold labels of the form that tests/markup.py makes; each
figure's `role` says what it is besides (level, last year, change, part, target, one department, look-alike ...).
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop import indicators
from tests.writing.clauses import Clause
from tests.writing.drafts import Draft
from tests.writing.heads import above, below, invent, opening
from tests.writing.houses import HOUSES, NAMES, mark
from tests.writing.numbers import chinese
from tests.writing.pages import lay_out
from tests.writing.templates import Group, choose, groups, named, rules, speaks_of_city, split_up
from tests.writing.values import World

SPECIAL = ("-", "beside", "others", "neighbour")
DONE = ("主要举措和成效", "年度工作推进情况", "主要工作情况", "工作开展情况及成效")
LACKING = ("存在的主要问题", "存在的不足", "存在的问题和原因")
AHEAD = ("下一步工作打算", "{}年工作安排", "下一步工作思路", "{}年重点工作")


def report(seed: int) -> tuple[str, dict[str, Any]]:
    """Return (text, gold labels) of the report that `seed` gives."""
    rng = random.Random(f"hebao {seed}")
    place, house = invent(rng), HOUSES[seed % len(HOUSES)]
    draft = Draft(house, place, World(rules(), rng), indicators.load(), rng)
    draft.text = above(house.head, place, rng)
    draft.say(opening(house.head, place, rng))
    if house.parts:
        draft.say(f"{mark(house.parts, 0)}{rng.choice(DONE)}\n")
    themes = [theme for theme in house.themes if rng.random() < 0.92]
    for number, theme in enumerate(themes):
        _theme(draft, theme, number)
    after = 1 if house.parts else len(themes)
    _look_back(draft)
    _problems(draft, after)
    _plans(draft, after + 1)
    draft.text += below(house.head, place, rng)
    draft.settle_narrow()
    text = lay_out(draft.text, draft.figures, house.width, house.footer)
    return text, {"file": "", **place.facts, "house": house.name, "figures": draft.figures}


def _theme(draft: Draft, theme: str, number: int) -> None:
    """Write one theme: its heading, then its groups as items or sentences."""
    rng, house = draft.rng, draft.house
    own = {group.name: group for group in groups() if group.theme == theme}
    if house.heads:
        own_line = house.lines or (not house.width and rng.random() < 0.7)
        draft.say(f"{mark(house.heads, number)}{rng.choice(own['-'].leads)}" + ("\n" if own_line else "。"))
    else:
        draft.say(f"{NAMES[theme]}方面。")
    for _ in range(rng.choice((0, 1, 1, 2)) if not house.points else 0):
        _prose(draft, own["-"])
    chosen = [group for group in own.values() if group.name not in SPECIAL]
    chosen = rng.sample(chosen, max(1, sum(rng.random() < 0.85 for _ in chosen)))
    item = 0
    for group in chosen:
        item += _group(draft, group, own, item)
    for name, role, chance in (("others", "another body", 0.25), ("neighbour", "another district", 0.15)):
        if name in own and rng.random() < chance:
            _sentence(draft, own[name], role)
    if not draft.text.endswith("\n"):
        draft.say("\n")


def _group(draft: Draft, group: Group, own: dict[str, Group], item: int) -> bool:
    """Write one group, if it has anything left to say: a lead or a mark, then some of its lines."""
    rng, house = draft.rng, draft.house
    lines = list(_lines(draft, group))
    if not lines:
        return False
    bare = lines[0].startswith("^")
    draft.say(mark(house.points, item))
    leads = group.topics if bare else group.leads + group.topics
    if bare or (leads and rng.random() < house.lead):
        draft.say(f"{rng.choice(leads)}。")
    for _ in range(rng.choice((0, 0, 1) if bare else (0, 0, 1, 1, 2))):
        _prose(draft, groups_named("neutral")[0] if bare else own["-"])
    for k, line in enumerate(lines):
        if k and draft.text[-1] == "。" and rng.random() < 0.2:
            _prose(draft, own["-"])
        Clause(draft, line.removeprefix("^")).write()
        draft.say(rng.choice(house.joins) if k + 1 < len(lines) else "。")
    if rng.random() < 0.2:
        _sentence(draft, own["beside"], "look-alike")
    if rng.random() < 0.12:
        _prose(draft, groups_named("traps")[0])
    if house.lines:
        draft.say("\n")
    return True


def _lines(draft: Draft, group: Group) -> Iterator[str]:
    """Yield some lines of the group, their choices made, that give no indicator a second figure (but + lines)."""
    rng = draft.rng
    told: set[str] = set()
    closed: set[str] = set()
    wanted = rng.choice((1, 1, 2, 2, 3)) + len(group.lines) // 15
    candidates = rng.sample(group.lines, len(group.lines))
    if group.bare and rng.random() < 0.35:
        candidates.insert(0, "^" + rng.choice(group.bare))
    for template in candidates:
        line = choose(template, rng)
        fresh = named(line)
        if fresh & (told | draft.used) or not _sayable(draft, line):
            continue
        told |= fresh
        closed |= split_up(line)
        yield line
        wanted -= 1
        if not wanted:
            break
    for template in group.more:
        line = choose(template, rng)
        if named(line) & told and not named(line) & closed and rng.random() < 0.4:
            yield line


def _sayable(draft: Draft, line: str) -> bool:
    """Return whether a line names no city, or the city that the report has named as its own."""
    return draft.place.facts["city"] is not None or not speaks_of_city(line)


def groups_named(theme: str) -> list[Group]:
    """Return the groups of one theme."""
    return [group for group in groups() if group.theme == theme]


def _prose(draft: Draft, group: Group) -> None:
    """Write a sentence that has no figures."""
    fresh = [line for line in group.fillers if line not in draft.told]
    if fresh:
        template = draft.rng.choice(fresh)
        draft.told.add(template)
        Clause(draft, choose(template, draft.rng)).write()
        draft.say("。")


def _sentence(draft: Draft, group: Group, role: str) -> None:
    """Write a sentence of the group whose figures are what `role` says."""
    fresh = [line for line in group.lines if line not in draft.told]
    if not fresh:
        return
    template = draft.rng.choice(fresh)
    line = choose(template, draft.rng)
    if _sayable(draft, line):
        draft.told.add(template)
        Clause(draft, line, role).write()
        draft.say("。")


def _problems(draft: Draft, number: int) -> None:
    """Write the section of what is lacking."""
    rng, group = draft.rng, groups_named("problems")[0]
    if draft.house.parts or draft.house.heads:
        draft.say(f"{mark(draft.house.parts or draft.house.heads, number)}{rng.choice(LACKING)}\n")
    told = [*rng.sample(group.fillers, 3), *(line for line in group.lines if rng.random() < 0.3)]
    draft.say("在取得成绩的同时，也存在一些问题：")
    for k, line in enumerate(told):
        line = choose(line, rng)
        if not _sayable(draft, line):
            line = rng.choice(group.fillers)
        draft.say(f"{chinese(k + 1)}是")
        Clause(draft, line, "another body").write()
        draft.say("；" if k + 1 < len(told) else "。\n")


def _plans(draft: Draft, number: int) -> None:
    """Write the section of next year's plans, whose figures are targets."""
    rng, group, year = draft.rng, groups_named("next")[0], draft.place.year + 1
    heading = rng.choice(AHEAD).format(year)
    if draft.house.parts or draft.house.heads:
        draft.say(f"{mark(draft.house.parts or draft.house.heads, number)}{heading}\n")
    draft.say(rng.choice((f"{year}年，", "下一步，")))
    told = [*rng.sample(group.fillers, 2), *rng.sample(group.lines, rng.choice((0, 1, 2, 3)))]
    for k, line in enumerate(told):
        Clause(draft, choose(line, rng), "target").write()
        draft.say("，" if k == 0 else "。" if k + 1 == len(told) else "；")
    draft.say("\n")


def _look_back(draft: Draft) -> None:
    """Say once more what the report has said, as many do at the end; the same figure is the same indicator's."""
    rng = draft.rng
    told = [choose(line, rng) for group in groups() for line in group.recaps]
    told = [line for line in told if named(line) <= draft.said_once()]
    if told and rng.random() < 0.25:
        draft.say(rng.choice(("总的看，这一年", "一年来，", "回顾全年，")))
        Clause(draft, rng.choice(told), "again").write()
        draft.say("，成绩来之不易。\n")


def main(folder: Path, count: int, seed: int) -> None:
    """Write `count` reports and their gold labels."""
    (folder / "gold").mkdir(parents=True, exist_ok=True)
    for k in range(seed, seed + count):
        text, gold = report(k)
        gold["file"] = f"prose-{k}.txt"
        (folder / gold["file"]).write_text(text, encoding="utf-8", newline="\n")
        labels = json.dumps(gold, ensure_ascii=False, indent=1)
        (folder / "gold" / f"prose-{k}.json").write_text(labels, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0)
