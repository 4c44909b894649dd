"""The commands that keep a store safe: backup, restore, self-test."""

from __future__ import annotations

import argparse

from desktop.cli.output import progressing, tell
from desktop.text import say, say_error


def backup(arguments: argparse.Namespace) -> int:
    """Copy the store to a file."""
    from desktop import workflow

    with progressing() as progress:
        made = workflow.back_up(workflow.store_path(arguments.store), arguments.file, progress)
    tell(say("backup_made", path=made))
    return 0


def restore(arguments: argparse.Namespace) -> int:
    """Put a backup in the store's place, or list the backups where none is named."""
    from desktop import workflow

    store = workflow.store_path(arguments.store)
    if arguments.file is None:
        kept = workflow.backups(store)
        for backup in kept:
            print(f"{backup.made:%Y-%m-%d %H:%M:%S}", say(f"backup_{backup.occasion}"), backup.path, sep="\t")
        if not kept:
            tell(say("backup_none", path=store))
        return 0
    before = workflow.restore(store, arguments.file, other_study=arguments.other_study)
    tell(say("restored_new", path=store) if before is None else say("restored", path=before))
    return 0


def self_test(arguments: argparse.Namespace) -> int:
    """Test a store, or the program, or rescue what a damaged store still holds; 1 where something is wrong."""
    from desktop import workflow

    if arguments.rescue is not None:
        damaged = workflow.store_path(arguments.store)
        with progressing() as progress:
            rescued = workflow.rescue(damaged, arguments.rescue, progress)
        for sentence in workflow.rescued_sentences(rescued):
            print(sentence)
        return 0
    with progressing() as progress:
        problems = list(workflow.self_test(arguments.store, progress))
    for problem in problems:
        print(say_error(problem))
    for note in workflow.program_notes() if arguments.store is None else ():
        tell(note)
    if problems:
        tell(say("selftest_problems", n=len(problems)))
    elif arguments.store is None:
        tell(say("selftest_program_good"))
    else:
        tell(say("selftest_good", path=arguments.store))
    return 1 if problems else 0
