"""The commands on reports: import, extract, status, check, search."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop import text
from desktop.cli.output import print_json, print_json_list, progressing, tell
from desktop.errors import UserError
from desktop.text import say, say_error

if TYPE_CHECKING:
    from db.store import Store


def import_(arguments: argparse.Namespace) -> int:
    """Read files into the store; 1 where one of them failed."""
    from desktop import workflow

    workers = workflow.Cluster(arguments.cluster) if arguments.cluster else None
    with workflow.open_store(arguments.store) as store, progressing() as progress:
        imported = workflow.import_paths(store, arguments.paths, progress, workers=workers)
    for outcome in (*imported.skipped, *imported.failed, *imported.passed_over):
        tell(say_error(outcome.error))
    tell(say("imported_reports", n=len(imported.added), skipped=len(imported.skipped), failed=len(imported.failed)))
    return 1 if imported.failed else 0


def extract(arguments: argparse.Namespace) -> int:
    """Print what is found in one file; no store is touched."""
    from desktop import workflow

    told = workflow.extract_file(arguments.file, arguments.indicators)
    if arguments.json:
        print_json(told)
        return 0
    names = workflow.indicator_names(workflow.file_catalogue(arguments.indicators))
    for fact in ("district", "city", "province", "adcode", "year", "title", "doc_number", "issuer"):
        print(f"{say(f'fact_{fact}')}: {'—' if told[fact] is None else told[fact]}")
    for figure in told["figures"]:
        printed = told["text"][figure["start"] : figure["end"]].replace("\n", "")
        print(f"{printed}\t{figure['value']:.10g} {figure['unit']}\t{names.get(figure['indicator'], '—')}")
    return 0


def status(arguments: argparse.Namespace) -> int:
    """Print the matrix and the counts by state."""
    from desktop import workflow

    with workflow.open_store(arguments.store, create=False, read_only=True) as store:
        told = workflow.status(store)
    if arguments.json:
        print_json(told)
        return 0
    print(say("status_store", path=told["store"]))
    print(_counts(told["figures"], "status_figures"), _counts(told["cells"], "status_cells"), sep="\n")
    for row in told["matrix"]:
        print(
            row["year"] or say("unknown_year"),
            row["district"] or f"{say('unknown_district')} ({row['source_name']})",
            say(f"report_state_{row['state']}"),
            say("n_figures", n=row["figures"]),
            say("n_findings", n=row["findings"]),
            *(() if row["counts"] else (say("not_counting"),)),
            sep="\t",
        )
    return 0


def _counts(counts: dict[str, int], message: str) -> str:
    listed = say("list_separator").join(f"{say(f'state_{state}')} {count}" for state, count in counts.items())
    return say(message, total=sum(counts.values()), listed=listed)


def check(arguments: argparse.Namespace) -> int:
    """Run the checks and print the findings."""
    from desktop import workflow

    with _checked_store(arguments.store) as store:
        told: Iterator[dict[str, Any]] = workflow.findings(store)
        if arguments.json:
            print_json_list(told)
            return 0
        number = 0
        for number, finding in enumerate(told, 1):  # noqa: B007 - the last one counts them
            where = f"{finding['district'] or say('unknown_district')} {finding['year'] or say('unknown_year')}"
            print(where, say(f"severity_{finding['severity']}"), finding["message"][text.language()], sep="\t")
    tell(say("n_findings", n=number))
    return 0


@contextlib.contextmanager
def _checked_store(path: Path | None) -> Iterator[Store]:
    """Open a store and run the checks over it; one that cannot be written is opened as it was checked last."""
    from desktop import workflow

    try:
        opened = workflow.open_store(path, create=False)
    except UserError as error:
        if error.message_id not in ("store_in_use", "store_unwritable"):
            raise
        tell(say("checked_before"))
        with workflow.open_store(path, create=False, read_only=True) as store:
            yield store
        return
    with opened as store:
        with progressing() as progress:
            workflow.check_all(store, progress)
        yield store


def search(arguments: argparse.Namespace) -> int:
    """Print the sentences that hold a phrase."""
    from desktop import workflow

    with workflow.open_store(arguments.store, create=False, read_only=True) as store:
        told = workflow.search_result(
            store, arguments.phrase, district=arguments.district, year=arguments.year, state=arguments.state
        )
    if arguments.json:
        print_json(told)
        return 0
    for hit in told["hits"]:
        print(hit["year"] or say("unknown_year"), hit["district"] or say("unknown_district"), hit["line"], sep="\t")
    tell(say("search_told", n=told["reports"], shown=len(told["hits"])))
    return 0
