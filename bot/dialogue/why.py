"""Why: what is asked or remarked in words, and the way back to the step in one line.

The bank is found by the words of the question (`retrieval`), and what is likely at the step in hand
comes first; a few answers are worked out from the learner's own screen (`worked_out`). Nothing is
forced: where no entry is near, that is said, with buttons for what can be explained.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.actions import Do, button_data
from bot.dialogue.bank import applies, bank, names_of, text_of, understood
from bot.dialogue.effects import Button, Say
from bot.dialogue.formatting import paragraphs
from bot.dialogue.hearing import between_numbers, words_of
from bot.dialogue.information import picture
from bot.dialogue.modes import Mode
from bot.dialogue.navigation import begin
from bot.dialogue.reply import Moment, Reply, asking, staying
from bot.dialogue.retrieval import CLEAR, NEAR, Found
from bot.dialogue.worked_out import (
    found_before,
    has_met,
    how,
    kinds_around,
    likely_kinds,
    mistake,
    named,
    number,
    numbers_named,
    sign,
)
from content.book import Book
from content.models import Term
from content.templates import Html
from content.why import Entry
from engine.trace import Trace

MOST_ALIKE = 4
"""So many entries can be asked for at once."""
FAIR, AHEAD = 0.6, 0.25
"""From this likeness on an entry is told, if it is so far ahead of every other."""
OFFERED = 3
"""So many entries stand on buttons where none was found."""
AS_NAMED = 0.95
"""How near a question is that has a number where an entry has the name for it."""
BARE = 3
"""A question of so few words that tell nothing asks why the step is done."""
MOST_NAMED = 4
"""Inputs or outputs beyond these are not all named."""
ALWAYS = ("what_point", "why_training", "real_model")
"""Offered where the step has nothing of its own to explain."""


def term(moment: Moment) -> Reply:
    """Words explained, or names of the network: one on each line."""
    return _back(moment, *(_term(moment, name) for name in moment.intent.text.splitlines()))


def _term(moment: Moment, name: str) -> str:
    """One of them, as HTML."""
    if said := found_before(moment, name):
        return said
    found = moment.book.term(name)
    return _explained(moment.book, found) if found else named(moment, name)


def _explained(book: Book, term: Term) -> str:
    return book.say.term(title=term.title, text=Html(term.text))


def question(moment: Moment) -> Reply:
    """A question in words: an entry, some that are as near as each other, or an honest no."""
    book, words = moment.book, words_of(moment.intent.text)
    if between_numbers(words, book.typed.around_answers):
        return _back(moment, book.fill(book.reading.problem["several_answers"], _trace(moment)))
    entries, explained = found(moment), book.explained
    if len(entries) == 1:
        return _told(moment, moment.book.why.entry[entries[0]])
    if entries:
        return _offering(moment, explained.which(), entries[:MOST_ALIKE])
    return _offering(moment, explained.none(), _nearest(moment))


def first_question(moment: Moment) -> Reply:
    """A question before the lesson: answered, or else the lesson begins, which is the answer."""
    return question(moment) if len(found(moment)) == 1 else begin(moment)


def found(moment: Moment) -> list[str]:
    """The entries that a question asks for: none where none is near, several where it is open."""
    return next(filter(None, (_found(moment, book) for book in understood(moment.book))), [])


def _found(moment: Moment, book: Book) -> list[str]:
    """Those found by the questions of one language."""
    text, names, index = moment.intent.text, names_of(_trace(moment)), bank(book)
    why, asked = next(iter(book.why.asking), ""), index.asked(text)
    if not index.tells(text, names):
        bare = why in asked or len(text.split()) <= BARE
        return [_bare(moment)] if bare else []
    if index.only_names(text, names) and asked <= {why}:
        return _fitting(moment) if asked else []
    ranked = _ranked(moment, book)
    first = ranked[0].entry if _ahead(ranked) else ""
    if first and moment.book.why.entry[first].finds is None and index.told(text) > 1:
        return [first]
    near = [one for one in ranked if one.likeness >= NEAR]
    return [one.entry for one in near if near[0].likeness - one.likeness < CLEAR]


def _ahead(ranked: Sequence[Found]) -> bool:
    """Whether the first of some entries is so far ahead of the second that it must be meant."""
    first, second = [*ranked, *[Found("", 0.0)] * 2][:2]
    return first.likeness >= FAIR and first.likeness - second.likeness >= AHEAD


def _ranked(moment: Moment, book: Book) -> list[Found]:
    """The entries of this network by their likeness, the numbers on the screen spoken of too."""
    trace, likely = _trace(moment), frozenset(_likely(moment))
    text, names = moment.intent.text, names_of(trace)
    best = {one.entry: one.likeness for one in bank(book).ranked(text, names, likely)}
    if numbers := numbers_named(moment, text):
        for one in bank(book).ranked(text, {**names, **numbers}, likely):
            best[one.entry] = max(best.get(one.entry, 0.0), AS_NAMED * one.likeness)
    found = [Found(*one) for one in best.items() if _fits(moment, moment.book.why.entry[one[0]])]
    return sorted(found, key=lambda one: -one.likeness)


def pressed(moment: Moment) -> Reply:
    """A button that asks for an entry."""
    entry = moment.book.why.entry.get(moment.intent.text)
    return _back(moment, moment.book.say.not_now()) if entry is None else _told(moment, entry)


def remark(moment: Moment) -> Reply:
    """A remark, answered in a line, and what follows from it."""
    said, book = moment.book.remarks.remark.get(moment.intent.text), moment.book
    if said is None:
        return _back(moment, book.say.not_now())
    asked = moment.at_step and moment.step.hints()
    text = book.fill((not asked and said.elsewhere) or said.text or "", book.any_trace)
    if not moment.at_step or moment.mode is Mode.CONFIRM:
        return staying(moment, text or book.say.question_elsewhere())
    match said.then:
        case "again":
            return asking(moment, moment.state.but(looking=None), text, opening=False)
        case "picture":
            return picture(moment)
        case "hint":
            return _back(moment, text, how(moment, ""))
        case "term" if asked:
            return _back(moment, text, _key_word(moment) or how(moment, ""))
        case "term":
            return asking(moment, moment.state.but(looking=None), text, opening=False)
        case _:
            return _back(moment, text)


def back_line(moment: Moment) -> str:
    """The way back to the step in one line, as HTML; empty where none is in hand."""
    if not moment.at_step or moment.mode is Mode.CONFIRM:
        return ""
    return moment.book.explained.back(place=Html(moment.step.where()))


def _back(moment: Moment, *said: str) -> Reply:
    return staying(moment, *said, back_line(moment))


def _told(moment: Moment, entry: Entry) -> Reply:
    """An entry: its text, or what is worked out for it."""
    text = moment.intent.text if moment.intent.do is not Do.WHY else ""
    match entry.finds:
        case "number":
            said = number(moment, text)
        case "sign":
            said = sign(moment, text)
        case "mistake":
            said = mistake(moment)
        case "how":
            said = how(moment, text)
        case _:
            trace = _trace(moment)
            said = moment.book.fill(text_of(entry, trace), trace, _slots(moment.book, trace))
    return _back(moment, said)


def _slots(book: Book, trace: Trace) -> dict[str, str]:
    """What a text may tell of the network and the lesson."""
    network = trace.network
    neurons = network.neurons()
    return {
        "inputs": _listed(book, network.inputs),
        "outputs": _listed(book, [neuron.name for neuron in network.outputs]),
        "neurons": str(len(list(neurons))),
        "weights": str(sum(len(dict(neuron.weights)) for neuron in network.neurons())),
        "steps": str(book.lesson.total()),
    }


def _listed(book: Book, names: Sequence[str]) -> str:
    if len(names) > MOST_NAMED:
        return f"{names[0]}, …, {names[-1]}"
    return book.listed(names)


def _bare(moment: Moment) -> str:
    """What a "why?" that says no more asks for: the last miss, or why the step is done."""
    book = moment.book
    if moment.at_step and moment.state.hand.wrong:
        return next(name for name, entry in book.why.entry.items() if entry.finds == "mistake")
    return next(iter(_fitting(moment)), ALWAYS[0])


def _fitting(moment: Moment) -> list[str]:
    """What says why the step in hand is done, if anything does."""
    kinds = likely_kinds(moment)
    entries = moment.book.why.entry.items()
    return [name for name, entry in entries if not kinds.isdisjoint(entry.bare)][:1]


def _fits(moment: Moment, entry: Entry) -> bool:
    """Whether an entry is about what is in this network, in words that the learner has met."""
    met = not entry.after or has_met(moment, entry.after)
    return met and applies(entry, _trace(moment))


def _likely(moment: Moment) -> list[str]:
    """The entries that are often asked for at the step in hand."""
    kinds = likely_kinds(moment) | kinds_around(moment)
    entries = {n: entry for n, entry in moment.book.why.entry.items() if _fits(moment, entry)}
    bare = [name for name, entry in entries.items() if not kinds.isdisjoint(entry.bare)]
    at = [name for name, entry in entries.items() if not kinds.isdisjoint(entry.at)]
    return list(dict.fromkeys((*bare, *at)))


def _nearest(moment: Moment) -> list[str]:
    """What to offer where nothing was asked for clearly: near ones, then the step's own."""
    ranked = [one for book in understood(moment.book) for one in _ranked(moment, book)]
    near = [one.entry for one in ranked if one.likeness > NEAR / 2][: OFFERED - 1]
    entries = dict.fromkeys((*near, *_likely(moment), *ALWAYS))
    return [one for one in entries if moment.book.why.entry[one].finds in (None, "how")][:OFFERED]


def _offering(moment: Moment, said: str, entries: Sequence[str]) -> Reply:
    """Some entries on buttons, above those of the step."""
    rows = [
        (Button(moment.book.why.entry[one].button, button_data(moment.state, Do.WHY, one)),)
        for one in entries
    ]
    html = paragraphs(said, back_line(moment))
    return Reply(moment.state, (Say(html, (*rows, *moment.view.keyboard())),))


def _key_word(moment: Moment) -> str:
    """The word that the step in hand turns on, explained, as HTML; empty where it has none."""
    terms = moment.book.remarks.terms
    word = next((terms[kind] for kind in likely_kinds(moment) if kind in terms), "")
    term = moment.book.terms.get(word)
    return _explained(moment.book, term) if term else ""


def _trace(moment: Moment) -> Trace:
    return moment.step.trace if moment.at_step else moment.book.any_trace
