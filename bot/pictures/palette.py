"""The colours of all pictures: ink on paper, told apart by the colour-blind as well.

One picture suits light and dark chats: it brings its own paper, a little darker than a white chat,
so that its edge is seen there too. Letters are grey where no colour says anything: a PNG of them is
a fifth smaller.

Source: hues after Okabe and Ito, Color Universal Design (2008), darkened for text; contrast as in
the Web Content Accessibility Guidelines 2.2, success criterion 1.4.3.
"""

from __future__ import annotations

PAPER = "#EFEFEF"
CARD = "#FFFFFF"
INK = "#202020"
MUTED = "#5A5A5A"
RULE = "#C4C4C4"
POSITIVE = "#0A5A94"
NEGATIVE = "#A83F05"
ASKED = "#FFD55A"
NUDGE = "#6A3D9A"
SAYS_1 = "#BFDDF0"
SAYS_0 = "#F7DCC4"
