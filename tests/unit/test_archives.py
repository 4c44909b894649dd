"""Zips that districts send, and zips made to harm: every file of them is a source or a sentence, never a crash."""

import io
import struct
import zipfile

import pytest

from desktop.errors import UserError
from desktop.reading import archives, limits, zips
from desktop.reading.archives import Member
from desktop.text import say_in
from tests.converting.docx import write as docx

MEMBER = "受理12件。".encode()
METHODS = {"deflate64": 9, "lzma": zipfile.ZIP_LZMA, "bzip2": zipfile.ZIP_BZIP2}


def packed(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of some files, their names in UTF-8."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def named(name: bytes, content: bytes = MEMBER) -> bytes:
    """Return a zip of one file whose name is these very bytes, as programs write that know nothing of UTF-8."""
    return packed({"x" * len(name): content}).replace(b"x" * len(name), name)


def told(data: bytes, name: str = "外.zip") -> list[tuple[str, str]]:
    """Return (name, what came of it) of each file of a zip."""
    outcomes = list(archives.members(name, data))
    for each in outcomes:
        if isinstance(each, UserError):
            for spoken in ("zh", "en"):
                assert str(each.arguments["name"]) in say_in(spoken, each.message_id, **each.arguments)
    return [
        (each.name, "read") if isinstance(each, Member) else (str(each.arguments["name"]), each.message_id)
        for each in outcomes
    ]


def test_every_file_is_a_source_under_the_name_of_its_zip():
    inner = packed({"乙县.txt": MEMBER})
    data = packed({"2023/甲县.docx": b"1", "空文件夹/": b"", "内.zip": inner, "丙县.pdf": b"3"})
    assert list(archives.members("外.zip", data)) == [
        Member("外.zip/2023/甲县.docx", b"1"),
        Member("外.zip/内.zip/乙县.txt", MEMBER),
        Member("外.zip/丙县.pdf", b"3"),
    ]


def test_a_zip_on_disk_is_not_read_whole(tmp_path, monkeypatch):
    (tmp_path / "外.zip").write_bytes(packed({"甲.txt": MEMBER}))
    monkeypatch.setattr(limits, "SOURCE_BYTES", 20)
    assert list(archives.members("外.zip", tmp_path / "外.zip")) == [Member("外.zip/甲.txt", MEMBER)]
    (missing,) = archives.members("无.zip", tmp_path / "无.zip")
    assert isinstance(missing, UserError) and missing.message_id == "source_missing"


def test_one_file_is_in_memory_at_a_time():
    members = archives.members("外.zip", packed({f"{k}.txt": MEMBER for k in range(3)})[:-1] + b"\0")
    assert next(members)  # a generator: nothing is unpacked before it is asked for


def test_files_that_nobody_packed_are_passed_over():
    names = ("__MACOSX/._甲.docx", ".DS_Store", "a/Thumbs.db", "~$甲.docx", ".git/甲.txt", "a/desktop.ini", "甲.txt")
    assert told(packed(dict.fromkeys(names, MEMBER))) == [("外.zip/甲.txt", "read")]


@pytest.mark.parametrize("written", ["utf-8", "gb18030"])
def test_names_are_read_in_the_encoding_of_their_maker(written):
    assert told(named("梧澜县报告.txt".encode(written))) == [("外.zip/梧澜县报告.txt", "read")]


def test_a_name_in_a_field_of_its_own_goes_before():
    data = bytearray(named("梧澜县.txt".encode("gb18030")))
    short = "梧澜县.txt".encode("gb18030")
    field = b"\x01" + struct.pack("<L", zipfile.crc32(short)) + "梧澜縣.txt".encode()
    info = zipfile.ZipInfo.from_file(__file__, "x")
    info.filename = info.orig_filename = short.decode("cp437")
    info.extra = struct.pack("<HH", 0x9999, 1) + b"x" + struct.pack("<HH", 0x7075, len(field)) + field
    assert zips.name_of(info) == "梧澜縣.txt"
    info.extra = struct.pack("<HH", 0x7075, 400) + b"cut"
    assert zips.name_of(info) == "梧澜县.txt"
    assert told(bytes(data)) == [("外.zip/梧澜县.txt", "read")]


@pytest.mark.parametrize(
    "name", ["../甲.txt", "a/../../甲.txt", "/甲.txt", "C:/甲.txt", "..\\甲.txt", "\\\\s\\t\\甲.txt"]
)
def test_a_name_that_leads_out_is_told_and_the_rest_read(name):
    outcomes = told(packed({name: MEMBER, "乙.txt": MEMBER}))
    assert [outcome for _, outcome in outcomes] == ["archive_member_outside", "read"]


def test_a_name_that_would_break_a_line_is_shown_without_that():
    assert told(packed({"甲\n\u202e.txt": MEMBER})) == [("外.zip/甲\ufffd\ufffd.txt", "read")]


def test_a_link_is_told():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        info = zipfile.ZipInfo("甲.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert told(made.getvalue()) == [("外.zip/甲.txt", "archive_member_link")]


def test_a_locked_file_is_told_and_the_rest_read():
    data = bytearray(packed({"甲.txt": MEMBER, "乙.txt": MEMBER}))
    data[data.index(b"PK\x01\x02") + 8] |= zips.ENCRYPTED
    data[data.index(b"PK\x03\x04") + 6] |= zips.ENCRYPTED
    assert told(bytes(data)) == [("外.zip/甲.txt", "archive_member_locked"), ("外.zip/乙.txt", "read")]


@pytest.mark.parametrize("method", METHODS)
def test_a_way_of_packing_that_is_not_known_is_told(method):
    data = bytearray(packed({"甲.txt": MEMBER}))
    for sign, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.index(sign) + offset] = METHODS[method]
    assert told(bytes(data)) == [("外.zip/甲.txt", "archive_member_method")]


def test_a_damaged_file_is_told_and_the_rest_read():
    data = bytearray(packed({"甲.txt": MEMBER * 9, "乙.txt": MEMBER}))
    data[50] ^= 0xFF
    assert [outcome for _, outcome in told(bytes(data))] == ["archive_member_damaged", "read"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip at all", packed({"甲.txt": MEMBER * 99})[:-40]])
def test_a_zip_that_is_none_is_told(data):
    assert told(data) == [("外.zip", "archive_damaged")]


def test_a_bomb_is_told_and_the_rest_read():
    bomb = bytes(limits.RATIO_FREE_BYTES + 1)
    assert told(packed({"弹.txt": bomb, "乙.txt": MEMBER})) == [
        ("外.zip/弹.txt", "archive_bomb"),
        ("外.zip/乙.txt", "read"),
    ]


def test_a_bomb_that_claims_to_be_small_is_damaged_not_unpacked():
    data = bytearray(packed({"弹.txt": bytes(40 * limits.MB)}))
    struct.pack_into("<L", data, data.index(b"PK\x01\x02") + 24, 100)
    assert told(bytes(data)) == [("外.zip/弹.txt", "archive_member_damaged")]


def test_files_that_lie_over_each_other_are_a_bomb():
    data = bytearray(packed({"a.txt": MEMBER * 9, "b.txt": MEMBER}))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    struct.pack_into("<L", data, second + 42, 0)
    assert told(bytes(data)) == [("外.zip", "archive_bomb")]


def test_zips_in_zips_end_somewhere():
    data = packed({"甲.txt": MEMBER})
    for _ in range(limits.NESTING):
        data = packed({"内.zip": data})
    assert told(data) == [("外.zip" + "/内.zip" * limits.NESTING, "archive_nested")]


def test_bounds_are_told_before_they_are_met(monkeypatch):
    data = packed({f"{k}.txt": MEMBER * 9 for k in range(4)})
    monkeypatch.setattr(limits, "MEMBERS", 3)
    assert told(data) == [("外.zip", "archive_too_many")]
    monkeypatch.setattr(limits, "MEMBERS", 9)
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 3 * len(MEMBER * 9))
    assert told(data) == [("外.zip", "archive_too_large")]
    monkeypatch.setattr(limits, "SOURCE_BYTES", 10)
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 10_000)
    assert told(data) == [(f"外.zip/{k}.txt", "source_too_large") for k in range(4)]


