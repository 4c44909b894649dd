"""OFD: characters where they stand, pages in order, matrices, templates, repeated drawings; bad packages."""

import io

import numpy as np
import pytest
from PIL import Image

from desktop import paths, reading
from desktop.errors import UserError
from desktop.reading import limits, ofd_page, pictures
from desktop.text import say_in
from tests.converting import blocks_of
from tests.converting.ofd import MM, NAMES, package, parts, write
from tests.converting.setting import HEIGHT, LEFT, SIZE, TOP, WIDTH, Sheet, pages

PROSE = "2023年，梧澜县收到行政复议申请151件，办结140件，其中以行政处罚引起的最多，其次是政府信息公开。"
CONTENT = "Doc_0/Pages/Page_0/Content.xml"
HOME = "Doc_0/Document.xml"


def with_page(content, **others):
    """Return a package of one page with this inside its layer, other parts being as given."""
    page = f"<ofd:Page {NAMES}><ofd:Content><ofd:Layer ID='2'>{content}</ofd:Layer></ofd:Content></ofd:Page>"
    made = parts(pages([PROSE])) | {CONTENT: page}
    return package(made | {f"Doc_0/{name}.xml": part for name, part in others.items()})


def text_object(text, x=30.0, y=40.0, inside="", size=5):
    return (
        f'<ofd:TextObject Boundary="{x} {y} 100 10" Size="{size}" {inside}>'
        f'<ofd:TextCode X="0" Y="{size}">{text}</ofd:TextCode></ofd:TextObject>'
    )


def test_each_character_has_its_place_on_its_page():
    text = (paths.samples() / "chenglan-2024.txt").read_text(encoding="utf-8")
    document = reading.read("甲县.ofd", write([PROSE, *blocks_of(text)]))
    assert document.reader == "ofd"
    assert len(document.pages) > 2
    assert "".join(document.text.split()) == "".join((PROSE + text).split())
    page = document.pages[0]
    assert (round(page.width), round(page.height)) == (round(WIDTH), round(HEIGHT))
    assert [page.number for page in document.pages] == list(range(1, len(document.pages) + 1))
    for one in document.pages:
        assert len(one.boxes) == one.end - one.start
    left, top, right, bottom = page.boxes[0]
    assert abs(left - (LEFT + 2 * SIZE)) < 0.5
    assert abs(top + 0.86 * SIZE - TOP) < 0.5
    assert right - left == pytest.approx(SIZE / 2, abs=0.1)
    assert bottom - top == pytest.approx(SIZE, abs=0.1)


def test_objects_are_moved_by_their_matrices_and_what_holds_them():
    drawing = (
        f"<ofd:Res {NAMES}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID='7'><ofd:Content>"
        f"{text_object('收到三件', 0, 0)}"
        "</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"
    )
    home = str(parts(pages([PROSE]))[HOME]).replace(
        "<ofd:DocumentRes>", "<ofd:PublicRes>Public.xml</ofd:PublicRes><ofd:DocumentRes>"
    )
    content = (
        "<ofd:PageBlock><ofd:CompositeObject ResourceID='7' Boundary='20 30 9 9' CTM='2 0 0 2 1 1'/></ofd:PageBlock>"
    )
    document = reading.read("甲县.ofd", with_page(content, Public=drawing, Document=home))
    assert document.text == "收到三件"
    left, top, right, bottom = document.pages[0].boxes[0]
    assert left * MM == pytest.approx(21)
    assert (right - left) * MM == pytest.approx(10)
    assert top * MM == pytest.approx(31 + 2 * (5 - 0.86 * 5))
    assert (bottom - top) * MM == pytest.approx(10)


def test_what_a_page_has_of_its_template_is_read_too():
    home = str(parts(pages([PROSE]))[HOME]).replace(
        "<ofd:DocumentRes>", "<ofd:TemplatePage ID='9' BaseLoc='Tpl.xml'/><ofd:DocumentRes>"
    )

    def layer(text, y):
        return f"<ofd:Content><ofd:Layer>{text_object(text, 30, y)}</ofd:Layer></ofd:Content></ofd:Page>"

    template = f"<ofd:Page {NAMES}>{layer('收到三件', 30)}"
    page = f"<ofd:Page {NAMES}><ofd:Template TemplateID='9'/>{layer('办结两件', 60)}"
    made = parts(pages([PROSE])) | {HOME: home, "Doc_0/Tpl.xml": template, CONTENT: page}
    assert reading.read("甲县.ofd", package(made)).text == "收到三件办结两件"


