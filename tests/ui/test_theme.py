"""Colours meet WCAG AA in both schemes, and follow the system; Chinese has a font."""

from __future__ import annotations

import pytest
from handling import REVIEWER
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette

from desktop.ui import fonts, theme
from desktop.ui.icons import icon
from desktop.ui.theme import THEMES


def contrast(ink: str, ground: str) -> float:
    """Return the contrast of two colours by WCAG 2, 1 to 21."""
    lighter, darker = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)

    shade = QColor(colour)
    return 0.2126 * linear(shade.redF()) + 0.7152 * linear(shade.greenF()) + 0.0722 * linear(shade.blueF())


@pytest.mark.parametrize("scheme", THEMES)
def test_text_stands_out_from_its_ground(scheme):
    colours = THEMES[scheme]
    pairs = [
        (ink, ground)
        for ink in (colours.text, colours.muted)
        for ground in (colours.window, colours.base, colours.raised)
    ]
    pairs += [(tint.ink, tint.ground) for tint in (*colours.tints.values(), colours.current)]
    pairs += [(colours.tints[state].ink, colours.base) for state in colours.tints]
    pairs += [(colours.chosen_text, colours.chosen), (colours.text, colours.sentence), (colours.accent, colours.base)]
    pairs += [(colours.text, tint.ground) for tint in colours.tints.values()]
    pairs += [(ink, colours.sentence) for ink in (colours.muted, *(tint.ink for tint in colours.tints.values()))]
    notice = colours.tints["in_review"].ground
    pairs += [(colours.accent, ground) for ground in (colours.window, colours.raised, notice)]
    low = [(ink, ground, round(contrast(ink, ground), 2)) for ink, ground in pairs if contrast(ink, ground) < 4.5]
    assert low == []
    assert contrast(colours.edge, colours.base) >= 3 and contrast(colours.accent, colours.base) >= 3


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_window_turns_dark_and_light_again(shell, window, desk):
    shell.set_scheme("dark")
    assert theme.theme() is theme.DARK
    assert window.palette().color(QPalette.ColorRole.Window).name() == theme.DARK.window
    strong = desk.text.extraSelections()[1]
    assert strong.format.background().color().name() == theme.DARK.current.ground
    shell.set_scheme("light")
    assert desk.text.extraSelections()[1].format.background().color().name() == theme.LIGHT.current.ground


def test_icons_take_the_colour_of_their_meaning(qapp):
    pixmap = icon("state-verified", "verified").pixmap(16).toImage()
    inks = {
        pixmap.pixelColor(x, y).name() for x in range(16) for y in range(16) if pixmap.pixelColor(x, y).alpha() > 250
    }
    assert theme.theme().tints["verified"].ink in inks


def test_chinese_has_a_font_even_where_the_system_has_none(qapp):
    families = fonts.chinese_families()
    assert families and fonts.packaged_font().is_file()
    assert all(QFontDatabase.hasFamily(family) for family in families)
    assert fonts.interface_font(QFont(), "zh").families()[0] == families[0]
    assert families[0] in fonts.interface_font(QFont("DejaVu Sans"), "en").families()[1:]


def test_english_is_written_in_the_font_of_the_system_even_where_that_is_only_a_name_for_one(qapp):
    for name in ("Sans Serif", "no such family"):
        system = QFont(name)
        assert QFontInfo(fonts.interface_font(system, "en")).family() == QFontInfo(system).family()


def test_no_glyph_of_the_window_is_missing(window):
    from PySide6.QtGui import QRawFont

    family = fonts.chinese_families()[0]
    raw = QRawFont.fromFont(QFont(family))
    assert all(raw.supportsCharacter(ord(character)) for character in f"核报疑点▲›≠…·→（）〔〕{REVIEWER}")
