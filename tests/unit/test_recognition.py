"""Scans and page photos: what is recognised, where it stands, how sure it is, and what that means for figures."""

import io
import sys
import zlib

import pytest
from PIL import Image

from desktop import districts, indicators, reading
from desktop.errors import UserError
from desktop.extraction import extract
from desktop.model import Document
from desktop.reading import limits, ocr, pdf, pictures
from desktop.reading.drawn_lines import drawn_lines
from desktop.reading.glyphs import Glyph, Sheet
from desktop.reading.paragraphs import compose
from tests.converting.pdf import content, document, said
from tests.converting.setting import Sheet as Page
from tests.converting.setting import Words, pages
from tests.converting.tif import DOTS, painted, worn

LINES = ["收到行政复议申请1516件，办结", "1403件，调解率为25.7%。"]
AREA = (0, 0, 900, 260)  # pixels: the part of the page that these lines stand on

installed = pytest.mark.skipif(ocr.models() is None, reason="recognition (the extra hebao[ocr]) is not installed")


def photo(lines=LINES):
    words = [Words(text, 60, 40 + 28 * k, 16) for k, text in enumerate(lines)]
    return painted(Page(words, [])).crop(AREA)


def saved(picture, kind, **how):
    made = io.BytesIO()
    picture.save(made, kind, **how)
    return made.getvalue()


@pytest.fixture(scope="module")
def plain():
    return reading.read("扫描件.png", saved(photo(), "PNG", dpi=(DOTS, DOTS)))


@installed
def test_a_photo_is_read_as_its_paragraphs(plain):
    assert plain.text == "".join(LINES)
    assert plain.reader == "png/ocr"
    assert plain.doubts == ()
    assert reading.is_paged(plain.reader)


@installed
def test_each_recognised_character_has_its_box_in_points(plain):
    page = plain.pages[0]
    assert (page.width, page.height) == pytest.approx((900 * 72 / DOTS, 260 * 72 / DOTS), abs=0.1)
    assert len(page.boxes) == len(plain.text)
    for at, x in ((0, 68), (8, 60 + 8 * 16 + 4), (9, 60 + 8.5 * 16 + 4)):
        left, top, right, bottom = page.boxes[at]
        assert (left + right) / 2 == pytest.approx(x, abs=4)
        assert (top + bottom) / 2 == pytest.approx(34, abs=4)
        assert bottom - top == pytest.approx(16, abs=3)


@installed
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_pages_that_lie_on_their_side_or_head_are_read_and_marked_as_they_lie(degrees, plain):
    found = reading.read("a.png", saved(photo().rotate(degrees, expand=True), "PNG", dpi=(DOTS, DOTS)))
    assert found.text == plain.text
    width, height = plain.pages[0].width, plain.pages[0].height
    left, top, right, bottom = plain.pages[0].boxes[0]
    expected = {
        90: (top, width - right, bottom, width - left),
        180: (width - right, height - bottom, width - left, height - top),
        270: (height - bottom, left, height - top, right),
    }[degrees]
    assert found.pages[0].boxes[0] == pytest.approx(expected, abs=4)


@installed
def test_a_turned_noisy_grey_scan_is_read():
    assert reading.read("a.jpg", saved(worn(photo(), 1.4, 12), "JPEG", quality=60)).text == "".join(LINES)


@installed
def test_a_photo_taken_upright_is_shown_and_read_upright():
    held = Image.Exif()
    held[pictures.ORIENTATION] = 6
    data = saved(photo().rotate(90, expand=True), "JPEG", exif=held, dpi=(DOTS, DOTS))
    found = reading.read("a.jpeg", data)
    assert found.text == "".join(LINES)
    assert found.pages[0].width > found.pages[0].height
    shown = reading.render("a.jpeg", data, 1, 1.0)
    assert (shown.width, shown.height) == pytest.approx((found.pages[0].width, found.pages[0].height), abs=1)


