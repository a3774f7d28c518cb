"""What can be asked and remarked, ready to be found by its words, once for each book."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.dialogue.retrieval import Index
from content.book import Book
from content.why import Entry, RemarksFile, WhyFile
from engine.keeping import kept
from engine.trace import Trace

_WORD = re.compile(r"[^\W\d_]+")
REMARK_NEAR = 0.85
"""A remark is taken for one from this likeness on: it could be meant for an answer."""
TOLD_NEAR = 0.9
"""Words that do not ask are taken for a question from this likeness on."""


def bank(book: Book) -> Index:
    """The entries of `why.toml`."""
    return _bank(book.why)


@kept
def _bank(why: WhyFile) -> Index:
    entries = why.entry
    return Index(
        {entry.id: (*entry.asked, *entry.here) for entry in entries},
        {entry.id: entry.button for entry in entries},
        frozenset(why.small),
        why.same,
        asking=frozenset(why.asking),
        closed=frozenset(why.closed),
        referring=frozenset(why.referring),
        spelt=frozenset(_WORD.findall(" ".join(entry.text or "" for entry in entries).casefold())),
        anywhere={entry.id: len(entry.asked) for entry in entries},
    )


@kept
def _remarks(file: RemarksFile) -> Index:
    said = {remark.id: remark.said for remark in file.remark}
    small = frozenset(file.small)
    every = Index(said, {}, small, {})
    longer = {id_: [one for one in ways if every.words(one) > 1] for id_, ways in said.items()}
    return Index(longer, {}, small, {})


@kept
def _verbatim(file: RemarksFile) -> Mapping[str, str]:
    return {said: remark.id for remark in file.remark for said in remark.said}


def ready(book: Book) -> None:
    """Reads what can be asked and remarked once, so that no learner waits for it."""
    for index in (_remarks(book.remarks), bank(book)):
        index.ranked("zzzz why bored loss")  # a word that is known, and one to be looked up


def is_remark(book: Book, words: str) -> bool:
    """Whether words are a remark word for word."""
    return _plainly(words) in _verbatim(book.remarks)


def _plainly(words: str) -> str:
    return words.replace("'", "").rstrip("?! ")


def remark_in(book: Book, words: str, names: Mapping[str, str]) -> str | None:
    """The remark that some words are, or None where they are nearer to a question of the bank.

    One with a number in it, or of one telling word, is one only word for word.
    """
    plainly = _plainly(words)
    if plainly in _verbatim(book.remarks) or any(map(str.isdigit, words)):
        return _verbatim(book.remarks).get(plainly)
    found = _remarks(book.remarks).ranked(plainly)[:1]
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
