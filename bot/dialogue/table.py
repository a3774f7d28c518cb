"""The conversation as one table.

A chat is always in one `Mode`, which follows from its state: nothing begun yet, a card to read, a
number or a piece of one to compute, a choice, an offer, a yes or no, or the end. Every event is
first turned into one `Do` (see `intents`), so a tap on 💡 Hint, the command /hint and the words "I
don't know" are the same thing by the time they arrive here. The table then names, for each mode and
each `Do`, the one function that answers it, and the modes that may follow.

Three rules keep the learner from ever being stuck:

- Every pair has a row: `ROWS` lists the particular ones, `IN_EVERY_MODE` those that are the same in
  every mode, and what is in neither is answered with a sentence and the buttons of the step.
- No handler raises for what a learner does; an event that does not fit leaves the state alone.
- Every reply but a notice at a stale button carries buttons or a question, so there is a way on.

CONTRIBUTING.md says what else a new button or kind of step takes.

`docs/conversation.md` is drawn from this table by its test.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue import (
    answers,
    classes,
    confirming,
    course,
    hints,
    information,
    languages,
    navigation,
    own_network,
    practising,
    progressing,
    reminding,
    switching,
    unexpected,
    unseen,
    why,
    worksheets,
)
from bot.dialogue.actions import Do
from bot.dialogue.modes import Mode
from bot.dialogue.navigation import at_step
from bot.dialogue.reply import Handler
from bot.dialogue.steps.card import Card
from bot.dialogue.steps.choice import RightOption
from bot.dialogue.steps.explore import Explore
from bot.dialogue.steps.guess import Guess
from bot.dialogue.steps.number import Number
from bot.dialogue.steps.offer import Offer
from bot.dialogue.steps.watch import Watch
from bot.dialogue.steps.words import OwnWords
from content.messages import Sentence

NEW, CARD, NUMBER, PIECE = Mode.NEW, Mode.CARD, Mode.NUMBER, Mode.PIECE
CHOICE, GUESS, OFFER = Mode.CHOICE, Mode.GUESS, Mode.OFFER
EXPLORE, WATCH, WORDS = Mode.EXPLORE, Mode.WATCH, Mode.WORDS
CONFIRM, DONE = Mode.CONFIRM, Mode.DONE

STEPS = frozenset(Mode) - {NEW, CONFIRM, DONE}
"""The modes that are a step of the lesson."""

ONWARD = STEPS - {PIECE} | {DONE}
"""Where a finished step leads."""


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
    (NEW, Do.START, navigation.begin, frozenset({CARD})),
    (NEW, Do.NEXT, navigation.begin, frozenset({CARD})),
    (NEW, Do.YES, navigation.begin, frozenset({CARD})),
    (NEW, Do.HERE, navigation.begin, frozenset({CARD})),
    (NEW, Do.HELLO, information.hello, frozenset({CARD})),
    (NEW, Do.RESTART, confirming.ask_restart, frozenset({CARD})),
    (NEW, Do.ANSWER, unexpected.first_words, frozenset({CARD})),
    (NEW, Do.QUESTION, why.first_question, frozenset({CARD})),
    (CARD, Do.NEXT, at_step(Card.read_on), ONWARD),
    (CARD, Do.YES, at_step(Card.read_on), ONWARD),
    (CARD, Do.SHOW, at_step(Card.read_on), ONWARD),
    (CARD, Do.ANSWER, at_step(answers.answer_at_card), ONWARD),
    (CARD, Do.HINT, unexpected.say(Sentence.no_hint), STAY),
    (NUMBER, Do.ANSWER, at_step(answers.answer), ONWARD | {CONFIRM}),
    (NUMBER, Do.HINT, hints.hint, STAY),
    (NUMBER, Do.SHOW, at_step(Number.show), ONWARD),
    (NUMBER, Do.KEEP, at_step(answers.keep), ONWARD),
    (NUMBER, Do.PIECES, at_step(Number.break_up), frozenset({PIECE})),
    (NUMBER, Do.NEXT, unexpected.say(Sentence.next_needs_answer), STAY),
    (PIECE, Do.ANSWER, at_step(answers.answer_piece), ONWARD | {CONFIRM}),
    (PIECE, Do.HINT, hints.hint_at_piece, STAY),
    (PIECE, Do.SHOW, at_step(Number.show_piece), ONWARD),
    (PIECE, Do.PIECES, navigation.here, STAY),
    (PIECE, Do.NEXT, unexpected.say(Sentence.next_needs_answer), STAY),
    (CHOICE, Do.PICK, at_step(RightOption.pick), ONWARD),
    (CHOICE, Do.HINT, hints.hint, STAY),
    (CHOICE, Do.SHOW, at_step(RightOption.show), ONWARD),
    (CHOICE, Do.ANSWER, unexpected.say(Sentence.number_at_choice), STAY),
    (CHOICE, Do.NEXT, unexpected.say(Sentence.use_buttons), STAY),
    (GUESS, Do.PICK, at_step(Guess.pick), ONWARD),
    (GUESS, Do.SHOW, at_step(Guess.pass_by), ONWARD),
    (GUESS, Do.NEXT, at_step(Guess.pass_by), ONWARD),
    (GUESS, Do.HINT, at_step(Guess.how), STAY),
    (GUESS, Do.ANSWER, at_step(Guess.how), STAY),
    (EXPLORE, Do.NUDGE, at_step(Explore.nudge), STAY),
    (EXPLORE, Do.ANSWER, at_step(Explore.typed), STAY),
    (EXPLORE, Do.NEXT, at_step(Explore.read_on), ONWARD),
    (EXPLORE, Do.YES, at_step(Explore.read_on), ONWARD),
    (EXPLORE, Do.SHOW, at_step(Explore.read_on), ONWARD),
    (EXPLORE, Do.HINT, at_step(Explore.how), STAY),
    (WORDS, Do.ANSWER, at_step(OwnWords.kept), ONWARD),
    (WORDS, Do.NEXT, at_step(OwnWords.pass_by), ONWARD),
    (WORDS, Do.SHOW, at_step(OwnWords.pass_by), ONWARD),
    (WORDS, Do.NO, at_step(OwnWords.pass_by), ONWARD),
    (WORDS, Do.HINT, unexpected.say(Sentence.words_how), STAY),
    (OFFER, Do.YES, at_step(Offer.take), ONWARD),
    (OFFER, Do.NO, at_step(Offer.pass_by), ONWARD),
    (OFFER, Do.SHOW, at_step(Offer.pass_by), ONWARD),
    (OFFER, Do.ANSWER, unexpected.say(Sentence.use_buttons), STAY),
    (OFFER, Do.NEXT, unexpected.say(Sentence.use_buttons), STAY),
    (OFFER, Do.HINT, unexpected.say(Sentence.no_hint), STAY),
    (WATCH, Do.TRAIN, at_step(Watch.train), ONWARD),
    (WATCH, Do.ANSWER, at_step(Watch.train), ONWARD),
    (WATCH, Do.NEXT, at_step(Watch.read_on), ONWARD),
    (WATCH, Do.YES, at_step(Watch.read_on), ONWARD),
    (WATCH, Do.SHOW, at_step(Watch.read_on), ONWARD),
    (WATCH, Do.HINT, at_step(Watch.how), STAY),
    (CONFIRM, Do.YES, confirming.confirmed, STEPS | {NEW}),
    (CONFIRM, Do.NO, confirming.cancelled, STEPS | {NEW, DONE}),
    (CONFIRM, Do.ANSWER, confirming.confirm_first, STAY),
    (CONFIRM, Do.PICK, confirming.confirm_first, STAY),
    (CONFIRM, Do.HERE, confirming.cancelled, STEPS | {NEW, DONE}),
    (DONE, Do.START, unexpected.at_end(Sentence.done_already), STAY),
    (DONE, Do.HERE, navigation.here_at_end, STAY),
    (DONE, Do.ANSWER, unexpected.at_end(Sentence.number_at_done), STAY),
    (DONE, Do.HINT, unexpected.at_end(Sentence.number_at_done), STAY),
    (DONE, Do.SHOW, unexpected.at_end(Sentence.number_at_done), STAY),
    (DONE, Do.NEXT, unexpected.at_end(Sentence.done_already), STAY),
    (DONE, Do.TRAIN, navigation.train_again, STAY),
)
"""The particular rows."""

if deaf := [mode for mode in Mode if (mode, Do.ANSWER) not in ROWS]:
    raise TypeError(f"no row in ROWS says what answers a learner who types in {', '.join(deaf)}")
if ends := STEPS - {row.mode for row in ROWS.values() if row.leads}:
    raise TypeError(f"no row in ROWS leads on from {', '.join(ends)}")

IN_EVERY_MODE: dict[Do, Handler] = {
    Do.START: navigation.welcome_back,
    Do.PRACTICE: practising.start,
    Do.NETWORK: own_network.network,
    Do.LESSONS: switching.lessons,
    Do.LANGUAGE: languages.language,
    Do.CLASS: classes.classes,
    Do.CLASS_TOLD: classes.told,
    Do.STOP: practising.stop,
    Do.NO: unexpected.no,
    Do.LEAVE: navigation.leave,
    Do.PROGRESS: progressing.show_progress,
    Do.REMIND: reminding.remind,
    Do.HOUR: reminding.answered,
    Do.REMINDED: reminding.reminded,
    Do.PICTURE: information.picture,
    Do.SHEET: information.sheet,
    Do.WORKSHEET: worksheets.worksheet,
    Do.BACK: navigation.look_back,
    Do.LATER: navigation.look_later,
    Do.HERE: navigation.here,
    Do.WHERE: information.where,
    Do.HELP: information.help_,
    Do.PRIVACY: information.privacy,
    Do.EXPORT: information.export,
    Do.STATS: course.stats,
    Do.MORE: information.more,
    Do.WORDS: information.words,
    Do.TERM: why.term,
    Do.QUESTION: why.question,
    Do.WHY: why.pressed,
    Do.REMARK: why.remark,
    Do.TABLE: information.table,
    Do.HELLO: information.hello,
    Do.THANKS: information.thanks,
    Do.RESTART: confirming.ask_restart,
    Do.FORGET: confirming.ask_forget,
    Do.KEEP: unexpected.say(Sentence.keep_where),
    Do.UNKNOWN_COMMAND: unexpected.say(Sentence.unknown_command),
    Do.EDITED_PAST: unexpected.edited_past,
    Do.OTHER: unexpected.other,
    Do.CUT: unexpected.cut,
    Do.UNSEEN: unseen.unseen,
    Do.AGAIN: unexpected.again,
    Do.STALE: unexpected.stale,
    Do.GROUP: unexpected.group,
    Do.BLOCKED: unexpected.nothing,
}
"""What is answered alike in every mode that has no row of its own."""

AWAY: dict[Do, frozenset[Mode]] = {
    Do.RESTART: frozenset({CONFIRM}),
    Do.FORGET: frozenset({CONFIRM}),
    Do.PRACTICE: frozenset({NUMBER, CHOICE}),
    Do.STOP: STEPS | {NEW, DONE},
    Do.NO: STEPS | {NEW, DONE},
    Do.LEAVE: ONWARD,
    Do.NETWORK: frozenset({CARD}),
    Do.LESSONS: STEPS | {NEW, DONE},
    Do.CLASS: STEPS | {NEW, DONE},
}
"""What leads elsewhere from every mode."""

UNCONFIRMED = frozenset(
    {
        *(Do.START, Do.BACK, Do.LATER, Do.MORE, Do.HINT, Do.SHOW, Do.KEEP, Do.PIECES, Do.NEXT),
        *(Do.PRACTICE, Do.STOP, Do.NETWORK, Do.LESSONS, Do.LANGUAGE, Do.CLASS),
    }
)
"""What a learner who is asked yes or no may do instead: the question lapses."""


def row_for(mode: Mode, do: Do) -> Row:
    """The row that answers a `Do` in a mode. There is always one."""
    found = ROWS.get((mode, do))
    if found is not None:
        return found
    return Row(mode, do, IN_EVERY_MODE.get(do, unexpected.not_now), AWAY.get(do, STAY))
