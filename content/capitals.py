"""The capital that a text opens with, by the rule of its language."""

from __future__ import annotations

DOTTED = ("az", "tr")
"""The languages whose i keeps its dot as a capital."""


def opened(text: str, language: str) -> str:
    """A text with a capital first, where its script has any.

    >>> opened("işaretli çarpımlar", "tr"), opened("inputs", "en"), opened("ßo", "de")
    ('İşaretli çarpımlar', 'Inputs', 'Sso')
    """
    first = text[:1]
    dotted = first == "i" and language.partition("-")[0] in DOTTED
    return ("İ" if dotted else first.title()) + text[1:]
