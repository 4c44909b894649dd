"""The verbs that the window and the command line share."""

from __future__ import annotations

from pathlib import Path

from db.store import Store
from desktop import __version__, paths, settings, text
from desktop.workflow.applying import Corrections, apply_corrections, correction_sentences, read_corrections
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
from desktop.workflow.charting import (
    AGAINST,
    Against,
    Behind,
    Wanted,
    behind,
    chart,
    district_named,
    forget_chart,
    indicator_named,
    keep_chart,
    kept_charts,
    rename_chart,
    series,
)
from desktop.workflow.checking import check_all, check_reports, judge_reports, keep_findings
from desktop.workflow.corrections import Correction
from desktop.workflow.doubts import (
    accept_figures,
    dismiss,
    keep_reading,
    numeral_mark,
    numeral_place,
    pass_over,
    read_alike,
    reading_decided_on,
    reading_mark,
    restore_finding,
    take_reading,
)
from desktop.workflow.findings import finding_sentence, findings
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
from desktop.workflow.keeping import (
    Backup,
    Rescued,
    back_up,
    backup_before_merge,
    backup_contents,
    backups,
    keep_backup,
    rescue,
    rescued_sentences,
    restore,
    self_test,
)
from desktop.workflow.overseeing import Pace, pace
from desktop.workflow.publishing import export
from desktop.workflow.rereading import (
    ReadAgain,
    Taken,
    Tried,
    extract_again,
    keep_again,
    outdated,
    read_sources_again,
    try_indicator,
)
from desktop.workflow.reshaping import correct_span, enter_cell, split_figure
from desktop.workflow.reviewing import (
    accept,
    around,
    assert_not_reported,
    bring_back,
    choose,
    comment,
    correct_fact,
    correct_indicator,
    correct_unit,
    correct_value,
    create_figure,
    drop_lost,
    parse_typed_value,
    place_again,
    query,
    read_selection,
    redo,
    reject,
    reopen,
    sign_off,
    undo,
    undo_change,
    withdraw,
)
from desktop.workflow.searching import Hit, search, search_result
from desktop.workflow.sheaves import Sheaf, figures_waiting, sheaves_of
from desktop.workflow.spot_checking import Agreement, agreement, draw, interval, spot_check
from desktop.workflow.telling import extract_file, file_catalogue, status

__all__ = [
    "AGAINST",
    "Against",
    "Agreement",
    "Backup",
    "Behind",
    "Correction",
    "Corrections",
    "Failed",
    "Hit",
    "Imported",
    "Pace",
    "ReadAgain",
    "Reading",
    "Rescued",
    "Sheaf",
    "Taken",
    "Tried",
    "Wanted",
    "accept",
    "accept_figures",
    "add_indicator",
    "agreement",
    "apply_corrections",
    "around",
    "assert_not_reported",
    "back_up",
    "backup_before_merge",
    "backup_contents",
    "backups",
    "behind",
    "bring_back",
    "catalogue",
    "change_indicator",
    "chart",
    "check_all",
    "check_reports",
    "choose",
    "cleaned",
    "comment",
    "correct_fact",
    "correct_indicator",
    "correct_span",
    "correct_unit",
    "correct_value",
    "correction_sentences",
    "create_figure",
    "define",
    "dismiss",
    "district_named",
    "draw",
    "drop_lost",
    "enter_cell",
    "export",
    "extract_again",
    "extract_file",
    "figures_waiting",
    "file_catalogue",
    "find_sources",
    "finding_sentence",
    "findings",
    "forget_chart",
    "import_paths",
    "indicator_named",
    "indicator_names",
    "interval",
    "judge_reports",
    "keep",
    "keep_again",
    "keep_backup",
    "keep_chart",
    "keep_findings",
    "keep_reading",
    "kept_charts",
    "known_sources",
    "numeral_mark",
    "numeral_place",
    "open_store",
    "outdated",
    "pace",
    "parse_typed_value",
    "pass_over",
    "place_again",
    "proposed_id",
    "query",
    "read_alike",
    "read_corrections",
    "read_selection",
    "read_source",
    "read_sources",
    "read_sources_again",
    "reading_decided_on",
    "reading_mark",
    "redo",
    "reject",
    "remove_indicator",
    "rename_chart",
    "reopen",
    "rescue",
    "rescued_sentences",
    "restore",
    "restore_finding",
    "search",
    "search_result",
    "self_test",
    "series",
    "sheaves_of",
    "sign_off",
    "split_figure",
    "spot_check",
    "status",
    "store_path",
    "take_reading",
    "try_indicator",
    "undo",
    "undo_change",
    "unit_kinds",
    "withdraw",
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
