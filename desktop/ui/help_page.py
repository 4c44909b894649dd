"""The help page (F1): topics on the left, with a search over all of them, the chosen one on the right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop import workflow
from desktop.text import language, say
from desktop.ui import keymap, memory
from desktop.ui.commands import COMMANDS
from desktop.ui.help_browser import HelpBrowser
from desktop.ui.lines import line_size

if TYPE_CHECKING:
    from desktop.workflow.helping import Topic

FIRST = "tour"
OF_PAGES = {
    "reports": "overview", "desk": "review", "trends": "trends", "sheaf": "phrases", "search": "search", "spot": "spot",
    "disputes": "merging", "agreement": "merging",
}  # fmt: skip
WIDTH = 32  # digits
TARGET = re.compile(r"\]\([^)]*\)")


class HelpPage(QWidget):
    """`left` comes with Escape."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("help_page")
        self._texts: dict[str, str] = {}
        self._shown = FIRST
        self.search = QLineEdit()
        self.search.setObjectName("help_search")
        self.search.setClearButtonEnabled(True)
        self.contents = QListWidget()
        self.contents.setObjectName("help_contents")
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing = QLabel()
        self._nothing.setProperty("part", "muted")
        self._nothing.setWordWrap(True)
        self._nothing.hide()
        self.browser = HelpBrowser()
        self._lay_out()
        self.search.textChanged.connect(self._look)
        self.search.returnPressed.connect(self._go_on)
        self.contents.currentItemChanged.connect(self._turn)
        self.browser.topic_wanted.connect(self.show_topic)
        self.retranslate()

    def _lay_out(self) -> None:
        left = QWidget()
        left.setFixedWidth(WIDTH * self.fontMetrics().horizontalAdvance("0"))
        column = QVBoxLayout(left)
        column.setContentsMargins(6, 6, 0, 0)
        for widget in (self.search, self._nothing, self.contents):
            column.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(left)
        row.addWidget(self.browser, 1)
        self.setFocusProxy(self.browser)

    def retranslate(self) -> None:
        """Show the same topic in the language of the moment."""
        self._texts.clear()
        self.search.setPlaceholderText(say("help_search"))
        self.search.setAccessibleName(say("help_search"))
        self.contents.setAccessibleName(say("help_contents"))
        self.browser.setAccessibleName(say("act_help"))
        self._nothing.setText(say("help_nothing"))
        self._look()

    def show_topic(self, topic: str) -> None:
        """Show a topic; one that there is not is passed over."""
        for row in range(self.contents.count()):
            if self.contents.item(row).data(Qt.ItemDataRole.UserRole) == topic:
                self.contents.setCurrentRow(row)
                return
        if any(one.id == topic for one in workflow.help_topics(language())):  # the search hides it
            self._shown = topic
            self.search.clear()

    def show_of(self, page: str) -> None:
        """Show the topic of a page of the window, with the keys of the moment."""
        self._shown = OF_PAGES.get(page, FIRST)
        self.search.clear()
        self.retranslate()

    def _text(self, topic: Topic) -> str:
        if topic.id not in self._texts:
            self._texts[topic.id] = topic.markdown(keymap.shown, {"keys": keys_table})
        return self._texts[topic.id]

    def _look(self) -> None:
        """List the topics with what is searched for, all where nothing is; stay at the one shown if it is there."""
        words = self.search.text().strip().lower()
        topics = {topic.id: topic for topic in workflow.help_topics(language())}
        found = dict.fromkeys(topics, 0)
        if words:
            plain = {name: TARGET.sub("]", self._text(topic)).lower() for name, topic in topics.items()}
            found = {name: text.count(words) for name, text in plain.items() if words in text}
        self.contents.blockSignals(True)
        self.contents.clear()
        for topic in found:
            title = topics[topic].title
            shown = say("help_hits", title=title, n=found[topic]) if words else title
            item = QListWidgetItem(shown)
            item.setData(Qt.ItemDataRole.UserRole, topic)
            item.setSizeHint(line_size())
            item.setToolTip(shown)
            self.contents.addItem(item)
        self.contents.blockSignals(False)
        self._nothing.setVisible(not found)
        if found:
            self.contents.setCurrentRow(list(found).index(self._shown) if self._shown in found else 0)

    def _turn(self, current: QListWidgetItem | None) -> None:
        if current is not None:
            self._shown = str(current.data(Qt.ItemDataRole.UserRole))
            topic = next(one for one in workflow.help_topics(language()) if one.id == self._shown)
            self.browser.show_markdown(self._text(topic))
            self.browser.mark(self.search.text().strip())

    def _go_on(self) -> None:
        """Go to the next place of what is searched for, behind the last one to the next topic."""
        if not self.browser.go_on(self.search.text().strip()) and self.contents.count():
            self.contents.setCurrentRow((self.contents.currentRow() + 1) % self.contents.count())

    def toPlainText(self) -> str:
        """Return the words of the topic shown."""
        return self.browser.toPlainText()

    def parts(self) -> memory.Parts:
        """Return what keeps its shape between starts: nothing."""
        return {}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends the search, or goes back to where one came from."""
        if event.key() == Qt.Key.Key_Escape:
            if self.search.text():
                self.search.clear()
            else:
                self.left.emit()
            return
        super().keyPressEvent(event)


def keys_table() -> str:
    """Return all keys as a table in Markdown."""
    keyed = (command for command in COMMANDS if keymap.keys_of(command))
    rows = ((f"`{keymap.shown(c)}`", say(c.name).rstrip("…"), say(c.tip)) for c in keyed)
    return workflow.help_table((say("help_keys"), say("keys_command"), say("help_what")), rows)
