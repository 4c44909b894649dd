"""House styles: how a report of some place is headed, divided, punctuated, numbered and laid out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.writing.numbers import chinese

THEMES = (
    "leadership", "services", "business", "decisions", "enforcement", "emergency", "disputes", "oversight",
    "legal_services",
)  # fmt: skip
# The order in which an official of the other school tells it: law first, then services.
LAW_FIRST = (
    "leadership", "decisions", "enforcement", "disputes", "oversight", "services", "business", "legal_services",
    "emergency",
)  # fmt: skip
NAMES = {
    "leadership": "组织领导", "services": "政务服务", "business": "营商环境", "decisions": "依法决策",
    "enforcement": "行政执法", "emergency": "应急处置", "disputes": "争议化解和纠纷调处", "oversight": "监督制约",
    "legal_services": "法治宣传和法律服务",
}  # fmt: skip
PLAIN = {"plain": 12, "thousands": 1, "more": 2, "wan": 3, "wan_more": 1, "about": 1, "less": 1, "over": 1, "above": 1}


@dataclass(frozen=True)
class House:
    """One house style. `heads` and `parts` number the themes and the big parts, `points` the items of a paragraph."""

    name: str
    head: str
    parts: str
    heads: str
    points: str = ""
    half_width: bool = False
    gap: str = ""
    forms: Mapping[str, int] = field(default_factory=lambda: PLAIN)
    joins: tuple[str, ...] = ("。", "。", "；")
    themes: tuple[str, ...] = THEMES
    lead: float = 0.6
    change: float = 0.1
    lines: bool = False
    width: int = 0
    footer: str = ""


def mark(pattern: str, k: int) -> str:
    """Return the mark before item `k`, counted from 0: （一）, 1．, ① ..."""
    return pattern.format(chinese=chinese(k + 1), number=k + 1, ring=chr(0x2460 + k % 20))


HOUSES = (
    House("formal", "document", "{chinese}、", "（{chinese}）", points="{chinese}是", lead=0.9),
    House(
        "web", "web", "{chinese}、", "({chinese})", points="{chinese}是", half_width=True, gap=" ", lead=0.9,
        joins=("。", "；", "，"),
    ),
    House(
        "pages", "plain", "{chinese}、", "（{chinese}）", width=38, footer="— {} —", lead=0.4,
        forms={**PLAIN, "thousands": 8, "full_width": 3, "full_thousands": 2, "wide_sign": 3},
    ),
    House(
        "flowing", "joint", "", "", lead=0.3, change=0.25, joins=("。", "，", "；"),
        forms={**PLAIN, "chinese": 16, "chinese_more": 6},
    ),
    House(
        "numbered", "none", "{chinese}、", "{number}．", points="（{number}）", lead=0.8, themes=LAW_FIRST, lines=True,
        joins=("；",),
    ),
    House(
        "brief", "plain", "{chinese}、", "（{chinese}）", points="——", lead=0.95, lines=True, themes=LAW_FIRST,
        joins=("。",), forms={"plain": 1},
    ),
    House(
        "rough", "document", "第{chinese}部分 ", "{chinese}、", points="{ring}", lead=0.5, themes=LAW_FIRST,
        forms={"plain": 4, "more": 6, "wan_more": 5, "about": 3, "less": 3, "over": 4, "above": 3, "wan": 3},
    ),
    House(
        "scanned", "none", "{chinese}、", "（{chinese}）", points="{number}.", lead=0.5, footer=" — {} — ",
        forms={"plain": 4, "full_width": 8, "full_thousands": 4, "wide_sign": 4, "chinese": 2},
    ),
    House(
        "county", "web", "", "{chinese}、", lead=0.7, joins=("。", "，"), change=0.1,
        forms={**PLAIN, "chinese": 3, "wan": 6},
    ),
    House(
        "tabular", "plain", "{number}.", "{chinese}是", lead=0.0, width=30, joins=("；", "，"), themes=LAW_FIRST,
        forms={**PLAIN, "thousands": 4},
    ),
)  # fmt: skip
