"""`typed.toml`: what learners type, in one language, by what it does.

A language's words and English's are understood together (`understood`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import zip_longest
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, Field, GetPydanticSchema, StringConstraints
from pydantic_core import core_schema

from content.models import Model
from content.phrase_templates import said_by
from content.word_lists import WordList
from engine.reading import Words as AnswerWords
from engine.reading.characters import plain
from engine.word_set import WordSet


def _listed(given: object) -> object:
    """Words listed in one text with spaces between, or one by one; each that a template says."""
    words = given.split() if isinstance(given, str) else given
    if not isinstance(words, list):
        return words
    return [said for one in words for said in (said_by(one) if isinstance(one, str) else (one,))]


ListedWord: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[^A-Z\s]+( [^A-Z\s]+)*$")]

Listed: TypeAlias = Annotated[
    WordSet,
    GetPydanticSchema(
        lambda _, words: core_schema.no_info_after_validator_function(
            WordSet,
            words(tuple[ListedWord, ...]),
            serialization=core_schema.plain_serializer_function_ser_schema(tuple),
        )
    ),
    BeforeValidator(_listed),
]
"""Words that learners type, in lower case."""

Spelt: TypeAlias = Annotated[tuple[ListedWord, ...], BeforeValidator(_listed)]
"""The words of one meaning, likewise: these are only gone through."""

Words: TypeAlias = WordList

Digits: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)?$")]


class SignWords(Model):
    """Words for signs."""

    plus: Listed
    minus: Listed
    negative: Listed
    times: Listed
    over: Listed
    power: Listed
    equals: Listed
    percent: Listed
    squared: Listed
    cubed: Listed


class Answers(Model):
    """Words inside a typed number or its working; what each list does stands in the file."""

    signs: SignWords
    numbers: dict[Digits, Spelt]
    digits: dict[Digits, Spelt]
    point: Listed
    point_signs: Listed = WordSet()
    number_joins: Listed = WordSet()
    fractions: dict[Digits, Spelt] = Field(default_factory=dict)
    negative_behind: Listed = WordSet()
    denials_follow: bool = False
    not_finite: Listed
    inside_names: Listed
    leading: Listed
    trailing: Listed
    negations: Listed
    takes_back: Listed
    unchanged: Listed
    questions: Listed
    guesses: Listed
    starters: Listed
    hedges: Listed
    no: Listed
    after_no: Listed
    because: Listed
    turns: Listed
    so: Listed
    joins: Listed
    then: Listed
    several: Listed
    comparing: Listed = WordSet()
    comparing_behind: Listed = WordSet()

    def words(self) -> AnswerWords:
        """As reading takes them."""
        lists = {name: getattr(self, name) for name in type(self).model_fields}
        kinds = {"negative": "SIGN", "squared": "2", "cubed": "3"}
        signs = {kinds.get(sign, sign.upper()): said for sign, said in self.signs}
        for name, table in (
            ("signs", signs),
            ("numbers", self.numbers),
            ("digits", self.digits),
            ("fractions", self.fractions),
        ):
            lists[name] = {word: meant for meant, said in table.items() for word in said}
        return AnswerWords(**lists)


class HourWords(Model):
    """What people write around an hour, and how they speak of time."""

    off: Words = WordList()
    """Ends the reminder."""
    off_too: Words = WordList()
    """The same behind the command, because elsewhere it means something else."""
    around: Words = WordList()
    """Stands beside an hour, and beside no other number."""
    days: Words = WordList()
    """The same, and speaks of time also without an hour."""
    aside: Words = WordList()
    """Stands around a time or a place, and around other answers too."""
    morning: Words = WordList()
    """Says that an hour is before noon."""
    evening: Words = WordList()
    """Says that an hour from 1 to 11 is after noon."""
    vague: Words = WordList()
    """Speaks of time, but of no hour that is sure."""
    zones: dict[str, Words] = Field(default_factory=dict)
    """What a time zone, or a distance from UTC, is called besides its own name."""


class AroundAnswers(Model):
    """What learners write around a number or an option, in lower case."""

    noise: Words
    """Means nothing: laughter, faces."""
    fillers: Words
    """Opens a text and changes nothing: "so", "well"."""
    hedges: Words
    """Says that something is only thought: "maybe", "I guess"."""
    tags: Words
    """Ends a guess: "so it is up, right?"."""
    checks: Words
    """Makes a question of what they end: "that means down, doesn't it"."""
    favours: Words
    """Asks for what follows as a favour: "can I see"."""
    pleases: Words
    """Ends such a favour: "now", "please"."""
    either: Words
    """Stands between two of which only one is true."""
    guesses: Words
    """Opens a guess, no question, where only a number or an option follows: "is it 0.3?"."""
    modals: Words
    """The same, where the very number or the very words of an option follow: "should fall"."""
    subjects: Words
    """Makes a question of it between a modal and the option: "should it fall"."""
    asks: Words
    """Makes a question of a text wherever it stands: "no idea why"."""
    particles: Words = WordList()
    """Asks of what stands before it, or around it; of a number or an option alone it guesses."""
    denials: Words
    """Says that what is named is not meant."""
    comparing: Words = WordList()
    """Says more or less of what stands behind it: "más" says up, "más chiquito" does not."""
    denying_endings: Words = WordList()
    """Ends a word that denies, in a language whose verbs do: "diyemem"."""
    leads: Words
    """Stands right before an answer that ends a sentence: "my calculator says 0.45"."""
    joints: Words
    """Parts one clause from the next: "because", "so"."""
    contrasts: Words = WordList()
    """Parts what is meant from what is denied: "not down but up"."""
    others: Words
    """What else than the weight asked about may rise or fall."""
    reasons: Words = WordList()
    """May rise or fall too, but where nothing says so right beside it only gives the reason."""
    than: Words
    """The word of a comparison."""
    comparatives: dict[str, Words]
    """Compared words, each with its plain one: "lower" is "low"."""
    undecided: Words = WordList()
    """Says that it is open which, or only points: "between the two", "the formula above"."""
    taken_back: Words = WordList()
    """Takes back an option that was named before it: "low, no wait, high"."""
    outputs: Words = WordList()
    """What the network's answer is called, which a choice may be about."""
    those: Words
    """Stands for an option: "neither one"."""
    small: Words
    """Tells no option from another."""
    courtesies: Words = WordList()
    """Ends whatever is said, and changes nothing: "hint please"."""
    articles: Words = WordList()
    """Stands before a word that is asked about: "the loss"."""


