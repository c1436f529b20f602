"""The look's two computations: contrast of every pair (WCAG 2.2) and distance between label inks (CIEDE2000).

Colour blindness is simulated with the matrices of Machado, Oliveira and Fernandes, "A physiologically-based
model for simulation of color vision deficiency", IEEE TVCG 15 (2009), severity 1.0, on linear RGB.
"""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QStyle

from annotator.domain.scheme import Hue
from annotator.gui.theme import (
    BUTTON_HEIGHT,
    DARK,
    FIELD_HEIGHT,
    LIGHT,
    Theme,
    apply_theme,
    chrome_font,
    current_theme,
    load_fonts,
    mixed,
    palette,
    reading_font,
    style_sheet,
    system_prefers_dark,
    tnum,
)

THEMES = (LIGHT, DARK)
MACHADO = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
LEAST_INK_DISTANCE = {
    ("light", "normal"): 18.7,
    ("light", "protan"): 11.1,
    ("light", "deutan"): 9.4,
    ("light", "tritan"): 6.2,
    ("dark", "normal"): 19.7,
    ("dark", "protan"): 13.5,
    ("dark", "deutan"): 10.2,
    ("dark", "tritan"): 8.4,
}


def linear(colour: QColor) -> tuple[float, float, float]:
    def channel(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (channel(value / 255) for value in colour.getRgb()[:3])
    return red, green, blue


def contrast(one: QColor, other: QColor) -> float:
    def luminance(colour: QColor) -> float:
        red, green, blue = linear(colour)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def simulated(rgb: tuple[float, float, float], kind: str) -> tuple[float, ...]:
    if kind == "normal":
        return rgb
    return tuple(
        min(1.0, max(0.0, sum(factor * value for factor, value in zip(row, rgb, strict=True)))) for row in MACHADO[kind]
    )


def lab(rgb: tuple[float, ...]) -> tuple[float, float, float]:
    red, green, blue = rgb
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883

    def f(value: float) -> float:
        return value ** (1 / 3) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116

    return 116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))


