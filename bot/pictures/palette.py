"""The colours of all pictures: ink on paper, told apart by the colour-blind as well.

Pictures bring their own background, so they read the same in light and in dark chats.

Source: hues after Okabe and Ito, Color Universal Design (2008), darkened for text; contrast as in
the Web Content Accessibility Guidelines 2.2, success criterion 1.4.3.
"""

from __future__ import annotations

PAPER = "#FBF8F1"
CARD = "#FFFFFF"
INK = "#1F2D3A"
MUTED = "#566370"
RULE = "#C9C4B8"
POSITIVE = "#0A5A94"
NEGATIVE = "#A83F05"
ASKED = "#FFD55A"
NUDGE = "#6A3D9A"
SAYS_1 = "#BFDDF0"
SAYS_0 = "#F7DCC4"

TEXT_ON: tuple[tuple[str, str], ...] = (
    (INK, PAPER), (INK, CARD), (INK, ASKED), (MUTED, PAPER), (MUTED, CARD),
    (POSITIVE, CARD), (POSITIVE, PAPER), (NEGATIVE, CARD), (NEGATIVE, PAPER),
    (NUDGE, PAPER), (NUDGE, CARD),
)  # fmt: skip
"""Every pair of a text's colour and what it stands on."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21; text needs 4.5.

    >>> round(contrast("#000000", "#FFFFFF"))
    21
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
