"""The verbs that the window and the command line share."""

from __future__ import annotations

from pathlib import Path

from db.store import Store
from desktop import __version__, paths, settings, text
from desktop.workflow.cataloguing import (
    add_indicator,
    catalogue,
    change_indicator,
    cleaned,
    define,
    indicator_names,
    proposed_id,
    remember_version,
    remove_indicator,
    unit_kinds,
)
from desktop.workflow.checking import check_report, check_reports, finding_sentence, findings
from desktop.workflow.importing import (
    Failed,
    Imported,
    Reading,
    find_sources,
    import_paths,
    keep,
    known_sources,
    read_source,
    read_sources,
)
from desktop.workflow.publishing import chart, district_named, export, indicator_named, series
from desktop.workflow.rereading import ReadAgain, Taken, Tried, extract_again, keep_again, outdated, try_indicator
from desktop.workflow.reviewing import (
    accept,
    assert_not_reported,
    bring_back,
    choose,
    comment,
    correct_fact,
    correct_indicator,
    correct_unit,
    correct_value,
    create_figure,
    parse_typed_value,
    query,
    redo,
    reject,
    reopen,
    sign_off,
    undo,
    withdraw,
)
from desktop.workflow.telling import extract_file, file_catalogue, status

__all__ = [
    "Failed", "Imported", "ReadAgain", "Reading", "Taken", "Tried", "accept", "add_indicator", "assert_not_reported",
    "bring_back", "catalogue", "change_indicator", "chart", "check_report", "check_reports", "choose", "cleaned",
    "comment", "correct_fact", "correct_indicator", "correct_unit", "correct_value", "create_figure", "define",
    "district_named", "export", "extract_again", "extract_file", "file_catalogue", "find_sources", "finding_sentence",
    "findings", "import_paths", "indicator_named", "indicator_names", "keep", "keep_again", "known_sources",
    "open_store", "outdated", "parse_typed_value", "proposed_id", "query", "read_source", "read_sources", "redo",
    "reject", "remove_indicator", "reopen", "series", "sign_off", "status", "store_path", "try_indicator", "undo",
    "unit_kinds", "withdraw",
]  # fmt: skip


def store_path(path: Path | None) -> Path:
    """Return the store meant: the one named, else the last one opened, else the one in the user's documents."""
    if path is not None:
        return path
    last = settings.get("last_store")
    return Path(last) if last and Path(last).exists() else paths.default_store(text.language())


def open_store(path: Path | None, *, create: bool = True, read_only: bool = False) -> Store:
    """Open a store (store_path says which) and remember it when it is opened for writing; UserError says why not."""
    store = Store.open(store_path(path), create=create, read_only=read_only)
    store.program = __version__
    remember_version(store)
    if not read_only:
        settings.remember("last_store", str(store.path.resolve()))
    return store