def ciede2000(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """CIE 142-2001, as set out by Sharma, Wu and Dalal (2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_chroma = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - math.sqrt(mean_chroma**7 / (mean_chroma**7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = math.degrees(math.atan2(b1, a1)) % 360, math.degrees(math.atan2(b2, a2)) % 360
    dh = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    dl, dc = l2 - l1, c2 - c1
    big_dh = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(dh / 2))
    ml, mc = (l1 + l2) / 2, (c1 + c2) / 2
    mh = h1 + h2 if c1 * c2 == 0 else (h1 + dh / 2) % 360
    t = (
        1
        - 0.17 * math.cos(math.radians(mh - 30))
        + 0.24 * math.cos(math.radians(2 * mh))
        + 0.32 * math.cos(math.radians(3 * mh + 6))
        - 0.20 * math.cos(math.radians(4 * mh - 63))
    )
    sl = 1 + 0.015 * (ml - 50) ** 2 / math.sqrt(20 + (ml - 50) ** 2)
    sc, sh = 1 + 0.045 * mc, 1 + 0.015 * mc * t
    rc = 2 * math.sqrt(mc**7 / (mc**7 + 25**7))
    rt = -math.sin(math.radians(60 * math.exp(-(((mh - 275) / 25) ** 2)))) * rc
    return math.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (big_dh / sh) ** 2 + rt * (dc / sc) * (big_dh / sh))


def text_pairs(theme: Theme) -> list[tuple[str, QColor, QColor]]:
    grounds = {
        name: getattr(theme, name)
        for name in ("page", "panel", "hover", "chosen", "accent_tint", "quote", "quote_suggested", "selection")
    }
    quiet = {name: grounds[name] for name in ("page", "panel", "hover", "accent_tint", "quote", "quote_suggested")}
    pairs = [("text on " + name, theme.text, ground) for name, ground in grounds.items()]
    pairs += [("text2 on " + name, theme.text2, ground) for name, ground in quiet.items()]
    pairs += [("text3 on " + name, theme.text3, quiet[name]) for name in ("page", "panel")]
    pairs += [("accent on " + name, theme.accent, quiet[name]) for name in ("page", "panel", "accent_tint")]
    pairs += [("on accent", theme.on_accent, theme.accent), ("text on find", theme.text, theme.find)]
    for name in ("warn", "danger"):
        ground = getattr(theme, name + "_ground")
        pairs += [(f"{name} on its ground", getattr(theme, name), ground), (f"text on {name}", theme.text, ground)]
    pairs += [
        (f"{name} on {place}", getattr(theme, name), getattr(theme, place))
        for name in ("ok", "warn", "danger")
        for place in ("page", "panel")
    ]
    for hue in Hue:
        pairs += [(f"{hue} ink on {name}", theme.ink(hue), ground) for name, ground in quiet.items() if name != "hover"]
        for strong in (True, False):
            tint = theme.tint(hue, strong)
            pairs += [(f"text on {hue} tint", theme.text, tint), (f"{hue} ink on its tint", theme.ink(hue), tint)]
    return pairs


def line_pairs(theme: Theme) -> list[tuple[str, QColor, QColor]]:
    grounds = [theme.page, theme.quote, theme.quote_suggested, theme.accent_tint]
    pairs = [("edge on page", theme.edge, theme.page), ("edge on panel", theme.edge, theme.panel)]
    pairs += [("bar on page", theme.bar, theme.page), ("accent on page", theme.accent, theme.page)]
    opacity = 0.65 if theme.dark else 0.75
    for hue in Hue:
        pairs += [(f"{hue} dashes", mixed(theme.ink(hue), ground, opacity), ground) for ground in grounds]
    return pairs


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_pair_meets_aa(theme: Theme) -> None:
    poor = {name: round(contrast(*pair), 2) for name, *pair in text_pairs(theme) if contrast(*pair) < 4.5}
    assert poor == {}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_text_over_tints_has_at_least_seven_to_one(theme: Theme) -> None:
    least = min(contrast(theme.text, theme.tint(hue, strong)) for hue in Hue for strong in (True, False))
    assert least >= 7.0


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_line_pair_meets_three_to_one(theme: Theme) -> None:
    poor = {name: round(contrast(*pair), 2) for name, *pair in line_pairs(theme) if contrast(*pair) < 3.0}
    assert poor == {}


@pytest.mark.parametrize("kind", ["normal", *MACHADO])
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_group_inks_stay_apart_also_for_the_colour_blind(theme: Theme, kind: str) -> None:
    seen = [lab(simulated(linear(theme.ink(hue)), kind)) for hue in Hue]
    least = min(ciede2000(one, other) for one, other in combinations(seen, 2))
    assert least >= LEAST_INK_DISTANCE[theme.name, kind]


def test_the_distance_agrees_with_published_pairs() -> None:
    assert ciede2000((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert ciede2000((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387)) == pytest.approx(1.2644, abs=1e-4)
    assert ciede2000((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514)) == pytest.approx(0.9082, abs=1e-4)


def test_second_labels_of_a_group_keep_a_paler_tint() -> None:
    full, paler = LIGHT.tint(Hue.PLACES), LIGHT.tint(Hue.PLACES, strong=False)
    assert paler.lightness() > full.lightness()
    assert contrast(paler, LIGHT.page) > 1.0


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_palette_names_every_role(theme: Theme) -> None:
    made = palette(theme)
    fallback = QPalette()
    for role in QPalette.ColorRole:
        if role in (QPalette.ColorRole.NoRole, QPalette.ColorRole.NColorRoles):
            continue
        assert made.isBrushSet(QPalette.ColorGroup.Active, role), role
    assert made.color(QPalette.ColorRole.HighlightedText) == theme.text
    assert made.color(QPalette.ColorRole.PlaceholderText) == theme.text3
    disabled = made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled != theme.text
    assert fallback is not made


def test_the_style_sheet_keeps_placeholders_legible_and_leaves_no_hole() -> None:
    for theme in THEMES:
        sheet = style_sheet(theme)
        assert f"placeholder-text-color: {theme.text3.name()}" in sheet
        assert "{{" not in sheet


def test_applying_a_theme_reaches_every_control(qtbot) -> None:
    app = QApplication.instance()
    apply_theme(app, DARK)
    button, field = QPushButton("Accept"), QLineEdit()
    for widget in (button, field):
        qtbot.addWidget(widget)
        widget.show()
    assert current_theme() is DARK
    assert app.palette().color(QPalette.ColorRole.Base) == DARK.page
    assert (button.sizeHint().height(), field.sizeHint().height()) == (BUTTON_HEIGHT, FIELD_HEIGHT)
    apply_theme(app, LIGHT)
    assert app.palette().color(QPalette.ColorRole.Base) == LIGHT.page


def test_mnemonics_are_hidden_until_alt_is_held(qtbot) -> None:
    app = QApplication.instance()
    apply_theme(app, LIGHT)
    assert app.style().styleHint(QStyle.StyleHint.SH_UnderlineShortcut) == 0


def test_reading_type_is_source_serif_in_two_weights(qtbot) -> None:
    if "Source Serif Pro" not in load_fonts():
        pytest.skip("the font package is not installed")
    font = reading_font(17, semibold=True)
    assert QFontInfo(font).family().startswith("Source Serif Pro")
    assert font.weight() == QFont.Weight.DemiBold
    assert font.pixelSize() == 17


def test_tabular_figures_leave_the_given_font_alone(qtbot) -> None:
    font = chrome_font(11)
    assert tnum(font).isFeatureSet(QFont.Tag("tnum"))
    assert not font.isFeatureSet(QFont.Tag("tnum"))


def test_the_systems_wish_is_a_yes_or_no(qtbot) -> None:
    assert system_prefers_dark(QApplication.instance()) in (True, False)
