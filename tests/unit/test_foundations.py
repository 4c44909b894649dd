"""Offsets, sentences, registry, progress, sentences for people, settings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import settings, text
from desktop.offsets import Offsets
from desktop.progress import Cancelled, Progress
from desktop.registry import Registry
from desktop.sentences import sentence


@given(st.text(alphabet="一a𠮷😀\n"))
def test_offsets_both_ways(written):
    offsets = Offsets(written)
    for at in range(len(written) + 1):
        utf16 = len(written[:at].encode("utf-16-le")) // 2
        assert offsets.to_utf16(at) == utf16
        assert offsets.to_code_point(utf16) == at


def test_inside_a_surrogate_pair_is_its_start():
    assert Offsets("a𠮷b").to_code_point(2) == 1


@pytest.mark.parametrize(
    ("written", "quote", "expected"),
    [
        ("前一句。全年收到申请151件，办结140件。后一句。", "151件", "全年收到申请151件，办结140件。"),
        ("一、标题\n全年收到申请151件。", "151件", "全年收到申请151件。"),
        ("收到申请151件", "151件", "收到申请151件"),
        ("甲；乙3件；丙", "3件", "乙3件；"),
        ("这一行写满了三十多个字所以它在页面上断开而句子并没有结束共收到申请15\n1件，办结。", "15\n1件", None),
    ],
)
def test_sentence_around_a_figure(written, quote, expected):
    at = written.index(quote)
    assert sentence(written, at, at + len(quote)) == (expected or written.replace("\n", ""))


def test_a_name_is_registered_once():
    registry: Registry[int] = Registry()
    registry("a", "b")(1)
    assert registry == {"a": 1, "b": 1}
    with pytest.raises(ValueError, match="'b' is registered twice"):
        registry("c", "b")(2)


def test_progress_counts_and_stops():
    told = []
    progress = Progress(2, lambda *step: told.append(step))
    progress.step("甲")
    progress.cancel()
    with pytest.raises(Cancelled):
        progress.step("乙")
    assert told == [(1, 2, "甲")]


def test_sentences_in_both_languages():
    assert text.say_in("en", "n_findings", n=1) == "1 finding"
    assert text.say_in("en", "n_findings", n=3) == "3 findings"
    assert text.say_in("zh", "n_findings", n=3) == "3 个疑点"
    with pytest.raises(KeyError):
        text.say_in("en", "there is no such sentence")


@pytest.mark.parametrize(
    ("variables", "expected"),
    [({"LANG": "zh_CN.UTF-8"}, "zh"), ({"LANG": "de_DE.UTF-8"}, "en"), ({"LC_ALL": "C", "LANG": "zh_CN"}, "zh"),
     ({"HEBAO_LANGUAGE": "en", "LANG": "zh_CN"}, "en")],
)  # fmt: skip
def test_the_system_decides_the_language(variables, expected, monkeypatch):
    for name in ("HEBAO_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert text.system_language() == expected


def test_settings_are_remembered(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "config_folder", lambda: tmp_path / "深" / "处")
    assert settings.get("reviewer") == ""
    settings.remember("reviewer", "王敏")
    settings.remember("language", "en")
    assert (settings.get("reviewer"), settings.get("language")) == ("王敏", "en")
    (tmp_path / "深" / "处" / "settings.json").write_text("{broken", encoding="utf-8")
    assert settings.get("reviewer") == ""