class PracticeWords(Model):
    """What a learner calls a set of practice that is no skill."""

    full: Words
    """A whole training step."""
    mixed: Words
    """Several skills."""
    harder: Words
    """Networks with one more thing in them."""
    around: Words
    """What may stand around any of these: "give me a whole step"."""


class TypedFile(Model):
    """The whole file."""

    term_questions: Words
    """Patterns of a question about a word, with `{term}`."""
    question_words: Words
    """Words that open a question."""
    ordinals: tuple[Words, ...]
    """What the first, the second, … option is called by its place."""
    place_words: Words
    """What may stand around such a word."""
    intents: dict[str, Words]
    """Plain words that mean a command, in lower case without punctuation."""
    direction_words: dict[str, Words]
    """What a learner may type for each direction."""
    practice_words: PracticeWords
    """What asks for a set of practice that is no skill, in lower case."""
    around_answers: AroundAnswers
    """What stands around answers, and makes questions."""
    hour_words: HourWords
    """What a learner may write about an hour, in lower case."""
    answers: Answers


Data: TypeAlias = Mapping[str, Any]


def as_compared(data: Data) -> dict[str, Any]:
    """The lists as texts are compared with them: in plain characters, and without capitals."""
    said = {key: _each(value, _folded) for key, value in data.items() if key != "answers"}
    return said | {"answers": _each(data.get("answers", {}), _plainly)}


