"""A reviewer who compares what is on the screen with the truth: by keys alone, or by mouse; both count what they do."""

from __future__ import annotations

from handling import CTRL, SHIFT, Key, click_text, compose, press, select_text
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QToolButton

from desktop.ui.desk.figure_model import BACKGROUND, Column
from desktop.ui.desk.matching import spelled
from desktop.ui.wording import plain_number, printed

NONE = Qt.KeyboardModifier.NoModifier
LOOKS_DOWN = 3  # as many lines of a list as are seen at a glance


class Reviewer:
    """Knows the truth and nothing of the program but its window; `keys`, `modified` and `clicks` count."""

    def __init__(self, window, truth):
        self.window, self.desk, self.truth = window, window.pages.desk, truth
        self.catalogue = window.session.catalogue
        self.keys = self.modified = self.clicks = 0

    # what is seen -----------------------------------------------------------------------------------------------------

    def place(self):
        """Where the strong mark stands."""
        selections = self.desk.text.extraSelections()  # Qt's cursors live no longer than their list
        cursor = selections[1].cursor
        convert = self.desk.text._offsets.to_code_point
        return convert(cursor.selectionStart()), convert(cursor.selectionEnd())

    def rows(self):
        """The tinted rows of the table: row -> its words."""
        model = self.desk.model
        tinted = [r for r in range(model.rowCount()) if model.index(r, 0).data(BACKGROUND) is not None]
        return {r: [model.index(r, c).data() for c in Column] for r in tinted}

    def wrong(self, row, words):
        """What is wrong with a row that the sentence shows, None where nothing is."""
        true = self.of_row(row)
        if true is None:
            return "extra"
        if words[Column.VALUE].split(" ")[-1] != f"{true.value:,.10g}":
            return "value"
        if words[Column.UNIT] != true.unit:
            return "unit"
        name = self.window.session.indicator_name(true.indicator)
        return None if words[Column.INDICATOR] == name else "indicator"

    def of_row(self, row):
        """The true figure at the place that the row's number is marked at."""
        figure = self.desk.model.figure(row)
        return self.truth.get((figure.start, figure.end))

    def missed_here(self):
        """The true figure at the current place, where that is a number that no row shows."""
        start, end = self.place()
        over = [f for f in self.truth.values() if f.start < end and start < f.end]
        shown = [self.of_row(row) for row in self.rows()]
        return next((f for f in over if f not in shown), None)

    def unseen_here(self):
        """The true figure of the tinted sentence whose number has neither a row nor a mark of its own."""
        selections = self.desk.text.extraSelections()
        convert = self.desk.text._offsets.to_code_point
        around = selections[0].cursor
        low, high = convert(around.selectionStart()), convert(around.selectionEnd())
        shown = [self.of_row(row) for row in self.rows()]
        marked = {numeral.start for numeral in self.desk.text._open}
        unseen = [f for f in self.truth.values() if low <= f.start < high and f not in shown]
        return next((f for f in unseen if not any(f.start <= start < f.end for start in marked)), None)

    def at_numeral(self):
        """Whether the current place is a number without a row: no row is selected."""
        return not self.desk.table.selectionModel().hasSelection()

    def done(self):
        """Whether the window says that nothing waits any more."""
        return "全部数据都已核过" in self.window.findChild(object, "said").text()

    # what is done -----------------------------------------------------------------------------------------------------

    def review(self):
        """Go through the report from what the desk shows first until nothing waits, and sign it off."""
        for _ in range(400):
            if self.at_numeral():
                missed = self.missed_here()
                self.make(missed) if missed is not None else self.no_figure()
            else:
                unseen = self.unseen_here()
                if unseen is not None:
                    self.find(unseen)
                    continue
                faults = {row: fault for row, words in self.rows().items() if (fault := self.wrong(row, words))}
                if faults:
                    self.mend(*next(iter(faults.items())))
                else:
                    self.confirm()
            if self.done():
                break
        self.sign_off()

    def offered(self):
        """What the picker shows."""
        return [offer.id if offer else None for offer in self.desk.picker._model.offers]


