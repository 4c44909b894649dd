"""The commands of the command line and the arguments of each."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Callable
from pathlib import Path

from desktop import __version__
from desktop.cli import colleagues, keeping, reports, tables
from desktop.model import REPORT_STATES
from desktop.text import say

Command = Callable[[argparse.Namespace], int]


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; what it returns has the command's function in `command`."""
    from desktop import exporting

    made = argparse.ArgumentParser(prog="hebao", description=say("cli_about"), epilog=say("cli_window"))
    made.add_argument("--version", action="version", version=f"hebao {__version__}", help=say("cli_version"))
    commands = made.add_subparsers(title=say("cli_commands"), metavar=say("cli_command"), required=True)

    def add(name: str, command: Command, *, store: bool = True, as_json: bool = False) -> argparse.ArgumentParser:
        about = say(f"cli_{name.replace('-', '_')}")
        added = commands.add_parser(name, help=about, description=about)
        added.set_defaults(command=command)
        if store:
            added.add_argument("--store", type=Path, metavar="FILE", help=say("cli_store"))
        if as_json:
            added.add_argument("--json", action="store_true", help=say("cli_json"))
        return added

    import_ = add("import", reports.import_)
    import_.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=say("cli_paths"))
    import_.add_argument("--cluster", metavar="ADDRESS", help=say("cli_cluster"))
    extract = add("extract", reports.extract, store=False, as_json=True)
    extract.add_argument("file", type=Path, metavar="FILE", help=say("cli_file"))
    extract.add_argument("--indicators", type=Path, metavar="FILE", help=say("cli_indicators"))
    add("status", reports.status, as_json=True)
    add("check", reports.check, as_json=True)
    search = add("search", reports.search, as_json=True)
    search.add_argument("phrase", metavar="PHRASE", help=say("cli_phrase"))
    search.add_argument("--district", metavar="D", help=say("cli_district"))
    search.add_argument("--year", type=_year, metavar="YEAR", help=say("cli_year"))
    search.add_argument("--state", choices=REPORT_STATES, help=say("cli_report_state"))
    export = add("export", tables.export)
    export.add_argument("--to", type=Path, required=True, metavar="PATH", help=say("cli_to"))
    export.add_argument("--format", choices=exporting.endings(), help=say("cli_format"))
    export.add_argument("--shape", choices=("wide", "long"), default="long", help=say("cli_shape"))
    export.add_argument("--state", choices=("verified", "decided", "all"), default="verified", help=say("cli_state"))
    apply = add("apply", tables.apply)
    apply.add_argument("file", type=Path, metavar="FILE.xlsx", help=say("cli_apply_file"))
    apply.add_argument("--yes", action="store_true", help=say("cli_yes"))
    apply.add_argument("--reviewer", metavar="NAME", help=say("cli_reviewer"))
    chart = add("chart", tables.chart)
    chart.add_argument("--district", required=True, action="append", metavar="D", help=say("cli_districts"))
    chart.add_argument("--indicator", required=True, action="append", metavar="I", help=say("cli_indicator"))
    chart.add_argument("--against", choices=("city", "province", "all"), default="", help=say("cli_against"))
    chart.add_argument("--years", type=_years, default=(None, None), metavar="FIRST-LAST", help=say("cli_years"))
    chart.add_argument("--to", type=Path, required=True, metavar="FILE", help=say("cli_chart_to"))
    _add_colleagues(add)
    add("backup", keeping.backup).add_argument("file", type=Path, metavar="FILE", help=say("cli_backup_to"))
    restore = add("restore", keeping.restore)
    restore.add_argument("file", type=Path, nargs="?", metavar="FILE", help=say("cli_restore_from"))
    restore.add_argument("--other-study", action="store_true", help=say("cli_other_study"))
    test = add("self-test", keeping.self_test, store=False)
    test.add_argument("store", type=Path, nargs="?", metavar="STORE", help=say("cli_self_test_store"))
    test.add_argument("--rescue", type=Path, metavar="FILE", help=say("cli_rescue"))
    return made


def _add_colleagues(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the commands on work with others."""
    out = add("hand-out", colleagues.hand_out)
    out.add_argument("--to", type=Path, action="append", required=True, metavar="FILE", help=say("cli_hand_out_to"))
    out.add_argument("--name", action="append", default=[], metavar="NAME", help=say("cli_hand_out_name"))
    out.add_argument("--district", action="append", default=[], metavar="D", help=say("cli_hand_out_district"))
    years = say("cli_hand_out_years")
    out.add_argument("--years", type=_years, default=(None, None), metavar="FIRST-LAST", help=years)
    out.add_argument("--share", type=_percent, default=100.0, metavar="PERCENT", help=say("cli_share"))
    out.add_argument("--overlap", type=_percent, default=0.0, metavar="PERCENT", help=say("cli_overlap"))
    out.add_argument("--seed", type=int, default=1, metavar="NUMBER", help=say("cli_seed"))
    out.add_argument("--blind", action="store_true", help=say("cli_blind"))
    out.add_argument("--without-sources", action="store_true", help=say("cli_without_sources"))
    out.add_argument("--reviewer", metavar="NAME", help=say("cli_reviewer"))
    add("merge", colleagues.merge, as_json=True).add_argument(
        "other", type=Path, metavar="OTHER", help=say("cli_other")
    )
    agreement = add("agreement", colleagues.agreement, as_json=True)
    agreement.add_argument("--to", type=Path, metavar="FILE", help=say("cli_agreement_to"))


def _year(words: str) -> int:
    if not words.isdecimal():
        raise argparse.ArgumentTypeError(say("year_not_a_year", typed=words))
    return int(words)


def _percent(words: str) -> float:
    """Return a percentage from 0 to 100, with or without its sign."""
    with contextlib.suppress(ValueError):
        percent = float(words.removesuffix("%"))
        if 0 <= percent <= 100:
            return percent
    raise argparse.ArgumentTypeError(say("percent_unreadable", words=words))


def _years(words: str) -> tuple[int | None, int | None]:
    """Return the first and the last year of "2018-2024", "2018-", "-2024" or "2021"."""
    first, dash, last = words.partition("-")
    with contextlib.suppress(ValueError):
        years = (int(first) if first else None, int(last) if last else None)
        if not dash and first:
            return years[0], years[0]
        if years != (None, None) and (years[0] or 0) <= (years[1] or 9999):
            return years
    raise argparse.ArgumentTypeError(say("years_unreadable", words=words))
