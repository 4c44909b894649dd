"""Word files: what a person sees who opens them is the text, once, in order, with the numbers that Word adds."""

import io
import re
import zipfile

import pytest
from reading_samples import SAMPLES, squeezed, words

from desktop import districts, indicators, reading
from desktop.errors import UserError
from desktop.extraction import extract
from desktop.reading import limits
from desktop.reading.list_numbers import in_kind
from desktop.text import say_in
from tests.converting import blocks_of
from tests.converting.docx import package, paragraph, run, write

BOX = (
    "<w:r><mc:AlternateContent xmlns:mc='m'><mc:Choice Requires='wps'><w:drawing><x:txbx xmlns:x='x'><w:txbxContent>"
    "{0}</w:txbxContent></x:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent>"
    "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
LEVELS = (
    '<w:abstractNum w:abstractNumId="5">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="6"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="&#xF06C;"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="7"><w:abstractNumId w:val="5"/></w:num><w:num w:numId="8"><w:abstractNumId w:val="6"/></w:num>'
    '<w:num w:numId="9"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/>'
    "</w:lvlOverride></w:num>"
)


def text_of(body: str, **parts: str) -> str:
    return reading.read("报告.docx", package(body, **parts)).text


def numbered(text: str, level: int, numbers: int = 7) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbers}"/></w:numPr>')


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_reads_as_it_was_written(sample):
    text = sample.read_text(encoding="utf-8")
    blocks = blocks_of(text)
    document = reading.read("报告.docx", write(blocks))
    assert document.reader == "docx"
    assert squeezed(document.text) == words(blocks)
    assert "99件" not in document.text and "第3期" not in document.text


def test_lists_are_numbered_as_word_numbers_them():
    body = (
        numbered("总体", 0) + numbered("学法", 1) + numbered("培训", 2) + numbered("考试", 2) + numbered("用法", 1)
        + numbered("检查", 2) + numbered("决策", 0) + numbered("程序", 1) + numbered("要点", 0, 8)
        + numbered("又章", 0, 9)
    )  # fmt: skip
    assert text_of(body, numbering=LEVELS).split("\n") == [
        "一、总体", "（一）学法", "1. 培训", "2. 考试", "（二）用法", "1. 检查", "二、决策", "（一）程序", "● 要点",
        "三、又章",
    ]  # fmt: skip


def test_a_style_numbers_its_paragraphs_and_those_based_on_it():
    styles = (
        '<w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style><w:style w:styleId="c"><w:basedOn w:val="c"/></w:style>'
    )
    styled = [paragraph(text, f'<w:pStyle w:val="{style}"/>') for text, style in zip("甲乙丙", "abc", strict=True)]
    body = "".join(styled)
    none = paragraph("丁", '<w:pStyle w:val="a"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert text_of(body + none, numbering=LEVELS, styles=styles) == "一、甲\n二、乙\n丙\n丁"


@pytest.mark.parametrize(
    ("number", "kind", "written"),
    [
        (10, "chineseCounting", "十"), (11, "chineseCounting", "十一"), (20, "japaneseCounting", "二十"),
        (105, "chineseCountingThousand", "一百零五"), (15, "chineseLegalSimplified", "壹拾伍"),
        (10, "ideographDigital", "一〇"), (3, "decimalEnclosedCircle", "③"), (2, "decimalEnclosedParen", "⑵"),
        (28, "lowerLetter", "bb"), (14, "upperRoman", "XIV"), (12, "decimalFullWidth", "１２"),
        (7, "decimalZero", "07"),
        (2, "ideographTraditional", "乙"), (25, "decimalEnclosedCircle", "25"), (4, "unknown", "4"),
        (0, "lowerRoman", "0"),
    ],
)  # fmt: skip
def test_numbers_in_their_kinds(number, kind, written):
    assert in_kind(number, kind) == written


def test_changes_are_read_as_if_all_were_accepted():
    body = (
        f"<w:p>{run('受理')}<w:del><w:r><w:delText>140</w:delText></w:r></w:del><w:ins>{run('151')}</w:ins>"
        f"<w:moveFrom>{run('搬走')}</w:moveFrom><w:moveTo>{run('件')}</w:moveTo></w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('这一段')}</w:p>{paragraph('接着说。')}"
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('删去的行')}</w:tc></w:tr></w:tbl>"
    )
    assert text_of(body) == "受理151件\n这一段接着说。"


