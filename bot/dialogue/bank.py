"""What can be asked and remarked, ready to be found by its words, once for each book."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.dialogue.retrieval import Askable, Index
from bot.dialogue.stems import Stems
from content.book import Book
from content.why import Entry, RemarksFile, WhyFile
from engine.keeping import kept
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
    return _bank(book.why)


@kept
def _bank(why: WhyFile) -> Index:
    entries = {name: entry for name, entry in why.entry.items() if entry.asked}
    texts = " ".join(entry.text or "" for entry in entries.values())
    asked = Askable(
        ways={name: (*entry.asked, *entry.here) for name, entry in entries.items()},
        further={name: entry.button for name, entry in entries.items()},
        anywhere={name: len(entry.asked) for name, entry in entries.items()},
        asking=why.asking,
        closed=why.closed,
        referring=why.referring,
        spelt=_WORD.findall(texts.casefold()),
    )
    return Index(asked, Stems(why.small, why.same, why.called, why.endings, why.keeps))


def _remarks_of(book: Book) -> Index:
    return _remarks(book.remarks, book.why.endings, book.why.keeps)


@kept
def _remarks(file: RemarksFile, endings: tuple[str, ...], keeps: tuple[str, ...]) -> Index:
    said = {name: remark.said for name, remark in file.remark.items()}
    words = Stems(file.small, {}, {}, endings, keeps)
    longer = {id_: [one for one in ways if len(words.stems(one)) > 1] for id_, ways in said.items()}
    return Index(Askable(ways=longer), words)


def _verbatim(file: RemarksFile, words: str) -> str | None:
    """The remark that some words are, the last of several."""
    found = (name for name, remark in reversed(file.remark.items()) if words in remark.said)
    return next(found, None)


def ready(book: Book) -> None:
    """Reads what can be asked and remarked once, so that no learner waits for it."""
    for index in (_remarks_of(book), bank(book)):
        index.ranked("zzzz why bored loss")  # a word that is known, and one to be looked up


def is_remark(book: Book, words: str) -> bool:
    """Whether words are a remark word for word."""
    return _word_for_word(book, words) is not None


def _word_for_word(book: Book, words: str) -> str | None:
    plainly = _plainly(words)
    found = (_verbatim(one.remarks, plainly) for one in understood(book))
    return next(filter(None, found), None)


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


def kinds_of(trace: Trace) -> frozenset[str]:
    """The activations and the loss of a network."""
    network = trace.network
    return frozenset({network.loss, *(neuron.activation for neuron in network.neurons())})


def applies(entry: Entry, trace: Trace) -> bool:
    """Whether there is in a network what an entry is about."""
    return not entry.only or not kinds_of(trace).isdisjoint(entry.only)


@kept
def names_of(trace: Trace) -> dict[str, str]:
    """What each name of a network is, in the words of questions."""
    names = {name.casefold(): "input" for name in trace.network.inputs}
    outputs = {neuron.name for neuron in trace.network.outputs}
    for neuron in trace.network.neurons():
        names |= {weight.casefold(): "weight" for weight in dict(neuron.weights)}
        names[neuron.name.casefold()] = "output" if neuron.name in outputs else "neuron"
    return names
