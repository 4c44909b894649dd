"""The pages of a source at the desk: turned to by one key, the current figure framed, figures chosen by clicking."""

from __future__ import annotations

import threading

import pytest
from handling import CTRL, Key, press, show
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from db.intake import Entry
from db.store import Store
from desktop import districts, indicators, paths, reading, settings
from desktop.errors import UserError
from desktop.extraction import extract
from desktop.model import Document, Page
from desktop.reading import Picture, sha256
from desktop.ui.desk import page_marks, page_pictures
from desktop.ui.desk.page_pictures import PagePictures
from desktop.ui.desk.places import Places, lines_of

ACROSS, DOWN, ROOM = 40, 30, 12.0
WIDTH, HEIGHT = 595.0, 842.0


def laid_out(text):
    """Return pages of 30 lines of 40 characters; line ends have no box."""
    pages, number, start = [], 1, 0
    while start < len(text):
        boxes, row, column, end = [], 0, 0, start
        while end < len(text) and row < DOWN:
            left, top = 50 + column * ROOM, 60 + row * 24.0
            boxes.append(None if text[end] == "\n" else (left, top, left + ROOM, top + ROOM))
            column += 1
            if text[end] == "\n" or column == ACROSS:
                row, column = row + 1, 0
            end += 1
        pages.append(Page(number, start, end, WIDTH, HEIGHT, tuple(boxes)))
        number, start = number + 1, end
    return tuple(pages)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A store with one report on pages, that recognition read, and one without pages."""
    path = tmp_path_factory.mktemp("pages") / "版面.hebao"
    first, second = sorted(paths.samples().glob("*.txt"))[:2]
    with Store.open(path) as store:
        for source, paged in ((first, True), (second, False)):
            data, text = source.read_bytes(), source.read_text(encoding="utf-8")
            pages, doubts = (laid_out(text), ((10, 12, 0.6), (60, 61, 0.4))) if paged else ((), ())
            document = Document(source.name, "pdf/ocr" if paged else "txt", sha256(data), text, pages, doubts)
            entry = Entry(document, data, extract(document, indicators.load(), districts.load()))
            store.add_reports([entry], program="1", catalogue=indicators.load().version)
    return path


@pytest.fixture
def drawn(monkeypatch):
    """Note which pages are drawn, at which scale and on which thread; each comes out in one grey."""
    seen = []

    def render(name, data, number, scale):
        seen.append((number, scale, threading.current_thread()))
        width, height = round(WIDTH * scale), round(HEIGHT * scale)
        return Picture(width, height, b"\xc8" * (3 * width * height))

    monkeypatch.setattr(reading, "render", render)
    return seen


@pytest.fixture
def desk(shell, kept, tmp_path, qtbot, drawn):
    settings.remember("reviewer", "王敏")
    copy = tmp_path / kept.name
    for part in kept.parent.glob(f"{kept.name}*"):
        (tmp_path / part.name).write_bytes(part.read_bytes())
    window = show(shell, copy, qtbot)
    window.pages.open_report(1)
    return window.pages.desk


def settle(qtbot, view):
    """Wait until every page in view is drawn at the scale that is wanted."""

    def still():
        numbers = [view._places.pages[index].number for index, _ in view._in_view()]
        return not view._soon.isActive() and all(view._pictures.picture(n) is not None for n in numbers)

    qtbot.waitUntil(lambda: still() and not view._pictures._latest.busy, timeout=20_000)


@pytest.fixture
def view(desk, qtbot):
    press(Key.Key_F11)
    settle(qtbot, desk.paper.pages)
    return desk.paper.pages


def click(view, point):
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point.toPoint())


def colour(view, point):
    return view.viewport().grab().toImage().pixelColor(point.toPoint())


def test_one_key_turns_to_the_pages_and_back(desk, qtbot, drawn):
    assert "pages" not in desk.paper.__dict__ and drawn == [], "nothing is made before it is asked for"
    press(Key.Key_F11)
    view = desk.paper.pages
    settle(qtbot, view)
    assert view.isVisible() and not desk.text.isVisible() and desk.table.hasFocus()
    assert {number for number, *_ in drawn} == {1, 2} and view.count == 5, "as needed: those in view and the next"
    assert threading.main_thread() not in {thread for *_, thread in drawn}
    assert desk.paper._place.text().startswith("第 1 / 5 页")
    press(Key.Key_F11)
    assert desk.text.isVisible() and not view.isVisible()
    desk.text.setFocus()
    press(Key.Key_F11)
    assert view.hasFocus()


def test_the_current_figure_is_framed_and_followed(desk, view, qtbot):
    accent = (10, 90, 168)
    last = desk.model.figures()[-1]
    desk.table.choose(last.id)
    settle(qtbot, view)
    (frame,) = view.rects((last.start, last.end))
    assert view.viewport().rect().toRectF().contains(frame)
    assert colour(view, frame.topLeft() - QPointF(-4, 2)).getRgb()[:3] == accent
    assert desk.paper._place.text().startswith("第 5 / 5 页")
    first = desk.model.figures()[0]
    desk.table.choose(first.id)
    assert view.viewport().rect().toRectF().contains(view.rects((first.start, first.end))[0])


def test_clicking_a_place_on_the_page_chooses_the_figure_there(desk, view):
    shown = [f for f in desk.model.figures() if view.rects((f.start, f.end))[0].bottom() < view.viewport().height()]
    click(view, view.rects((shown[3].start, shown[3].end))[0].center())
    assert desk.table.current_id() == shown[3].id and desk.table.hasFocus()
    between = next(rect for rect in view.rects((0, 4)))
    click(view, between.center())
    assert desk.table.current_id() == shown[3].id, "where no figure is, nothing is chosen"


def test_a_click_on_an_open_numeral_makes_it_current(desk, view):
    numerals = desk.opened.open_numerals
    if not numerals:
        desk.opened.unclaimed[0] = desk.opened.unclaimed[0]._replace(numeral_class="open")
        numerals = desk.opened.open_numerals
    view.choose(((numerals[0].start, numerals[0].end), (numerals[0].start, numerals[0].end)))
    click(view, view.rects((numerals[0].start, numerals[0].end))[0].center())
    assert desk.numeral == numerals[0]


def test_marks_follow_decisions(desk, view, qtbot):
    figure = desk.current()
    rect = view.rects((figure.start, figure.end))[0]
    before = view.viewport().grab(rect.toRect()).toImage()
    press(Key.Key_Delete)
    desk.table.choose(figure.id)
    assert view.viewport().grab(rect.toRect()).toImage() != before


def test_zoom_by_keys_and_by_the_wheel(desk, view, qtbot, drawn):
    scale = view._scale()
    press(Key.Key_Plus, CTRL)
    assert view._scale() == pytest.approx(scale * 1.2)
    settle(qtbot, view)
    assert drawn[-1][1] == pytest.approx(view._scale(), abs=0.001), "drawn anew, as sharp as the screen"
    press(Key.Key_Minus, CTRL)
    place, nowhere = QPointF(view.viewport().rect().center()), QPoint()
    wheel = QWheelEvent(
        place, view.viewport().mapToGlobal(place), nowhere, QPoint(0, 240), Qt.MouseButton.NoButton, CTRL,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), wheel)
    assert view._scale() == pytest.approx(scale * 1.44)
    press(Key.Key_0, CTRL)
    assert view._scale() == pytest.approx(scale) and "100%" in desk.paper._place.text()


def test_doubtful_characters_are_waved_under_in_text_and_page(desk, view):
    (rect,) = view.rects((10, 12))
    below = [colour(view, QPointF(rect.left() + n, rect.bottom() + 1 + m)) for n in range(8) for m in range(4)]
    assert any(c.red() > 140 and c.green() < 100 for c in below)
    block = desk.text.document().findBlock(10)
    assert any(
        span.start <= 10 - block.position() < span.start + span.length
        and span.format.underlineStyle().name == "SpellCheckUnderline"
        for span in block.layout().formats()
    )
    assert "2 处识别没有把握" in desk.lines._doubts.text() and desk.lines._doubts.isVisible()


def test_a_source_without_pages_shows_its_text_and_says_so(desk, view, qtbot):
    window = desk.window()
    assert window.acts["show_page"].isEnabled() and window.acts["page_larger"].isEnabled()
    window.pages.open_report(2)
    assert desk.text.isVisible() and desk.paper._note.text() == "原文没有版面，只有文字。"
    assert not window.acts["show_page"].isEnabled() and not window.acts["page_larger"].isEnabled()
    window.pages.open_report(1)
    assert desk.paper.pages.isVisible() and desk.paper._note.isHidden(), "pages again with the next that has some"


def test_a_missing_file_of_sources_is_said_and_marks_stay(desk, qtbot):
    sources = desk.session.store.path.with_name(desk.session.store.path.name + "-sources")
    desk.session.store._sources.close()
    sources.unlink()
    press(Key.Key_F11)
    qtbot.waitUntil(desk.paper._note.isVisible, timeout=10_000)
    assert sources.name in desk.paper._note.text()
    figure = desk.current()
    assert desk.paper.pages.rects((figure.start, figure.end)) and desk.paper.pages.isVisible()


def test_characters_stand_in_their_places_until_the_page_is_drawn(desk, qtbot, monkeypatch):
    monkeypatch.setattr(reading, "is_paged", lambda _: False)
    press(Key.Key_F11)
    qtbot.waitUntil(desk.paper._note.isVisible, timeout=10_000)
    assert "按文字所在位置显示" in desk.paper._note.text()
    view = desk.paper.pages
    desk.table.choose(desk.model.figures()[0].id)
    printed = next(rect for rect in view.rects((0, 1)))
    shown = view.viewport().grab(printed.toRect()).toImage()
    assert min(shown.pixelColor(x, y).lightness() for x in range(shown.width()) for y in range(shown.height())) < 120


def test_a_page_that_cannot_be_drawn_is_said(desk, qtbot, shell, monkeypatch):
    def refuse(*_):
        raise UserError("source_damaged", name="甲.pdf")

    monkeypatch.setattr(reading, "render", refuse)
    press(Key.Key_F11)
    qtbot.waitUntil(desk.paper._note.isVisible, timeout=10_000)
    assert "甲.pdf" in desk.paper._note.text()
    shell.set_language("en")
    assert "damaged" in desk.paper._note.text()
    press(Key.Key_F11)
    assert desk.paper._note.isHidden()
    press(Key.Key_F11)
    assert desk.paper._note.isVisible(), "still so"


def test_both_languages_and_the_dark_window(desk, view, shell):
    light = colour(view, QPointF(view.viewport().width() / 2, 30))
    shell.set_scheme("dark")
    dark = colour(view, QPointF(view.viewport().width() / 2, 30))
    assert dark.lightness() < light.lightness()
    shell.set_language("en")
    assert desk.paper._place.text().startswith("Page 1 of 5")


def test_pictures_far_away_are_let_go(desk, qtbot, drawn):
    pictures = PagePictures(desk.session.store, desk)
    pictures.show_source(desk.opened.report)
    pictures.want([1, 2], 0.1)
    qtbot.waitUntil(lambda: pictures.picture(2) is not None)
    pictures.want([40], 0.1)
    assert pictures.picture(1) is None


def test_only_pictures_that_are_wanted_are_kept_where_they_are_large(desk, qtbot, drawn, monkeypatch):
    monkeypatch.setattr(page_pictures, "MUCH", 100_000)
    pictures = PagePictures(desk.session.store, desk)
    pictures.show_source(desk.opened.report)
    for numbers in ([1, 2], [3], [4]):
        pictures.want(numbers, 0.3)
        qtbot.waitUntil(lambda wanted=numbers: pictures.picture(wanted[-1]) is not None and not pictures._latest.busy)
    assert [number for number in range(1, 6) if pictures.picture(number) is not None] == [4]


def test_only_what_stands_on_the_pages_in_view_is_painted(view, desk, monkeypatch):
    painted = []
    monkeypatch.setattr(page_marks, "figure", lambda _painter, rects, *_: painted.append(rects))
    view.viewport().grab()
    assert all(painted) and 0 < len(painted) < len(desk.model.figures())


def test_a_span_that_breaks_over_lines_and_pages_has_a_box_for_each():
    pages = laid_out("一" * (ACROSS * DOWN + 100))
    places = Places(pages)
    edge = ACROSS * DOWN
    assert [(index, round(box[1])) for index, box in places.boxes(ACROSS - 2, ACROSS + 3)] == [(0, 60), (0, 84)]
    assert [index for index, _ in places.boxes(edge - 2, edge + 2)] == [0, 1]
    assert (places.page_of(edge - 1), places.page_of(edge), places.page_of(10**6)) == (0, 1, None)
    assert places.at(0, 50 + 3.5 * ROOM, 60 + 24 * 2 + 4) == 2 * ACROSS + 3
    assert places.at(0, 5, 5) is None
    assert lines_of([None, (0, 0, 9, 9), (10, 1, 19, 9), None, (200, 0, 209, 9)]) == [(0, 0, 19, 9), (200, 0, 209, 9)]
    up = [(50, 100 - 12 * n, 62, 112 - 12 * n) for n in range(4)]
    assert lines_of(up) == lines_of(up[::-1]) == [(50, 64, 62, 112)], "where a page lies on its side"
    assert lines_of([(400, 0, 412, 12), (50, 24, 62, 36)]) == [(400, 0, 412, 12), (50, 24, 62, 36)]
    assert Places(()).boxes(0, 10) == [] and Places(()).page_of(3) is None