def test_text_boxes_are_read_once_and_hidden_text_is_not():
    box = BOX.format(paragraph("澄岚区人民政府文件"))
    hidden = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见8件</w:t></w:r>"
        "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>看得见</w:t></w:r></w:p>"
    )
    assert text_of(f"<w:p>{run('正文。')}{box}</w:p>{hidden}") == "正文。\n澄岚区人民政府文件\n看得见"


def test_links_fields_controls_and_ruby_are_part_of_the_text():
    body = (
        f"<w:p><w:hyperlink>{run('《条例》')}</w:hyperlink><w:fldSimple w:instr='REF x'>{run('共3项')}</w:fldSimple>"
        f"<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DATE 99</w:instrText></w:r>{run('，')}"
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('已办结')}</w:sdtContent></w:sdt>"
        f"<w:r><w:ruby><w:rt>{run('pin')}</w:rt><w:rubyBase>{run('澜')}</w:rubyBase></w:ruby><w:noBreakHyphen/></w:r></w:p>"
        f"<w:sdt><w:sdtContent>{paragraph('又一段')}</w:sdtContent></w:sdt>"
    )
    assert text_of(body) == "《条例》共3项，已办结澜-\n又一段"


def test_a_table_of_contents_is_left_out():
    control = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{paragraph('一、总体情况 1')}</w:sdtContent></w:sdt>"
    )
    body = control + paragraph("二、举措 3", '<w:pStyle w:val="TOC1"/>') + paragraph("正文")
    assert text_of(body) == "正文"


def test_notes_stand_behind_the_text():
    notes = (
        "<w:footnote w:id='0'><w:p/></w:footnote>"
        f"<w:footnote w:id='2'><w:p><w:r><w:footnoteRef/></w:r>{run('按办结数计。')}</w:p></w:footnote>"
    )
    body = f"<w:p>{run('办结140件')}<w:r><w:footnoteReference w:id='2'/></w:r>{run('。')}</w:p>"
    assert text_of(body, footnotes=notes) == "办结140件。\n按办结数计。"


def test_rows_are_lines_and_cells_keep_their_order():
    cell = "<w:tc><w:tcPr>{}</w:tcPr>{}</w:tc>".format
    rows = [
        cell("", paragraph("项目")) + cell("", paragraph("2024年") + paragraph("（件）")),
        cell("<w:vMerge w:val='restart'/>", paragraph("复议")) + cell("", paragraph("151件")),
        cell("<w:vMerge/>", paragraph("")) + cell("", paragraph("140件")),
        cell("", paragraph("只有一格")) + cell("", "<w:p/>"),
    ]
    table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    assert text_of(table) == "项目\t2024年 （件）\n复议\t151件\n140件\n只有一格"


def test_the_numbers_of_rows_are_not_taken_into_those_of_the_rows_above():
    table = [["序号", "指标", "数量"], ["1", "收到行政复议申请", "486"], ["2", "受理行政复议申请", "402件"]]
    document = reading.read("报告.docx", write(["2024年，情况如下。", table]))
    found = extract(document, indicators.load(), districts.load())
    assert [document.text[start:end] for start, end, _ in found.numerals] == ["2024", "1", "486", "2", "402"]
    assert [document.text[figure.start : figure.end] for figure in found.figures] == ["486", "402件"]


def test_a_table_that_only_lays_out_a_page_is_read_as_paragraphs():
    long = "全年共收到行政复议申请151件，受理140件，办结131件。" * 3
    cells = f"<w:tc>{paragraph(long)}{paragraph('另收到7件。')}</w:tc><w:tc>{paragraph('右栏')}</w:tc>"
    assert text_of(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>") == f"{long}\n另收到7件。\n右栏"


def test_an_indent_is_kept_and_empty_lines_are_one():
    assert text_of(paragraph("　　受理12件。") + "<w:p/>" * 4 + paragraph(" 末段")) == "　　受理12件。\n\n末段"


def test_the_main_part_is_found_by_its_relation():
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package(paragraph("受理12件。")))) as old, zipfile.ZipFile(made, "w") as new:
        for info in old.infolist():
            moved = info.filename.replace("word/document", "WORD\\document2").replace("rels/document", "rels/document2")
            new.writestr(moved, old.read(info).replace(b"word/document.xml", b"/word/document2.xml"))
    assert reading.read("报告", made.getvalue()).text == "受理12件。"


