"""The help: every topic in both languages, links and pictures that lead somewhere, generated parts, search, F1."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest
from handling import Key, press
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop import checks, cli, indicators, reading, settings, text, workflow
from desktop.ui import keymap
from desktop.ui.commands import COMMANDS
from desktop.ui.help_page import OF_PAGES, keys_table

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("zh", "en")


@pytest.fixture(scope="module")
def pictures():
    spec = importlib.util.spec_from_file_location("pictures", ROOT / "packaging" / "pictures.py")
    made = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def texts(language):
    """Return each topic as it is shown, by id."""
    text.set_language(language)
    topics = workflow.help_topics(language)
    return {topic.id: topic.markdown(keymap.shown, {"keys": keys_table}) for topic in topics}


def raw(language):
    return {topic.id: topic.path.read_text(encoding="utf-8") for topic in workflow.help_topics(language)}


def test_both_languages_have_the_same_topics_with_the_same_keys_parts_links_and_pictures():
    chinese, english = raw("zh"), raw("en")
    assert list(chinese) == list(english)
    for topic in chinese:
        for pattern in (r"\{[\w:]+\}", r"\]\(([^)]+)\)", r"^#+ ", r"^\|", r"^- ", r"^\d\. "):
            found = [sorted(re.findall(pattern, page[topic], re.MULTILINE)) for page in (chinese, english)]
            assert found[0] == found[1], (topic, pattern)
    assert set(OF_PAGES.values()) < set(chinese)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_to_fill_in_and_every_link_leads_to_a_topic_or_a_picture(language):
    shown = texts(language)
    for topic, page in shown.items():
        # What a check's sentence or a file's name has in braces would be a field that nobody filled.
        assert not re.search(r"\{[\w:]+\}", page), topic
        for picture, to in re.findall(r"(!?)\[[^\]]*\]\(([^)]+)\)", page):
            there = workflow.help_folder() / "pictures" / language / to
            assert there.exists() if picture else to in shown, (topic, to)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_every_key_check_indicator_format_column_setting_and_command(language):
    shown = texts(language)
    assert all(f"`{keymap.shown(c)}`" in shown["keys"] for c in COMMANDS if keymap.keys_of(c))
    assert all(text.say(f"check_name_{name}") in shown["checks"] for name in checks.checks())
    known = indicators.load().values()
    assert all(i.name(language) in shown["indicators"] and i.meaning(language) in shown["indicators"] for i in known)
    assert all(f"`{ending}`" in shown["formats"] for ending in reading.readers())
    assert all(text.say(f"set_{key}") in shown["settings"] for key in settings.SETTINGS)
    subcommands = next(action.choices for action in cli.parser()._actions if action.choices)
    assert not [name for name in subcommands if f"hebao {name}" not in shown["command-line"]]


def test_every_picture_is_used_and_made_by_the_script(pictures):
    used = {name for page in raw("zh").values() for name in re.findall(r"\]\((\w+)\.png\)", page)}
    assert used == set(pictures.PICTURES)
    for language in LANGUAGES:
        files = list((workflow.help_folder() / "pictures" / language).iterdir())
        assert {file.name for file in files} == {f"{name}.png" for name in used}
        assert sum(file.stat().st_size for file in files) < 600_000


@pytest.mark.parametrize("name", ["export", "reports"])
def test_the_script_takes_pictures(pictures, store_path, tmp_path, qapp, name):
    (picture,) = pictures.take(store_path, tmp_path, "zh", (name,))
    made = QImage(str(picture))
    there = QImage(str(workflow.help_folder() / "pictures" / "zh" / picture.name))
    assert made.width() == there.width() and picture.stat().st_size < 100_000


def test_help_opens_at_the_topic_of_the_page_one_is_on_and_escape_leads_back(window, desk):
    for page, topic in OF_PAGES.items():
        getattr(window.pages, f"show_{page}")()
        window.acts["help"].trigger()
        shown = window.pages.help
        title = next(one.title for one in workflow.help_topics("zh") if one.id == topic)
        assert shown.toPlainText().startswith(title) and shown.contents.currentItem().text() == title
        shown.setFocus()
        press(Key.Key_Escape)
        assert window.pages.currentWidget() is window.pages.places[page]


def test_links_lead_from_topic_to_topic(window):
    window.pages.show_help()
    page = window.pages.help
    page.show_topic("tour")
    page.browser.topic_wanted.emit("own")
    assert page.toPlainText().startswith("自定指标")
    page.browser.topic_wanted.emit("nowhere")
    assert page.toPlainText().startswith("自定指标")


def test_searching_lists_the_topics_that_say_it_and_goes_from_place_to_place(window):
    window.pages.show_help()
    page = window.pages.help
    page.search.setText("区划代码")
    listed = [page.contents.item(row).text() for row in range(page.contents.count())]
    assert listed and all(re.search(r"（\d+ 处）$", line) for line in listed) and len(listed) < 6
    assert page.browser.textCursor().selectedText() == "区划代码"
    seen = {page.contents.currentRow()}
    for _ in range(12):
        page.search.returnPressed.emit()
        seen.add(page.contents.currentRow())
    assert seen == set(range(page.contents.count()))
    page.search.setText("没有这样的话")
    assert page.contents.count() == 0 and not page._nothing.isHidden()
    page.search.setFocus()
    press(Key.Key_Escape)
    assert page.contents.count() == len(workflow.help_topics("zh")) and page._nothing.isHidden()


def test_pictures_are_shown_no_wider_than_the_text(window, qtbot):
    window.pages.show_help()
    page = window.pages.help
    page.show_topic("tour")
    QApplication.processEvents()
    assert page.browser.document().idealWidth() <= page.browser.viewport().width()
    assert not page.browser.horizontalScrollBar().maximum()
