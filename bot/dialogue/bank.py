"""What can be asked and remarked, ready to be found by its words, once for each book."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.dialogue.retrieval import Askable, Index
from bot.dialogue.stems import Heard, Stems
from content.book import Book
from content.kinds import kind_of
from content.spelling import Spelling
from content.why import ROLES, Entry, RemarksFile, WhyFile, all_of
from content.word_lists import WordList
from engine.keeping import kept
from engine.reading.characters import plain
from engine.trace import Trace

_WORD = re.compile(r"[^\W\d_]+")
REMARK_NEAR = 0.85
"""A remark is taken for one from this likeness on: it could be meant for an answer."""
TOLD_NEAR = 0.9
"""Words that do not ask are taken for a question from this likeness on."""


def understood(book: Book) -> tuple[Book, ...]:
    """The books whose questions and remarks are understood: the language's, and the authors'."""
    return (book,) if book.author is None else (book, book.author)


def bank(book: Book) -> Index:
    """The entries of `why.toml`, by the questions of its language."""
    return _bank(book.why, tuple(_called(book).items()))


def _called(book: Book) -> Mapping[str, str]:
    """What the language calls what a name is; where it does not say so, as its glossary does."""
    terms = book.glossary.term if book.author else {}
    return {role: terms[role].words[0] for role in ROLES if role in terms} | book.why.called


@kept
def _bank(why: WhyFile, called: tuple[tuple[str, str], ...]) -> Index:
    entries = {name: entry for name, entry in why.entry.items() if entry.asked}
    heard = Heard(Spelling.of(why.same, why.small, why.asking, why.closed, why.referring))
    texts = (heard(entry.text or "").casefold() for entry in entries.values())
    asked = Askable(
        ways={name: heard.each((*entry.asked, *entry.here)) for name, entry in entries.items()},
        further={name: heard(entry.button) for name, entry in entries.items()},
        anywhere={name: len(entry.asked) for name, entry in entries.items()},
        asking=heard.each(why.asking),
        closed=heard.each(why.closed),
        referring=heard.each(why.referring),
        spelt={word for text in texts for word in _WORD.findall(text)},
    )
    words = Stems(heard, why.small, why.same, dict(called), (why.endings, why.keeps))
    return Index(asked, words)


def _remarks_of(book: Book) -> Index:
    return _remarks(book.remarks, book.why.endings, book.why.keeps)


@kept
def _remarks(file: RemarksFile, endings: tuple[str, ...], keeps: tuple[str, ...]) -> Index:
    words = Stems(Heard(Spelling.of(file.small)), file.small, {}, {}, (endings, keeps))
    said = {name: words.heard.each(remark.said) for name, remark in file.remark.items()}
    longer = {id_: [one for one in ways if words.count(one) > 1] for id_, ways in said.items()}
    return Index(Askable(ways=longer), words)


@kept
def _verbatim(file: RemarksFile) -> Mapping[str, WordList]:
    """What remarks are word for word."""
    return {
        name: remark.said.turned(lambda said: plain(said)[0])
        for name, remark in reversed(file.remark.items())
    }


def ready(book: Book) -> Iterator[None]:
    """Reads what can be asked and remarked once, bit by bit, so that no learner waits for it."""
    for index in (_remarks_of, bank):
        index(book).ranked("zzzz why bored loss")  # a word that is known, one to be looked up
        yield


def is_remark(book: Book, words: str) -> bool:
    """Whether words are a remark word for word."""
    return _word_for_word(book, words) is not None


def _word_for_word(book: Book, words: str) -> str | None:
    plainly = _plainly(book.spelling.joined(words))
    tables = (_verbatim(one.remarks).items() for one in understood(book))
    found = (name for table in tables for name, said in table if plainly in said)
    return next(found, None)


def _plainly(words: str) -> str:
    return words.replace("'", "").rstrip("?! ")


def remark_in(book: Book, words: str, names: Mapping[str, str]) -> str | None:
    """The remark that some words are, or None where they are nearer to a question of the bank.

    One with a number in it, or of one telling word, is one only word for word.
    """
    said = _word_for_word(book, words)
    if said is not None or any(map(str.isdigit, words)):
        return said
    return next(filter(None, (_remark_in(one, words, names) for one in understood(book))), None)


def _remark_in(book: Book, words: str, names: Mapping[str, str]) -> str | None:
    found = _remarks_of(book).ranked(_plainly(words))[:1]
    if not found or found[0].likeness < REMARK_NEAR:
        return None
    asked = bank(book).ranked(words, names)[:1]
    return None if asked and asked[0].likeness >= found[0].likeness else found[0].entry


@kept
def kinds_of(trace: Trace) -> frozenset[str]:
    """The kinds of everything that a network computes: its activations, its loss, its update."""
    return frozenset(kind_of(trace, quantity) for quantity in trace)


def applies(entry: Entry, trace: Trace) -> bool:
    """Whether there is in a network what an entry is about."""
    return not entry.only or any(kinds_of(trace).issuperset(all_of(one)) for one in entry.only)


def text_of(entry: Entry, trace: Trace) -> str:
    """What an entry says of a network; empty where it is worked out."""
    adds = entry.adding and "updated_adding" in kinds_of(trace)
    return (entry.adding if adds else entry.text) or ""


@kept
def names_of(trace: Trace) -> dict[str, str]:
    """What each name of a network is, in the words of questions."""
    names = {name.casefold(): "input" for name in trace.network.inputs}
    outputs = {neuron.name for neuron in trace.network.outputs}
    for neuron in trace.network.neurons():
        names |= {weight.casefold(): "weight" for weight in dict(neuron.weights)}
        names[neuron.name.casefold()] = "output" if neuron.name in outputs else "neuron"
    return names
