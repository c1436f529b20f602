"""The right pane: tabs with counts over quotations, entities and notes. It must not know what is in the tabs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from annotator.gui.theme import PANE_HEAD_HEIGHT, SIZE_SMALL, SPACE_4, chrome_font, current_theme
from annotator.gui.widgets.plain import plain_tooltip

_GAP, _BETWEEN = 8, 20


class SideTabs(QTabBar):
    """Names with counts, an accent line under the chosen one; the arrows move, a screen reader hears tabs."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = list(names)
        self._counts = [0] * len(names)
        for name in names:
            self.addTab(name)
        self.setAccessibleName("Quotations, entities, notes")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setFixedHeight(PANE_HEAD_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for number in range(len(names)):
            self.set_count(number, 0)

    def set_count(self, number: int, count: int) -> None:
        """Show how many there are."""
        self._counts[number] = count
        self.setTabText(number, f"{self._names[number]} {count}")
        self.setAccessibleTabName(number, f"{self._names[number]}, {count}")
        self.setTabToolTip(number, plain_tooltip(f"{self._names[number]}: {count}"))
        self.update()

    def count_of(self, number: int) -> int:
        """How many a tab says there are."""
        return self._counts[number]

    def _width(self, number: int) -> int:
        name = QFontMetrics(chrome_font(semibold=True)).horizontalAdvance(self._names[number])
        figures = QFontMetrics(chrome_font(SIZE_SMALL, tabular=True)).horizontalAdvance(str(self._counts[number]))
        return name + _GAP + figures

    def tabSizeHint(self, index: int) -> QSize:
        first, last = index == 0, index == self.count() - 1
        around = (SPACE_4 if first else _BETWEEN // 2) + (SPACE_4 if last else _BETWEEN // 2)
        return QSize(self._width(index) + around, PANE_HEAD_HEIGHT)

    minimumTabSizeHint = tabSizeHint

    def sizeHint(self) -> QSize:
        return QSize(sum(self.tabSizeHint(n).width() for n in range(self.count())), PANE_HEAD_HEIGHT)

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.line)
        hot = self.tabAt(self.mapFromGlobal(self.cursor().pos())) if self.underMouse() else -1
        for number in range(self.count()):
            chosen = number == self.currentIndex()
            left = self.tabRect(number).left() + (SPACE_4 if number == 0 else _BETWEEN // 2)
            width = self._width(number)
            area = self.tabRect(number)
            area.setLeft(left)
            painter.setFont(chrome_font(semibold=True))
            painter.setPen(theme.text if chosen or number == hot else theme.text2)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self._names[number])
            area.setRight(left + width - 1)
            painter.setFont(chrome_font(SIZE_SMALL, tabular=True))
            painter.setPen(theme.text2)
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(area, right, str(self._counts[number]))
            if chosen:
                painter.fillRect(left, self.height() - 2, width, 2, theme.accent)

    def mouseMoveEvent(self, event: QEvent) -> None:
        super().mouseMoveEvent(event)  # type: ignore[arg-type]
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()


class Tab(Protocol):
    """What a page of the pane offers."""

    counted: Signal
    """How many there are."""

    @property
    def stop(self) -> QWidget:
        """Where the keyboard goes in this tab."""


class SidePane(QWidget):
    """Tabs over their pages."""

    def __init__(self, pages: Sequence[tuple[str, QWidget]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Quotations, entities, notes")
        self.tabs = SideTabs([name for name, _ in pages])
        self._stack = QStackedWidget()
        for number, (_, page) in enumerate(pages):
            self._stack.addWidget(page)
            page.counted.connect(lambda count, n=number: self.tabs.set_count(n, count))  # type: ignore[attr-defined]
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)

    @property
    def stop(self) -> QWidget:
        """Where the keyboard goes in the tab that is shown."""
        return self._stack.currentWidget().stop  # type: ignore[attr-defined,no-any-return]

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front."""
        self.tabs.setCurrentIndex(self._stack.indexOf(page))

    def sizeHint(self) -> QSize:
        return QSize(344, 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 200)
