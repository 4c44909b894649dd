"""Rich text: groups, encodings, tables, hidden letters, notes; what breaks off is told."""

import pytest

from desktop import reading
from desktop.errors import UserError
from desktop.text import say_in
from tests.converting.rtf import HEAD, write


def text_of(inside, head=HEAD, name="报告.rtf"):
    return reading.read(name, (head + inside + "}").encode("cp1252")).text


def test_a_doc_that_is_rich_text_is_read_as_that():
    document = reading.read("甲县.doc", write(["收到行政复议申请151件。"]))
    assert (document.reader, document.text) == ("rtf", "收到行政复议申请151件。")


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (r"{\f1 \'ca\'d5\'b5\'bd}151{\f1\'bc\'fe}", "收到151件"),
        (r"\f0 \'ca\'d5\'b5\'bd 151\'bc\'fe", "收到 151件"),
        (r"\f1\'e9\'46\'8c\'80\'e9F", b"\xe9F\x8c\x80\xe9F".decode("gbk")),
        (r"\uc1\u25910?\u-29748?{\uc0\u21040}{\uc2\u20214\'bc\'fe}", "收\u8bcc到件"),
        (r"\uc1\u-10174?\u-8265?\u30000?", "𠮷田"),
        (r"\ldblquote A\rdblquote\emdash B\_C\~D", "“A”—B-C D"),
        (r"\'93A\'94", "“A”"),
        (r"{\f2 \'fe}1", "1"),
        ("a\r\nb\\{c\\}\\\\", "ab{c}\\"),
    ],
    ids=["font", "head", "second bytes", "numbers", "halves", "signs", "western quotes", "symbols", "escapes"],
)  # fmt: skip
def test_characters(inside, text):
    assert text_of(inside) == text


def test_what_does_not_show_is_left_out():
    inside = (
        r"\pard A{\v hidden}B{\deleted gone}C{\*\bkmkstart x}D{\field{\*\fldinst PAGE}{\fldrslt 12}}E"
        r"{\pict\wmetafile8 0102ab}{\*\unknown text}{\object{\*\objdata 01}{\result F}}{\annotation note}G\par"
    )
    assert text_of(inside) == "ABCD12EFG"


def test_binary_data_are_passed_over_whatever_they_hold():
    assert text_of("A{\\pict\\bin5 }}{{\\}B") == "AB"


def test_numbers_of_lists_stay_as_written():
    inside = r"\pard{\listtext\f1 \u19968?\u12289?\tab}\u27010?\u20917?\par\pard{\pntext 1.\tab}X\par"
    assert text_of(inside) == "一、概况\n1. X"


def test_notes_stand_last_and_text_boxes_behind_their_paragraph():
    box = r"{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt \pard T\par}}{\shprslt T}}"
    inside = rf"\pard A{{\footnote \pard N\par}}B{box}C\par D\par"
    assert text_of(inside) == "ABC\nT\nD\nN"


def test_tables_inside_cells_are_lines_of_the_cell():
    inner = r"\pard\intbl\itap2 a\nestcell b\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}"
    inside = rf"\pard x\par\trowd {inner}\pard\intbl c\cell d\cell\row\pard y\par"
    assert text_of(inside) == "x\na b c\td\ny"


def test_depths_that_no_program_writes():
    assert text_of(r"\pard\intbl\itap-3 a\par\itap999999 b\nestcell\nestrow\row c\par") == "a\nb\nc"


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    assert text_of(r"A{\deleted\par}B\par C") == "AB\nC"


def test_other_code_pages():
    assert text_of(r"\'a4@\'a4\'a4", head=r"{\rtf1\ansi\ansicpg950{\fonttbl{\f0\fcharset136 x;}}\f0 ") == "一中"
    assert text_of(r"\'82\'a0", head=r"{\rtf1\ansi\ansicpg932 ") == "あ"
    assert text_of(r"\'cf\'f0", head=r"{\rtf1\ansi\ansicpg1251 ") == "Пр"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (write(["收到151件。"] * 20)[:-1], "source_damaged"),
        (write(["收到151件。"] * 20)[:700], "source_damaged"),
        (b"{\\rtf1" + b"{" * 5000 + b"}" * 5001, "source_damaged"),
        (b"{\\rtf1\\bin99999999 x}", "source_damaged"),
        (b"{\\rtf1 \\par}", "source_empty"),
    ],
    ids=["no end", "half a file", "groups without end", "data without end", "nothing in it"],
)
def test_what_is_no_whole_text_gets_a_sentence(data, message):
    with pytest.raises(UserError) as raised:
        reading.read("甲县.rtf", data)
    assert raised.value.message_id == message
    assert "甲县.rtf" in say_in("zh", message, **raised.value.arguments)
