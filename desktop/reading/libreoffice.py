"""LibreOffice, where it is installed, as the last resort: in a profile of its own, without macros or network."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from desktop.errors import UserError
from desktop.model import Document
from desktop.reading import readers, sha256

SECONDS = 90
NOWHERE = "http://127.0.0.1:9"  # a proxy that nobody is
# Settings as LibreOffice keeps them: macros never, links never followed, what comes from outside blocked.
_ITEM = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def read(name: str, data: bytes, kind: str) -> Document | None:
    """Return what LibreOffice makes of a source of a kind ("doc"), None where it is not installed or cannot read it."""
    converted = docx_of(data, kind)
    if converted is None:
        return None
    try:
        document = readers()[".docx"](name, converted)
    except UserError:
        return None
    return replace(document, reader=f"{kind}/libreoffice", source_sha256=sha256(data))


def docx_of(data: bytes, kind: str) -> bytes | None:
    """Return a source of a kind ("doc") as .docx, None where that cannot be had within the time."""
    program = found()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="hebao-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_settings(), encoding="utf-8")
        source = folder / f"source.{kind}"
        source.write_bytes(data)
        _run(
            [
                str(program), "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard",
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(source),
            ]
        )  # fmt: skip
        target = source.with_suffix(".docx")
        return target.read_bytes() if target.is_file() else None


@functools.cache
def found() -> Path | None:
    """Return the program, looked for where installers put it; None where it is not."""
    on_path = shutil.which("soffice") or shutil.which("libreoffice")
    places = [Path(on_path)] if on_path else []
    if sys.platform == "win32":
        roots = [os.environ.get(name) for name in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)")]
        places += [Path(root, "LibreOffice", "program", "soffice.com") for root in roots if root]
    elif sys.platform == "darwin":
        places.append(Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"))
    else:
        places += sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True)
    return next((place for place in places if place.is_file()), None)


def _settings() -> str:
    items = "".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    names = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    return f'<?xml version="1.0" encoding="UTF-8"?><oor:items {names}>{items}</oor:items>'


def _run(command: list[str]) -> None:
    """Run a program to its end or for SECONDS; then it is ended with all that it started."""
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), NOWHERE)
    null = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            command, stdin=null, stdout=null, stderr=null, env={**os.environ, **proxies},
            start_new_session=sys.platform != "win32", creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
    except OSError:
        return
    try:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(SECONDS)
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
