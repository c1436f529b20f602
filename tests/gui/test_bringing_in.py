"""Bringing articles in by the window: dropping, pasting, folders, the page of an import, its report, going on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from seat import Seat

from annotator.gui.export_sheet import ExportSheet
from annotator.gui.import_page import time_left
from annotator.gui.import_report import LineSheet, ReportsSheet, clean_files, line_of, report_text, short_place
from annotator.gui.paste import PasteSheet
from annotator.gui.widgets.banner import Banner
from annotator.gui.widgets.plain import PlainLabel
from annotator.services.library import DocumentFilter, past_imports, unfinished_imports
from annotator.services.workspace import open_workspace
from annotator.storage import imports

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with forty articles."""
    root = tmp_path / "in"
    (root / "deep").mkdir(parents=True)
    for number in range(40):
        place = root / "deep" if number % 2 else root
        (place / f"{number:02}.txt").write_text(f"Headline {number:02}\n\nBody {number}.\n", "utf-8")
    return root


@pytest.fixture
def clean_clipboard(qapp: QApplication) -> Iterator[None]:
    yield
    QGuiApplication.clipboard().clear()


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def enter(target: QWidget, data: QMimeData) -> QDragEnterEvent:
    """Drag something over a widget, as the window system does."""
    event = QDragEnterEvent(
        target.rect().center(), Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, data, LEFT, Qt.KeyboardModifier(0)
    )
    QApplication.sendEvent(target, event)
    return event


def drop(target: QWidget, data: QMimeData) -> QDropEvent:
    """Drag something over a widget and let it go there."""
    enter(target, data)
    event = QDropEvent(
        QPointF(target.rect().center()),
        Qt.DropAction.CopyAction | Qt.DropAction.MoveAction,
        data,
        LEFT,
        Qt.KeyboardModifier(0),
    )
    QApplication.sendEvent(target, event)
    return event


def idle(seat: Seat) -> None:
    seat.bot.waitUntil(lambda: not seat.window.errands.busy, timeout=30_000)


def titles(seat: Seat) -> list[str]:
    return [info.title for info in seat.desk.documents.page(DocumentFilter(), size=10_000)]


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(PlainLabel) if label.isVisible()]


def test_a_folder_dropped_on_the_empty_page_comes_in_whole(
    sit: Callable[..., Seat], tmp_path: Path, folder: Path
) -> None:
    seat = sit(tmp_path / "empty.sqlite3")
    event = drop(seat.window.empty.drop_area, files(folder))
    assert event.isAccepted()
    assert event.dropAction() is Qt.DropAction.CopyAction
    seat.bot.waitUntil(lambda: len(titles(seat)) == 40, timeout=30_000)
    idle(seat)
    assert not seat.window.intake.page.isVisible()
    assert seat.desk.document is not None
    assert seat.message == "40 articles added."
    assert len(list(folder.rglob("*.txt"))) == 40


def test_files_dropped_on_the_text_the_list_or_the_cards_come_in(seat: Seat, folder: Path) -> None:
    paths = sorted(folder.rglob("*.txt"))
    for number, target in enumerate((seat.text.viewport(), seat.window.articles.field, seat.window.cards.list)):
        drop(target, files(paths[number]))
        seat.bot.waitUntil(lambda number=number: len(titles(seat)) == 3 + number, timeout=30_000)
        idle(seat)
    assert seat.window.articles.field.text() == ""


def test_a_frame_is_seen_while_something_is_dragged_over_the_window(seat: Seat, folder: Path) -> None:
    frame = seat.window.intake.drop.frame
    enter(seat.text.viewport(), files(folder))
    assert frame.isVisible()
    QApplication.sendEvent(seat.window, QDragLeaveEvent())
    assert not frame.isVisible()
    assert not enter(seat.text.viewport(), QMimeData()).isAccepted()
    assert not frame.isVisible()


def test_dropped_text_is_looked_at_before_it_becomes_an_article(seat: Seat) -> None:
    data = QMimeData()
    data.setHtml("<h1>Dropped</h1><p>One.</p><p>Two.</p><script>no()</script>")
    drop(seat.text.viewport(), data)
    seat.bot.waitUntil(lambda: isinstance(seat.window.errands.sheet, PasteSheet))
    sheet = seat.window.errands.sheet
    assert isinstance(sheet, PasteSheet)
    assert sheet.title.text() == "Dropped"
    assert sheet.first.toPlainText() == "Dropped\n\nOne.\n\nTwo."
    assert sheet.counts.text().startswith("3 paragraphs")
    assert not sheet.doubts.isVisible()
    seat.bot.keyClick(sheet.title, Key.Key_Return)
    assert seat.body == "Dropped\n\nOne.\n\nTwo."
    assert titles(seat)[-1] == "Dropped"


