"""PDF pages -> text as a person reads it, with the place of each character as the page is shown."""

import math

import pytest

from desktop import reading
from desktop.errors import UserError
from desktop.reading import limits, pdf
from tests.converting import pdf as writing
from tests.converting.pdf import content, document, said
from tests.converting.setting import HEIGHT, WIDTH, Sheet, Words, pages

FIRST = "二〇二四年，梧澜县人民政府全面推进法治政府建设，收到行政复议申请151件，办结140件，其中调解36件，占25.7%。"
SECOND = "全县共有行政执法人员1203名，全年办理行政处罚案件612件，较上年下降6.0%，没有一件因程序违法被撤销或者变更。"


def read(contents, **how):
    return reading.read("报告.pdf", document(contents, **how))


def paragraphs(text):
    return text.split("\n\n")


def drawn(lines, x=80.0, top=100.0, size=16.0, pitch=28.0):
    """Return the drawing of lines of text below each other; a pair tells where its line begins."""
    told = [line if isinstance(line, tuple) else (line, x) for line in lines]
    return b"\n".join(said(text, at, HEIGHT - top - pitch * k, size) for k, (text, at) in enumerate(told))


def test_lines_of_a_paragraph_are_joined_without_spaces():
    assert paragraphs(read([content(sheet) for sheet in pages(["标题", FIRST, SECOND])]).text) == [
        "标题",
        FIRST,
        SECOND,
    ]


def test_a_paragraph_goes_on_over_the_end_of_a_page():
    blocks = [FIRST, SECOND] * 8
    sheets = pages(blocks)
    assert len(sheets) == 2
    found = read([content(sheet) for sheet in sheets])
    assert paragraphs(found.text) == blocks
    assert [page.number for page in found.pages] == [1, 2]
    assert found.pages[0].start == 0
    assert found.pages[0].end == found.pages[1].start
    assert found.pages[1].end == len(found.text)


def test_heads_and_feet_of_pages_are_left_out():
    body = ["甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥甲乙丙丁戊己"[k:] + "零一二三四五"[:k] for k in range(6)]
    made = []
    for number in range(1, 4):
        head = said("法治政府建设年度报告", 200, HEIGHT - 50, 10)
        foot = said(["— 1 —", "第2页 共3页", "3"][number - 1], 280, 50, 12)
        made.append(b"\n".join([head, drawn(body), foot]))
    text = read(made).text
    assert "年度报告" not in text
    assert not set(text) & set("123—第页共")


def test_a_name_that_heads_the_first_page_and_signs_the_last_stays():
    first = drawn(["梧澜县人民政府", *["全年收到行政复议申请一百五十一件，办结一百四十件，余下的正在办理"] * 20])
    last = drawn(["梧澜县人民政府", "2025年1月16日"])
    assert read([first, last]).text.count("梧澜县人民政府") == 2


def test_where_nothing_is_indented_short_lines_end_paragraphs():
    lines = ["收到行政复议申请151件，办结140件，其中调解结案36件，调", "解率为25.7%。", "全县共有行政执法人员1203名。"]
    assert paragraphs(read([drawn(lines)]).text) == [lines[0] + lines[1], lines[2]]


def test_two_columns_are_read_one_after_the_other():
    left = ["梧澜县全年收到行政复议申请一百五十", *["一件左栏左栏左栏左栏左栏左栏左栏左"] * 8]
    right = ["其中调解结案三十六件右栏右栏右栏右", *["右栏右栏右栏右栏右栏右栏右栏右栏右"] * 8]
    made = b"\n".join([drawn(left, 60, size=12, pitch=20), drawn(right, 320, size=12, pitch=20)])
    assert "".join(read([made]).text.split()) == "".join(left + right)


def test_cells_of_a_drawn_table_hold_their_lines_together():
    words = [
        ("项目", 90, 120),
        ("本年", 290, 120),
        ("收到行政复议", 90, 150),
        ("申请（件）", 90, 170),
        ("151", 290, 160),
    ]
    across = [(80.0, y, 400.0, y) for y in (100, 130, 180)]
    down = [(x, 100.0, x, 180.0) for x in (80, 280, 400)]
    sheet = Sheet([Words(text, x, y, 14) for text, x, y in words], [*across, *down])
    assert paragraphs(read([content(sheet)]).text) == ["项目\t本年", "收到行政复议申请（件）\t151"]