FLAT = '<?xml version="1.0"?><?mso-application progid="Word.Document"?><pkg:package xmlns:pkg="p">{}</pkg:package>'
OF_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="w" xmlns:wx="x" '
    'xmlns:aml="a"><w:body><wx:sect><w:p><w:pPr><w:listPr><wx:t wx:val="一、"/></w:listPr></w:pPr>{}</w:p></wx:sect>'
    "</w:body></w:wordDocument>"
)


def test_a_package_in_one_xml_file_is_read_as_word_reads_it():
    with zipfile.ZipFile(io.BytesIO(write(["一、总体", "受理12件。"]))) as old:
        parts = {name: old.read(name).decode().rpartition("?>")[2] for name in old.namelist()}
    part = '<pkg:part pkg:name="/{}"><pkg:xmlData>{}</pkg:xmlData></pkg:part>'.format
    package_of_all = FLAT.format("".join(part(name, content) for name, content in parts.items()))
    assert reading.read("报告.doc", package_of_all.encode()).text == "一、总体\n受理12件。"


def test_the_xml_of_word_2003_is_read():
    deleted = (
        '<aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:t>99</w:t></w:r></aml:content></aml:annotation>'
    )
    document = reading.read("报告.doc", OF_2003.format(run("受理12件。") + deleted).encode())
    assert (document.text, document.reader) == ("一、受理12件。", "docx")


# What is no sound Word file ------------------------------------------------------------------------------------------


def with_part(name: str, content: bytes) -> bytes:
    """Return a Word file with one of its parts replaced."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(write(["受理12件。"]))) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == name else old.read(info))
    return made.getvalue()


ENTITIES = b"".join(b'<!ENTITY a%d "%s">' % (k, b"&a%d;" % (k - 1) * 10) for k in range(1, 9))
LAUGHS = b'<!DOCTYPE x [<!ENTITY a0 "ha">' + ENTITIES + b"]><x>&a8;</x>"
WHOLE = write(["受理12件。" * 40])
DEEP = b"<x>" * (limits.DEPTH + 1) + b"</x>" * (limits.DEPTH + 1)
MANY_ATTRIBUTES = b"<x %s/>" % b" ".join(b"a%d='%d'" % (k, k) for k in range(9_000))
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (WHOLE[: len(WHOLE) // 2], "source_damaged"),
        (WHOLE[:-30], "source_damaged"),
        (WHOLE.replace(b"word/document.xml", b"word/documents.xm"), "source_damaged"),
        (with_part("word/document.xml", b"<w:document"), "source_damaged"),
        (with_part("word/document.xml", LAUGHS), "source_entities"),
        (with_part("word/document.xml", LAUGHS.decode().encode("utf-16")), "source_entities"),
        (with_part("word/document.xml", DEEP), "source_too_complex"),
        (with_part("word/document.xml", MANY_ATTRIBUTES), "source_too_complex"),
        (with_part("word/document.xml", b'<?xml version="1.0" encoding="klingon"?><x/>'), "source_damaged"),
        (with_part("word/document.xml", b"<x>" + b" " * 9 * limits.MB + b"</x>"), "archive_bomb"),
        (with_part("word/document.xml", b"<x/>"), "source_empty"),
        (LOCKED, "source_locked"),
        (b"PK\x03\x04" + bytes(100), "source_is_archive"),
    ],
)  # fmt: skip
def test_a_bad_file_gets_a_sentence(data, message):
    with pytest.raises(UserError) as raised:
        reading.read("坏报告.docx", data)
    assert raised.value.message_id == message
    assert all("坏报告.docx" in say_in(spoken, message, **raised.value.arguments) for spoken in ("zh", "en"))


def test_a_part_of_too_many_elements_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "ELEMENTS", 5)
    with pytest.raises(UserError, match="source_too_complex"):
        reading.read("a.docx", WHOLE)


def test_a_file_with_a_locked_part_says_so():
    locked = bytearray(WHOLE)
    for found in re.finditer(b"PK\x01\x02", WHOLE):
        locked[found.start() + 8] |= 1
    with pytest.raises(UserError, match="source_locked"):
        reading.read("a.docx", bytes(locked))
