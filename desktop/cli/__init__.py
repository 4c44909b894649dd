"""The command line: every verb of the window that needs no window; no Qt."""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop import faults, text
from desktop.cli.arguments import Command, parser
from desktop.cli.output import drop_output, tell
from desktop.errors import UserError
from desktop.paths import resources
from desktop.text import say, say_error, say_in

__all__ = ["parser", "run"]


def run(words: Sequence[str]) -> int:
    """Run one command and return its exit status: 0 done, 1 something in the input failed, 2 wrong usage."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by the caller
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=_with_chinese(stream.encoding), errors="replace")
    _speak()
    try:
        status = _obey(words)
        sys.stdout.flush()
        return status
    except BrokenPipeError:  # whoever read, such as `head`, has what it wanted
        drop_output()
        return 0
    except OSError as error:
        drop_output()
        tell(say("output_not_written", why=text.reason(error)))
        return 1
    except Exception as error:  # nobody foresaw it: what is saved stands, and the log tells where it was
        log = faults.note(faults.described(error))
        tell(say("mishap_in_log", path=log) if log else say("mishap"))
        return 1


def _with_chinese(encoding: str) -> str:
    """Return an encoding, UTF-8 in place of one without Chinese: that of an English Windows, into a file or a pipe."""
    try:
        say_in("zh", "app_name").encode(encoding)
    except UnicodeEncodeError:
        return "utf-8"
    return encoding


def _obey(words: Sequence[str]) -> int:
    try:
        arguments = parser().parse_args(words)
        command: Command = arguments.command
        return command(arguments)
    except SystemExit as stop:  # after help, or wrong usage
        return int(stop.code or 0)
    except UserError as error:
        tell(say_error(error))
        return 1
    except KeyboardInterrupt:
        tell(say("stopped"))
        return 130


def _speak() -> None:
    """Let argparse speak the same language, out of the same catalogue."""
    os.environ["LANGUAGE"] = text.LANGUAGES[text.language()]
    gettext.bindtextdomain("hebao", resources() / "translations")
    gettext.textdomain("hebao")
