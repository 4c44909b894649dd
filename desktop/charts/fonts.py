"""Which fonts a chart is written in, so that Chinese never shows as boxes."""

from __future__ import annotations

import functools

from desktop.paths import packaged_font

# Families that show Chinese; the first one installed is taken.
FAMILIES = (
    "Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC",
    "Noto Sans CJK JP", "Source Han Sans CN", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei",
)  # fmt: skip
LATIN = "DejaVu Sans"  # comes with matplotlib


@functools.cache
def families(language: str) -> tuple[str, ...]:
    """Return the fonts to write in, each standing in for what the ones before lack; the packaged font where none shows
    Chinese.
    """
    chinese = _installed() or _packaged()
    if not chinese:
        return (LATIN,)
    return (chinese, LATIN) if language == "zh" else (LATIN, chinese)


def _installed() -> str:
    from matplotlib.font_manager import fontManager

    installed = {font.name for font in fontManager.ttflist}
    return next((family for family in FAMILIES if family in installed), "")


def _packaged() -> str:
    """Make the font of the package paperang-p2-fonts-cjk known and return its family; empty where it is missing."""
    from matplotlib.font_manager import fontManager

    path = packaged_font()
    if path is None:
        return ""
    known = len(fontManager.ttflist)
    fontManager.addfont(path)
    # A collection's further faces are its monospaced ones.
    return next((font.name for font in fontManager.ttflist[known:]), "")
