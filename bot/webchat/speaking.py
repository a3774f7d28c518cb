"""In which language the page and the terminal are: the learner's, or at first their computer's."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from bot.dialogue.profile import Profile
from bot.webchat.posts import Json
from content.shell_words import ShellWords, shell_words
from content.written import FOLDER, nearest

_TAG = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")


class Speaking:
    """The languages of a chat.

    Args:
        default: the language of those whose own is not there.
        languages: the tags of all there are.
        profile: what the bot says about itself to those of a language.
        folder: the content.
    """

    def __init__(
        self,
        default: str,
        languages: Sequence[str],
        profile: Callable[[str], Profile],
        folder: Path = FOLDER,
    ) -> None:
        self._default, self._languages, self._profile = default, languages, profile
        self._folder = folder

    def nearest(self, tags: Iterable[str]) -> str:
        """The first of some languages that there is, else the default."""
        return next(filter(None, (nearest(tag, self._languages) for tag in tags)), self._default)

    def words(self, language: str) -> ShellWords:
        """What is said in a language."""
        return shell_words(language or self._default, self._folder)

    def shown(self, language: str) -> Json:
        """What the page needs to be in a language."""
        words = self.words(language)
        commands = self._profile(words.language).commands
        return {
            "lang": words.language,
            "dir": "rtl" if words.right_to_left else "ltr",
            "words": words.page,
            "commands": [{"command": name, "description": text} for name, text in commands],
        }


def asked_for(header: str) -> list[str]:
    """The languages of a browser, by its `Accept-Language`, the best first.

    >>> asked_for("en;q=0.5, de-AT, *;q=0.1, ru;q=0.8")
    ['de-AT', 'ru', 'en']
    """
    found = []
    for part in header.split(","):
        tag, _, weight = part.partition(";")
        share = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", weight)
        if _TAG.fullmatch(tag.strip()):
            found.append((float(share[1]) if share else 1.0, tag.strip()))
    return [tag for _, tag in sorted(found, key=lambda one: -one[0])]


def of_terminal(environment: Mapping[str, str] = os.environ) -> str:
    """The language of a terminal's messages; empty where none is set.

    >>> of_terminal({"LANG": "de_AT.UTF-8", "LC_MESSAGES": "pt_BR"}), of_terminal({"LANG": "C"})
    ('pt-BR', '')
    """
    named = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    tag = re.split(r"[.@]", named)[0].replace("_", "-")
    return tag if tag != "POSIX" and _TAG.fullmatch(tag) else ""