def test_watermarks_are_left_out():
    slanted = math.cos(0.7), math.sin(0.7), -math.sin(0.7), math.cos(0.7)
    marks = [said("内部资料", 150, 300, 60, slanted), b"0.8 g", said("梧澜县政府网", 60, 420, 70), b"0 g"]
    assert read([b"\n".join([*marks, drawn([FIRST[:28], FIRST[28:]])])]).text == FIRST


def test_bold_type_painted_twice_is_read_once():
    made = said("收到申请1155件", 80, 700, 16) + b"\n" + said("收到申请1155件", 80.4, 700, 16)
    assert read([made]).text == "收到申请1155件"


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_boxes_are_those_of_the_page_as_shown(rotate):
    made = said("收到申请", 100, 700, 20)  # near the top left corner of the page as it lies in the file
    found = read([made], rotate=rotate)
    page = found.pages[0]
    assert found.text == "收到申请"
    assert (page.width, page.height) == pytest.approx(
        (WIDTH, HEIGHT) if rotate % 180 == 0 else (HEIGHT, WIDTH), abs=0.1
    )
    left, top, right, bottom = page.boxes[0]
    down = HEIGHT - 700
    middle = {
        0: (110, down - 7), 90: (HEIGHT - down + 7, 110),
        180: (WIDTH - 110, HEIGHT - down + 7), 270: (down - 7, WIDTH - 110),
    }[rotate]  # fmt: skip
    assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx(middle, abs=3)
    assert (right - left, bottom - top) == pytest.approx((20, 20), abs=0.5)


def test_text_that_runs_up_the_page_is_read_level_and_marked_where_it_stands():
    upright = [said(line, 100.0 + 28 * k, 100, 16, (0, 1, -1, 0)) for k, line in enumerate([FIRST[:28], FIRST[28:]])]
    found = read([b"\n".join(upright)])
    assert found.text == FIRST
    left, top, right, bottom = found.pages[0].boxes[0]
    assert (left, top, right, bottom) == pytest.approx((86, HEIGHT - 116, 102, HEIGHT - 100), abs=3)


def test_each_character_has_its_box_and_what_stands_between_has_none():
    found = read([content(sheet) for sheet in pages([FIRST, SECOND])])
    page = found.pages[0]
    assert len(page.boxes) == len(found.text)
    at = found.text.index("\n")
    assert page.boxes[at] is None
    before, after = (page.boxes[found.text.index(part)] for part in ("151", "51件"))
    assert after[0] == pytest.approx(before[2], abs=0.5)


def test_characters_of_rare_and_radical_forms_are_kept_one_for_one():
    assert read([said("⼀⼈𠮷田镇３５户", 80, 700, 16)]).text == "⼀⼈𠮷田镇３５户"


def test_a_page_as_it_looks():
    shown = reading.render("报告.pdf", document([b"1 0 0 rg 0 0 100 100 re f"], rotate=90), 1, 0.5)
    assert (shown.width, shown.height) == (math.ceil(HEIGHT / 2), math.ceil(WIDTH / 2))
    assert shown.rgb[:3] == b"\xff\x00\x00"  # what is at the bottom left comes to the top left
    assert shown.rgb[-3:] == b"\xff\xff\xff"
    assert len(shown.rgb) == shown.width * shown.height * 3
    assert reading.is_paged("pdf")
    assert not reading.is_paged("txt")
    with pytest.raises(UserError) as failed:
        reading.render("报告.pdf", document([b""]), 2, 1.0)
    assert failed.value.message_id == "source_no_such_page"


@pytest.mark.parametrize(
    ("data", "said_so"),
    [
        (document([drawn([FIRST[:28]])])[:700], "source_damaged"),
        (b"%PDF-1.7\n nothing of the kind", "source_damaged"),
        (document([]), "source_no_pages"),
        (document([b""] * (limits.PAGES + 1)), "source_too_many_pages"),
        (document([b"0 0 100 100 re f"]), "source_without_text"),
        (document([b""]).replace(b"/Root 1 0 R", b"/Encrypt<</Filter/Other/V 9/R 9>>/Root 1 0 R"), "source_locked"),
    ],
    ids=["truncated", "nothing", "no pages", "too many pages", "no text", "locked"],
)
def test_what_cannot_be_read_says_why(data, said_so):
    with pytest.raises(UserError) as failed:
        reading.read("报告.pdf", data)
    assert failed.value.message_id == said_so


def test_text_of_a_page_without_end_is_bounded(monkeypatch):
    monkeypatch.setattr(limits, "CHARACTERS", 50)
    with pytest.raises(UserError) as failed:
        pdf.read_pdf("报告.pdf", writing.write([FIRST]))
    assert failed.value.message_id == "source_too_long"
