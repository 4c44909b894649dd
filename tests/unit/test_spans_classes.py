"""Which class claims a numeral: every one of a sentence is marked `<numeral|class>`, in text order."""

from __future__ import annotations

import re

import pytest
from spans_table import lines

from desktop.extraction.spans import read_figures

CLASSES = """
# dates
<2024|date>年<12|date>月<30|date>日，<二〇二四|date>年<十二|date>月
<2021|date>—<2025|date>年，<1|date>—<9|date>月，<2022|date>、<2023|date>年
连续<四|date>年，第<三|date>季度，<3|date>季度，前<三|date>季度，近<三|date>年，为期<三|date>个月
<8|date>:<30|date>—<17|date>:<30|date>，上午<9|date>时<30|date>分，建党<103|date>周年，（<2024|date>）
<2024|date>-<12|date>-<31|date>，<2024|date>/<12|date>/<31|date>，<2024.12.31|date>，<2024.12|date>
# documents
县政发〔<2024|document_number>〕<12|document_number>号，（<2024|document_number>）豫<0191|document_number>行初<12|document_number>号，第<794|document_number>号令，<3|document_number>号文件
# clauses
<一|clause_number>、加强领导。⏎（<二|clause_number>）健全制度。⏎<3|clause_number>.完善机制。⏎（<4|clause_number>）压实责任⏎<⑤|clause_number>落实
<一|clause_number>是强化领导；<二|clause_number>是健全制度。其<一|clause_number>，制度不全；第<一|clause_number>，提高认识。
第<三十三|clause_number>条第<一|clause_number>款第（<三|clause_number>）项，第<12|clause_number>条
<1|clause_number>.<2024|date>年工作⏎<2|clause_number>.<3|figure>家企业
# ordinals
第<五|ordinal>次会议，全省第<一|ordinal>，<二十|ordinal>届，第<7|ordinal>名，前<10|ordinal>名，第<一|ordinal>责任人
# names
<12345|name>热线，“<1|name>+N”，<3|name>+<3|name>模式，<3|name>·<15|name>，<5|name>G，A<4|name>纸，<2.0|name>版，<24|name>小时自助
“<三|name>项制度”，<四|name>个意识，<一|name>件事，<一|name>批，统<一|name>，进<一|name>步，<百|name>姓，<十四五|name>规划，<二十|name>大
<三|name>年行动，<百|name>日攻坚，“<八五|name>”普法，<107|name>国道，《关于<十五|name>项措施的通知》，<四|name>张清单
# furniture
浏览次数：<1234|furniture>⏎发布日期：<2025|furniture>-<01|furniture>-<20|furniture>⏎- <3|furniture> -⏎第<3|furniture>页
豫ICP备<05012345|furniture>号-<1|furniture>，联系电话：<0371|furniture>-<66881234|furniture>，www.example.gov.cn/<2025|furniture>/a<12|furniture>.html
全年共 — <7|furniture> — 受理
# figures: the numeral alone, without its unit
收到<151|figure>件，归集<12万|figure>余条，<三百二十|figure>份，占<百分之九十五|figure>，<1906|figure>、<254|figure>、<4417|figure>件，<3|figure>至<5|figure>个
挽回损失<590余万|figure>元，<半|figure>个工作日，<3|figure>至<5|figure>名
# open: nothing claims it
编码规则采用<4417|open>，数<十|open>件
"""
_MARK = re.compile(r"<([^<>|]+)\|([a-z_]+)>")


@pytest.mark.parametrize("line", lines(CLASSES))
def test_classes(line: str) -> None:
    line = line.replace("⏎", "\n")
    wanted = [(mark[1], mark[2]) for mark in _MARK.finditer(line)]
    text = _MARK.sub(r"\1", line)
    _, numerals = read_figures(text)
    assert [(text[n.start : n.end], n.numeral_class) for n in numerals] == wanted
