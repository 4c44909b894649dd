"""The commands on what leaves a store as tables and charts, and comes back: export, apply, chart."""

from __future__ import annotations

import argparse
import sys

from desktop.cli.output import progressing, tell
from desktop.text import say, say_error


def export(arguments: argparse.Namespace) -> int:
    """Write the table of cells and print the files written."""
    from desktop import workflow

    with workflow.open_store(arguments.store, create=False, read_only=True) as store, progressing() as progress:
        written = workflow.export(
            store,
            arguments.to,
            format=arguments.format,
            shape=arguments.shape,
            state=arguments.state,
            progress=progress,
        )
    if not progress.done:
        tell(say("export_without_cells"))
    for path in written:
        print(path)
    return 0


def apply(arguments: argparse.Namespace) -> int:
    """Show the corrections of a workbook and take them where that is agreed; 1 where some cannot be taken."""
    from desktop import settings, workflow

    with workflow.open_store(arguments.store, create=False) as store:
        corrections = workflow.read_corrections(store, arguments.file)
        for line in workflow.correction_sentences(store, corrections):
            print(line)
        for misfit in corrections.misfits:
            tell(say_error(misfit))
        tell(say("apply_n_changes", n=len(corrections.changes), misfits=len(corrections.misfits)))
        if corrections.changes and _agreed(arguments.yes):
            reviewer = arguments.reviewer or settings.get("reviewer") or ""
            touched = workflow.apply_corrections(store, corrections, reviewer=reviewer)
            workflow.check_reports(store, touched.reports)
            tell(say("apply_taken", n=len(corrections.changes)))
    return 1 if corrections.misfits else 0


def _agreed(already: bool) -> bool:
    """Return whether what was shown is to be done; where nobody can be asked, it is not, and that is said."""
    if already:
        return True
    if not sys.stdin.isatty():
        tell(say("apply_not_taken"))
        return False
    import click

    return click.confirm(say("apply_ask"), err=True)


def chart(arguments: argparse.Namespace) -> int:
    """Draw a chart and print the files written."""
    from desktop import workflow

    wanted = workflow.Wanted(tuple(arguments.district), tuple(arguments.indicator), arguments.against, *arguments.years)
    with workflow.open_store(arguments.store, create=False, read_only=True) as store:
        for path in workflow.chart(store, wanted, arguments.to):
            print(path)
    return 0
