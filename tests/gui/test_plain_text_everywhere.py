"""Whatever an article, a label, a file or a person is called, nothing in the window reads it as markup."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from building import PIPELINE, at, enter, propose
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QHelpEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QMessageBox, QTextEdit, QToolTip, QWidget
from seat import Seat

from annotator.domain.marks import QuotationType, SpeakerState
from annotator.domain.predictions import PredictedEntity, PredictedQuotation, PredictedSpan, Prediction
from annotator.domain.records import Problem
from annotator.gui.dialogs import AboutSheet, QuestionSheet
from annotator.gui.export_sheet import Articles, ExportSheet
from annotator.gui.import_report import LineSheet, ReportsSheet
from annotator.gui.paste import PasteSheet
from annotator.gui.widgets.plain import elided_lines, plain_tooltip
from annotator.services.library import PastImport
from annotator.services.workspace import open_workspace
from annotator.storage import documents, projects

HOSTILE = "<img src=x><b>Bold & co</b>"
TEXT = f"{HOSTILE}\n\n“We lie,” said {HOSTILE} on Monday.\n"


@pytest.fixture
def hostile(sit: Callable[..., Seat], tmp_path: Path) -> Seat:
    """A window full of hostile names: project, label, title, outlet, author, person, rule, failure."""
    path = tmp_path / "hostile.sqlite3"
    workspace = open_workspace(path, HOSTILE, HOSTILE)
    workspace.store.writer.run(
        lambda connection: projects.ensure_labels(connection, workspace.project.scheme, {HOSTILE})
    )
    workspace.close()
    workspace = open_workspace(path, "Ann", HOSTILE)
    document = enter(workspace, TEXT, "h", outlet=HOSTILE, author=HOSTILE, published=HOSTILE, title=HOSTILE)
    person = at(TEXT, HOSTILE, 2)
    prediction = Prediction(
        (PredictedSpan(person.start, person.end, "PERSON", 0, HOSTILE, 0.4),),
        (
            PredictedQuotation(
                (at(TEXT, "“We lie,”"),),
                (at(TEXT, "said"),),
                person,
                0,
                SpeakerState.NAMED,
                QuotationType.DIRECT,
                HOSTILE,
                0.4,
            ),
        ),
        (PredictedEntity(HOSTILE, "PERSON"),),
    )
    propose(workspace, document, prediction, PIPELINE)
    workspace.store.writer.run(lambda connection: documents.set_failure(connection, document, HOSTILE))
    workspace.close()
    seat = sit(path)
    seat.desk.choose(seat.desk.document.quotations[0].key)
    QApplication.processEvents()
    return seat


def everything(root: QWidget) -> Iterator[QWidget]:
    yield root
    yield from root.findChildren(QWidget)


def rich(text: str) -> bool:
    return Qt.mightBeRichText(text)


def check(root: QWidget) -> int:
    """Fail on any label that may be rich and on any tooltip that Qt would take for markup; count the labels."""
    labels = 0
    for widget in everything(root):
        if isinstance(widget, QLabel):
            labels += 1
            assert widget.textFormat() == Qt.TextFormat.PlainText, widget.text()
        assert not isinstance(widget, QMessageBox)
        if isinstance(widget, QTextEdit):
            assert widget.isReadOnly()
        for words in (widget.toolTip(), widget.whatsThis(), widget.statusTip()):
            assert not rich(words), words
        for action in widget.actions():
            check_action(action)
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            check_model(widget.model())
    return labels


def check_action(action: QAction) -> None:
    for words in (action.toolTip(), action.statusTip(), action.whatsThis()):
        assert not rich(words), words


def check_model(model: QAbstractItemModel) -> None:
    for row in range(model.rowCount()):
        for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole, Qt.ItemDataRole.WhatsThisRole):
            words = model.index(row, 0).data(role)
            assert words is None or not rich(words), words


def test_the_whole_window_shows_hostile_names_as_they_are(hostile: Seat) -> None:
    assert check(hostile.window) > 20
    window = hostile.window
    assert window.articles.name.text() == HOSTILE
    assert window.articles.model.index(0).data() == HOSTILE
    assert window.cards.open.name.text() == HOSTILE
    assert HOSTILE in window.cards.open.source.text()
    assert window.page.not_read.sentence.text().startswith(HOSTILE)
    label = next(label for label in hostile.desk.session.labels if label.name == HOSTILE)
    assert window.actions_[f"label.{label.id}"].text() == HOSTILE.replace("&", "&&")
    assert window.windowTitle().startswith(HOSTILE)


def test_messages_and_undo_show_hostile_words_as_they_are(hostile: Seat) -> None:
    hostile.press(Qt.Key.Key_A)
    hostile.desk.choose(hostile.desk.document.spans[0].key)
    hostile.press(Qt.Key.Key_2)
    hostile.saved()
    assert "<img src=x>" in hostile.window.actions_["undo"].text()
    hostile.desk.said.emit(HOSTILE)
    assert hostile.window.status.left_here.text() == HOSTILE
    hostile.window.page.tell_trouble(HOSTILE)
    hostile.window.page.not_saved.tell(HOSTILE, HOSTILE, [(HOSTILE, lambda: None)], [(HOSTILE, lambda: None)])
    check(hostile.window)


def test_tooltips_of_marks_and_persons_are_plain(hostile: Seat) -> None:
    text = hostile.text
    place = text.stretch_rect(at(hostile.body, HOSTILE, 2)).center()
    for target, spot in ((text.viewport(), place), (hostile.window.cards.open.persons.rows, QPoint(60, 10))):
        QApplication.sendEvent(target, QHelpEvent(QEvent.Type.ToolTip, spot, target.mapToGlobal(spot)))
        assert not rich(target.toolTip())
        assert not rich(QToolTip.text())
    QToolTip.hideText()


def test_menus_and_sheets_are_plain(hostile: Seat) -> None:
    problem = Problem(HOSTILE, 3, HOSTILE, HOSTILE)
    past = PastImport(
        1, "2026-11-24T10:00:00.000Z", None, False, (HOSTILE,), 1, 1, 0, (problem,), ((HOSTILE, HOSTILE),)
    )
    sheets = [
        ReportsSheet([past], hostile.window),
        LineSheet(problem, hostile.window),
        PasteSheet(TEXT, hostile.window),
        ExportSheet(Path(HOSTILE), {Articles.ALL: 1}, HOSTILE, parent=hostile.window),
        QuestionSheet(HOSTILE, [HOSTILE], [HOSTILE], hostile.window),
        AboutSheet(HOSTILE, HOSTILE, hostile.window),
    ]
    for sheet in sheets:
        assert check(sheet) >= 2
    hostile.window.errands.show_keys()
    check(hostile.window.errands.sheet)
    menu = hostile.window.actions_.context_menu(hostile.window)
    check(menu)


def test_the_article_is_shown_as_it_is_and_copied_as_it_is(hostile: Seat) -> None:
    assert hostile.text.toPlainText() == TEXT
    hostile.select(HOSTILE, 2)
    hostile.press(Qt.Key.Key_C, modifier=Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == HOSTILE


@given(st.text(alphabet=st.sampled_from("<>&;/!b img?xml\nlt\"='1 "), max_size=40))
def test_no_tooltip_is_ever_taken_for_markup(text: str) -> None:
    assert not Qt.mightBeRichText(plain_tooltip(text))
    assert plain_tooltip(text).replace("\u2060", "") == text


@given(st.text(max_size=60), st.integers(1, 3), st.integers(30, 300))
def test_elided_lines_are_pieces_of_the_text(qapp: QApplication, text: str, limit: int, width: int) -> None:
    from annotator.gui.theme import chrome_font

    lines = elided_lines(text, chrome_font(), width, limit)
    assert len(lines) <= limit
    flat = " ".join(text.split())
    for line in lines[:-1]:
        assert line.strip() in flat
