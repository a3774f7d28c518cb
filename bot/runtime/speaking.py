"""In which language a chat is, for what is said without the dialogue."""

from __future__ import annotations

import re

from bot.dialogue.events import Done, Event

_LANGUAGE = re.compile(r'"language": ?"([\w-]+)"')
"""A key and its value in JSON; nothing that was typed looks like it, as its quotes are escaped."""


def language_in(state: str | None) -> str:
    r"""The language that a state names, found without reading all of it; empty for none.

    >>> language_in('{"v":2,"learner":{"language":"pt-BR"}}')
    'pt-BR'
    >>> language_in(r'{"v":2,"learner":{"typed":"\"language\":\"de\""}}')
    ''
    """
    found = _LANGUAGE.search(state or "")
    return found[1] if found else ""


def language_of(state: str | None, event: Event) -> str:
    """The language of a chat in a state; of a new one, as the platform tells it."""
    if state is None:
        return event.language if isinstance(event, Done) else ""
    return language_in(state)