@installed
def test_pages_of_text_and_pages_of_pictures_in_one_file(capfd):
    scan = saved(photo().convert("RGB"), "JPEG", quality=90), *photo().size
    laid = b"q 595.28 0 0 400 0 0 cm /I Do Q"
    text = content(pages(["全县共有行政执法人员1203名。"])[0])
    found = reading.read("a.pdf", document([laid, text], pictures=[scan]))
    assert found.reader == "pdf/ocr"
    assert found.text.replace("\n", "") == "".join(LINES) + "全县共有行政执法人员1203名。"
    assert [page.number for page in found.pages] == [1, 2]
    assert capfd.readouterr() == ("", "")


@installed
def test_every_page_of_a_tif_is_read():
    data = saved(photo(LINES[:1]), "TIFF", save_all=True, append_images=[photo(LINES[1:])], dpi=(DOTS, DOTS))
    found = reading.read("a.tif", data)
    assert found.text.replace("\n", "") == "".join(LINES)
    assert len(found.pages) == 2
    assert reading.render("a.tif", data, 2, 1.0).rgb != reading.render("a.tif", data, 1, 1.0).rgb


def table():
    """Return a drawn table with a cell of two lines, painted."""
    words = [("项目", 70, 40), ("本年", 190, 40), ("行政复议", 70, 72), ("申请", 70, 92), ("151件", 190, 82)]
    across, down = ([(60.0, y, 260.0, y) for y in (22, 54, 104)], [(x, 22.0, x, 104.0) for x in (60, 180, 260)])
    return painted(Page([Words(text, x, y, 14) for text, x, y in words], [*across, *down])).crop((120, 20, 800, 320))


@installed
def test_cells_of_a_scanned_table_hold_their_lines_together():
    data = saved(worn(table(), -0.9, 6), "PNG", dpi=(DOTS, DOTS))
    assert reading.read("a.png", data).text == "项目\t本年\n\n行政复议申请\t151件"


def test_long_lines_are_found_and_strokes_are_not():
    lines = sorted(drawn_lines(table().convert("RGB")))
    assert len([line for line in lines if line[3] - line[1] <= 2]) == 3
    assert len([line for line in lines if line[2] - line[0] <= 2]) == 3
    assert drawn_lines(photo(["一一一一——二三王", "目口口田——十丰"]).convert("RGB")) == []


@installed
def test_names_set_apart_stay_apart():
    words = [Words("中共梧澜县委", 60, 40, 16), Words("梧澜县人民政府", 164, 40, 16)]
    data = saved(painted(Page(words, [])).crop((100, 40, 900, 160)), "PNG", dpi=(DOTS, DOTS))
    assert reading.read("a.png", data).text == "中共梧澜县委 梧澜县人民政府"


@installed
def test_a_picture_of_nothing_says_so():
    with pytest.raises(UserError) as failed:
        reading.read("a.bmp", saved(Image.new("L", (300, 200), 255), "BMP"))
    assert failed.value.message_id == "source_without_text"


def test_without_recognition_pictures_say_what_to_install_and_text_is_read(monkeypatch):
    monkeypatch.setattr(ocr, "models", lambda: None)
    scan = document([b"q 595 0 0 841 0 0 cm /I Do Q"], pictures=[(saved(photo(), "JPEG"), 900, 260)])
    for name, data in (("a.png", saved(photo(), "PNG")), ("a.pdf", scan)):
        with pytest.raises(UserError) as failed:
            reading.read(name, data)
        assert (failed.value.message_id, failed.value.arguments) == ("ocr_missing", {"name": name})
    assert pdf.read_pdf("a.pdf", document([content(pages(LINES)[0])])).text


def test_without_recognition_the_text_behind_a_scan_is_read_as_doubtful(monkeypatch):
    monkeypatch.setattr(ocr, "models", lambda: None)
    behind = b"q 595 0 0 841 0 0 cm /I Do Q 3 Tr " + said("收到申请151件", 80, 700, 16)
    scan = document([behind], pictures=[(saved(photo().convert("RGB"), "JPEG"), 900, 260)])
    found = reading.read("a.pdf", scan)
    assert (found.reader, found.text, found.doubts) == ("pdf", "收到申请151件", ((0, 8, 0.5),))


