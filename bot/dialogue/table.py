"""The conversation as one table.

A chat is always in one `Mode`, which follows from its state: nothing begun yet, a card to read, a
number or a piece of one to compute, a choice, an offer, a yes or no, or the end. Every event is
first turned into one `Do` (see `intents`), so a tap on 💡 Hint, the command /hint and the words "I
don't know" are the same thing by the time they arrive here. The table then names, for each mode and
each `Do`, the one function that answers it, and the modes that may follow.

Three rules keep the learner from ever being stuck:

- Every pair has a row: `ROWS` lists the particular ones, `ANYWHERE` those that are the same in
  every mode, and what is in neither is answered with a sentence and the buttons of the step.
- No handler raises for what a learner does; an event that does not fit leaves the state alone.
- Every reply but a notice at a stale button carries buttons or a question, so there is a way on.

To add a button: a `Do`, its label and words in `content/<language>/chat.toml`, a row here.

`docs/conversation.md` is drawn from this table by its test.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.dialogue import (
    answers,
    asides,
    course,
    hints,
    keeping,
    moves,
    owning,
    practising,
    progressing,
    reminding,
    shelf,
    unseen,
    watching,
)
from bot.dialogue.intents import Do
from bot.dialogue.modes import Mode
from bot.dialogue.reply import Moment, Reply

Handler: TypeAlias = Callable[[Moment], Reply]

NEW, CARD, NUMBER, PIECE = Mode.NEW, Mode.CARD, Mode.NUMBER, Mode.PIECE
CHOICE, OFFER, WATCH = Mode.CHOICE, Mode.OFFER, Mode.WATCH
CONFIRM, DONE = Mode.CONFIRM, Mode.DONE

ONWARD = frozenset({CARD, NUMBER, CHOICE, OFFER, WATCH, DONE})
"""Where a finished step leads."""

STEPS = frozenset({CARD, NUMBER, PIECE, CHOICE, OFFER, WATCH})
"""The modes that are a step of the lesson."""


@dataclass(frozen=True, slots=True)
class Row:
    """How one `Do` is answered in one mode."""

    mode: Mode
    do: Do
    handler: Handler
    leads: frozenset[Mode] = frozenset()
    """Other modes it may lead to; it may always stay."""


def _rows(*entries: tuple[Mode, Do, Handler, frozenset[Mode]]) -> dict[tuple[Mode, Do], Row]:
    return {(mode, do): Row(mode, do, handler, leads) for mode, do, handler, leads in entries}


STAY: frozenset[Mode] = frozenset()

ROWS = _rows(
    (NEW, Do.START, moves.begin, frozenset({CARD})),
    (NEW, Do.NEXT, moves.begin, frozenset({CARD})),
    (NEW, Do.YES, moves.begin, frozenset({CARD})),
    (NEW, Do.HERE, moves.begin, frozenset({CARD})),
    (NEW, Do.HELLO, asides.hello, frozenset({CARD})),
    (NEW, Do.RESTART, asides.ask_restart, frozenset({CARD})),
    (NEW, Do.ANSWER, asides.say("not_started"), STAY),
    (CARD, Do.NEXT, moves.read_on, ONWARD),
    (CARD, Do.YES, moves.read_on, ONWARD),
    (CARD, Do.SHOW, moves.read_on, ONWARD),
    (CARD, Do.ANSWER, answers.answer_at_card, ONWARD),
    (CARD, Do.HINT, asides.say("no_hint"), STAY),
    (NUMBER, Do.ANSWER, answers.answer, ONWARD),
    (NUMBER, Do.HINT, hints.hint, STAY),
    (NUMBER, Do.SHOW, moves.show, ONWARD),
    (NUMBER, Do.KEEP, keeping.keep, ONWARD),
    (NUMBER, Do.PIECES, moves.break_up, frozenset({PIECE})),
    (NUMBER, Do.NEXT, asides.say("next_needs_answer"), STAY),
    (PIECE, Do.ANSWER, answers.answer_piece, ONWARD),
    (PIECE, Do.HINT, hints.hint_at_piece, STAY),
    (PIECE, Do.SHOW, moves.show_piece, ONWARD),
    (PIECE, Do.PIECES, moves.here, STAY),
    (PIECE, Do.NEXT, asides.say("next_needs_answer"), STAY),
    (CHOICE, Do.PICK, answers.pick, ONWARD),
    (CHOICE, Do.HINT, hints.hint, STAY),
    (CHOICE, Do.SHOW, moves.show, ONWARD),
    (CHOICE, Do.ANSWER, asides.say("number_at_choice"), STAY),
    (CHOICE, Do.NEXT, asides.say("use_buttons"), STAY),
    (OFFER, Do.YES, moves.take, ONWARD),
    (OFFER, Do.NO, moves.pass_by, ONWARD),
    (OFFER, Do.SHOW, moves.pass_by, ONWARD),
    (OFFER, Do.ANSWER, asides.say("use_buttons"), STAY),
    (OFFER, Do.NEXT, asides.say("use_buttons"), STAY),
    (OFFER, Do.HINT, asides.say("no_hint"), STAY),
    (WATCH, Do.TRAIN, watching.train, STAY),
    (WATCH, Do.ANSWER, watching.train, STAY),
    (WATCH, Do.NEXT, moves.read_on, ONWARD),
    (WATCH, Do.YES, moves.read_on, ONWARD),
    (WATCH, Do.SHOW, moves.read_on, ONWARD),
    (WATCH, Do.HINT, watching.how, STAY),
    (CONFIRM, Do.YES, asides.confirmed, frozenset({NEW, CARD})),
    (CONFIRM, Do.NO, asides.cancelled, STEPS | {NEW, DONE}),
    (CONFIRM, Do.ANSWER, asides.confirm_first, STAY),
    (CONFIRM, Do.PICK, asides.confirm_first, STAY),
    (CONFIRM, Do.HERE, asides.cancelled, STEPS | {NEW, DONE}),
    (DONE, Do.START, asides.at_end("done_already"), STAY),
    (DONE, Do.HERE, moves.here_at_end, STAY),
    (DONE, Do.ANSWER, asides.at_end("number_at_done"), STAY),
    (DONE, Do.HINT, asides.at_end("number_at_done"), STAY),
    (DONE, Do.SHOW, asides.at_end("number_at_done"), STAY),
    (DONE, Do.NEXT, asides.at_end("done_already"), STAY),
)
"""The particular rows."""

ANYWHERE: dict[Do, Handler] = {
    Do.START: moves.welcome_back,
    Do.PRACTICE: practising.start,
    Do.NETWORK: owning.network,
    Do.LESSONS: shelf.lessons,
    Do.STOP: practising.stop,
    Do.PROGRESS: progressing.show_progress,
    Do.REMIND: reminding.remind,
    Do.HOUR: reminding.answered,
    Do.REMINDED: reminding.reminded,
    Do.PICTURE: watching.picture,
    Do.SHEET: watching.sheet,
    Do.BACK: moves.look_back,
    Do.LATER: moves.look_later,
    Do.HERE: moves.here,
    Do.WHERE: asides.where,
    Do.HELP: asides.help_,
    Do.PRIVACY: asides.privacy,
    Do.EXPORT: asides.export,
    Do.STATS: course.stats,
    Do.MORE: asides.more,
    Do.WORDS: asides.words,
    Do.TERM: asides.term,
    Do.QUESTION: asides.question,
    Do.TABLE: asides.table,
    Do.HELLO: asides.hello,
    Do.THANKS: asides.thanks,
    Do.RESTART: asides.ask_restart,
    Do.FORGET: asides.ask_forget,
    Do.KEEP: asides.say("keep_where"),
    Do.UNKNOWN_COMMAND: asides.say("unknown_command"),
    Do.EDITED_PAST: asides.edited_past,
    Do.OTHER: asides.other,
    Do.CUT: asides.cut,
    Do.UNSEEN: unseen.unseen,
    Do.AGAIN: asides.again,
    Do.STALE: asides.stale,
    Do.GROUP: asides.group,
    Do.BLOCKED: asides.nothing,
}
"""What is answered alike in every mode that has no row of its own."""

AWAY: dict[Do, frozenset[Mode]] = {
    Do.RESTART: frozenset({CONFIRM}),
    Do.FORGET: frozenset({CONFIRM}),
    Do.PRACTICE: frozenset({NUMBER, CHOICE}),
    Do.STOP: STEPS | {NEW, DONE},
    Do.NETWORK: frozenset({CARD}),
    Do.LESSONS: STEPS | {NEW, DONE},
}
"""What leads elsewhere from every mode."""

UNCONFIRMED = frozenset(
    {
        *(Do.START, Do.BACK, Do.LATER, Do.MORE, Do.HINT, Do.SHOW, Do.KEEP, Do.PIECES, Do.NEXT),
        *(Do.PRACTICE, Do.STOP, Do.NETWORK, Do.LESSONS),
    }
)
"""What a learner who is asked yes or no may do instead: the question lapses."""


def row_for(mode: Mode, do: Do) -> Row:
    """The row that answers a `Do` in a mode. There is always one."""
    found = ROWS.get((mode, do))
    if found is not None:
        return found
    return Row(mode, do, ANYWHERE.get(do, asides.not_now), AWAY.get(do, STAY))