def _each(data: object, turned: Callable[[str], str]) -> object:
    """Every text in some lists, turned; and every key that is one."""
    if isinstance(data, Mapping):
        return {_plainly(key): _each(value, turned) for key, value in data.items()}
    if isinstance(data, list):
        return [_each(one, turned) for one in data]
    return _kept(data, turned(data)) if isinstance(data, str) else data


def _kept(text: str, turned: str) -> str:
    """A text turned; the very same object where that is equal, so that there is no second one."""
    return text if turned == text else turned


def _plainly(text: str) -> str:
    return plain(text)[0]


def _folded(text: str) -> str:
    return _plainly(text).casefold()


def understood(own: Data, also: Data) -> Data:
    """The lists of a language with those of another, as `typed.toml` has them.

    A word that the two list nowhere alike means only what the language itself says: "on" is ten in
    Turkish, and no more a word before a number.

    Args:
        own: the language's file, as data.
        also: the other's.
    """
    also = _without_guesses(also, own)
    others = _listings(also)
    mine = _listings(own, others)
    foreign = {word for word, at in others.items() if word in mine and at.isdisjoint(mine[word])}
    foreign |= {word for word in others if _is_number(mine.get(word)) > _is_number(others[word])}
    merged = _merged(own, also, foreign)
    assert isinstance(merged, Mapping)
    return merged


def _without_guesses(also: Data, own: Data) -> Data:
    """Lists without the words that open a guess there, and a question in the language: "was"."""
    answers, asked = also.get("answers", {}), own.get("answers", {})
    asks = {*_words(asked.get("questions", []))} - {*_words(asked.get("guesses", []))}
    guesses = [word for word in _words(answers.get("guesses", [])) if word not in asks]
    return {**also, "answers": {**answers, "guesses": guesses}} if answers else also


def _is_number(at: Collection[str] | None) -> bool:
    """Whether a word that stands in some lists is a number: then it is nothing else."""
    return any(place.startswith((".answers.numbers", ".answers.digits")) for place in at or ())


def _listings(data: object, among: Collection[str] | None = None) -> dict[str, set[str]]:
    """The lists in which each word stands, or each of some words."""
    found: dict[str, set[str]] = {}
    for where, words in _lists(data, ""):
        for word in (said for template in words for said in said_by(template)):
            if among is None or word in among:
                found.setdefault(word, set()).add(where)
    return found


def _lists(data: object, at: str) -> Iterator[tuple[str, list[str]]]:
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from _lists(value, f"{at}.{key}")
    elif isinstance(data, list) and data and isinstance(data[0], list):
        for place, value in enumerate(data):
            yield from _lists(value, f"{at}.{place}")
    else:
        yield at, _words(data)


def _words(data: object) -> list[str]:
    return data.split() if isinstance(data, str) else list(data) if isinstance(data, list) else []


def _merged(own: object, also: object, foreign: set[str]) -> object:
    if own is None or also is None:
        return _without(also, foreign) if own is None else own
    if isinstance(own, Mapping) and isinstance(also, Mapping):
        keys = dict.fromkeys((*own, *also))
        return {key: _merged(own.get(key), also.get(key), foreign) for key in keys}
    if isinstance(also, list) and also and isinstance(also[0], list) and isinstance(own, list):
        places = zip_longest(own, also)
        return [_merged(one, other, foreign) for one, other in places]
    theirs = [word for word in _words(also) if word not in foreign]
    return list(dict.fromkeys((*_words(own), *theirs)))


def _without(data: object, foreign: set[str]) -> object:
    if isinstance(data, Mapping):
        return {key: _without(value, foreign) for key, value in data.items()}
    if isinstance(data, list) and data and isinstance(data[0], list):
        return [_without(one, foreign) for one in data]
    return [word for word in _words(data) if word not in foreign]
