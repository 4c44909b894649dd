"""The catalogue: 147 indicators with their words, and a reviewer's own beside them."""

from __future__ import annotations

import re

import pytest

from desktop import indicators
from desktop.errors import UserError
from desktop.text import say


def test_all_indicators_are_there_each_with_its_unit_and_words():
    catalogue = indicators.load()
    assert len(catalogue) == 147
    for indicator in catalogue.values():
        assert indicator.definition and indicator.name_zh and indicator.name_en
        assert indicator.when, indicator.id
        for wording in indicator.when:
            assert wording.topic or wording.act or wording.noun, indicator.id


def test_the_canonical_unit_is_among_the_units():
    assert [i.id for i in indicators.load().values() if i.unit not in i.units] == []


def test_no_word_is_a_group_that_was_not_replaced():
    for indicator in indicators.load().values():
        for wording in indicator.when:
            words = (*wording.topic, *wording.act, *wording.noun, *wording.also, *wording.without)
            assert not [word for word in words if word.startswith("@")]


def own(tmp_path, text):
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    return indicators.read_own(path)


def test_own_indicators_stand_after_the_catalogues_and_may_use_its_groups(tmp_path):
    added = own(
        tmp_path,
        '[indicators.parks]\nname_zh = "法治公园数"\nunit = "个"\nwhen = [{ noun = "法治公园", act = "@收到 建成" }]\n',
    )
    catalogue = indicators.load().with_own(added)
    assert list(catalogue)[-1] == "parks" and len(catalogue) == 148
    assert catalogue["parks"].combine == "first" and catalogue["parks"].units == ("个",)
    assert {"收到", "建成"} <= set(catalogue["parks"].when[0].act)
    assert catalogue.version != indicators.load().version
    assert "parks" not in indicators.load()


def test_an_own_indicator_of_the_same_id_takes_the_place(tmp_path):
    added = own(tmp_path, '[indicators.permits]\nname_zh = "许可"\nunit = "件"\nwhen = [{ noun = "许可" }]\n')
    catalogue = indicators.load().with_own(added)
    assert len(catalogue) == 147 and catalogue["permits"].name_zh == "许可"


@pytest.mark.parametrize(
    "text",
    ["no = toml = at all", "[words]\na = 'b'", '[indicators.x]\nname_zh = "x"\n', '[indicators.x]\nunit = "件"\n',
     '[indicators.x]\nname_zh = "x"\nunit = "件"\nwhen = [{ noun = "@nothing" }]', '[indicators]\nx = 1'],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(tmp_path, text):
    with pytest.raises(UserError) as raised:
        own(tmp_path, text)
    assert "own.toml" in say(raised.value.message_id, **raised.value.arguments)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UserError):
        indicators.read_own(tmp_path / "none.toml")


def test_every_indicator_is_defined_in_both_languages():
    for indicator in indicators.load().values():
        chinese, english = indicator.meaning("zh"), indicator.meaning("en")
        assert re.search("[一-鿿]", chinese) and not re.search("[一-鿿。，；]", english), indicator.id
        assert len(english) > 12 and english[0].isupper() | english.startswith('"') and english[-1] != ".", indicator.id
    assert len({indicator.definition_en for indicator in indicators.load().values()}) == len(indicators.load())
