"""Panes of the real window: the list, the cards, the bars, the banners, what is hidden and shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from building import enter
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from seat import Seat

from annotator.domain.marks import QuotationFields, Status
from annotator.gui.articles.model import PAGE, ArticleModel, figures_of
from annotator.gui.theme import DARK, apply_theme
from annotator.gui.widgets.plain import PlainLabel
from annotator.services.changes import Changes
from annotator.services.library import DocumentFilter, sample_files
from annotator.services.settings import Settings
from annotator.services.workspace import open_workspace
from annotator.storage import documents

Key = Qt.Key


def test_an_empty_project_shows_one_heading_one_primary_action_and_the_legend(
    sit: Callable[..., Seat], tmp_path: Path
) -> None:
    seat = sit(tmp_path / "empty.sqlite3")
    window = seat.window
    assert window.empty.isVisible()
    assert window.empty.heading.text() == "Bring in your first articles"
    assert window.empty.choose.primary
    assert not window.cards.isVisible()
    assert not window.bar.isVisible()
    assert window.articles._none.text() == "Articles will be listed here."
    assert window.status.done.text() == "0 articles"
    assert not window.actions_["export"].isEnabled()


def test_sample_articles_come_in_by_the_link_and_the_first_one_opens(sit: Callable[..., Seat], tmp_path: Path) -> None:
    seat = sit(tmp_path / "empty.sqlite3")
    seat.bot.mouseClick(seat.window.empty.samples, Qt.MouseButton.LeftButton)
    seat.bot.waitUntil(lambda: seat.desk.document is not None, timeout=20_000)
    assert not seat.window.empty.isVisible()
    assert seat.window.bar.isVisible()
    assert seat.window.articles.model.rowCount() == len(sample_files())
    assert seat.message == f"{len(sample_files())} articles added."
    assert "no marks yet" in seat.window.page._figures()


def test_a_file_that_cannot_be_read_is_listed_with_reason_and_remedy(seat: Seat, tmp_path: Path) -> None:
    bad = tmp_path / "broken.jsonl"
    bad.write_text('{"text": "Good line."}\n{"text": \n', encoding="utf-8")
    seat.window.errands.import_paths([bad, tmp_path / "missing <b>.txt"])
    seat.bot.waitUntil(lambda: not seat.window.errands.busy, timeout=20_000)
    page = seat.window.intake.page
    assert page.isVisible()
    texts = [label.text() for label in page.findChildren(PlainLabel)]
    assert any("broken.jsonl, line 2" in text for text in texts)
    assert any("missing <b>.txt" in text for text in texts)
    assert "could not be read" in seat.message
    assert seat.window.articles.model.rowCount() == 3
    seat.bot.keyClick(page.stop, Key.Key_Escape)
    assert not page.isVisible()


def test_filter_words_narrow_the_list_and_can_be_cleared(seat: Seat) -> None:
    pane = seat.window.articles
    pane.field.setFocus()
    seat.bot.keyClicks(pane.field, "oslo")
    seat.bot.waitUntil(lambda: pane.model.rowCount() == 1)
    seat.bot.keyClicks(pane.field, "zzz")
    seat.bot.waitUntil(lambda: pane.no_hit.isVisible())
    seat.bot.mouseClick(pane.clear, Qt.MouseButton.LeftButton)
    assert pane.model.rowCount() == 2
    seat.bot.keyClicks(pane.field, "kiel")
    seat.bot.waitUntil(lambda: pane.model.rowCount() == 1)
    seat.bot.keyClick(pane.field, Key.Key_Escape)
    seat.bot.waitUntil(lambda: pane.model.rowCount() == 2)


def test_segments_show_counts_and_choose_by_status(seat: Seat) -> None:
    segments = {segment.words: segment for segment in seat.window.articles.segments.segments}
    assert [segments[name].count for name in ("All", "New", "Open", "Done")] == [2, 2, 0, 0]
    seat.press(Key.Key_Tab, Key.Key_A)
    seat.saved()
    assert [segments[name].count for name in ("All", "New", "Open", "Done")] == [2, 1, 1, 0]
    seat.bot.mouseClick(segments["Open"], Qt.MouseButton.LeftButton)
    assert seat.window.articles.model.rowCount() == 1
    assert seat.window.page.strip.place.text() == "1 of 1"


def test_the_row_of_an_article_tells_what_is_decided(seat: Seat) -> None:
    model = seat.window.articles.model
    total = len(seat.desk.document.in_order())
    assert figures_of(model.info(0)) == str(total)
    seat.press(Key.Key_Tab, Key.Key_A)
    seat.saved()
    assert figures_of(model.info(0)) == f"1 / {total}"
    seat.window.actions_["flag"].trigger()
    seat.saved()
    assert model.info(0).flagged
    assert seat.window.actions_["flag"].isChecked()


def test_arrows_and_enter_in_the_list_open_an_article_and_a_click_does(seat: Seat) -> None:
    pane = seat.window.articles
    pane.list.setFocus()
    seat.bot.keyClick(pane.list, Key.Key_Down)
    seat.bot.keyClick(pane.list, Key.Key_Return)
    assert "Oslo" in seat.body
    assert QApplication.focusWidget() is seat.text
    place = pane.list.visualRect(pane.model.index(0)).center()
    seat.bot.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert "Kiel" in seat.body


def test_long_lists_come_page_by_page(database: Path) -> None:
    workspace = open_workspace(database, "Ann")
    for number in range(PAGE + 5):
        enter(workspace, f"Short text number {number}.")
    from annotator.services.library import DocumentList

    model = ArticleModel(DocumentList(workspace))
    model.show(DocumentFilter())
    assert model.rowCount() == PAGE
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert model.rowCount() == PAGE + 7
    last = model.info(model.rowCount() - 1)
    assert last is not None
    fresh = ArticleModel(DocumentList(workspace))
    fresh.show(DocumentFilter())
    assert fresh.place_of(last.id, load=True) == PAGE + 6
    workspace.close()


def test_pressing_a_card_selects_the_quotation_and_selecting_in_the_text_opens_the_card(seat: Seat) -> None:
    cards = seat.window.cards
    later = seat.quotation("“Later,”")
    seat.bot.mouseClick(cards._cards[later.key], Qt.MouseButton.LeftButton)
    assert seat.desk.choice.key == later.key
    assert seat.text.selected == later.key
    assert cards.open.isVisible()
    assert not cards._cards[later.key].isVisible()
    seat.click("“We will not sail,”")
    first = seat.quotation("“We will not sail,”")
    assert cards.open.name.text() == "Anna Berg"
    assert cards._cards[later.key].isVisible()
    assert seat.text.selected == first.key
    seat.click("Nobody")
    assert not cards.open.isVisible()


def test_the_summary_counts_suggested_and_decided_quotations(seat: Seat) -> None:
    assert seat.window.cards.summary.text() == "3 suggested, 0 decided"
    assert seat.window.side.tabs.count_of(0) == 3
    seat.desk.choose(seat.quotation("“Later,”").key)
    seat.bot.mouseClick(seat.window.cards.open.accept, Qt.MouseButton.LeftButton)
    assert seat.window.cards.summary.text() == "2 suggested, 1 decided"


def test_crosses_in_the_card_take_parts_cue_and_mention_away(seat: Seat) -> None:
    card = seat.window.cards.open
    seat.desk.choose(seat.quotation("“We will not sail,”").key)
    QApplication.processEvents()
    seat.bot.mouseClick(card._parts_layout.itemAt(0).widget().cross, Qt.MouseButton.LeftButton)
    assert [part.slice(seat.body) for part in seat.desk.mark.fields.content] == ["“Not before Friday.”"]
    for index, words in ((0, "select words and press C"), (1, "select words and press S")):
        seat.bot.mouseClick(card._ends_layout.itemAt(index).widget().cross, Qt.MouseButton.LeftButton)
        assert card._ends_layout.itemAt(index).widget().text() == words
    assert seat.desk.mark.fields.cue == ()
    assert seat.desk.mark.fields.speaker is None


def test_pressing_a_person_in_the_card_sets_the_speaker(seat: Seat) -> None:
    seat.desk.choose(seat.quotation("“Later,”").key)
    rows = seat.window.cards.open.persons.rows
    QApplication.processEvents()
    seat.bot.mouseClick(rows, Qt.MouseButton.LeftButton, pos=rows.row_rect(0).center())
    assert seat.desk.document.speaker_name(seat.desk.mark) == "Anna Berg"
    assert [row.speaks for row in rows.rows] == [True, False]


def test_pressing_the_cue_in_the_card_means_that_stretch(seat: Seat) -> None:
    seat.desk.choose(seat.quotation("“Later,”").key)
    QApplication.processEvents()
    row = seat.window.cards.open._ends_layout.itemAt(0).widget()
    seat.bot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert (seat.desk.choice.role, seat.desk.choice.index) == ("cue", 0)
    seat.text.setFocus()
    seat.press(Key.Key_Right, modifier=Qt.KeyboardModifier.AltModifier)
    assert isinstance(seat.desk.mark.fields, QuotationFields)
    assert seat.desk.mark.fields.cue[0].slice(seat.body) == "told Café"


def test_an_article_without_quotations_says_how_to_mark_one(seat: Seat) -> None:
    for _ in range(3):
        seat.desk.choose(seat.desk.document.quotations[0].key)
        seat.press(Key.Key_Delete)
    pane = seat.window.cards
    assert pane._pages.currentIndex() == 1
    words = [label.text() for label in pane._pages.currentWidget().findChildren(type(pane.summary))]
    assert "No quotations marked yet" in words


def test_f6_moves_between_panes_and_tab_stays_in_the_text(seat: Seat) -> None:
    window = seat.window
    assert QApplication.focusWidget() is seat.text
    stops = []
    for _ in range(4):
        seat.press(Key.Key_F6)
        stops.append(QApplication.focusWidget())
    assert stops == [window.cards.list, window.articles.field, window.articles.list, seat.text]
    seat.press(Key.Key_Tab, Key.Key_Tab)
    assert QApplication.focusWidget() is seat.text
    seat.press(Key.Key_F6, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is window.articles.list


def test_arrows_in_the_cards_go_from_quotation_to_quotation(seat: Seat) -> None:
    cards = seat.window.cards.list
    cards.setFocus()
    quotations = seat.desk.document.quotations
    for expected in (0, 1, 2, 2):
        seat.bot.keyClick(cards, Key.Key_Down)
        assert seat.desk.choice.key == quotations[expected].key
    seat.bot.keyClick(cards, Key.Key_A)
    assert seat.quotation("“Later,”").decided


def test_the_focused_control_has_a_ring_and_fields_and_text_do_not(seat: Seat) -> None:
    ring = seat.window.ring
    seat.window.page.strip.done.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.around is seat.window.page.strip.done
    assert ring.geometry().width() == seat.window.page.strip.done.width() + 8
    seat.window.articles.field.setFocus()
    assert ring.around is None


@pytest.mark.parametrize("width", [1100, 1000, 1440, 1900])
def test_no_bar_forces_the_window_wider_than_it_is(seat: Seat, width: int) -> None:
    seat.window.resize(width, 700)
    QApplication.processEvents()
    assert seat.window.width() == width
    bar = seat.window.bar
    shown = [chip for chip in (*bar._labels, bar._more, *bar._marks, *bar._hints) if chip.isVisible()]
    rects = sorted((chip.geometry() for chip in shown), key=lambda rect: rect.left())
    assert rects[-1].right() <= width
    assert all(left.right() < right.left() for left, right in pairwise(rects))


def test_pressing_a_chip_does_what_its_key_does(seat: Seat) -> None:
    seat.select("strike")
    chip = next(chip for chip in seat.window.bar._labels if chip.words == "EVENT")
    seat.bot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert seat.label(seat.span("strike")) == "EVENT"
    seat.select("Nobody")
    seat.bot.mouseClick(seat.window.bar._marks[0], Qt.MouseButton.LeftButton)
    assert seat.quotation("Nobody").decided


def test_a_failed_article_says_so_above_the_text_and_in_the_list(sit: Callable[..., Seat], database: Path) -> None:
    seat = sit(database)
    first = seat.desk.document.id
    reason = "The worker process was killed <b>(SIGKILL)</b>."
    seat.workspace.store.writer.run(lambda connection: documents.set_failure(connection, first, reason))
    seat.desk.session.suggestions_arrived([first])
    banner = seat.window.page.not_read
    assert banner.isVisible()
    assert banner.title.text() == "This article has no suggestions"
    assert reason in banner.sentence.text()
    assert seat.window.articles.model.info(0).failure == reason
    assert seat.window.status.left_here.text() == "No suggestions here"
    assert seat.window.actions_["read_again"].isEnabled()


def test_suggestions_that_arrive_change_the_marks_but_not_the_selection(seat: Seat) -> None:
    seat.click("Monday")
    key = seat.desk.choice.key
    seat.desk.session.suggestions_arrived([seat.desk.document.id])
    assert seat.desk.choice.key == key
    assert seat.text.selected == key


def test_zoom_is_kept_and_shown(seat: Seat) -> None:
    seat.press(Key.Key_Plus, modifier=Qt.KeyboardModifier.ControlModifier)
    seat.press(Key.Key_Equal, modifier=Qt.KeyboardModifier.ControlModifier)
    assert seat.text.reading_size == 19
    assert seat.window.status.zoom.text() == "112 %"
    assert seat.desk.settings.reading_size == 19
    seat.press(Key.Key_0, modifier=Qt.KeyboardModifier.ControlModifier)
    assert seat.window.status.zoom.text() == "100 %"


def test_the_window_comes_back_as_it_was_left(sit: Callable[..., Seat], database: Path) -> None:
    seat = sit(database)
    seat.press(Key.Key_Down, modifier=Qt.KeyboardModifier.ControlModifier)
    seat.window.actions_["show_cards"].trigger()
    seat.window.resize(970, 640)
    QApplication.processEvents()
    seat.window.close()
    settings = seat.desk.settings
    assert settings.last_document == seat.desk.documents.page(DocumentFilter())[1].id
    again = sit(database, settings)
    assert "Oslo" in again.body
    assert not again.window.cards.isVisible()
    assert again.window.height() == 640
    assert not again.window.actions_["show_cards"].isChecked()


def test_the_theme_changes_while_the_window_is_open(seat: Seat, qapp: QApplication) -> None:
    apply_theme(qapp, DARK)
    seat.window.set_theme(DARK)
    QApplication.processEvents()
    assert seat.window.articles.count.palette().windowText().color() == DARK.text2
    picture = seat.window.grab().toImage()
    assert picture.pixelColor(60, 500) == DARK.panel


def test_the_title_bar_and_heading_name_what_is_open(seat: Seat) -> None:
    assert "My articles" in seat.window.windowTitle()
    assert seat.window.page.strip.place.text() == "1 of 2"
    assert re.fullmatch(r"0 of 10 decided", seat.window.page._figures())


def test_news_about_other_documents_leave_the_open_one_alone(seat: Seat) -> None:
    other = seat.desk.documents.page(DocumentFilter())[1].id
    before = seat.desk.document.in_order()
    seat.desk.session.publish(Changes(documents=frozenset({other})))
    assert seat.desk.document.in_order() == before


def test_skipping_sets_the_status_and_goes_on(seat: Seat) -> None:
    first = seat.desk.document.id
    seat.window.actions_["skip"].trigger()
    seat.saved()
    assert seat.desk.documents.infos([first])[0].status is Status.SKIPPED
    assert "Oslo" in seat.body
    assert figures_of(seat.window.articles.model.info(0)) == "skipped"


def test_done_accepts_is_kept_in_the_settings(sit: Callable[..., Seat], database: Path) -> None:
    seat = sit(database, Settings(done_accepts=False))
    assert seat.window.page.strip.done.words == "Done, next"
    assert not seat.window.actions_["done_accepts"].isChecked()
