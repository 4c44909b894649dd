"""Sources -> text: encodings kept, line ends made one, and a sentence for everything that is no report."""

import io
import os
import pickle
import zipfile
from pathlib import Path

import pytest

from desktop import reading
from desktop.errors import UserError
from desktop.model import Document
from desktop.reading import limits
from desktop.text import say_in
from tests.converting import blocks_of, docx, html, mht, rtf

REPORT = "梧澜县人民政府关于2023年法治政府建设情况的报告\n全年共收到行政复议申请151件，已办结140件。\n"

BLOCKS = blocks_of("梧澜县人民政府关于2023年法治政府建设情况的报告\n全年共收到申请15件，均已答复；其中，受理12件。\n")
WRITTEN = {".docx": docx.write, ".html": html.write, ".mht": mht.write, ".rtf": rtf.write}
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1200)


def packed(name: str) -> bytes:
    """Return a zip with one file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, "受理12件。")
    return made.getvalue()


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-8"),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("gb18030"),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with BOM", "gb18030", "utf-16 with BOM", "utf-16-le", "utf-16-be"],
)
def test_text_is_kept_in_every_encoding(encode):
    document = reading.read("报告.TXT", encode(REPORT))
    assert document.text == REPORT
    assert document.reader == "txt"


@pytest.mark.parametrize("text", ["共3件", "梧澜县", "收到151件。", REPORT * 50, "𠮷田镇共２０户，䶮山乡3户。"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_short_and_rare_texts(text, encoding):
    assert reading.read("a.txt", text.encode(encoding)).text == text


def test_only_line_ends_change():
    kept = "　一、  受理 12 件\t。\n\n\n末行"
    assert reading.read("a.txt", kept.replace("\n", "\r\n").encode()).text == kept
    assert reading.read("a.txt", kept.replace("\n", "\r").encode()).text == kept


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("空.txt", b"", "source_empty"),
        ("空白.txt", " \n　\n".encode(), "source_empty"),
        ("图.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "source_damaged"),
        ("照片.docx", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8, "source_damaged"),
        ("程序.txt", b"\x7fELF" + bytes(range(256)) * 8, "source_other_kind"),
        ("压缩.doc", b"Rar!\x1a\x07\x00" + bytes(range(256)), "source_other_kind"),
        ("表格.docx", packed("xl/workbook.xml"), "source_other_kind"),
        ("打包.txt", packed("报告.txt"), "source_is_archive"),
        ("加密.docx", COMPOUND + "EncryptedPackage".encode("utf-16-le"), "source_locked"),
        ("表格.doc", COMPOUND + "Workbook".encode("utf-16-le"), "source_other_kind"),
        ("乱.docx", bytes(range(256)) * 40, "source_not_kind"),
        ("乱.pdf", b"\x00\x01\x02" * 400, "source_not_kind"),
        ("乱.txt", bytes(range(256)) * 40, "source_not_text"),
        ("坏.txt", b"\xef\xbb\xbf\xff\xff\xff", "source_not_text"),
        ("报告.xyz", REPORT.encode(), "source_format_unknown"),
        ("报告", REPORT.encode(), "source_format_unknown"),
    ],
)
def test_what_is_no_report_gets_a_sentence(name, data, message):
    with pytest.raises(UserError) as raised:
        reading.read(name, data)
    assert raised.value.message_id == message
    for spoken in ("zh", "en"):
        assert name in say_in(spoken, message, **raised.value.arguments)


@pytest.mark.parametrize("ending", sorted(WRITTEN))
@pytest.mark.parametrize("called", [".txt", ".docx", ".doc", ".pdf", ".html", ".xyz", ""])
def test_a_file_whose_ending_lies_is_read_by_what_it_is(ending, called):
    data = WRITTEN[ending](BLOCKS)
    right, lying = reading.read(f"报告{ending}", data), reading.read(f"报告{called}", data)
    assert (lying.reader, lying.text) == (right.reader, right.text)
    assert "受理12件。" in lying.text


@pytest.mark.parametrize("called", [".docx", ".doc", ".pdf", ".html", ".mht", ".rtf"])
def test_plain_text_under_another_ending_is_read_as_that(called):
    assert reading.read(f"报告{called}", REPORT.encode()).text.strip() == REPORT.strip()


def test_a_text_longer_than_any_report_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "CHARACTERS", 20)
    with pytest.raises(UserError, match="source_too_long"):
        reading.read("长.txt", REPORT.encode())


def test_halves_of_characters_do_not_reach_the_store(monkeypatch):
    made = Document("a.txt", "txt", "0", "受理\ud800 12件")
    monkeypatch.setitem(reading.readers(), ".txt", lambda name, data: made)
    assert reading.read("a.txt", b"x").text == "受理\ufffd 12件"


def test_files_that_cannot_be_loaded(tmp_path: Path, monkeypatch):
    with pytest.raises(UserError, match="source_missing"):
        reading.load(tmp_path / "没有.txt")
    with pytest.raises(UserError, match=r"source_unreadable|source_no_permission"):
        reading.load(tmp_path)
    monkeypatch.setattr(limits, "SOURCE_BYTES", 10)
    (tmp_path / "大.txt").write_bytes(b"1" * 11)
    with pytest.raises(UserError, match="source_too_large"):
        reading.load(tmp_path / "大.txt")


def test_a_file_that_is_being_written_is_told(tmp_path, monkeypatch):
    path = tmp_path / "复制中.txt"
    path.write_text(REPORT, encoding="utf-8")
    real, calls = os.fstat, []

    def fstat(number: int) -> os.stat_result:
        calls.append(number)
        if len(calls) == 2:
            with path.open("a", encoding="utf-8") as file:
                file.write("又一行")
        return real(number)

    monkeypatch.setattr(os, "fstat", fstat)
    with pytest.raises(UserError, match="source_being_written"):
        reading.load(path)
    monkeypatch.undo()
    assert reading.load(path).decode() == REPORT + "又一行"


def test_what_the_system_says_is_told_in_sentences():
    held = PermissionError(13, "in use")
    held.winerror = reading.IN_USE
    errors = (held, PermissionError(13, "no"), FileNotFoundError(2, "gone"), OSError(5, "I/O error"))
    told = [reading.unable("报告.txt", error) for error in errors]
    assert [each.message_id for each in told] == [
        "source_in_use", "source_no_permission", "source_missing", "source_unreadable",
    ]  # fmt: skip
    assert all("报告.txt" in say_in("zh", each.message_id, **each.arguments) for each in told)


def test_errors_survive_a_process_boundary():
    error = pickle.loads(pickle.dumps(UserError("source_empty", name="报告.txt")))
    assert (error.message_id, error.arguments) == ("source_empty", {"name": "报告.txt"})
