"""What a store or a file name contains is never taken for markup: not in labels, not in tooltips, not in boxes."""

from __future__ import annotations

import sqlite3

import pytest
from handling import REVIEWER, show
from PySide6.QtCore import QPoint
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QToolTip

from db import queries
from desktop import settings

MARK = "<b>粗</b><img src=x>"


@pytest.fixture
def marked(store_path):
    """A store in which an enemy wrote markup wherever text is kept."""
    other = sqlite3.connect(store_path, isolation_level=None)
    other.execute("UPDATE report SET source_name = ? || source_name, issuer = ? || coalesce(issuer, '')", (MARK, MARK))
    other.execute("UPDATE report SET title = ? || coalesce(title, ''), city = ? || coalesce(city, '')", (MARK, MARK))
    other.execute("UPDATE report SET district = ? || district WHERE id = 1", (MARK,))
    other.execute("UPDATE figure SET unit = ? || unit, because = json_array(?)", (MARK, MARK))
    for sha256, body in other.execute("SELECT sha256, body FROM text").fetchall():
        start = body.index("\n") + 1
        other.execute("UPDATE text SET body = ? WHERE sha256 = ?", (body[:start] + MARK + body[start:], sha256))
    other.close()
    return store_path


def dangerous(window):
    """Return what in the window Qt takes for markup though it came from the store."""
    found = []
    for label in window.findChildren(QLabel):
        text = label.text()
        plain = label.textFormat() == Qt.TextFormat.PlainText
        if label.isVisible() and "<img" in text and not plain and Qt.mightBeRichText(text):
            found.append(f"{label.objectName() or type(label.parent()).__name__}: {text[:60]}")
    return found


def test_a_tooltip_is_plain_text(window, qtbot):
    QToolTip.showText(QPoint(10, 10), MARK, window)
    tip = next(
        widget for widget in QApplication.topLevelWidgets() if widget.inherits("QTipLabel") and widget.isVisible()
    )
    assert tip.textFormat() == Qt.TextFormat.PlainText and tip.text() == MARK
    QToolTip.hideText()


def test_a_box_is_plain_text(window, qtbot):
    box = QMessageBox(QMessageBox.Icon.Information, "核报", f"{MARK}.hebao", parent=window)
    box.show()
    (label,) = (label for label in box.findChildren(QLabel) if MARK in label.text())
    assert label.textFormat() == Qt.TextFormat.PlainText
    box.close()


def test_nothing_of_the_store_is_markup_on_any_page(shell, marked, qtbot):
    settings.remember("reviewer", REVIEWER)
    window = show(shell, marked, qtbot)
    found = set(dangerous(window))
    for report in queries.reports(window.session.store)[:2]:
        window.pages.open_report(report.id)
        desk = window.pages.desk
        for figure in desk.model.figures()[:3]:
            desk.table.choose(figure.id)
            QApplication.processEvents()
            found.update(dangerous(window))
    for page in ("trends", "sheaf", "search", "spot", "reports"):
        getattr(window.pages, f"show_{page}")()
        QApplication.processEvents()
        found.update(dangerous(window))
    for command in ("restore", "test_store", "lost", "export", "own_indicators"):
        window.acts[command].trigger()
        QApplication.processEvents()
        found.update(dangerous(window))
    window.tell(f"{MARK} cannot be read", True)
    found.update(dangerous(window))
    assert sorted(found) == []
