"""Fonts that show Chinese: the system's where it has one, else the one that a dependency brings."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

from desktop.paths import packaged_font

PREFERRED = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)


def chinese_families() -> list[str]:
    """Return the families that show simplified Chinese well; where the system has none of them, the packaged font.

    Other fonts that have Chinese, such as the fallback fonts of many Linux systems, lack signs and weights.
    """
    script = QFontDatabase.WritingSystem.SimplifiedChinese
    families = QFontDatabase.families(script)
    if not set(PREFERRED) & set(families):
        packaged = packaged_font()
        if packaged is not None:
            QFontDatabase.addApplicationFont(str(packaged))
        families = QFontDatabase.families(script)
    preferred = [family for family in PREFERRED if family in families]
    return preferred or families[:1]


def _real(family: str) -> str:
    """Return the family that a name such as "Sans Serif" stands for: in a list of families Qt passes over such."""
    return family if QFontDatabase.hasFamily(family) else QFontInfo(QFont(family)).family()


def interface_font(system: QFont, language: str) -> QFont:
    """Return the font of the interface: Chinese families first in Chinese, behind the system's own in English."""
    families = chinese_families()
    made = QFont(system)
    made.setFamilies(families if language == "zh" else [*map(_real, system.families()), *families])
    if system.pointSizeF() > 0:
        made.setPointSizeF(max(system.pointSizeF(), 9.0))
    return made
