"""What stands above and below a report (number, title, addressee, web page debris, signature), and its facts."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

STEMS = (
    "澄岚", "梧澜", "砚湖", "栖溪", "沅汀", "桐崖", "岚桥", "漪川", "霁川", "枫渚", "墨溪", "芷汀", "苇塘",
    "鹭洲", "绾山", "槐浦", "荻港", "曦岭", "瀚屿", "翎江",
)  # fmt: skip
CITIES = (("临澜市", "岚江省"), ("岫川市", "汀原省"), ("沅屏市", "岚江省"), ("苕陵市", "汀原省"), ("澹州市", "潞阳省"))
TITLES = ("关于{}年度法治政府建设情况的报告", "关于{}年法治政府建设工作情况的报告", "{}年度法治政府建设工作报告")
TOWNSHIPS = {
    "区": ("街道", "镇（街道）", "镇街"), "县": ("乡镇", "乡镇（街道）", "乡（镇）"),
    "市": ("镇（街道）", "乡镇（街道）"), "旗": ("苏木乡镇", "苏木镇（街道）"),
}  # fmt: skip
VILLAGES = {
    "区": ("社区", "村（社区）"), "县": ("村（社区）", "行政村", "村（居）"), "市": ("村（社区）", "村（居）"),
    "旗": ("嘎查村", "嘎查村（社区）"),
}  # fmt: skip


@dataclass
class Place:
    """The invented district that a report speaks for, its neighbour, and what a head has said of it."""

    name: str
    neighbour: str
    city: str
    province: str
    year: int
    macros: dict[str, str]
    facts: dict[str, str | int | None] = field(default_factory=dict)


def invent(rng: random.Random) -> Place:
    """Return a district that does not exist, in a year."""
    stem, other = rng.sample(STEMS, 2)
    kind = rng.choice("区区县县市旗")
    city, province = rng.choice(CITIES)
    year = rng.randint(2022, 2025)
    macros = {
        "D": kind, "T": rng.choice(TOWNSHIPS[kind]), "V": rng.choice(VILLAGES[kind]), "C": city,
        "Q": other + rng.choice("区县"), "Y": str(year), "Y-": str(year - 1), "Y+": str(year + 1),
    }  # fmt: skip
    place = Place(stem + kind, macros["Q"], city, province, year, macros)
    place.facts = {
        "district": place.name, "city": None, "province": None, "adcode": None, "year": year, "title": None,
        "doc_number": None, "issuer": None,
    }  # fmt: skip
    return place


def above(kind: str, place: Place, rng: random.Random) -> str:
    """Return what stands above the text, and enter the facts that it states."""
    name, year, facts = place.name, place.year, place.facts
    government = f"{name}人民政府"
    about = rng.choice(TITLES).format(year)
    if kind == "document":
        number = f"{name[0]}{rng.choice(('政发', '政', '政文', '政字'))}〔{year + 1}〕{rng.randint(1, 60)}号"
        facts.update(title=government + about, doc_number=number, issuer=government, city=place.city)
        return f"{number}\n\n{government}\n{about}\n\n{place.city}人民政府：\n\n"
    if kind == "joint":
        committee = f"中共{name}委 {government}"
        facts.update(title=f"{committee}{about}", issuer=committee, city=place.city)
        return f"{committee}\n{about}\n\n中共{place.city}委、{place.city}人民政府：\n\n"
    if kind == "web":
        title = f"{government}{about}" if rng.random() < 0.5 else f"{name}{year}年法治政府建设年度报告"
        facts.update(title=title, issuer=government if title.startswith(government) else None)
        day = f"{year + 1}-0{rng.randint(1, 4)}-{rng.randint(10, 28)}"
        return (
            f"首页 > 政务公开 > 法治政府建设年度报告\n{title}\n"
            f"发布时间:{day} {rng.randint(8, 17)}:{rng.randint(10, 59)}    "
            f"浏览次数:{rng.randint(30, 3000)}次    字体:[ 大 中 小 ]\n\n"
        )
    if kind == "plain":
        title = rng.choice((f"{name}法治政府建设年度报告（{year}年）", f"{name}人民政府{about}"))
        facts.update(title=title, issuer=government if title.startswith(government) else None)
        return f"{title}\n\n"
    return ""


def below(kind: str, place: Place, rng: random.Random) -> str:
    """Return what stands below the text, and enter the facts that it states."""
    name, after = place.name, place.year + 1
    if kind in ("document", "joint"):
        signed = str(place.facts["issuer"])
        if kind == "document" and rng.random() < 0.3:
            signed = place.facts["issuer"] = f"{place.city}{name}人民政府"
        margin = " " * 20
        return f"\n特此报告。\n\n{margin}{signed}\n{margin}{after}年{rng.randint(1, 4)}月{rng.randint(2, 28)}日\n"
    if kind == "web":
        return (
            f"\n【打印本页】【关闭窗口】\n上一篇:{name}{place.year - 1}年法治政府建设年度报告 下一篇:没有了\n"
            f"网站标识码:{rng.randint(10**9, 10**10 - 1)}    联系电话:0000-{rng.randint(2000000, 8999999)}\n"
        )
    return "\n"


def opening(kind: str, place: Place, rng: random.Random) -> str:
    """Return the first paragraph, which says what the report is about."""
    name, year, short = place.name, place.year, place.macros["D"]
    if place.facts["city"] is None and rng.random() < 0.4:
        place.facts.update(city=place.city, province=place.province)
        asked = f"按照{place.province}和{place.city}关于报告年度法治政府建设情况的要求，"
    else:
        asked = ""
    first = rng.choice((
        f"{year}年，{name}以习近平新时代中国特色社会主义思想为指导，扎实推进法治政府建设。",
        f"{year}年，{name}深入贯彻落实上级决策部署，坚持依法行政，各项工作取得新进展。",
        f"{year}年以来，在上级党委、政府的坚强领导下，{name}持续深化法治政府建设。",
        f"一年来，{short}委、{short}政府坚持把法治政府建设摆在重要位置，统筹推进各项任务落实。",
    ))  # fmt: skip
    if kind == "none" and str(year) not in first:
        first = f"{year}年，{name}坚持把法治政府建设摆在重要位置，统筹推进各项任务落实。"
    told = rng.choice(("现将有关情况报告如下。", "现将年度工作情况报告如下：", "现将主要情况汇报如下："))
    return f"{asked}{first}{told}\n"
