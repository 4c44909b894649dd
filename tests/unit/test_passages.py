"""Passages of a text: which paragraphs are compared, by what, and how alike two are."""

import pytest

from desktop.passages import SHORTEST, likeness, numbers, passages, sketch

OWN = (
    "围绕招商引资和项目建设，组建由律师、公证员和人民调解员参加的服务专班12个，逐户走访园区企业340家，梳理用工、合同、知识产权等方面的风险点，"
    "形成清单后逐项销号，企业反映的问题当场能答复的当场答复。"
)
NATIONAL = (
    "坚持以习近平新时代中国特色社会主义思想为指导，深入贯彻党的二十大和二十届三中全会精神，认真学习习近平法治思想，"
    "深刻领悟“两个确立”的决定性意义，增强“四个意识”、坚定“四个自信”、做到“两个维护”，全面落实《法治政府建设实施纲要（2021—2025年）》。"
)


def letters(text):
    return [passage.letters for passage in passages(text)]


def test_a_paragraph_is_one_passage_however_its_lines_are_broken():
    (whole,) = passages(f"一、标题\n　　{OWN}  \n\n短段落。\n")
    assert f"一、标题\n　　{OWN}"[slice(whole.start, whole.end)] == OWN
    broken = "\n".join(OWN[at : at + 30] for at in range(0, len(OWN), 30))
    assert letters(broken) == [whole.letters]


def test_figures_signs_and_width_do_not_matter():
    other = OWN.replace("12", "８").replace("340", "2,117").replace("，", ",").replace("、", " ")
    assert letters(other) == letters(OWN) and sketch(other) == sketch(OWN)
    assert numbers(OWN) == ["12", "340"]


@pytest.mark.parametrize("text", ["", "\n\n", "短段落。", NATIONAL, "2024年12月31日，第1—300页。" * 9])
def test_what_is_short_and_what_the_whole_country_writes_is_no_passage(text):
    assert passages(text) == ()


def test_what_the_whole_country_writes_is_left_out_of_a_passage():
    assert letters(NATIONAL + OWN) == ["全面落实" + letters(OWN)[0]]


def test_a_few_changed_words_leave_most_of_a_sketch_and_of_the_likeness():
    changed = OWN.replace("逐户", "挨家").replace("答复的", "解决的", 1)
    (one,), (other,) = passages(OWN), passages(changed)
    assert len(set(one.sketch()) & set(other.sketch())) >= 2
    assert 0.75 <= likeness(one.letters, other.letters) < 1 == likeness(one.letters, one.letters)
    assert likeness(one.letters, OWN[::-1]) == 0


def test_a_sketch_is_small():
    long = OWN * 20
    assert len(sketch(long)) == len(sketch(OWN)) == 4
    assert len(letters(OWN)[0]) >= SHORTEST
