"""What plain words wish for: all that a text is, what a button shows, a wish among other words."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain

from bot.dialogue.actions import LABELS, WISHES, Do, Intent
from bot.dialogue.buttons import View
from bot.dialogue.effects import LINKS
from bot.dialogue.hearing import denies, undrawn_out, words_of
from content.book import Book
from content.spelling import UNSPACED
from content.word_lists import WordList
from engine.keeping import kept
from engine.word_set import WordSet

_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_DO = {do.value: do for do in Do}
WITHIN = (Do.SHOW, Do.HINT, Do.HELP, Do.THANKS)
"""What is found among other words too; one that comes earlier before those that come later."""
_CLAUSE = re.compile(r"[,;.:!?…]+\s*")
LONG = 3
"""Without spaces, fewer letters are a word alone."""
MOST_OTHERS, MOST_AROUND_HINT = 2, 4
"""Words around a wish; among more of them it may be something else. A hint does no harm."""


def wish(words: str, book: Book) -> Do | None:
    """What some plain words mean wherever they are said; what a button shows, it too."""
    words = book.spelling.joined(words)
    for name, do in WISHES.items():
        if words in book.typed.intents[name]:
            return do
    return _labels(book).get(words)


@kept
def _labels(book: Book) -> dict[str, Do]:
    """What each button's words do, with its picture and without."""
    labels = reversed(LABELS.items())  # of two alike the first counts
    return {words: do for name, do in labels for words in _shown_on(book.chat.buttons[name])}


def on_button(words: str, view: View) -> Intent | None:
    """What some words do that stand on a button under the step, just as the button does it."""
    words = view.book.spelling.joined(words)
    pointed = _DECIMAL_COMMA.sub(".", words)  # numbers are turned when they go out
    for row in view.keyboard() if " " in words or not words.isascii() else ():
        for button in row:
            shown = _shown_on(button.label)[:2]
            if button.purpose not in LINKS and not {words, pointed}.isdisjoint(shown):
                _, _, does = button.data.split(".", 2)
                name, _, argument = does.partition(".")
                return Intent(_DO[name], argument)
    return None


@lru_cache(maxsize=1024)
def _shown_on(button: str) -> tuple[str, ...]:
    """A button's words, with its picture and without, and its picture alone."""
    label = words_of(button)
    first, _, rest = label.partition(" ")
    words = (label,) if first.isalpha() and rest else (label, first, rest)
    return tuple(filter(None, words))


def wish_within(words: str, book: Book, *, alone: bool = False) -> Do | None:
    """What is wished for among words that say nothing else: "no idea, just give me a hint".

    A wish of one word counts only where its clause says no more, unless it is for a hint.

    Args:
        words: as compared.
        book: a language's.
        alone: whether the words ask, so that only a hint counts, and only where a clause is no more
            than that: "i am lost, how does this go".
    """
    if any(map(str.isdigit, words)) or (words.endswith("?") and not alone):
        return None
    wishes, aside = _wishes_within(book)
    found = set[Do]()
    for clause in _CLAUSE.split(undrawn_out(book.spelling.joined(words))):
        wished = [
            (said.start(), -said.end(), do, one)
            for do, one in wishes
            if (said := one.search(clause))
        ]
        if not wished:
            continue
        start, end, do, one = min(wished, key=lambda one: one[:2])
        word, rest = clause[start:-end], one.sub(" ", clause)
        others = [one for one in rest.split() if one not in aside]
        short = " " not in word and (len(word) < LONG or not re.search(f"[{UNSPACED}]", word))
        most = MOST_AROUND_HINT if do is Do.HINT else 0 if short else MOST_OTHERS
        if len(others) <= (0 if alone else most) and not denies(
            rest, book.typed.around_answers, bool
        ):
            found.add(do)
    return next((do for do in WITHIN if do in found and (do is Do.HINT or not alone)), None)


@kept
def _wishes_within(book: Book) -> tuple[list[tuple[Do, re.Pattern[str]]], WordSet]:
    """What is found among other words for each wish, and the single words that say nothing."""
    around = book.typed.around_answers
    wishes = [(do, _inside(book.typed.intents[do])) for do in WITHIN]
    lists = (around.fillers, around.pleases, around.courtesies, around.hedges, around.small)
    aside = chain.from_iterable((*lists, around.noise, around.articles))
    denials = {*around.denials}
    return wishes, WordSet(word for word in aside if " " not in word and word not in denials)


def _inside(phrases: WordList) -> re.Pattern[str]:
    """Any of some phrases; where no spaces part words, inside others too."""
    if not re.search(f"[{UNSPACED}]", pattern := phrases.pattern):
        return phrases.anywhere
    letters = rf"[^\W{UNSPACED}]"
    return re.compile(rf"(?<!{letters}){pattern}(?!{letters})")
