"""Which option of a choice some words mean: the label, part of it, or a sentence around it.

A learner who types instead of tapping writes "too low", "because it is bigger, so up" or "w21 and
wO2 and w22". Words mean an option only where they can mean no other: a sentence with a word in it
that no option has may say something else that is true. What is denied and what is left beside it
weighs `picking`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, lru_cache
from itertools import pairwise

from bot.dialogue.hearing import denies, parted
from bot.dialogue.places import FOUND, Phrases, Place, nearest, only, places_in
from content.book import Book
from content.spelling import NO_SPELLING, Spelling
from content.typed import AroundAnswers, TypedFile
from content.word_lists import WordList
from engine.keeping import kept
from engine.reading.characters import plain

_TOKEN = re.compile(r"[^\W\d_]+\d*|(?:(?<![\w.)])[+-])?\d+(?:[.,]\d+)?|[+<>-]|[↑↓⬆⬇]")

MOST_OTHERS = 8
"""Words around what says an option."""
LONG_WORD = 5
"""Shorter words are not taken for a misspelling of another."""


@kept
def _ways(typed: TypedFile) -> dict[str, WordList]:
    """What may be said for each direction."""
    return {way: said.turned(alike) for way, said in typed.direction_words.items()}


@kept
def _small(around: AroundAnswers) -> frozenset[str]:
    """Words that tell no option from another, whatever the options are."""
    return frozenset(around.small) - {*around.denials}


@dataclass(frozen=True)
class Options:
    """The options of one choice, and what may be said for each."""

    typed: TypedFile
    ways: Phrases
    """What may be said for each direction."""
    phrases: Phrases
    small: frozenset[str]
    """Words that tell no option from another; a name of the network does."""
    directions: bool = False
    """Whether the options are the directions themselves."""
    spelling: Spelling = NO_SPELLING
    among_others: bool = False
    """Whether an option is found among words that no list has: in a language with young lists."""

    @classmethod
    def of(cls, book: Book, phrases: Phrases | None = None) -> Options:
        """The options of a choice of a book's lesson; the directions where none are given.

        What stands before a comma in a label says the option too.
        """
        ways = _ways(book.typed)
        phrases, directions = (ways, True) if phrases is None else _directed(phrases, ways)
        labels = [known[0] for known in phrases.values()]
        said = {}
        for option, known in phrases.items():
            head, comma, _ = known[0].partition(",")
            alone = bool(comma) and not any(label.endswith(f" {head}") for label in labels)
            said[option] = WordList([*known.templates, head]) if alone else known
        names = {n.name.casefold() for layer in book.lesson.network.layers for n in layer}
        small = _small(book.typed.around_answers)
        small = small if small.isdisjoint(names) else small - names
        among_others = book.author is not None
        return cls(book.typed, ways, said, small, directions, book.spelling, among_others)

    def named(self, words: str) -> str | None:
        """The option whose label, or whose first words before a comma, are all that was typed."""
        return self.exact(alike(words))

    def is_option(self, words: str) -> bool:
        """Whether words are an option and nothing else."""
        return self.by_sequence(alike(words)) is not None or self.is_verbatim(words)

    def is_verbatim(self, words: str) -> bool:
        """Whether words are just an option's own."""
        return self.named(words) is not None

    def offers_number(self, words: str) -> bool:
        """Whether an option holds the number that some words are."""
        return any(words in _TOKEN.findall(f) for said in self.phrases.values() for f in said)

    @cached_property
    def _sequences(self) -> Phrases:
        """The telling words of what may be said for each option; directions whole."""
        if self.directions:
            return self.phrases
        return {o: WordList(map(self._in_short, known)) for o, known in self.phrases.items()}

    def meant(self, words: str) -> str | None:
        """The one option that some words mean."""
        if (option := self.exact(words) or self._by_place(words)) is not None:
            return option
        if self.directions:
            return self._inside(self._about_it(words), self.phrases) or self._apart(words)
        return (
            self.by_sequence(words)
            or self._inside(words, self._labels)
            or self._by_direction(words)
            or self._by_denial(words)
            or self._by_tokens(self._compared(words))
            or self._among(words)
        )

    def _about_it(self, words: str) -> str:
        """What is said of the weight: no clause about the loss or the output, no comparison."""
        around = self.typed.around_answers
        clauses, start = [], 0
        for found in _pauses(around.joints, around.denials).finditer(words):
            if found["pause"] or found["joint"]:
                clauses.append(words[start : found.start()])
                start = found.end()
        clauses.append(words[start:])
        told = [one for one in clauses if not self._is_of_another(one)]
        unsaid = (one for one in clauses if one not in told and denies(one, around, bool))
        if not all(places_in(one, self.phrases, self.typed)[0] for one in unsaid):
            return ""  # "up, not that either"
        return ", ".join(one.strip() for one in told if not self._compares(one))

    def _is_of_another(self, clause: str) -> bool:
        """Whether something is said of another thing; of what may be a reason, right beside it."""
        said = [*_TOKEN.finditer(clause)]
        if any(self._is_other(one[0]) for one in said):
            return True
        reasons = [one for one in said if one[0] in self.typed.around_answers.reasons]
        found, rest = places_in(clause, self.phrases, self.typed) if reasons else ([], "")
        return any(self._is_beside(place, one, rest) for place in found for one in reasons)

    def _is_beside(self, place: Place, word: re.Match[str], rest: str) -> bool:
        """Whether only small words stand between an option and a word."""
        between = rest[min(place.end, word.end()) : max(place.start, word.start())]
        return not self._telling(between)

    def _apart(self, words: str) -> str | None:
        """The only direction but for what is said right beside another thing: "up, loss falls"."""
        found, rest = places_in(words, self.phrases, self.typed)
        around = self.typed.around_answers
        if len(found) < 2 or denies(rest, around, bool) or self._compares(words):
            return None
        others = [one for one in _TOKEN.finditer(rest) if self._is_other(one[0])]
        near = [nearest(found, other) for other in others]
        joins = (rest[one.end : other.start].strip() for one, other in pairwise(found))
        if not near or None in near or any(join in self.typed.answers.joins for join in joins):
            return None  # "the loss goes up and down"
        return _only_of([place for place in found if place not in near])

    def _is_other(self, word: str) -> bool:
        """Whether a word is another thing than the weight that may rise or fall."""
        return word in self.typed.around_answers.others

    def _compares(self, clause: str) -> bool:
        """Whether an option is said of one thing beside another: "bigger than w11".

        "Que" compares behind the option; before it, it only opens what is said.
        """
        than = [one.start() for one in self.typed.around_answers.than.anywhere.finditer(clause)]
        if self.typed.answers.denials_follow or not than:
            return bool(than)
        found, _ = places_in(clause, self.phrases, self.typed)
        return not found or than[-1] > found[0].start

    def _inside(self, words: str, phrases: Phrases) -> str | None:
        """The only option with a phrase inside the words, where nothing else is denied."""
        found, rest = places_in(words, phrases, self.typed)
        denied = denies(rest, self.typed.around_answers, lambda before: FOUND in before)
        return None if denied else _only_of(found)

    def _among(self, words: str) -> str | None:
        """The only option that words speak of, be it in a sentence of which they know no more."""
        if not self.among_others:
            return None
        found, rest = self.found(words)
        around = self.typed.around_answers
        left = _TOKEN.findall(rest)
        others = (self._is_other(one) and one not in around.outputs for one in left)
        compared = (one in around.than or one in around.comparatives for one in left)
        if len(left) > MOST_OTHERS or any(others) or any(compared):
            return None
        if any(word.endswith(tuple(around.denying_endings)) for word in left):
            return None
        return None if denies(rest, around, bool) else _only_of(found)

    def found(self, words: str) -> tuple[list[Place], str]:
        """Where words speak of options by what could not stand around any of them, and the rest."""
        return places_in(words, self.phrases, self.typed, self._telling)

    @cached_property
    def _label(self) -> dict[str, str]:
        return {option: said[0] for option, said in self.phrases.items()}

    @cached_property
    def _labels(self) -> Phrases:
        return {option: WordList(said[:1]) for option, said in self.phrases.items()}

    def exact(self, words: str) -> str | None:
        """The only option for which just this is said."""
        return only([option for option, said in self.phrases.items() if words in said])

    def by_sequence(self, words: str) -> str | None:
        """The only option with a phrase that has the same telling words in the same order."""
        said = self._in_short(words)
        return only([o for o, known in self._sequences.items() if said and said in known])

    def _by_direction(self, words: str) -> str | None:
        """The option that says the same direction, where no two options say the same.

        Of anything else than what that option is about, the words may be true and mean another.
        """
        said = {self._inside(label, self.ways): o for o, label in self._label.items()}
        _, rest = places_in(words, self.ways, self.typed)
        meant = self._inside(words, self.ways)
        option = said.get(meant) if meant and len(said) == len(self.phrases) else None
        own = self._telling(self._label[option]) if option else ()
        return option if {*self._telling(rest)} <= {*own} else None

    def _by_place(self, words: str) -> str | None:
        """The option in the place that is all the words say: "the first one"."""
        said = [word for word in words.split() if word not in self.typed.place_words]
        labels = {one for label in self._label.values() for one in _TOKEN.findall(label)}
        if len(said) != 1 or said[0] in labels:
            return None
        places = zip(self.phrases, self.typed.ordinals, strict=False)
        return next((option for option, names in places if said[0] in names), None)

    def _by_denial(self, words: str) -> str | None:
        """The only option whose label opens or ends with the denying word that was typed."""
        around = self.typed.around_answers
        said = {one for one in self._telling(words) if one not in around.those}
        ends = {option: _TOKEN.findall(label) for option, label in self._label.items()}
        found = [o for o, label in ends.items() if label and said in ({label[0]}, {label[-1]})]
        return only(found) if denies(words, around, self.tells) else None

    def tells(self, words: str) -> bool:
        """Whether some words say anything of an option."""
        around = self.typed.around_answers
        aside = (around.fillers, around.hedges, around.those, around.modals, around.subjects)
        return not all(any(one in said for said in aside) for one in self._telling(words))

    def _compared(self, words: str) -> str:
        """The plain word of a comparison: "low" for "lower than it should be"."""
        around = self.typed.around_answers
        compared, *than = parted(words, around.than)
        said = self._telling(compared)
        plain_words = around.comparatives.get(said[0], ()) if than and len(said) == 1 else ()
        return next(iter(plain_words), words)

    def _by_tokens(self, words: str) -> str | None:
        """The option whose telling words are the learner's, in any order, small typos allowed."""
        if denies(words, self.typed.around_answers, self.tells):
            return None
        labels = {option: set(self._telling(label)) for option, label in self._label.items()}
        typed = self._known(words, {token for label in labels.values() for token in label})
        same = [option for option, label in labels.items() if label == typed]
        if len(same) == 1 or all(map(_is_number, typed)):
            return only(same)
        return only([option for option, label in labels.items() if typed <= label])

    def _known(self, words: str, known: set[str]) -> set[str]:
        """The telling words as the labels spell them; none where one is in no label."""
        found = set[str]()
        for token in self._telling(words):
            word = len(token) >= LONG_WORD and token.isalpha()
            misspelt = word and token not in self.typed.around_answers.comparatives
            close = [token] if token in known else []
            close = close or (get_close_matches(token, known, 1, 0.8) if misspelt else [])
            if not close:
                return set()
            found.add(close[0])
        return found

    def _in_short(self, text: str) -> str:
        return " ".join(self._telling(text))

    def _telling(self, text: str) -> list[str]:
        """The words that tell one option from another, in order; numbers as they compare."""
        found = [token for token in _TOKEN.findall(text) if token not in self.small]
        return [str(float(t.replace(",", "."))) if _is_number(t) else t for t in found]


