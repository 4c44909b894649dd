"""The commands on work with others: hand-out, merge, agreement."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop.agreement import Degree, estimate_words
from desktop.cli.output import print_json, progressing, tell
from desktop.errors import UserError
from desktop.text import say

if TYPE_CHECKING:
    from desktop.workflow import Agreements


def hand_out(arguments: argparse.Namespace) -> int:
    """Write parts of the store into new stores and print their files."""
    from desktop import settings, workflow

    if len(arguments.name) > len(arguments.to):
        raise UserError("hand_out_more_names", names=len(arguments.name), files=len(arguments.to))
    names = [*arguments.name, *[""] * (len(arguments.to) - len(arguments.name))]
    files = dict(zip(arguments.to, names, strict=True))
    if len(files) < len(arguments.to):
        raise UserError("hand_out_same_file", path=str(next(to for to in files if arguments.to.count(to) > 1)))
    first, last = arguments.years
    part = workflow.Part(tuple(arguments.district), first, last, arguments.share, arguments.overlap, arguments.seed)
    with workflow.open_store(arguments.store, create=False) as store, progressing() as progress:
        made = workflow.hand_out(
            store,
            files,
            part,
            progress,
            reviewer=arguments.reviewer or settings.get("reviewer") or "",
            blind=arguments.blind,
            sources=not arguments.without_sources,
        )
    for one in made:
        print(one.path)
        tell(say("hand_out_done", n=len(one.report_ids), to=one.to, path=one.path))
    return 0


def merge(arguments: argparse.Namespace) -> int:
    """Take another store into this one, backed up first, and print what came of it."""
    from desktop import workflow

    try:
        with workflow.open_store(arguments.store, create=False) as store, progressing() as progress:
            merged = workflow.merge(store, arguments.other, progress)
    except KeyboardInterrupt:  # unlike an import, of which what is done stays
        tell(say("merge_stopped"))
        return 130
    if arguments.json:
        print_json(workflow.merged_told(merged))
        return 0
    for sentence in workflow.merged_sentences(merged):
        print(sentence)
    tell(say("merged_backup", path=merged.backup))
    return 0


def agreement(arguments: argparse.Namespace) -> int:
    """Print how far reviewers agree, or write it to files."""
    from desktop import workflow

    with workflow.open_store(arguments.store, create=False, read_only=True) as store, store.at_one_moment():
        with progressing() as progress:
            found = workflow.agreements(store, progress)
        written = [] if arguments.to is None else workflow.export_agreement(store, found, arguments.to)
        if arguments.json:
            print_json(workflow.agreement_told(store, found))
        elif arguments.to is None and found.whole.slots:
            _print(found, workflow.indicator_names(workflow.catalogue(store)))
    for path in written:
        print(path, file=sys.stderr if arguments.json else sys.stdout)
    if not found.whole.slots:
        tell(say("agreement_none"))
    return 0


def _print(found: Agreements, names: Mapping[str, str]) -> None:
    rows: list[tuple[str, Degree]] = [(say("agreement_whole"), found.whole)]
    rows += [(say("list_separator").join(pair), one) for pair, one in found.pairs.items()]
    rows += [(found.names[place] or say("unknown_district"), one) for place, one in found.districts.items()]
    rows += [(names.get(indicator, indicator), one) for indicator, one in found.indicators.items()]
    heads = ("head_slots", "head_share", "head_kappa", "head_alpha")
    print(say("head_of"), *map(say, heads), sep="\t")
    for of, one in rows:
        print(of, one.slots, *map(estimate_words, (one.share, one.kappa, one.alpha)), sep="\t")
    for indicator in found.unclear:
        tell(say("agreement_unclear", name=names.get(indicator, indicator)))
