"""Scrolls a bar to a place, eased, or at once where motion is not wanted. It must not know what is shown."""

from __future__ import annotations

import os

from PySide6.QtCore import QEasingCurve, QObject, Qt, QVariantAnimation
from PySide6.QtWidgets import QApplication, QScrollBar, QStyle

SCROLL_MS = 160


def motion_ms(wanted: int) -> int:
    """How long a movement may take: 0 where the system, the style or ANNOTATOR_REDUCED_MOTION says so."""
    if os.environ.get("ANNOTATOR_REDUCED_MOTION", "") not in ("", "0"):
        return 0
    if not QApplication.isEffectEnabled(Qt.UIEffect.UI_General):
        return 0
    if QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0:
        return 0
    return wanted


class Scroller(QObject):
    """Moves one scroll bar."""

    def __init__(self, bar: QScrollBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._animation = QVariantAnimation(self)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(lambda value: bar.setValue(round(value)))

    def stop(self) -> None:
        """Leave the bar where it is."""
        self._animation.stop()

    def to(self, value: int) -> None:
        """Go to ``value``, as near as the bar's range allows."""
        self.stop()
        value = max(self._bar.minimum(), min(self._bar.maximum(), value))
        duration = motion_ms(SCROLL_MS)
        if duration == 0 or value == self._bar.value():
            self._bar.setValue(value)
            return
        self._animation.setDuration(duration)
        self._animation.setStartValue(float(self._bar.value()))
        self._animation.setEndValue(float(value))
        self._animation.start()
