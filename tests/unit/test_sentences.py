from hypothesis import given
from hypothesis import strategies as st

from desktop.sentences import Sentences, sentence


@given(st.text("字字字字字字字字字字字字。；!\n\n\r 　", max_size=900), st.data())
def test_many_sentences_of_a_text_are_the_same_as_each_by_itself(text, data):
    sentences = Sentences(text)
    for _ in range(4):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 9)))
        assert sentences.around(start, end) == sentence(text, start, end)


def test_a_sentence_without_an_end_is_cut_at_its_length():
    text = "字" * 1000
    assert Sentences(text).around(500, 502) == sentence(text, 500, 502) == "字" * 602
