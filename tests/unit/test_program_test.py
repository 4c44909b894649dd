"""The program's test of itself finds what lacks, by name, and is quiet where all is there."""

from __future__ import annotations

import importlib
import shutil

import pytest

from desktop import paths, text, workflow
from desktop.progress import Cancelled, Progress
from desktop.reading import ocr
from desktop.workflow import helping, program_test


def lacking(*names):
    return {part: program_test.PARTS[part]() for part in names}


def test_a_picture_a_topic_or_a_sample_that_is_gone_is_named(monkeypatch, tmp_path):
    shutil.copytree(paths.resources(), tmp_path / "resources")
    helping.help_topics.cache_clear()
    for module in (paths, helping):
        monkeypatch.setattr(module, "resources", lambda: tmp_path / "resources")
    assert lacking("resources") == {"resources": ""}
    (tmp_path / "resources" / "help" / "pictures" / "zh" / "desk.png").unlink()
    assert "desk.png" in lacking("resources")["resources"]
    for sample in (tmp_path / "resources" / "samples").glob("*.txt"):
        sample.unlink()
    assert lacking("resources")["resources"] == "samples"
    helping.help_topics.cache_clear()


def test_sentences_that_differ_between_the_languages_are_named(monkeypatch):
    said = {language: text.sentences(language) for language in text.LANGUAGES}
    said["en"] = {key: words for key, words in said["en"].items() if key != "close"} | {"app_name": "Hebao {version}"}
    monkeypatch.setattr(text, "sentences", said.__getitem__)
    assert lacking("translations") == {"translations": "app_name close"}


def test_a_library_that_does_not_come_in_is_told_and_the_rest_is_tried(monkeypatch):
    real = importlib.import_module

    def without(name, *rest):
        if name.startswith("pypdfium2"):
            raise ImportError("libfoo.so: no such file")
        return real(name, *rest)

    monkeypatch.setattr(importlib, "import_module", without)
    monkeypatch.setitem(program_test.PARTS, "exporters", lambda: "")
    problems = list(workflow.self_test(None, Progress()))
    assert [(p.arguments["part"], p.arguments["why"]) for p in problems] == [
        ("readers", "ImportError: libfoo.so: no such file")
    ]


def test_recognition_that_is_not_there_is_said_and_is_no_problem(monkeypatch):
    monkeypatch.setattr(ocr, "models", lambda: None)
    assert workflow.program_notes() == [text.say("selftest_no_ocr")]


def test_it_can_be_stopped():
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        list(workflow.self_test(None, progress))
