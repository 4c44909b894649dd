"""The command line: every verb of the window that needs no window; no Qt."""

from __future__ import annotations

import argparse
import contextlib
import gettext
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from desktop import __version__, text
from desktop.errors import UserError
from desktop.paths import resources
from desktop.progress import Progress
from desktop.text import say, say_error

Command = Callable[[argparse.Namespace], int]


def run(words: Sequence[str]) -> int:
    """Run one command and return its exit status: 0 done, 1 something in the input failed, 2 wrong usage."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by the caller
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    _speak()
    try:
        status = _obey(words)
        sys.stdout.flush()
        return status
    except BrokenPipeError:  # whoever read, such as `head`, has what it wanted
        _drop_output()
        return 0
    except OSError as error:
        _drop_output()
        _tell(say("output_not_written", why=text.reason(error)))
        return 1


def _obey(words: Sequence[str]) -> int:
    try:
        arguments = _parser().parse_args(words)
        command: Command = arguments.command
        return command(arguments)
    except SystemExit as stop:  # after help, or wrong usage
        return int(stop.code or 0)
    except UserError as error:
        _tell(say_error(error))
        return 1
    except KeyboardInterrupt:
        _tell(say("stopped"))
        return 130


def _drop_output() -> None:
    """Let what is still to be printed go nowhere, so that the end of the program does not stumble over it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak() -> None:
    """Let argparse speak the same language, out of the same catalogue."""
    os.environ["LANGUAGE"] = text.LANGUAGES[text.language()]
    gettext.bindtextdomain("hebao", resources() / "translations")
    gettext.textdomain("hebao")


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def _print_json(data: object) -> None:
    document = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    sys.stdout.buffer.write(document.encode("utf-8", "surrogatepass"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hebao", description=say("cli_about"), epilog=say("cli_window"))
    parser.add_argument("--version", action="version", version=f"hebao {__version__}", help=say("cli_version"))
    commands = parser.add_subparsers(title=say("cli_commands"), metavar=say("cli_command"), required=True)

    def add(name: str, command: Command, *, store: bool = True, as_json: bool = False) -> argparse.ArgumentParser:
        about = say(f"cli_{name}")
        added = commands.add_parser(name, help=about, description=about)
        added.set_defaults(command=command)
        if store:
            added.add_argument("--store", type=Path, metavar="FILE", help=say("cli_store"))
        if as_json:
            added.add_argument("--json", action="store_true", help=say("cli_json"))
        return added

    add("import", _import).add_argument("paths", nargs="+", type=Path, metavar="PATH", help=say("cli_paths"))
    extract = add("extract", _extract, store=False, as_json=True)
    extract.add_argument("file", type=Path, metavar="FILE", help=say("cli_file"))
    extract.add_argument("--indicators", type=Path, metavar="FILE", help=say("cli_indicators"))
    add("status", _status, as_json=True)
    add("check", _check, as_json=True)
    export = add("export", _export)
    export.add_argument("--to", type=Path, required=True, metavar="PATH", help=say("cli_to"))
    export.add_argument("--format", choices=("csv", "xlsx"), help=say("cli_format"))
    export.add_argument("--shape", choices=("wide", "long"), default="long", help=say("cli_shape"))
    export.add_argument("--state", choices=("verified", "decided", "all"), default="verified", help=say("cli_state"))
    chart = add("chart", _chart)
    chart.add_argument("--district", required=True, metavar="D", help=say("cli_district"))
    chart.add_argument("--indicator", required=True, action="append", metavar="I", help=say("cli_indicator"))
    chart.add_argument("--to", type=Path, required=True, metavar="FILE", help=say("cli_chart_to"))
    return parser


@contextlib.contextmanager
def _progress() -> Iterator[Progress]:
    """Yield a Progress that draws a bar on a terminal and is silent elsewhere."""
    if not sys.stderr.isatty():
        yield Progress()
        return
    import click

    with click.progressbar(length=1, file=sys.stderr, show_pos=True, item_show_func=lambda what: what or "") as bar:

        def show(done: int, total: int, what: str) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos, what)

        yield Progress(report=show)


def _import(arguments: argparse.Namespace) -> int:
    from desktop import workflow

    with workflow.open_store(arguments.store) as store, _progress() as progress:
        imported = workflow.import_paths(store, arguments.paths, progress)
    for outcome in (*imported.skipped, *imported.failed, *imported.passed_over):
        _tell(say_error(outcome.error))
    _tell(say("imported_reports", n=len(imported.added), skipped=len(imported.skipped), failed=len(imported.failed)))
    return 1 if imported.failed else 0


def _extract(arguments: argparse.Namespace) -> int:
    from desktop import workflow

    told = workflow.extract_file(arguments.file, arguments.indicators)
    if arguments.json:
        _print_json(told)
        return 0
    names = workflow.indicator_names(workflow.file_catalogue(arguments.indicators))
    for fact in ("district", "city", "province", "adcode", "year", "title", "doc_number", "issuer"):
        print(f"{say(f'fact_{fact}')}: {'—' if told[fact] is None else told[fact]}")
    for figure in told["figures"]:
        printed = told["text"][figure["start"] : figure["end"]].replace("\n", "")
        print(f"{printed}\t{figure['value']:.10g} {figure['unit']}\t{names.get(figure['indicator'], '—')}")
    return 0


def _status(arguments: argparse.Namespace) -> int:
    from desktop import workflow

    with workflow.open_store(arguments.store, create=False, read_only=True) as store:
        told = workflow.status(store)
    if arguments.json:
        _print_json(told)
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


def _check(arguments: argparse.Namespace) -> int:
    from desktop import workflow

    with workflow.open_store(arguments.store, create=False, read_only=True) as store:
        told: list[dict[str, Any]] = workflow.findings(store)
    if arguments.json:
        _print_json(told)
        return 0
    for finding in told:
        where = f"{finding['district'] or say('unknown_district')} {finding['year'] or say('unknown_year')}"
        print(where, say(f"severity_{finding['severity']}"), finding["message"][text.language()], sep="\t")
    _tell(say("n_findings", n=len(told)))
    return 0


def _export(arguments: argparse.Namespace) -> int:
    from desktop import workflow

    with workflow.open_store(arguments.store, create=False, read_only=True) as store, _progress() as progress:
        written = workflow.export(
            store,
            arguments.to,
            format=arguments.format,
            shape=arguments.shape,
            state=arguments.state,
            progress=progress,
        )
    if not progress.done:
        _tell(say("export_without_cells"))
    for path in written:
        print(path)
    return 0


def _chart(arguments: argparse.Namespace) -> int:
    from desktop import workflow

    with workflow.open_store(arguments.store, create=False, read_only=True) as store:
        for path in workflow.chart(store, arguments.district, arguments.indicator, arguments.to):
            print(path)
    return 0
