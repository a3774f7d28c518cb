"""What the chat on this computer says by itself in a language: on its page, in a terminal."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from content.counting import Counting
from content.files import text_of
from content.messages import Terminal
from content.numbers import Numbers
from content.written import AUTHORS, FOLDER


@dataclass(frozen=True, slots=True)
class ShellWords:
    """The words of one language."""

    language: str
    right_to_left: bool
    page: Mapping[str, str]
    """The texts of `content.messages.Page`, their slots to be filled by the page."""
    terminal: Terminal


@cache
def shell_words(language: str, folder: Path = FOLDER) -> ShellWords:
    """A language's words, read apart from all others; what it lacks is as in English.

    Args:
        language: its tag.
        folder: the content.
    """
    own, author = (_chat(folder / tag / "chat.toml") for tag in (language, AUTHORS))
    numbers = Numbers.of(language)
    page, terminal = ({**author[name], **own.get(name, {})} for name in ("page", "terminal"))
    said = Terminal(terminal, Counting({}, numbers))
    return ShellWords(language, numbers.right_to_left, page, said)


def _chat(at: Path) -> dict[str, dict[str, str]]:
    try:
        return tomllib.loads(text_of(at))
    except (OSError, ValueError):  # loading a language says what is wrong with it
        return {}
