"""How a language's letters are set: its fonts, and which way they run."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypedDict

from content.numbers import Numbers

LETTERS, SIGNS = "Noto Sans", "DejaVu Sans Mono"
"""Typst brings the second one itself."""

_OWN_LETTERS = {
    "ar": "Noto Sans Arabic",
    "hi": "Noto Sans Devanagari",
    "ja": "Noto Sans CJK JP",
    "ko": "Noto Sans CJK KR",
    "zh": "Noto Sans CJK SC",
}
"""Fonts named so that Typst need not look for one; others it finds by the letter."""

EAST = "\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
EAST_ASIAN = re.compile(f"[{EAST}]")
"""Letters and signs that only an extra font has."""


class Setting(TypedDict):
    """What a template needs to know of a language."""

    lang: str
    fonts: list[str]
    rtl: bool


@lru_cache(maxsize=64)
def setting(tag: str) -> Setting:
    """How a language is set.

    >>> setting("zh-Hans")
    {'lang': 'zh', 'fonts': ['Noto Sans', 'Noto Sans CJK SC', 'DejaVu Sans Mono'], 'rtl': False}
    """
    language = tag.replace("_", "-").partition("-")[0].lower()
    own = [_OWN_LETTERS[language]] if language in _OWN_LETTERS else []
    return {
        "lang": language if language.isascii() and len(language) in {2, 3} else "en",
        "fonts": [LETTERS, *own, SIGNS],
        "rtl": Numbers.of(tag).right_to_left,
    }