def test_watermarks_and_what_is_not_shown_are_left_out():
    content = "".join(
        [
            text_object("收到三件"),
            text_object("内部资料", 20, 90, 'CTM="0.7 0.7 -0.7 0.7 0 0"', 20),
            text_object("淡印", 20, 120, 'Alpha="40"'),
            text_object("不见", 20, 150, 'Visible="false"'),
            text_object("页外", 500, 20),
        ]
    )
    assert reading.read("甲县.ofd", with_page(content)).text == "收到三件"


def test_parts_in_a_chinese_encoding_and_paths_as_programs_write_them():
    made = dict(parts(pages([PROSE])))
    page = str(made.pop(CONTENT)).replace("UTF-8", "GB2312")
    made["doc_0/pages/PAGE_0/content.xml"] = page.encode("gb18030")
    made["OFD.xml"] = str(made["OFD.xml"]).replace("Doc_0/Document.xml", "\\Doc_0\\Document.xml")
    assert reading.read("甲县.ofd", package(made)).text == PROSE


def test_distances_between_characters():
    assert ofd_page._steps("g 3 4.5 2", 10) == [4.5, 4.5, 4.5, 2.0]
    assert ofd_page._steps("g 99999 1", 4) == [1.0] * 4
    assert ofd_page._steps("1 2 x 3", 9) == [1.0, 2.0]
    assert ofd_page._steps("g 2", 9) == []
    assert ofd_page.numbers("1 2,3 nan 4") == [1.0]


MANY = "<ofd:Page BaseLoc='Pages/Page_0/Content.xml'/>" * 3000
BOMB = f"<ofd:Res {NAMES}><ofd:CompositeGraphicUnits>" + "".join(
    f"<ofd:CompositeGraphicUnit ID='{n}'><ofd:Content>" + f"<ofd:CompositeObject ResourceID='{n + 1}'/>" * 30
    + "</ofd:Content></ofd:CompositeGraphicUnit>" for n in range(7, 20)
) + "</ofd:CompositeGraphicUnits></ofd:Res>"  # fmt: skip


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"OFD.xml": None}, "source_is_archive"),
        ({HOME: None}, "source_damaged"),
        ({CONTENT: None}, "source_damaged"),
        ({CONTENT: "<ofd:Page"}, "source_damaged"),
        ({CONTENT: f"<!DOCTYPE a [<!ENTITY b 'c'>]><ofd:Page {NAMES}>&b;</ofd:Page>"}, "source_entities"),
        ({CONTENT: b"\x00\x01\x02", "Doc_0/Encryptions.xml": "<x/>"}, "source_locked"),
        ({CONTENT: f"<ofd:Page {NAMES}/>"}, "source_empty"),
        ({HOME: f"<ofd:Document {NAMES}/>"}, "source_damaged"),
        (
            {HOME: f"<ofd:Document {NAMES}><ofd:Pages>{MANY}</ofd:Pages></ofd:Document>"},
            "source_too_many_pages",
        ),
        (
            {CONTENT: f"<ofd:Page {NAMES}><ofd:PageRes>R.xml</ofd:PageRes><ofd:Content><ofd:Layer>"
             "<ofd:CompositeObject ResourceID='7'/></ofd:Layer></ofd:Content></ofd:Page>",
             "Doc_0/Pages/Page_0/R.xml": BOMB},
            "source_too_complex",
        ),
    ],
    ids=["no list", "no document", "no page", "half a page", "entities", "password", "nothing in it", "no pages",
         "3,000 pages", "drawings without end"],
)  # fmt: skip
def test_what_is_no_whole_package_gets_a_sentence(change, message):
    made = {name: part for name, part in (parts(pages([PROSE])) | change).items() if part is not None}
    with pytest.raises(UserError) as raised:
        reading.read("甲县.ofd", package(made))
    assert raised.value.message_id == message
    for language in ("zh", "en"):
        assert "甲县.ofd" in say_in(language, message, **raised.value.arguments)


