"""Numbers as lists write them: in digits, in Chinese, in letters, in circles."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_STEM, _BRANCH = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_CHINESE = frozenset({
    "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting",
    "ideographTraditionalCounting",
})  # fmt: skip
_FORMAL_KINDS = frozenset({"chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"})
_ENCLOSED = {"decimalEnclosedCircle": 0x2460, "decimalEnclosedCircleChinese": 0x2460, "decimalEnclosedParen": 0x2474,
             "decimalEnclosedFullstop": 0x2488, "ideographEnclosedCircle": 0x3280}  # fmt: skip


def in_kind(number: int, kind: str) -> str:
    """Return a number as Word writes it in one of its kinds, in digits where the kind is not known here."""
    if kind in _CHINESE:
        return chinese(number, _DIGITS, "十百千万")
    if kind in _FORMAL_KINDS:
        return chinese(number, _FORMAL, "拾佰仟万", True)
    if kind in ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand", "koreanDigital2"):
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))
    if kind in _ENCLOSED and 1 <= number <= (10 if kind.startswith("ideograph") else 20):
        return chr(_ENCLOSED[kind] + number - 1)
    if kind in ("lowerLetter", "upperLetter") and 0 < number <= 780:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        return roman(number) if kind == "lowerRoman" else roman(number).upper()
    if kind == "ideographTraditional" and 0 < number <= len(_STEM):
        return _STEM[number - 1]
    if kind == "ideographZodiac" and 0 < number <= len(_BRANCH):
        return _BRANCH[number - 1]
    if kind in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    if kind == "decimalZero":
        return f"{number:02}"
    return "" if kind == "none" else str(number)


def chinese(number: int, digits: str, places: str, formal: bool = False) -> str:
    """Return a number of at most five digits in Chinese: 十一, 一百〇五; 壹拾壹 where it is `formal`."""
    if number >= 100_000:
        return str(number)
    zero, said, written = digits[0], str(number), ""
    for place, digit in zip(range(len(said) - 1, -1, -1), said, strict=True):
        if digit != "0":
            written += digits[int(digit)] + (places[place - 1] if place else "")
        elif written and not written.endswith(zero):
            written += zero
    written = written.rstrip(zero) or zero
    ten = digits[1] + places[0]
    return written[1:] if written.startswith(ten) and not formal and number < 20 else written


def roman(number: int) -> str:
    """Return a number in small Roman letters."""
    written = ""
    for value, letters in _ROMAN:
        while number >= value:
            written += letters
            number -= value
    return written
