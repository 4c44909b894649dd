"""Word 97-2003 and Kingsoft files: pieces in any order, fields, hidden and struck-out letters, tables, bad ones."""

import struct

import pytest

from desktop import reading
from desktop.errors import UserError
from desktop.reading import libreoffice
from desktop.reading.compound import DamagedError
from desktop.reading.word_file import WordFile, codes, narrow
from desktop.reading.word_text import blocks, without_codes
from desktop.text import say_in
from tests.converting.compound import compound
from tests.converting.doc import DELETED, HIDDEN, write

PROSE = "2023年，梧澜县收到行政复议申请151件，办结140件，其中“行政处罚”引起的最多。"


@pytest.fixture(autouse=True)
def no_libreoffice(monkeypatch):
    monkeypatch.setattr(libreoffice, "found", lambda: None)


def text_of(blocks, **said):
    return reading.read("报告.doc", write(blocks, **said)).text


@pytest.mark.parametrize("tables", ["0Table", "1Table"])
@pytest.mark.parametrize("name", ["报告.doc", "报告.wps", "报告.docx", "报告.txt"])
def test_pieces_of_both_widths_are_put_in_order(tables, name):
    paragraphs = [
        f"{PROSE}第{n}段。" if n % 3 else f"Plain text number {n} of “quoted” words, 12.5%." for n in range(40)
    ]
    document = reading.read(name, write(paragraphs, tables=tables))
    assert document.text == "\n".join(paragraphs)
    assert document.reader == "doc"


def test_rare_characters_take_two_positions():
    assert text_of(["𠮷田镇受理3件。", "䶮山乡办结𠀀2件。"]) == "𠮷田镇受理3件。\n䶮山乡办结𠀀2件。"


def test_what_does_not_show_is_left_out():
    told = text_of(
        ["收到行政复议申请151件、旧数140件、暗数7件。", '截至\x13 DATE \\@ "yyyy" \x142023\x15年底。'],
        said={"、旧数140件": DELETED, "、暗数7件": HIDDEN},
    )
    assert told == "收到行政复议申请151件。\n截至2023年底。"


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    assert text_of(["收到行政复议申请", "151件。"], said={"\r": DELETED}) == "收到行政复议申请151件。"


def test_breaks_hyphens_and_pictures():
    assert text_of(["第一行\n第二行。", "A\x1eB\x01\x08，C\x1fD。"]) == "第一行\n第二行。\nA-B，CD。"


def test_fields_may_stand_inside_fields():
    said = "前\x13 IF \x13 PAGE \x141\x15=1 \x14甲\x13 REF x \x14乙\x15丙\x15后"
    assert "".join(without_codes(said).replace("\0", "").split("\x14")).replace("\x15", "") == "前甲乙丙后"
    assert without_codes("头\x13没有尾") == "头\x13没有尾"
    assert without_codes("\x13 TOC \\o \x14一、概况 1\x15正文").replace("\0", "") == "\x15正文"


def test_tables_and_cells_of_several_paragraphs():
    table = [["指标", "件数"], ["行政复议", "151\n其中办结140"], ["", "23"], ["行政诉讼", "8"]]
    assert text_of([PROSE, table, PROSE]) == (
        f"{PROSE}\n指标\t件数\n行政复议\t151 其中办结140\n23\n行政诉讼\t8\n{PROSE}"
    )


def test_narrow_text_is_western_or_chinese():
    assert narrow("“quoted” ±5° café".encode("cp1252")) == "“quoted” ±5° café"
    assert narrow("收到151件".encode("gb18030")).replace("\0", "") == "收到151件"


def test_codes_end_where_they_are_cut_short():
    assert codes(b"\x00\x08\x01\x3c\x08") == {0x0800: b"\x01"}
    assert codes(b"\x08\xd6\x03\x00ab\x3c\x08\x01") == {0xD608: b"\x00ab", 0x083C: b"\x01"}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (write([PROSE], flags=0x100), "source_locked"),
        (write([PROSE], version=0x65), "source_word_95"),
        (write([PROSE])[:3000], "source_damaged"),
        (write([PROSE] * 200)[:9000], "source_damaged"),
        (write([PROSE] * 200)[:1000], "source_damaged"),
        (compound({"MatOST": bytes(5000)}), "source_not_kind"),
        (compound({"WordDocument": b"\xec\xa5\xc1\x00" + bytes(2000), "1Table": bytes(100)}), "source_damaged"),
        (compound({"WordDocument": b"\xec\xa5\xc1\x00" + bytes(5000)}), "source_damaged"),
        (write([""]), "source_empty"),
    ],
    ids=[
        "password",
        "Word 95",
        "half a file",
        "half a text",
        "a head",
        "of another program",
        "no tables",
        "no table stream",
        "nothing in it",
    ],
)
def test_what_is_no_whole_document_gets_a_sentence(data, message):
    with pytest.raises(UserError) as raised:
        reading.read("甲县.doc", data)
    assert raised.value.message_id == message
    for language in ("zh", "en"):
        assert "甲县.doc" in say_in(language, message, **raised.value.arguments)


def test_a_chain_of_sectors_that_runs_in_a_circle_ends():
    data = bytearray(write([PROSE] * 200))
    entry = data.find("WordDocument".encode("utf-16-le"))
    start = struct.unpack_from("<I", data, entry + 116)[0]
    struct.pack_into("<I", data, 512 + 4 * start, start)
    struct.pack_into("<I", data, entry + 120, 3 << 30)  # bytes, as the folder says
    with pytest.raises(UserError, match="source_damaged"):
        reading.read("甲县.doc", bytes(data))


def test_a_text_longer_than_any_report_is_not_put_together():
    head = bytearray(0x400)
    struct.pack_into("<II", head, 0x9A + 8 * 33, 0, 21)
    pieces = struct.pack("<BIIIHIH", 2, 16, 0, 0x7FFFFFF0, 0, 0x400, 0)
    with pytest.raises(DamagedError):
        WordFile(bytes(head), pieces, 1000)


def test_text_boxes_stand_behind_their_paragraph_and_notes_last():
    file = object.__new__(WordFile)
    body, notes, boxes = "一、概况\r正文。\r", "见附表。\r", "方框\r"
    anchor = struct.pack("<II", 2, len(body)) + struct.pack("<I22x", 1025)
    box = struct.pack("<III", 0, 3, 4) + struct.pack("<14xII", 1025, 0) + bytes(22)
    file.text, file.counts, file.marks = body + notes + boxes, [len(body), len(notes), 0, 0, 0, 0, len(boxes), 0], {}
    rows = {40: anchor, 56: box}
    file.tables, file.stream = b"", bytes(2000)
    file.table = lambda row: rows.get(row, b"")
    assert blocks(file) == ["一、概况", "方框", "正文。", "见附表。"]
