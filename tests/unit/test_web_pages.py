"""Saved web pages: the report and nothing of what a portal puts around it, in every encoding and layout."""

import quopri
import time

import pytest
from reading_samples import SAMPLES, squeezed, words

from desktop import districts, indicators, reading
from desktop.cells import combine
from desktop.errors import UserError
from desktop.extraction import extract
from desktop.reading import limits
from desktop.reading.web_lines import is_furniture
from desktop.text import say_in
from tests.converting import blocks_of, html, mht
from tests.converting.portals import layout

TITLE = "梧澜县人民政府2023年法治政府建设年度报告"
REPORT = [
    "2023年，梧澜县坚持以法治思想为指导，扎实推进各项工作，现将有关情况报告如下。",
    "一、主要举措和成效",
    "（一）健全行政决策机制。全年审查重大行政决策12件、规范性文件9件，提出意见47条。",
    "（二）规范行政执法。作出行政处罚608件、行政许可4612件，公示率100%。",
    "（三）化解行政争议。收到行政复议申请151件，受理140件，办结131件；行政应诉66件，败诉7件，败诉率10.6%。",
    "二、存在的不足",
    "基层执法力量不足，个别单位学法不够深入。",
    "梧澜县人民政府",
    "2024年1月22日",
]
# What only the page says, of which no layout may leave anything.
FURNITURE = (
    "浏览", "点击", "阅读", "访问", "责任编辑", "编辑", "来源", "作者", "首页", "打印", "关闭", "分享", "微信", "字号",
    "字体", "上一篇", "下一篇", "版权所有", "备案", "主办", "扫一扫", "相关", "热点", "3456", "12℃", "88888", "12345件",
    "3,219,004", "1286541", "999件", "333件", "领导之窗", "欢迎", "登录",
)  # fmt: skip


def read(page: str, encoding: str = "utf-8", name: str = "报告.html") -> str:
    return reading.read(name, page.encode(encoding)).text


@pytest.mark.parametrize("name", layout)
def test_a_portals_page_gives_the_report_alone(name):
    text = read(layout[name](TITLE, REPORT))
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    at = next(at for at, line in enumerate(lines) if line.endswith(TITLE))
    assert at < 8
    assert squeezed("".join(lines[lines.index(REPORT[0]) :])) == squeezed("".join(REPORT))
    assert not [said for said in FURNITURE if said in text]


