"""LibreOffice as last resort: what it converts says so, what it cannot is told as before, and it ends in time."""

import os
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from desktop import reading
from desktop.errors import UserError
from desktop.reading import libreoffice
from tests.converting import writers
from tests.converting.doc import write

PROSE = "梧澜县收到行政复议申请151件，办结140件。"
OLD = write([PROSE], version=0x65)
posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice is a shell script")


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Put a program in LibreOffice's place; give back what writes it."""

    def put(script):
        place = tmp_path / "soffice"
        place.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        place.chmod(0o755)
        monkeypatch.setattr(libreoffice, "found", lambda: place)
        return tmp_path

    return put


def last(option):
    """Return shell that finds the word behind an option."""
    return f'while [ "$1" != {option} ]; do shift; done'


@posix
def test_what_it_converts_says_so(program):
    folder = program(f'{last("--outdir")}; cp "$(dirname "$0")/made.docx" "$2/source.docx"')
    (folder / "made.docx").write_bytes(writers()[".docx"]([PROSE]))
    document = reading.read("旧.doc", OLD)
    assert document.text == PROSE
    assert document.reader == "doc/libreoffice"
    assert document.source_sha256 == reading.sha256(OLD)


@posix
@pytest.mark.parametrize("script", ["exit 1", f'{last("--outdir")}; echo x > "$2/source.docx"', "kill -9 $$"])
def test_what_it_cannot_read_is_told_as_before(program, script):
    program(script)
    with pytest.raises(UserError, match="source_word_95"):
        reading.read("旧.doc", OLD)


@posix
def test_it_is_ended_with_all_that_it_started(program, monkeypatch):
    monkeypatch.setattr(libreoffice, "SECONDS", 0.5)
    folder = program('sleep 60 & echo $! > "$(dirname "$0")/child"; sleep 60')
    begun = time.monotonic()
    with pytest.raises(UserError, match="source_word_95"):
        reading.read("旧.doc", OLD)
    assert time.monotonic() - begun < 10
    child = int((folder / "child").read_text())
    for _ in range(50):
        state = Path(f"/proc/{child}/stat")
        if not state.exists() or state.read_text().split()[2] == "Z":
            return
        time.sleep(0.1)
    os.kill(child, 9)
    pytest.fail("what it started goes on")


@posix
def test_it_gets_a_profile_of_its_own_without_macros_and_network(program):
    folder = program(
        'for word; do case "$word" in -env:*) profile="${word#-env:UserInstallation=file://}";; esac; done; '
        'here="$(dirname "$0")"; cp "$profile/user/registrymodifications.xcu" "$here/settings"; '
        'echo "$http_proxy $HOME" > "$here/environment"; pwd > "$here/where"'
    )
    with pytest.raises(UserError):
        reading.read("旧.doc", OLD)
    settings = (folder / "settings").read_text(encoding="utf-8")
    assert 'oor:name="DisableMacrosExecution" oor:op="fuse"><value>true<' in settings
    assert 'oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true<' in settings
    assert (folder / "environment").read_text().startswith("http://127.0.0.1:9 ")


@posix
def test_what_is_locked_or_whole_is_never_given_to_it(program):
    folder = program('touch "$(dirname "$0")/asked"')
    with pytest.raises(UserError, match="source_locked"):
        reading.read("密.doc", write([PROSE], flags=0x100))
    assert reading.read("新.doc", write([PROSE])).reader == "doc"
    assert not (folder / "asked").exists()


def test_a_program_that_does_not_start_is_none(tmp_path, monkeypatch):
    monkeypatch.setattr(libreoffice, "found", lambda: tmp_path / "nowhere")
    assert libreoffice.docx_of(OLD, "doc") is None


@pytest.mark.skipif(libreoffice.found() is None, reason="LibreOffice is not installed")
def test_the_real_one_converts(tmp_path):
    converted = libreoffice.docx_of(writers()[".rtf"]([PROSE, [["受理", "151"], ["办结", "140"]]]), "rtf")
    assert converted is not None
    assert reading.read("a.docx", converted).text == f"{PROSE}\n受理\t151\n办结\t140"


def test_settings_are_well_formed():
    items = ElementTree.fromstring(libreoffice._settings())
    assert len(items) == len(libreoffice._SETTINGS)