def test_scans_without_end_say_so(monkeypatch):
    monkeypatch.setattr(limits, "SCANNED_PAGES", 1)
    data = saved(photo(LINES[:1]), "TIFF", save_all=True, append_images=[photo(LINES[1:])])
    with pytest.raises(UserError) as failed:
        reading.render("a.tif", data, 1, 1.0)
    assert failed.value.message_id == "source_too_many_pages"


def test_damaged_and_monstrous_pictures_say_why():
    whole = saved(photo(), "PNG")
    head = b"IHDR" + (60_000).to_bytes(4) + (60_000).to_bytes(4) + whole[24:29]
    huge = whole[:12] + head + zlib.crc32(head).to_bytes(4) + whole[33:]
    for name, data, said_so in (
        ("a.png", whole[: len(whole) // 2], "source_damaged"),
        ("a.jpg", b"\xff\xd8\xff\xe0 no picture", "source_damaged"),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBP", "source_damaged"),
        ("a.png", huge, "picture_too_large"),
    ):
        with pytest.raises(UserError) as failed:
            reading.render(name, data, 1, 1.0)
        assert failed.value.message_id == said_so


@pytest.mark.parametrize(
    ("picture", "kind", "seen"),
    [
        (Image.new("RGBA", (4, 4), (255, 0, 0, 0)), "PNG", (255, 255, 255)),
        (Image.new("LA", (4, 4), (0, 255)), "PNG", (0, 0, 0)),
        (Image.new("P", (4, 4), 0), "PNG", (0, 0, 0)),
        (Image.new("1", (4, 4), 1), "TIFF", (255, 255, 255)),
        (Image.new("CMYK", (4, 4), (0, 255, 255, 0)), "TIFF", (255, 0, 0)),
        (Image.frombytes("I;16", (2, 1), b"\x00\x10\xff\x3f"), "PNG", (0, 0, 0)),
        (Image.new("RGB", (4, 4), (0, 0, 255)), "WEBP", (0, 0, 255)),
    ],
    ids=["clear", "grey with cover", "palette", "black and white", "print", "deep grey", "webp"],
)
def test_pictures_of_every_kind_are_shown_in_their_colours(picture, kind, seen):
    how = {"lossless": True} if kind == "WEBP" else {}
    shown = reading.render(f"a.{kind.lower()}", saved(picture, kind, **how), 1, 1.0)
    assert (shown.width, shown.height) == picture.size
    assert tuple(shown.rgb[:3]) == pytest.approx(seen, abs=2)


def test_what_is_unsure_is_told_by_spans():
    row = "收到151件"
    sure = [0.99, 0.99, 0.99, 0.6, 0.7, 0.99]
    glyphs = [Glyph(c, 10 + 10 * k, 10, 20 + 10 * k, 20, None, sure[k]) for k, c in enumerate(row)]
    assert compose("a", "png/ocr", "0", [Sheet(100, 100, glyphs)]).doubts == ((3, 5, 0.6),)


def test_figures_of_unsure_characters_are_trusted_less():
    text = "全年收到行政复议申请151件，审结140件。"
    at = text.index("151")
    known = indicators.load(), districts.load()
    plainly, unsure = (
        extract(Document("a", "png/ocr", "0", text, (), doubts), *known).figures
        for doubts in ((), ((0, 2, 0.3), (at + 1, at + 2, 0.62)))
    )
    assert unsure[0].confidence == pytest.approx(plainly[0].confidence * 0.62, abs=1e-3)
    assert unsure[1] == plainly[1]


def test_libtiff_says_nothing_about_a_damaged_picture(capfd):
    page = bytearray(saved(photo(), "TIFF", compression="tiff_deflate"))
    for at in range(400, len(page) - 400, 97):
        page[at] ^= 0x5A
    with pytest.raises(UserError, match="source_damaged"):
        reading.render("坏.tif", bytes(page), 1, 1.0)
    print("后", file=sys.stderr)
    assert capfd.readouterr().err == "后\n"
