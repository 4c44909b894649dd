"""Report prose with labels, written from tests/data/templates.txt: invented districts, many styles, any amount.

`python tests/prose.py FOLDER COUNT [SEED]` writes reports and gold labels that a scorer of such labels reads.
"""

from __future__ import annotations

import json
import random
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).resolve().parent / "data" / "templates.txt"
SLOT = re.compile(r"<([a-z_-]+)\|([^|>]+)\|([a-z]+)>")
SIZES = {"small": (2, 60), "mid": (61, 5000), "large": (5001, 900000)}
DIGITS = "零一二三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
FORMS = ("plain", "spaced", "thousands", "full_width", "chinese", "more", "wan", "about", "less", "over")
STYLES = ("headings", "numbered", "flowing", "broken")
THEMES = (
    "坚持党的领导", "优化政务服务", "提升监管效能", "健全决策机制", "规范行政执法", "完善应急体系", "化解矛盾纠纷",
    "强化权力监督", "加强法治宣传",
)  # fmt: skip
FILLERS = (
    "全面落实行政执法“三项制度”。", "深入学习贯彻党的二十大和二十届三中全会精神。", "持续推进“八五”普法规划落地见效。",
    "严格执行《重大行政决策程序暂行条例》。", "推行“双随机、一公开”监管。", "根据〔2021〕15号文件要求，压实责任。",
    "12345热线运行平稳。", "2021年3月印发了年度工作要点。", "坚持每季度第一个月开展一次自查。",
)  # fmt: skip
SURNAMES = ("澄岚", "梧澜", "砚湖", "栖溪", "沅汀", "桐崖", "岚桥", "漪川")


@dataclass
class Report:
    """A report as it grows: its text, its labels, and the form each number was written in."""

    text: str = ""
    figures: list[dict[str, Any]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)


def chinese(number: int) -> str:
    """Return a whole number below 10,000 in everyday Chinese numerals."""
    if number < 20:
        return DIGITS[number] if number < 10 else "十" + (DIGITS[number - 10] if number > 10 else "")
    written, pending = "", False
    for place, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, place)
        if digit:
            written += ("零" if pending and written else "") + DIGITS[digit] + word
            pending = False
        else:
            pending = True
    return written


def templates() -> list[str]:
    """Return the clauses of the template file."""
    lines = TEMPLATES.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _value(indicator: str, size: str, before: dict[str, float], rng: random.Random) -> float:
    """Return a value that agrees with what the same clause has already said."""
    if size in ("rate", "lowrate"):
        stem = indicator.removesuffix("_rate")
        if f"{stem}_succeeded" in before and f"{stem}_accepted" in before:
            return round(before[f"{stem}_succeeded"] / before[f"{stem}_accepted"] * 100, 1)
        if indicator == "disputes_resolved_rate" and "disputes_resolved" in before:
            return round(before["disputes_resolved"] / before["disputes_handled"] * 100, 1)
        low = rng.choice((2.5, 8.33, 11, 12.5)) if size == "lowrate" else rng.choice((100, 98.5, 95.28, 99.9, 92, 87.6))
        return float(low)
    if size == "hours":
        return rng.choice((2.5, 4.0, 3.0, 0.5))
    if size == "days":
        return float(rng.choice((1, 2)))
    if size == "money":
        return rng.randint(100, 90000) * 1000.0
    low, high = SIZES[size]
    whole = next(
        (v for k, v in reversed(before.items()) if k.startswith(indicator.split("_")[0]) and v == int(v)), None
    )
    if (
        whole is not None
        and whole >= 2
        and indicator.split("_")[0] in ("reconsideration", "litigation", "people", "admin", "disputes")
    ):
        return float(max(1, int(whole * rng.uniform(0.6, 0.98))))
    return float(rng.randint(low, high))


def _written(value: float, unit: str, size: str, form: str, rng: random.Random) -> tuple[str, float, str, str | None]:
    """Return (as printed, value, unit, approx) of a number in one of the forms; a form that does not fit is plain."""
    if size in ("rate", "lowrate"):
        sign = "％" if form == "full_width" else "%"
        if form == "chinese" and value == int(value):
            return ("百分之百" if value == 100 else f"百分之{chinese(int(value))}"), value, "%", None
        return f"{value:g}{sign}", value, "%", None
    if size == "money":
        return f"{value / 10000:g}万元", value, "元", None
    if size in ("hours", "days"):
        return f"{value:g}{unit}", value, unit.removeprefix("个") if size == "days" else unit, None
    n = int(value)
    if form == "spaced":
        return f"{n} {unit}", value, unit, None
    if form == "thousands" and n >= 1000:
        return f"{n:,}{unit}", value, unit, None
    if form == "full_width":
        return f"{n}".translate(FULL_WIDTH) + unit, value, unit, None
    if form == "chinese" and 2 < n < 60:
        return f"{chinese(n)}{unit}", value, unit, None
    if form == "more" and n >= 30:
        n = n // 10 * 10
        return f"{n}余{unit}", float(n), unit, "more"
    if form == "wan" and n >= 10000:
        tenths = n // 1000
        return f"{tenths / 10:g}万{unit}", tenths * 1000.0, unit, None
    if form in ("about", "less", "over") and n >= 30:
        n = n // 10 * 10
        word, approx = {"about": ("约", "about"), "less": ("近", "less"), "over": (rng.choice(("超", "逾")), "more")}[
            form
        ]
        return f"{word}{n}{unit}", float(n), unit, approx
    return f"{n}{unit}", value, unit, None