def _directed(phrases: Phrases, ways: Phrases) -> tuple[Phrases, bool]:
    """The options with all that is said for the directions, where just these are their labels."""
    labels = {option: known[0].strip("⬆⬇= ") for option, known in phrases.items()}
    meant = {o: only([way for way in ways if one in ways[way]]) for o, one in labels.items()}
    if set(meant.values()) != set(ways):
        return phrases, False
    both = {o: [*phrases[o].templates, *ways[way].templates] for o, way in meant.items() if way}
    return {option: WordList(known) for option, known in both.items()}, True


def alike(words: str) -> str:
    """Words as they are compared, whatever characters the phone wrote them in."""
    return plain(words)[0].casefold()


def _only_of(found: Sequence[Place]) -> str | None:
    return only([*dict.fromkeys(place.option for place in found)])


def _is_number(token: str) -> bool:
    return token[-1].isdecimal() and (token[0].isdecimal() or token[0] in "+-")


@lru_cache
def _pauses(joints: WordList, denials: WordList) -> re.Pattern[str]:
    """What parts one clause from the next; a joint inside a denial does not."""
    pause = r"\s*(?:[,;.:]\s+|[→⇒]|[-=]>|=\s)"
    either = rf"{denials.pattern}|(?P<joint>{joints.pattern})"
    return re.compile(rf"(?P<pause>{pause})|(?<!\w)(?:{either})(?!\w)")
