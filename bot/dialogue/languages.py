"""In which language a learner is spoken to: asked of the platform at first, changed at any time."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from babel import Locale, UnknownLocaleError

from bot.dialogue.actions import Do, button_data
from bot.dialogue.buttons import View
from bot.dialogue.effects import Button, Purpose
from bot.dialogue.generated_lessons import book_for
from bot.dialogue.reply import Moment, Reply, asking, saying, staying
from content.capitals import opened
from content.library import Library
from content.messages import Label

IN_A_ROW = 2


def language(moment: Moment) -> Reply:
    """The language that was named; where none was, all of them on buttons."""
    named = meant(moment.intent.text, moment.library)
    if named:
        return _spoken(moment, named)
    view = moment.view
    buttons = [_button(view, tag) for tag in moment.library.languages]
    rows = [tuple(buttons[at : at + IN_A_ROW]) for at in range(0, len(buttons), IN_A_ROW)]
    if moment.at_step:
        rows.append((view.button(Label.here, Do.HERE),))
    return saying(moment.state, moment.book.say.language(), tuple(rows))


def _button(view: View, tag: str) -> Button:
    return Button(own_name(tag), button_data(view.state, Do.LANGUAGE, tag), Purpose.ANSWER)


def _spoken(moment: Moment, tag: str) -> Reply:
    """On in another language, at the same step."""
    state = moment.state.but(language=tag)
    words = moment.library[tag]
    there = replace(
        moment,
        state=state,
        book=book_for(words, state.lesson),
        main=book_for(words, state.current),
    )
    said = there.book.say.language_is()
    if there.at_step:
        return asking(there, state, said, opening=False)
    return staying(there, said)


def meant(words: str, library: Library) -> str:
    """The language that some words name: by its tag, in itself or in English; empty for none.

    >>> meant("Español", Library())
    'es'
    """
    wanted = words.casefold().strip()
    return next((tag for tag in library.languages if wanted in _names(tag)), "")


@cache
def own_name(tag: str) -> str:
    """A language's name in itself.

    >>> own_name("pt-BR")
    'Português (Brasil)'
    """
    locale = _locale(tag)
    name = (locale and locale.get_display_name()) or tag
    return opened(name, tag)


def _locale(tag: str) -> Locale | None:
    """What CLDR knows of a language, if anything."""
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


@cache
def _names(tag: str) -> frozenset[str]:
    locale = _locale(tag)
    known = (locale.language_name, locale.get_language_name("en")) if locale else ()
    return frozenset(name.casefold() for name in (tag, own_name(tag), *known) if name)