def test_ctrl_v_makes_an_article_of_copied_text_with_a_title_of_ones_own(seat: Seat, clean_clipboard: None) -> None:
    QGuiApplication.clipboard().setText("She left on Monday.\n\n«\u00a0Oui\u00a0»\n\nMore.")
    seat.text.setFocus()
    seat.press(Key.Key_V, modifier=CTRL)
    sheet = seat.window.errands.sheet
    assert isinstance(sheet, PasteSheet)
    assert "reads like a sentence" in sheet.doubts.text()
    sheet.title.selectAll()
    seat.bot.keyClicks(sheet.title, "Mine")
    seat.bot.mouseClick(sheet.add, LEFT)
    assert titles(seat)[-1] == "Mine"
    assert "\u00a0Oui" in seat.body
    seat.press(Key.Key_V, modifier=CTRL)
    seat.bot.keyClick(seat.window.errands.sheet.title, Key.Key_Return)
    assert seat.message == "This text is already in the project; here it is."
    assert len(titles(seat)) == 3


def test_the_source_of_a_page_is_pasted_as_its_words_or_as_it_is(seat: Seat, clean_clipboard: None) -> None:
    source = "<p>Head</p><p>It rained.</p>"
    QGuiApplication.clipboard().setText(source)
    seat.press(Key.Key_V, modifier=CTRL)
    sheet = seat.window.errands.sheet
    assert sheet.as_html.isVisible()
    assert sheet.words == "Head\n\nIt rained."
    seat.bot.mouseClick(sheet.as_html, LEFT, pos=sheet.as_html.rect().center() * 0.1)
    sheet.as_html.setChecked(False)
    assert sheet.first.toPlainText() == source
    seat.bot.keyClick(sheet, Key.Key_Escape)
    assert len(titles(seat)) == 2


def test_ctrl_v_in_a_field_pastes_into_the_field(seat: Seat, clean_clipboard: None) -> None:
    QGuiApplication.clipboard().setText("oslo")
    seat.window.articles.field.setFocus()
    seat.press(Key.Key_V, modifier=CTRL)
    assert seat.window.articles.field.text() == "oslo"
    assert seat.window.errands.sheet is None


def test_copied_files_are_imported_by_ctrl_v_and_an_empty_clipboard_is_told(
    seat: Seat, folder: Path, clean_clipboard: None
) -> None:
    QGuiApplication.clipboard().clear()
    seat.press(Key.Key_V, modifier=CTRL)
    assert seat.message == "There is no text to paste. Copy an article’s text first."
    QGuiApplication.clipboard().setMimeData(files(folder / "00.txt"))
    seat.press(Key.Key_V, modifier=CTRL)
    seat.bot.waitUntil(lambda: len(titles(seat)) == 3, timeout=30_000)
    idle(seat)