@pytest.mark.parametrize("name", layout)
def test_the_cells_of_a_page_are_those_of_the_report(name):
    catalogue, divisions = indicators.load(), districts.load()
    plain, page = (
        reading.read(f"a{ending}", text.encode())
        for ending, text in ((".txt", "\n".join([TITLE, *REPORT])), (".html", layout[name](TITLE, REPORT)))
    )
    wanted, found = (
        [(cell.indicator, cell.value) for cell in combine(extract(each, catalogue, divisions).figures, catalogue)]
        for each in (plain, page)
    )
    assert found == wanted and len(wanted) >= 8


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_reads_as_it_was_written(sample):
    blocks = blocks_of(sample.read_text(encoding="utf-8"))
    page, mail = reading.read("报告.htm", html.write(blocks)), reading.read("报告.mhtml", mht.write(blocks))
    assert squeezed(page.text) == words(blocks)
    assert (page.reader, mail.reader, mail.text) == ("html", "mht", page.text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("label", ["gb2312", "utf-8", "iso-8859-1", "GBK", "nothing"])
def test_the_encoding_is_found_whatever_the_page_says(encoding, label):
    head = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={label}"></head>'
    assert read(f"{head}<p>镕基䶮山乡受理3件。</p>", encoding) == "镕基䶮山乡受理3件。"


def test_a_page_in_big5_is_read_as_it_says():
    assert read("<meta charset=big5><p>臺灣省行政覆議申請受理三件。</p>", "big5") == "臺灣省行政覆議申請受理三件。"


def test_a_page_that_was_cut_inside_a_character_is_read_to_there():
    data = f"<p>{'受理12件。' * 40}".encode("gb18030")[:-1]
    assert reading.read("a.html", data).text.startswith("受理12件。受理12件。")


@pytest.mark.parametrize("label", ["gb2312", "utf-8"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_a_mail_is_decoded_by_what_it_holds(label, encoding):
    mail = mht.mail("<html><p>镕基受理12件，办结9件，另有3件，均已答复。</p></html>".encode(encoding), label)
    assert reading.read("报告.mht", mail).text == "镕基受理12件，办结9件，另有3件，均已答复。"


def test_the_page_of_a_frame_is_read_where_the_report_is_in_it():
    outer = "<html><frameset><frame src=a></frameset><noframes>x</noframes></html>"
    inner = f"<html><body><p>{'收到151件，受理140件。' * 5}</p></body></html>".encode("gbk")
    part = b"--e\r\nContent-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    mail = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=e\r\n\r\n"
    mail += part + quopri.encodestring(outer.encode()) + b"\r\n" + part + quopri.encodestring(inner) + b"\r\n--e--\r\n"
    assert reading.read("报告.mht", mail).text == "收到151件，受理140件。" * 5


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>受理<b>12</b>\n件，\n  办结<br>9件</p>", "受理12件，办结\n9件"),
        ("<p style='text-indent:2em'>甲</p><p>&nbsp;</p><p>&emsp;&emsp;乙&nbsp;丙</p>", "　　甲\n\n　　乙 丙"),
        ("<ol><li>甲<li><p>乙</p></ol>", "1. 甲\n2. 乙"),
        ("<ol start=3 style='list-style-type:cjk-ideographic'><li>丙</ol>", "三、丙"),
        ("<ul><li>甲</li></ul><ol type=A style='color:red'><li>乙</li></ol>", "甲\nA. 乙"),
        ("<pre>甲\n  乙</pre><div style='white-space:pre-wrap'>丙\n丁</div>", "甲\n　　乙\n丙\n丁"),
        ("甲<del>99</del><ins>12</ins>件<sup>2</sup>", "甲12件2"),
        ("<span style='display:block'>甲</span><span>乙</span>", "甲\n乙"),
        ("<table><tr><td rowspan=2>复议<td>收到<td>9件<tr><td>受理<td>8件</table>", "复议\t收到\t9件\n\t受理\t8件"),
        ("<table><caption>附表</caption><tr><th>项目<th>今年<tr><td>应诉<td>6</table>", "附表\n项目\t今年\n应诉\t6"),
        ("<table><tr><td><table><tr><td>甲<td>乙<tr><td>丙<td>丁</table></table>", "甲\t乙\n丙\t丁"),
        ("<table>说明<tr><td>甲<td>乙</table>", "说明\n甲\t乙"),
        ("<p>一<p>二<div>三<p>四</div>五", "一\n二\n三\n四\n五"),
        ("<title>不算</title><style>p{}</style><!-- 99件 --><textarea>8件</textarea><p>甲</p>", "甲"),
        ("&#x6881;&#26575;&lt;3&gt;&amp;", "梁柏<3>&"),
    ],
)  # fmt: skip
def test_a_page_is_laid_out_as_a_browser_does(page, text):
    assert read(f"<html><body>{page}</body></html>") == text


def test_a_title_of_several_lines_stays_whole():
    page = (
        f"<title>{TITLE}</title><div class=nav><a href=/>首页</a></div><p>政府信息公开</p><p>梧政〔2024〕5号</p>"
        f"<p>梧澜县人民政府</p><p>2023年法治政府建设年度报告</p>{REPORT[0]}<p>{REPORT[2]}</p>"
    )
    assert read(page).split("\n")[:3] == ["梧政〔2024〕5号", "梧澜县人民政府", "2023年法治政府建设年度报告"]


def test_files_that_belong_to_a_report_are_named_and_links_in_sentences_stay():
    page = (
        "<div class=nav><a href=/>首页</a><a href=/1>公开</a></div><div id=c><p>依据<a href=/l>《行政复议法》</a>，"
        "收到151件，受理140件，办结131件。</p><p>附件：<a href=/f.doc>1.统计表.doc</a> <a href=/g.pdf>2.清单</a></p>"
        "<p><a href=/more>更多链接在此</a></p></div>"
    )
    assert read(page) == "依据《行政复议法》，收到151件，受理140件，办结131件。\n附件：1.统计表.doc 2.清单"


@pytest.mark.parametrize(
    "line",
    [
        "受理12件",
        "（一）关闭煤矿3处",
        "编辑普法读物5种",
        "来源治理成效明显",
        "大力推进",
        "2024年1月22日",
    ],
)
def test_lines_of_reports_are_no_furniture(line):
    assert not is_furniture(line)


def test_a_page_of_plain_text_and_one_of_nothing():
    assert reading.read("a.html", "受理12件。\n办结9件。".encode()).text == "受理12件。\n办结9件。"
    for page in ("<html><body><script>x</script></body></html>", "<p>&nbsp;</p>"):
        with pytest.raises(UserError, match="source_empty"):
            read(page)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("大.html", b"<p>" + b"x" * limits.PART_BYTES, "source_too_complex"),
        ("乱.html", b"<p>" + bytes(range(128, 256)) * 40, "source_not_text"),
        ("空.mht", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=e\n\n--e--\n", "source_damaged"),
        ("图.mht", b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p></p>", "source_empty"),
    ],
)  # fmt: skip
def test_a_bad_page_gets_a_sentence(name, data, message):
    with pytest.raises(UserError) as raised:
        reading.read(name, data)
    assert raised.value.message_id == message
    assert all(name in say_in(spoken, message, **raised.value.arguments) for spoken in ("zh", "en"))


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 20_000 + "甲",
        "</font>乙" * 20_000 + "<p>甲",
        "".join(f"<b id={k}>" for k in range(2_000)) + "<p>" * 5_000 + "甲",
        "<table><td>" * 8_000 + "甲",
        "<table><td>" * 4_000 + "乙" * 100_000 + "</table>" * 4_000 + "甲",
        "<div class=nav>" * 8_000 + "<h1>乙</h1>甲",
        "<div><a href=1>附件</a>" * 9_000 + "甲",
        "<a b='" * 40_000 + "\"'><p>甲",
        "<!--" * 40_000 + "--><p>甲",
        "<p " + "x " * 100_000 + ">甲",
        "<select><option>乙" * 9_000 + "<p>甲",
        f"<p><img src='data:image/png;base64,{'A' * 1_000_000}'>甲",
    ],
    ids=[
        "deep",
        "stray ends",
        "nothing closed",
        "tables",
        "cells",
        "named",
        "links",
        "quotes",
        "comments",
        "attributes",
        "lists",
        "a picture",
    ],
)
def test_a_page_made_to_overwhelm_is_read_in_little_time(page):
    begun = time.process_time()
    assert read(f"<html>{page}</html>").endswith("甲")
    assert time.process_time() - begun < 5


def test_a_page_of_too_many_elements_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "ELEMENTS", 5)
    with pytest.raises(UserError, match="source_too_complex"):
        read("<p>甲</p>" * 10)


def test_head_and_foot_of_a_printed_document_are_no_part_of_it():
    page = '<div title="header"><p>第 1 页，共 9 页</p></div><p>受理12件。</p><div title="footer"><p>- 1 -</p></div>'
    assert read(f"<html><body>{page}</body></html>").strip() == "受理12件。"
