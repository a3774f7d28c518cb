"""What the shells say of themselves in a language: to Telegram, on the page, in a terminal.

It is read apart from all else, so that no language is loaded before somebody speaks it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

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


class About(Protocol):
    """What the bot says about itself in a language."""

    @property
    def commands(self) -> tuple[tuple[str, str], ...]:
        """(name, description) pairs of the command menu, in order."""
        ...

    @property
    def description(self) -> str:
        """What stands in an empty chat."""
        ...

    @property
    def short_description(self) -> str:
        """What stands on its page."""
        ...


@dataclass(frozen=True, slots=True)
class WrittenAbout:
    """What stands about it in a language's file."""

    commands: tuple[tuple[str, str], ...]
    description: str
    short_description: str


def about(language: str, folder: Path = FOLDER) -> About:
    """What the bot says about itself in a language; what it lacks is as in English.

    Args:
        language: its tag.
        folder: the content.
    """
    own, author = (_chat(folder / tag / "chat.toml") for tag in (language, AUTHORS))
    commands = {**author["commands"], **own.get("commands", {})}
    said = {**author, **own}
    return WrittenAbout(tuple(commands.items()), said["description"], said["short_description"])


def _chat(at: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text_of(at))
    except (OSError, ValueError):  # loading a language says what is wrong with it
        return {}
