"""Sources -> text: encodings kept, line ends made one, and a sentence for everything that is no report."""

import pickle
from pathlib import Path

import pytest

from desktop import reading
from desktop.errors import UserError
from desktop.text import say_in

REPORT = "梧澜县人民政府关于2023年法治政府建设情况的报告\n全年共收到行政复议申请151件，已办结140件。\n"


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
        ("图.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "source_not_text"),
        ("照片.txt", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8, "source_not_text"),
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


def test_files_that_cannot_be_loaded(tmp_path: Path, monkeypatch):
    with pytest.raises(UserError, match="source_missing"):
        reading.load(tmp_path / "没有.txt")
    with pytest.raises(UserError, match=r"source_unreadable|source_no_permission"):
        reading.load(tmp_path)
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    (tmp_path / "大.txt").write_bytes(b"1" * 11)
    with pytest.raises(UserError, match="source_too_large"):
        reading.load(tmp_path / "大.txt")


def test_errors_survive_a_process_boundary():
    error = pickle.loads(pickle.dumps(UserError("source_empty", name="报告.txt")))
    assert (error.message_id, error.arguments) == ("source_empty", {"name": "报告.txt"})
