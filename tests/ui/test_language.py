"""Chinese and English, switched at once; every sentence of the window exists in both."""

from __future__ import annotations

import re

import pytest
from handling import Key, press, said
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QTableView,
    QToolButton,
)

from desktop import settings
from desktop.text import say_in
from desktop.ui.commands import COMMANDS, MENUS, PLACES
from desktop.ui.desk.figure_model import Column

CHINESE = re.compile(r"[\u4e00-\u9fff]")
# What stays as it is in English: names, quotes, definitions, units, and the other language's own name.
QUOTED = ("detail_", "desk_report", "not_reported", "reviewer")


def spoken_texts(window):
    """What the window itself says: menus, buttons, captions, headings, hints."""
    for action in window.menuBar().actions():
        yield action.text()
        yield from (inner.text() for inner in action.menu().actions() if not inner.objectName().startswith("language_"))
    for button in window.findChildren(QAbstractButton):
        yield button.text()
        yield button.toolTip().replace("12万", "")
    for line in window.findChildren(QLineEdit):
        yield line.placeholderText()
    for table in window.findChildren(QTableView):
        model = table.model()
        yield from (
            str(model.headerData(column, table.horizontalHeader().orientation()))
            for column in range(model.columnCount())
        )
    for label in window.findChildren(QLabel):
        if (
            label.parent() is not None
            and not label.objectName().startswith(QUOTED)
            and label.property("part") == "muted"
        ):
            yield label.text()
    for box in window.findChildren(QComboBox):
        yield from (box.itemText(row) for row in range(box.count()))


def test_the_language_switches_at_once_and_back(window, desk, qtbot):
    window.pages.show_trends()
    window.pages.show_help()
    qtbot.waitUntil(lambda: window.pages.trends.canvas.ready, timeout=30_000)
    window.pages.open_report(desk.opened.report.id)
    assert desk.model.headerData(Column.STATE, Qt.Orientation.Horizontal) == "状态"
    before = desk.current().id
    next(a for a in window._languages.actions() if a.objectName() == "language_en").trigger()
    QApplication.processEvents()
    left = sorted({text for text in spoken_texts(window) if CHINESE.search(text)} - {desk.opened.report.title})
    left = [text for text in left if "王敏" not in text]
    assert left == []
    assert desk.model.index(0, Column.STATE).data() == "extracted"
    assert desk.current().id == before
    assert window.pages.help.toPlainText().startswith("Trends")
    assert settings.get("language") == "en"
    press(Key.Key_Return)
    assert said(window).startswith("Recorded: accept")
    next(a for a in window._languages.actions() if a.objectName() == "language_zh").trigger()
    assert window.acts["accept"].text() == "接受"
    assert (
        QApplication.translate("QDialogButtonBox", "OK") != "OK"
        or QApplication.translate("QPlatformTheme", "Cancel") == "取消"
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_has_a_name_and_says_what_it_does(language):
    for command in COMMANDS:
        name, tip = say_in(language, command.name), say_in(language, command.tip)
        assert name and tip and name != tip
        assert bool(CHINESE.search(name + tip.replace("12万", ""))) == (language == "zh")
    assert all(say_in(language, menu) for menu in MENUS)


def test_no_command_has_a_bare_letter_or_a_key_of_another(window):
    for command in COMMANDS:
        for keys in command.keys.split():
            assert not re.fullmatch(r"(Shift\+)?[A-Za-z0-9]", keys), command.id
    for page in sorted(set(PLACES.values())):
        together = [k for c in COMMANDS if PLACES.get(c.owner, page) == page for k in c.keys.split()]
        assert len(together) == len(set(together))
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)


def test_every_command_is_in_a_menu_and_can_be_carried_out(window):
    listed = {a.objectName() for menu in window.menuBar().actions() for a in menu.menu().actions()}
    for command in COMMANDS:
        assert callable(getattr(window.acts.owners[command.owner](), command.run))
        assert command.id in listed
        assert say_in("zh", command.tip) in window.acts[command.id].toolTip()


def test_everything_that_takes_the_focus_has_a_name(window, desk):
    window.pages.show_trends()
    window.pages.show_help()
    fields = [w for kind in (QLineEdit, QComboBox, QTableView, QListView) for w in window.findChildren(kind)]
    nameless = [w for w in fields if not w.accessibleName() and not isinstance(w.window(), QComboBox) and not _inner(w)]
    buttons = [w for kind in (QToolButton, QPushButton) for w in window.findChildren(kind)]
    nameless += [b for b in buttons if not (b.text() or b.toolTip() or b.accessibleName() or _inner(b))]
    assert [(type(w).__name__, w.objectName()) for w in nameless] == []


def _inner(widget):
    """Whether a widget is a part that Qt puts into another: a combo box's list, a line's clear button."""
    parent = widget.parent()
    return (
        widget.objectName().startswith("qt_")
        or isinstance(parent, QLineEdit | QComboBox)
        or (parent is not None and type(parent).__name__ == "QComboBoxPrivateContainer")
        or (parent is not None and parent.inherits("QComboBoxPrivateContainer"))
    )
