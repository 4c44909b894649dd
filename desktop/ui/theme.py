"""The colours of the window, light and dark, in one place; every pair of text and ground meets WCAG AA (4.5 : 1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop import settings
from desktop.paths import resources

Scheme = Literal["light", "dark"]


class Tint(NamedTuple):
    """Text and ground of one meaning."""

    ink: str
    ground: str


class Theme(NamedTuple):
    """All colours of one scheme; `tints` are the meanings: states of figures and reports, findings, errors.

    `line` parts areas from each other, `edge` surrounds what can be typed into (3 : 1 against its ground).
    """

    window: str
    base: str
    raised: str
    line: str
    edge: str
    text: str
    muted: str
    accent: str
    chosen: str
    chosen_text: str
    sentence: str
    current: Tint
    tints: Mapping[str, Tint]


LIGHT = Theme(
    window="#f3f4f6",
    base="#ffffff",
    raised="#fafbfc",
    line="#d5d9de",
    edge="#858e97",
    text="#1f2429",
    muted="#57606a",
    accent="#0a5aa8",
    chosen="#d3e5f8",
    chosen_text="#10243a",
    sentence="#f2f6d8",
    current=Tint("#ffffff", "#0a5aa8"),
    tints={
        "extracted": Tint("#4a5866", "#e9eef3"),
        "auto": Tint("#6a46ad", "#f0eafa"),
        "verified": Tint("#17692f", "#dff3e4"),
        "rejected": Tint("#7c5454", "#f4ebeb"),
        "queried": Tint("#855000", "#ffefcc"),
        "not_reported": Tint("#57606a", "#eceef0"),
        "finding": Tint("#a8300c", "#ffe6dc"),
        "disputed": Tint("#8f1d6e", "#fbe6f4"),
        "error": Tint("#a11c2b", "#fde7e9"),
        "unreviewed": Tint("#4a5866", "#e9eef3"),
        "in_review": Tint("#0a5aa8", "#dfecfa"),
        "missing": Tint("#656f79", "#f3f4f6"),
    },
)
DARK = Theme(
    window="#202327",
    base="#17191c",
    raised="#1c1f23",
    line="#3b4148",
    edge="#737c86",
    text="#e2e5e9",
    muted="#a0a9b3",
    accent="#7ab8f5",
    chosen="#27435f",
    chosen_text="#f0f5fa",
    sentence="#2b2e1c",
    current=Tint("#0d1620", "#7ab8f5"),
    tints={
        "extracted": Tint("#b3bfca", "#2a3036"),
        "auto": Tint("#c3a9f2", "#332a45"),
        "verified": Tint("#7fd596", "#1d3625"),
        "rejected": Tint("#c9a2a2", "#372a2a"),
        "queried": Tint("#eec06a", "#3f3118"),
        "not_reported": Tint("#a0a9b3", "#292c30"),
        "finding": Tint("#ff9e7d", "#452318"),
        "disputed": Tint("#f29ad3", "#42203a"),
        "error": Tint("#ff9aa4", "#452025"),
        "unreviewed": Tint("#b3bfca", "#2a3036"),
        "in_review": Tint("#8cc2f7", "#1d3348"),
        "missing": Tint("#8d97a1", "#202327"),
    },
)
THEMES: Mapping[Scheme, Theme] = {"light": LIGHT, "dark": DARK}
_now: Scheme = "light"


def theme() -> Theme:
    """Return the colours of the scheme shown now."""
    return THEMES[_now]


def system_scheme(app: QApplication) -> Scheme:
    """Return the scheme that the system asks for; light where it says nothing."""
    return "dark" if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


def chosen_scheme(app: QApplication) -> Scheme:
    """Return the scheme that is set, else the system's."""
    chosen = settings.get("theme")
    return "dark" if chosen == "dark" else "light" if chosen == "light" else system_scheme(app)


def apply(app: QApplication, scheme: Scheme) -> None:
    """Paint the whole application in `scheme`; where the system asks for high contrast its own palette stays."""
    global _now
    _now = scheme
    hints = app.styleHints()  # kept by a name: what it hands out lives no longer than it does
    if hints.accessibility().contrastPreference() != Qt.ContrastPreference.HighContrast:
        app.setPalette(palette(THEMES[scheme]))
    if app.styleSheet():
        dress(app)


def dress(app: QApplication) -> None:
    """Set the style sheet of the scheme shown now; late, since every widget built under a sheet costs more."""
    app.setStyleSheet(_sheet(theme()))


def restyle(widget: QWidget, part: str) -> None:
    """Let a widget that is on screen look like another part; a style sheet does not see that by itself."""
    if (widget.property("part") or "") == part:
        return
    widget.setProperty("part", part)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    QApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))  # or a label keeps no room for the new frame


def palette(colours: Theme) -> QPalette:
    """Return `colours` as a palette of Qt."""
    made = QPalette()
    role = QPalette.ColorRole
    for where, colour in {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.base,
        role.AlternateBase: colours.raised,
        role.Text: colours.text,
        role.Button: colours.window,
        role.ButtonText: colours.text,
        role.BrightText: colours.text,
        role.ToolTipBase: colours.raised,
        role.ToolTipText: colours.text,
        role.PlaceholderText: colours.muted,
        role.Highlight: colours.chosen,
        role.HighlightedText: colours.chosen_text,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Accent: colours.accent,
        role.Light: colours.base,
        role.Midlight: colours.raised,
        role.Mid: colours.line,
        role.Dark: colours.line,
        role.Shadow: colours.line,
    }.items():
        made.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, where, QColor(colours.muted))
    return made