class ByKeys(Reviewer):
    """Every press counts one; Chinese counts its pinyin and the key that chooses it."""

    def press(self, key, modifiers=NONE):
        press(key, modifiers)
        self.keys += 1
        self.modified += modifiers != NONE

    def type(self, text):
        for character in text:
            if character.isascii():
                QTest.keyClick(QApplication.focusWidget(), character)
                self.keys += 1
            else:
                compose("", commit=character)
                self.keys += len(spelled(character)[1]) + 1
        QApplication.processEvents()

    def confirm(self):
        self.press(Key.Key_Space)

    def no_figure(self):
        self.press(Key.Key_Return)

    def sign_off(self):
        self.press(Key.Key_Return, CTRL)

    def find(self, true):
        while not (self.at_numeral() and self.missed_here() == true):
            self.press(Key.Key_F5, SHIFT)

    def go_to(self, row):
        while (here := self.desk.table.currentIndex().row()) != row:
            self.press(Key.Key_Down if here < row else Key.Key_Up)

    def make(self, true):
        self.press(Key.Key_F6)
        self.pick(true)

    def mend(self, row, fault):
        self.go_to(row)
        true = self.of_row(row)
        if fault == "value":
            self.type(plain_number(true.value))
            self.press(Key.Key_Return)
        elif fault == "unit":
            self.press(Key.Key_F2, SHIFT)
            self.unit(true.unit)
            self.press(Key.Key_Return)
        elif fault == "indicator":
            self.press(Key.Key_F3)
            self.pick(true)
        else:
            self.press(Key.Key_Delete)

    def unit(self, unit):
        offers = self.desk.table.findChild(QListWidget, "field_offers")
        shown = [offers.item(i).text() for i in range(offers.count())] if offers.isVisible() else []
        if unit in shown[:LOOKS_DOWN]:
            for _ in range(shown.index(unit) + 1):
                self.press(Key.Key_Down)
        else:
            self.type(unit)

    def pick(self, true):
        typed = spelled(self.catalogue[true.indicator].name_zh)[0] if true.indicator else ""
        for letter in typed:
            if true.indicator in self.offered()[:LOOKS_DOWN]:
                break
            self.type(letter)
        while self.offered()[self.desk.picker._list.currentIndex().row()] != true.indicator:
            self.press(Key.Key_Down)
        self.press(Key.Key_Return)


class ByMouse(Reviewer):
    """Every click counts one, a double click too; a number has to be typed all the same."""

    def button(self, name):
        found = [b for b in self.desk.findChildren(QToolButton) if b.defaultAction() is not None]
        found = [b for b in found if b.defaultAction().objectName() == name and b.isVisible()]
        self.click(found[0])

    def click(self, widget, pos=None, double=False):
        act = QTest.mouseDClick if double else QTest.mouseClick
        if double:
            QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=pos)
        act(widget, Qt.MouseButton.LeftButton, NONE, pos if pos is not None else widget.rect().center())
        QApplication.processEvents()
        self.clicks += 1

    def confirm(self):
        self.button("accept_sentence")

    def no_figure(self):
        self.button("accept")

    def sign_off(self):
        self.button("sign_off")

    def make(self, true):
        self.button("new_figure")
        self.pick(true)

    def find(self, true):
        select_text(self.desk, true.start, true.end)  # a drag over the number
        self.clicks += 1
        self.make(true)

    def cell(self, row, column):
        index = self.desk.model.index(row, column)
        self.desk.table.scrollTo(index)
        self.click(self.desk.table.viewport(), self.desk.table.visualRect(index).center(), double=True)

    def field(self, text):
        for character in text:
            QTest.keyClick(QApplication.focusWidget(), character)
            self.keys += 1

    def mend(self, row, fault):
        true = self.of_row(row)
        if fault == "extra":
            click_text(self.desk, true.start)
            self.button("reject")
        elif fault == "indicator":
            self.cell(row, Column.INDICATOR)
            self.pick(true)
        else:
            self.cell(row, Column.VALUE if fault == "value" else Column.UNIT)
            self.offer(plain_number(true.value) if fault == "value" else true.unit)

    def offer(self, wanted):
        offers = self.desk.table.findChild(QListWidget, "field_offers")
        item = next((offers.item(i) for i in range(offers.count()) if offers.item(i).text() == wanted), None)
        if item is not None and offers.isVisible():
            self.click(offers.viewport(), offers.visualItemRect(item).center())
        else:
            field = QApplication.focusWidget()
            assert isinstance(field, QLineEdit)
            field.selectAll()
            for character in wanted:
                self.keys += 1 if character.isascii() else len(spelled(character)[1]) + 1
                QTest.keyClick(field, character) if character.isascii() else compose("", commit=character)
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)
        self.keys += 1
        QApplication.processEvents()

    def pick(self, true):
        typed = spelled(self.catalogue[true.indicator].name_zh)[0] if true.indicator else ""
        for letter in typed:
            if true.indicator in self.offered()[:8]:
                break
            self.field(letter)
        listed = self.desk.picker._list
        index = self.desk.picker._model.index(self.offered().index(true.indicator))
        listed.scrollTo(index)
        self.click(listed.viewport(), listed.visualRect(index).center())


def shown_cells(store, catalogue, report_id):
    """The cells of the store as the truth has them, with their states."""
    from db import queries

    cells = queries.report_cells(store, catalogue, report_id)
    return {c.indicator: (c.value, c.unit) for c in cells}, {c.state for c in cells}


def told(figure):
    """A figure in words, for a failing test."""
    return f"{printed(figure.quote)} {figure.value} {figure.unit} {figure.indicator}"
