"""A small second and third language for tests: a few words, laid over English."""

from __future__ import annotations

import shutil
from pathlib import Path

from content.library import Library
from content.written import AUTHORS, FOLDER

GERMAN = """
description = "Ein Schritt, von Hand."
short_description = "Von Hand."

[commands]
start = "Beginnen"

[say]
heading = "<b>Schritt {number} von {total} · {about}</b>"
right = "✓ Richtig: {value}"
welcome_back = "Willkommen zurück bei {place}."
remind_lesson = "Weiter bei {place}?"
language_is = "Ab jetzt Deutsch."
sorry = "Das ging schief."
too_fast = "Langsam, bitte."
export_caption = "Alles über dich."
group = "Schreib mir allein."
stats = "Lernende: {total}"

[page]
send = "Senden"
message = "Nachricht"

[terminal]
begin = "Mit /start geht es los."
"""

ARABIC = """
[say]
language_is = "العربية من الآن."

[page]
send = "أرسل"
message = "رسالة"
"""


def content(folder: Path) -> Path:
    """A folder of contents: English, some German, some Arabic, and a language with a mistake."""
    shutil.copytree(FOLDER / AUTHORS, folder / AUTHORS)
    for tag, words in {"de": GERMAN, "ar": ARABIC, "fr": '[say]\nwelcom = "Salut"\n'}.items():
        (folder / tag).mkdir()
        (folder / tag / "chat.toml").write_text(words, "utf-8")
    return folder


def library(folder: Path, default: str = AUTHORS) -> Library:
    """Everything in `content`."""
    return Library(default, content(folder))