def test_a_folder_is_chosen_by_the_menu(seat: Seat, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The dialog is the system's own; what it answers is given here.
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    seat.press(Key.Key_O, modifier=CTRL | Qt.KeyboardModifier.ShiftModifier)
    seat.bot.waitUntil(lambda: len(titles(seat)) == 42, timeout=30_000)
    idle(seat)


def test_files_that_come_while_an_import_goes_on_come_in_after_it(seat: Seat, folder: Path, tmp_path: Path) -> None:
    late = tmp_path / "late.txt"
    late.write_text("Late\n\nText.", "utf-8")
    seat.window.errands.import_paths([folder])
    seat.window.errands.import_paths([late])
    seat.bot.waitUntil(lambda: "Late" in titles(seat), timeout=30_000)
    idle(seat)
    assert len(titles(seat)) == 43


class Slow:
    """Holds the import up before a file, so that what the window shows meanwhile can be looked at."""

    def __init__(self, seat: Seat, after: int) -> None:
        self.go, self.held = threading.Event(), threading.Event()
        read, count = seat.reader.read, [0]

        def slow(path: Path):  # type: ignore[no-untyped-def]
            count[0] += 1
            if count[0] > after:
                self.held.set()
                self.go.wait(30)
            return read(path)

        seat.reader.read = slow  # type: ignore[method-assign]


def test_the_page_of_an_import_tells_how_far_it_is_and_cancel_keeps_what_is_done(
    sit: Callable[..., Seat], tmp_path: Path, folder: Path
) -> None:
    seat = sit(tmp_path / "empty.sqlite3")
    page = seat.window.intake.page
    slow = Slow(seat, 12)
    drop(seat.window.empty, files(folder))
    seat.bot.waitUntil(page.isVisible, timeout=10_000)
    seat.bot.waitUntil(lambda: page.heading.text() == "Importing 40 files", timeout=10_000)
    assert page.stop.words == "Cancel"
    seat.bot.waitUntil(slow.held.is_set, timeout=10_000)
    seat.press(Key.Key_Escape)
    slow.go.set()
    idle(seat)
    kept = titles(seat)
    assert 12 <= len(kept) < 40
    assert "cancelled" in seat.message
    assert not page.isVisible()
    assert unfinished_imports(seat.workspace) == []


def test_one_may_go_on_reading_while_an_import_goes_on(seat: Seat, folder: Path) -> None:
    (folder / "99.txt").write_bytes(b"")
    slow = Slow(seat, 5)
    seat.window.errands.import_paths([folder])
    page = seat.window.intake.page
    seat.bot.waitUntil(page.isVisible, timeout=10_000)
    assert not seat.window.cards.isVisible()
    seat.window.articles.list.setFocus()
    seat.press(Key.Key_Down, Key.Key_Return)
    assert not page.isVisible()
    assert seat.window.page.work.isVisible()
    slow.go.set()
    idle(seat)
    # Nobody is torn away from what he reads; the report waits to be asked for.
    assert not page.isVisible()
    assert seat.message.endswith("1 could not be read.")
    seat.bot.mouseClick(seat.window.status.act, LEFT)
    assert page.isVisible()
    assert "The file is empty." in words(page)


def test_the_report_names_file_line_reason_and_remedy_and_shows_the_line(seat: Seat, tmp_path: Path) -> None:
    bad = tmp_path / "broken.jsonl"
    bad.write_text('{"text": "Good line."}\n{"text": \n', encoding="utf-8")
    seat.window.errands.import_paths([bad, tmp_path / "missing.txt"])
    idle(seat)
    page = seat.window.intake.page
    assert page.isVisible()
    texts = words(page)
    assert any(text.endswith("broken.jsonl, line 2") for text in texts)
    assert "The JSON object is not complete on this line." in texts
    assert "Write one whole object a line." in texts
    assert "The file does not exist." in texts
    assert [figure.number.text() for figure in page.report.figures] == ["1", "0", "2"]
    show = next(button for button in page.findChildren(QPushButton) if button.text() == "Show the line")
    seat.bot.mouseClick(show, LEFT)
    sheet = next(each for each in QApplication.topLevelWidgets() if isinstance(each, LineSheet) and each.isVisible())
    assert sheet.line.toPlainText() == '{"text": '
    sheet.close()
    copy = next(button for button in page.findChildren(QPushButton) if button.text() == "Copy the message")
    seat.bot.mouseClick(copy, LEFT)
    assert QGuiApplication.clipboard().text().startswith(f"{bad}:2: The JSON object")


def test_reports_can_be_read_again_after_a_restart(
    sit: Callable[..., Seat], database: Path, folder: Path, tmp_path: Path
) -> None:
    seat = sit(database)
    (folder / "99.txt").write_bytes(b"")
    seat.window.errands.import_paths([folder])
    idle(seat)
    seat.window.errands.import_paths([folder / "00.txt"])
    idle(seat)
    seat.close()
    again = sit(database)
    again.window.actions_["reports"].trigger()
    sheet = again.window.errands.sheet
    assert isinstance(sheet, ReportsSheet)
    assert sheet.list.count() == 2
    assert [figure.number.text() for figure in sheet.view.figures] == ["0", "1", "0"]
    assert any("already in the project" in text for text in words(sheet))
    sheet.list.setFocus()
    again.bot.keyClick(sheet.list, Key.Key_Down)
    assert [figure.number.text() for figure in sheet.view.figures] == ["40", "0", "1"]
    again.bot.waitUntil(lambda: "The file is empty." in words(sheet))
    past = past_imports(again.workspace)[1]
    assert len(clean_files(past)) == 40
    assert "The file is empty." in report_text(past)
    assert f"{folder / '00.txt'}: read" in report_text(past)
    sheet.close()


def test_an_id_that_belongs_to_another_text_is_named_in_the_report(seat: Seat, tmp_path: Path) -> None:
    path = tmp_path / "clash.jsonl"
    path.write_text('{"id": "doc-1", "text": "Another text."}\n', "utf-8")
    seat.window.errands.import_paths([path])
    idle(seat)
    assert any("doc-1" in text and "another text" in text for text in words(seat.window.intake.page))


def test_an_interrupted_import_is_offered_calmly_and_gone_on_with(
    sit: Callable[..., Seat], database: Path, folder: Path
) -> None:
    names = sorted(str(path) for path in folder.rglob("*.txt"))
    workspace = open_workspace(database, "Ann")
    workspace.store.writer.run(lambda connection: imports.begin_import(connection, workspace.project.id, names))
    workspace.close()
    seat = sit(database)
    banner: Banner = seat.window.intake.banner
    assert banner.isVisible()
    assert banner.title.text() == "An import was interrupted: 40 files left"
    resume = next(button for button in banner.findChildren(QPushButton) if button.text() == "Resume")
    seat.bot.mouseClick(resume, LEFT)
    assert not banner.isVisible()
    seat.bot.waitUntil(lambda: len(titles(seat)) == 42, timeout=30_000)
    idle(seat)
    assert unfinished_imports(seat.workspace) == []


@pytest.mark.parametrize(("answer", "asked_again"), [("Not now", True), ("Do not ask again", False)])
def test_an_interrupted_import_can_wait_or_be_left(
    sit: Callable[..., Seat], database: Path, answer: str, asked_again: bool
) -> None:
    workspace = open_workspace(database, "Ann")
    workspace.store.writer.run(lambda connection: imports.begin_import(connection, workspace.project.id, ["/a.txt"]))
    workspace.close()
    seat = sit(database)
    banner = seat.window.intake.banner
    assert banner.title.text() == "An import was interrupted: 1 file left"
    button = next(button for button in banner.findChildren(QPushButton) if button.text() == answer)
    seat.bot.mouseClick(button, LEFT)
    assert not banner.isVisible()
    assert bool(unfinished_imports(seat.workspace)) is asked_again


def test_closing_the_window_in_the_middle_of_an_import_leaves_it_to_be_gone_on_with(
    sit: Callable[..., Seat], database: Path, folder: Path
) -> None:
    seat = sit(database)
    slow = Slow(seat, 10)
    seat.window.errands.import_paths([folder])
    seat.bot.waitUntil(slow.held.is_set, timeout=10_000)
    threading.Timer(0.2, slow.go.set).start()
    seat.window.close()
    seat.close()
    again = sit(database)
    assert again.window.intake.banner.isVisible()
    again.window.intake.banner.findChildren(QPushButton)[0].click()
    again.bot.waitUntil(lambda: len(titles(again)) == 42, timeout=30_000)
    idle(again)
    assert len(set(titles(again))) == 42


@pytest.mark.parametrize(
    ("share", "seconds", "expected"),
    [
        (0.5, 1.0, ""),
        (0.0, 60.0, ""),
        (0.5, 9.0, "about 9 seconds left"),
        (0.999, 10.0, "about 1 second left"),
        (0.1, 20.0, "about 3 minutes left"),
        (0.02, 300.0, "about 4 hours left"),
        (1.0, 60.0, ""),
    ],
)
def test_the_time_left_is_told_when_it_can_be_known(share: float, seconds: float, expected: str) -> None:
    assert time_left(share, seconds) == expected


def test_places_are_short_and_lines_are_found(tmp_path: Path) -> None:
    assert short_place("/home/ann/news/2026/a.txt") == "2026/a.txt"
    assert short_place("pasted text") == "pasted text"
    path = tmp_path / "long.jsonl"
    path.write_bytes(b"x" * 10_000 + b"\n" + b"second\xff\r\n" + b"third")
    assert line_of(path, 2) == "second�"
    assert line_of(path, 3) == "third"
    assert len(line_of(path, 1)) == 4000
    assert line_of(path, 9).startswith("The file cannot be read any more")


def test_export_is_asked_for_by_ctrl_e(seat: Seat, tmp_path: Path) -> None:
    seat.press(Key.Key_E, modifier=CTRL)
    sheet = seat.window.errands.sheet
    assert isinstance(sheet, ExportSheet)
    seat.bot.waitUntil(sheet.file.hasFocus)
    seat.bot.keyClicks(sheet.file, str(tmp_path / "typed.jsonl"))
    seat.bot.keyClick(sheet.file, Key.Key_Return)
    idle(seat)
    assert len((tmp_path / "typed.jsonl").read_text("utf-8").splitlines()) == 2