def with_picture(data, boundary="10 20 190 260"):
    """Return a package of a page of text and one that shows a picture."""
    made = parts([*pages([PROSE]), Sheet([], [])], {"0.png": b"", "1.png": data})
    page = f'<ofd:ImageObject ID="5" Boundary="{boundary}" ResourceID="9001"/>'
    page = f"<ofd:Page {NAMES}><ofd:Content><ofd:Layer>{page}</ofd:Layer></ofd:Content></ofd:Page>"
    return package(made | {CONTENT.replace("_0/C", "_1/C"): page})


def test_a_picture_that_fills_a_page_is_recognised_where_it_stands(monkeypatch):
    asked = []

    def recognised(name, data, width, height):
        asked.append((name, data, round(width * MM), round(height * MM)))
        return ofd_page.Sheet(width, height, [ofd_page.Glyph("三", 100, 100, 116, 116, None, 0.5)])

    monkeypatch.setattr(pictures, "recognised", recognised)
    document = reading.read("甲县.ofd", with_picture(b"a picture"))
    assert asked == [("甲县.ofd", b"a picture", 190, 260)]
    assert document.reader == "ofd/ocr"
    assert document.text.endswith("三")
    assert document.doubts == ((len(document.text) - 1, len(document.text), 0.5),)
    assert document.pages[1].boxes[-1] == pytest.approx((100 + 10 / MM, 100 + 20 / MM, 116 + 10 / MM, 116 + 20 / MM))
    small = reading.read("甲县.ofd", with_picture(b"a stamp", "10 20 40 40"))
    assert (small.reader, small.text) == ("ofd", PROSE)


def test_half_a_package_is_a_damaged_document():
    with pytest.raises(UserError, match="source_damaged"):
        reading.read("甲县.ofd", write([PROSE] * 40)[:-200])


def test_more_scanned_pages_than_recognition_has_time_for_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "SCANNED_PAGES", 0)
    with pytest.raises(UserError, match="source_too_many_pages"):
        reading.read("甲县.ofd", with_picture(b"a picture"))


def test_a_picture_of_an_unknown_kind_is_told(monkeypatch):
    monkeypatch.setattr(pictures.ocr, "must_be_there", lambda name: None)
    with pytest.raises(UserError, match="ofd_picture"):
        reading.read("甲县.ofd", with_picture(b"JBIG2"))


def test_a_page_is_drawn_with_its_characters_where_their_boxes_say():
    data = write([PROSE, [["受理", "151"], ["办结", "140"]]])
    document = reading.read("甲县.ofd", data)
    assert reading.is_paged(document.reader)
    scale = 2.0
    shown = reading.render("甲县.ofd", data, 1, scale)
    assert (shown.width, shown.height) == (round(WIDTH * scale), round(HEIGHT * scale))
    page = np.frombuffer(shown.rgb, np.uint8).reshape(shown.height, shown.width, 3)
    for box in filter(None, document.pages[0].boxes):
        left, top, right, bottom = (round(side * scale) for side in box)
        assert page[top:bottom, left:right].min() < 128
    assert page[:, : round((LEFT - 2) * scale)].min() == 255
    for number in (0, 2):
        with pytest.raises(UserError, match="source_no_such_page"):
            reading.render("甲县.ofd", data, number, scale)


def test_a_picture_is_drawn_where_it_stands():
    made = io.BytesIO()
    Image.new("RGB", (19, 26), "red").save(made, "PNG")
    shown = reading.render("甲县.ofd", with_picture(made.getvalue()), 2, 1 / MM / 10)
    page = np.frombuffer(shown.rgb, np.uint8).reshape(shown.height, shown.width, 3)
    assert tuple(page[0, 0]) == (255, 255, 255)
    assert tuple(page[shown.height // 2, shown.width // 2]) == (255, 0, 0)
    assert reading.render("甲县.ofd", with_picture(b"JBIG2"), 2, 0.1).rgb == b"\xff" * (60 * 84 * 3)


def test_more_text_than_any_report_has_is_told(monkeypatch):
    monkeypatch.setattr(limits, "CHARACTERS", 100)
    with pytest.raises(UserError, match="source_too_complex"):
        reading.read("甲县.ofd", write([PROSE] * 10))
