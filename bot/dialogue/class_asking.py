"""What may be typed after a question about a class, and the codes that links to classes carry."""

from __future__ import annotations

import re
import unicodedata

from bot.dialogue.actions import Do
from bot.dialogue.effects import Button, Purpose

NAME, PART, DUE, NICKNAME, TEACH = "name", "part", "due", "nickname", "teach"
RENAME, REWORK, REDATE = "rename", "rework", "redate"
"""What is asked, as in `Pending.class_asked`."""

PUPILS, TEACHERS = "class_", "teach_"
"""How what a link carries begins: that for pupils, and that for another teacher."""

LONGEST = 40
"""No name is longer."""

_BUTTON = f"..{Do.CLASS}."
"""How what a button about classes carries begins: it belongs to no run and no step."""

_CODE = re.compile(r"[0-9a-f]{32,}")
_NUMBER = re.compile(r"[-−+]?\d*[.,]?\d+")
_DAY = re.compile(r"(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])")
_LETTER = re.compile(r"[^\W\d_]")


def class_button(label: str, what: str, purpose: Purpose = Purpose.TOOL) -> Button:
    """A button about classes.

    Args:
        label: what stands on it.
        what: what it asks for, as behind the command.
        purpose: how it looks.
    """
    return Button(label, _BUTTON + what, purpose)


def class_row(*labelled: tuple[str, str]) -> tuple[Button, ...]:
    """Some of them side by side, each a label and what it asks for."""
    return tuple(class_button(label, what) for label, what in labelled)


def code_in(text: str) -> str:
    """A link's code, wherever it stands in a text; empty for none.

    >>> code_in("https://t.me/a_bot?start=class_" + "0a" * 16)
    '0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a'
    """
    found = _CODE.findall(text.lower())
    return found[-1] if found else ""


def answers_class(text: str, do: Do, asked: str) -> bool:
    """Whether a text is an answer about a class, and not to the step that waits.

    Args:
        text: as typed.
        do: what it asks for otherwise.
        asked: as in `Pending.class_asked`.

    >>> answers_class("Ann", Do.ANSWER, NICKNAME), answers_class("0.03", Do.ANSWER, DUE)
    (True, False)
    >>> answers_class("10.12", Do.ANSWER, DUE), answers_class("/hint", Do.HINT, NAME)
    (True, False)
    """
    text = text.strip()
    if asked in ("", TEACH) or text.startswith("/") or do is Do.CUT:
        return False
    if asked in (DUE, REDATE):
        return bool(_DAY.fullmatch(text)) or not _NUMBER.fullmatch(text)
    return bool(_LETTER.search(text))


def name_in(text: str) -> str:
    r"""A name as it is kept and shown, in one line; empty where it is none, or too long.

    >>> name_in("  Ann\n\u202e Lee "), name_in("7"), name_in("x" * 41)
    ('Ann Lee', '', '')
    """
    shown = "".join(
        " " if letter.isspace() else letter
        for letter in unicodedata.normalize("NFC", text)
        if letter.isspace() or unicodedata.category(letter)[0] != "C"
    )
    name = " ".join(shown.split())
    return name if _LETTER.search(name) and len(name) <= LONGEST else ""