def test_what_zips_inside_zips_hold_counts_with_the_rest(monkeypatch):
    inner = packed({f"{k}.txt": bytes(800) for k in range(3)}, zipfile.ZIP_STORED)
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 2 * len(inner) + 10)
    outcomes = told(packed({"一.zip": inner, "二.zip": inner}, zipfile.ZIP_STORED))
    assert [outcome for _, outcome in outcomes] == ["read"] * 3 + ["archive_too_large"] * 3


def test_a_directory_larger_than_any_is_not_read(monkeypatch):
    monkeypatch.setattr(limits, "MEMBERS", 0)
    assert told(packed({"甲.txt": MEMBER})) == [("外.zip", "archive_too_many")]


def test_a_document_that_is_called_a_zip_is_one_source():
    data = docx(["受理12件。"])
    assert list(archives.members("报告.zip", data)) == [Member("报告.zip", data)]


def test_what_a_saved_web_page_brought_along_is_passed_over():
    files = ("2023/年报.html", "2023/年报_files/logo.png", "2023/年报_files/b/c.png", "照片_files/1.png")
    names = [each.name for each in archives.members("外.zip", packed(dict.fromkeys(files, MEMBER)))]
    assert names == ["外.zip/2023/年报.html", "外.zip/照片_files/1.png"]