def write_clause(report: Report, template: str, district: str, rng: random.Random, forms: tuple[str, ...]) -> None:
    """Append one filled template to the report's text, its figures to the labels."""
    before: dict[str, float] = {}
    last = 0
    line = re.sub(r"D", district[-1], template)
    for slot in SLOT.finditer(line):
        report.text += line[last : slot.start()]
        last = slot.end()
        indicator, unit, size = slot.groups()
        form = rng.choice(forms)
        value = _value(indicator, size, before, rng)
        printed, value, said_unit, approx = _written(value, unit, size, form, rng)
        before[indicator] = value
        kind = {"rate": "percent", "lowrate": "percent", "money": "money", "hours": "duration", "days": "duration"}
        report.figures.append({
            "start": len(report.text), "end": len(report.text) + len(printed), "quote": printed, "value": value,
            "unit": said_unit, "approx": approx, "kind": kind.get(size, "count"),
            "indicator": None if indicator == "-" else indicator, "optional": False, "form": form,
        })  # fmt: skip
        report.text += printed
    report.text += line[last:]


def _aside(report: Report, rng: random.Random) -> None:
    """Append a change against last year: a figure that fits no indicator."""
    change = f"{rng.randint(10, 400) / 10:g}%"
    report.text += rng.choice(("，同比增长", "，较上年下降", "，同比上升"))
    report.figures.append({
        "start": len(report.text), "end": len(report.text) + len(change), "quote": change, "value": float(change[:-1]),
        "unit": "%", "approx": None, "kind": "percent", "indicator": None, "optional": False, "form": "change",
    })  # fmt: skip
    report.text += change


def report(seed: int) -> tuple[str, dict[str, Any]]:
    """Return (text, gold) of the report that `seed` gives: no indicator twice, every clause with its labels."""
    rng = random.Random(seed)
    year = rng.randint(2018, 2025)
    district = rng.choice(SURNAMES) + rng.choice(("区", "县", "市"))
    title = f"{district}人民政府关于{year}年法治政府建设情况的报告"
    made = Report(text=f"{title}\n{year}年，{district}扎实推进法治政府建设。现将有关情况报告如下：\n")
    made.facts = {"district": district, "city": None, "province": None, "adcode": None, "year": year, "title": title,
                  "doc_number": None, "issuer": f"{district}人民政府"}  # fmt: skip
    style = rng.choice(STYLES)
    forms = ("plain", *rng.sample(FORMS[1:], 4), "plain")
    lines = [(k, line) for k, line in enumerate(templates())]
    chosen, seen = [], set()
    for k, line in sorted(rng.sample(lines, len(lines))):
        named = {slot[0] for slot in SLOT.findall(line)} - {"-"}
        if not named & seen and rng.random() < 0.5:
            chosen.append((k, line))
            seen |= named
    per_section = max(1, len(chosen) // len(THEMES))
    for count, (_, line) in enumerate(chosen):
        if count % per_section == 0:
            section = min(count // per_section, len(THEMES) - 1)
            mark = {"headings": f"\n（{DIGITS[section + 1]}）", "numbered": f"\n{section + 1}．", "broken": "\n"}.get(
                style, "\n"
            )
            made.text += f"{mark}{THEMES[section]}。"
        if rng.random() < 0.25:
            made.text += rng.choice(FILLERS)
        write_clause(made, line, district, rng, forms)
        if rng.random() < 0.1:
            _aside(made, rng)
        made.text += rng.choice(("。", "。", "；")) if count + 1 < len(chosen) else "。"
    made.text += f"\n下一步，{district}将持续深化法治政府建设。\n"
    return made.text, {"file": "", **made.facts, "figures": made.figures}


def main(folder: Path, count: int, seed: int) -> None:
    """Write `count` reports and their gold labels."""
    (folder / "gold").mkdir(parents=True, exist_ok=True)
    for k in range(seed, seed + count):
        text, gold = report(k)
        gold["file"] = f"prose-{k}.txt"
        (folder / gold["file"]).write_text(text, encoding="utf-8", newline="\n")
        labels = json.dumps(gold, ensure_ascii=False, indent=1)
        (folder / "gold" / f"prose-{k}.json").write_text(labels, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0)