def _sheet(colours: Theme) -> str:
    """Return the few rules a palette cannot say; by dynamic property, so that plain widgets stay plain and fast."""
    ticks = (resources() / "icons" / f"tick-{_now}.svg").as_posix()
    return f"""
    *[part="bar"] {{ background: {colours.raised}; border-bottom: 1px solid {colours.line}; }}
    QToolBar[part="bar"] {{ padding: 1px 6px; spacing: 1px; border: none; border-bottom: 1px solid {colours.line}; }}
    QToolBar#switcher {{ background: {colours.window}; border: none; border-bottom: 1px solid {colours.line};
        padding: 2px 4px 0 4px; spacing: 1px; }}
    QToolBar#switcher QToolButton {{ padding: 4px 9px 3px 7px; border: none; border-bottom: 2px solid transparent; }}
    QToolBar#switcher QToolButton#qt_toolbar_ext_button {{ padding: 0; }}
    QToolBar#switcher QToolButton:hover {{ background: {colours.chosen}; }}
    QToolBar#switcher QToolButton:checked {{ border-bottom: 2px solid {colours.accent}; color: {colours.accent}; }}
    QLineEdit, QSpinBox {{ background: {colours.base}; border: 1px solid {colours.edge}; border-radius: 3px;
        padding: 2px 5px; }}
    QSpinBox::up-button, QSpinBox::down-button {{ width: 0; }}
    QLineEdit:focus, QSpinBox:focus {{ border-color: {colours.accent}; }}
    QLineEdit:disabled, QSpinBox:disabled {{ background: {colours.window}; border-color: {colours.line}; }}
    QTableView QLineEdit {{ padding: 0 2px; border-radius: 0; border: 2px solid {colours.accent}; }}
    QToolButton:focus {{ border: 2px solid {colours.accent}; border-radius: 3px; }}
    QComboBox:focus {{ border: 2px solid {colours.accent}; border-radius: 3px; padding-left: 3px; }}
    QFrame#welcome {{ border: 2px dashed {colours.edge}; border-radius: 10px; margin: 26px; }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QDialog QPushButton, QFrame#welcome QPushButton, *[part="bar"] QPushButton, *[part="notice"] QPushButton {{
        background: {colours.raised}; border: 1px solid {colours.edge}; border-radius: 3px;
        padding: 3px 16px; }}
    QDialog QPushButton:hover, QFrame#welcome QPushButton:hover {{ background: {colours.chosen}; }}
    QDialog QPushButton:default {{ background: {colours.accent}; border-color: {colours.accent};
        color: {colours.base}; }}
    QDialog QPushButton:focus, QFrame#welcome QPushButton:focus,
    *[part="bar"] QPushButton:focus, *[part="notice"] QPushButton:focus {{
        border: 2px solid {colours.text}; padding: 2px 15px; }}
    QDialog QPushButton:disabled {{ background: {colours.window}; border-color: {colours.line};
        color: {colours.muted}; }}
    QListView::indicator, QTableView::indicator, QCheckBox::indicator {{ width: 13px; height: 13px;
        background: {colours.base}; border: 1px solid {colours.edge}; border-radius: 2px; }}
    QListView::indicator:checked, QTableView::indicator:checked, QCheckBox::indicator:checked {{
        background: {colours.accent}; border-color: {colours.accent}; image: url("{ticks}"); }}
    QCheckBox::indicator:focus {{ width: 11px; height: 11px; border: 2px solid {colours.text}; }}
    QTableView, QListView {{ outline: 0; }}
    QTableView, QTextEdit#text {{ border: 1px solid {colours.line}; }}
    QHeaderView::section, QTableCornerButton::section {{ background: {colours.window}; border: none; padding: 3px 4px;
        border-right: 1px solid {colours.line}; border-bottom: 1px solid {colours.line}; }}
    QTableView:focus, QTextEdit#text:focus, QListView:focus {{ border: 1px solid {colours.accent}; }}
    *[part="muted"] {{ color: {colours.muted}; }}
    *[part="heading"] {{ font-weight: 600; }}
    *[part="error"] {{ color: {colours.tints["error"].ink}; background: {colours.tints["error"].ground};
        border: 1px solid {colours.tints["error"].ink}; border-radius: 3px; padding: 2px 6px; }}
    *[part="notice"] {{ background: {colours.tints["in_review"].ground}; border-bottom: 1px solid {colours.line}; }}
    *[part="passage"] {{ background: {colours.base}; border: 1px solid {colours.line}; border-radius: 4px; }}
    QProgressBar#share {{ background: {colours.base}; border: 1px solid {colours.edge}; border-radius: 2px; }}
    QProgressBar#share::chunk {{ background: {colours.accent}; }}
    *[part="panel"] {{ background: {colours.base}; border: 1px solid {colours.accent}; border-radius: 4px; }}
    QLabel {{ qproperty-textFormat: PlainText; }}
    QLabel[marked="true"] {{ qproperty-textFormat: RichText; }}
    QToolTip {{ color: {colours.text}; background: {colours.raised}; border: 1px solid {colours.line}; padding: 3px;
        qproperty-textFormat: PlainText; }}
    """
