"""A class for its pupils: following its link, a nickname, beginning what it works on, leaving."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.actions import Do
from bot.dialogue.buttons import Keyboard
from bot.dialogue.class_asking import NICKNAME, TEACH, class_row, code_in, name_in
from bot.dialogue.class_data import (
    MOST_CLASSES,
    MOST_PUPILS,
    About,
    Attended,
    JoinClass,
    LeaveClass,
    Opened,
)
from bot.dialogue.class_parts import part_title
from bot.dialogue.class_reminding import soonest, with_next
from bot.dialogue.class_results import LESSON, NETWORK, SKILL
from bot.dialogue.class_telling import chosen_class, told_of
from bot.dialogue.formatting import paragraphs
from bot.dialogue.own_network import network
from bot.dialogue.practising import start
from bot.dialogue.reminding import next_practice
from bot.dialogue.reply import Moment, Reply, saying, staying
from bot.dialogue.state import State
from bot.dialogue.switching import lessons

TOLD = 5
"""So many classes of a pupil's are told of at once."""


def join(moment: Moment, rest: str) -> Reply:
    """A link was followed: what the class is, what its teacher will see, and a question."""
    words, opened, code = moment.book.classes, moment.classroom.opened, code_in(rest)
    if opened is None:
        return staying(moment, words.no_link())
    if opened.teaches:
        return _asked_to_teach(moment, opened, code)
    if (mine := _among(moment, opened.about)) is not None:
        told = told_of(moment, words.joined_already, mine.about, nickname=mine.nickname)
        return saying(moment.state, told, _begin(moment, mine.about))
    if opened.pupils >= MOST_PUPILS or len(moment.classroom.attended) >= MOST_CLASSES:
        return staying(moment, words.full(count=str(opened.pupils)))
    reminds = words.reminds() if opened.about.due else ""
    said = (told_of(moment, words.invited, opened.about), words.seen(), reminds)
    state = moment.state.but(class_asked=NICKNAME, class_told=(code,))
    row = class_row((words.to_not_now(), "no"))
    return saying(state, paragraphs(*said, words.ask_nickname()), (row,))


def _asked_to_teach(moment: Moment, opened: Opened, code: str) -> Reply:
    words, about = moment.book.classes, opened.about
    if any(one.about.id == about.id for one in moment.classroom.taught):
        return staying(moment, words.teaches_already(name=about.name))
    state = moment.state.but(class_asked=TEACH, class_told=(code,))
    row = class_row((words.to_teach(), "teach"), (words.to_not_now(), "no"))
    return saying(state, told_of(moment, words.teach_ask, about), (row,))


def named(moment: Moment) -> Reply:
    """A nickname was typed: the learner is in."""
    words, opened = moment.book.classes, moment.classroom.opened
    (code,), nickname = moment.state.pending.class_told, name_in(moment.intent.text)
    if opened is None or opened.teaches:
        return staying(_asked_no_more(moment), words.no_link())
    if not nickname:
        row = class_row((words.to_not_now(), "no"))
        return saying(moment.state, words.no_nickname(), (row,))
    about, done = opened.about, _asked_no_more(moment)
    if opened.pupils >= MOST_PUPILS:
        return staying(done, words.full(count=str(opened.pupils)))
    classes = [one.about for one in moment.classroom.attended]
    state = with_next(done.state, (*classes, about), moment.time)
    said = told_of(moment, words.joined, about, nickname=nickname)
    return _reminded(moment, state, said, _begin(done, about)).before(JoinClass(code, nickname))


def declined(moment: Moment) -> Reply:
    """Not now: nothing is stored."""
    joining = moment.state.pending.class_asked in (NICKNAME, TEACH)
    said = moment.book.classes.not_joined() if joining else moment.book.say.cancelled()
    return staying(_asked_no_more(moment), said)


def leave(moment: Moment, rest: str) -> Reply:
    """Out of a class; out of which, where there are several."""
    words, attended = moment.book.classes, moment.classroom.attended
    if not attended:
        return staying(moment, words.leave_none())
    found = chosen_class(attended, rest)
    if found is None:
        rows = [
            class_row((words.to_leave(name=one.about.name), f"leave {one.about.id}"))
            for one in attended
        ]
        return saying(moment.state, words.leave_which(), tuple(rows))
    others = (one.about for one in attended if one is not found)
    state = with_next(moment.state, others, moment.time)
    said = words.left(name=found.about.name)
    keyboard = moment.at(state).view.keyboard()
    return _reminded(moment, state, said, keyboard).before(LeaveClass(found.about.id))


def begin(moment: Moment, rest: str) -> Reply:
    """Into what a class works on, where it was left."""
    found = chosen_class(moment.classroom.attended, rest)
    if found is None:
        return staying(moment, moment.book.classes.leave_none())
    part = found.about.part
    for opening, do, handler, kept in (
        (LESSON, Do.LESSONS, lessons, ""),
        (NETWORK, Do.NETWORK, network, NETWORK),
        (SKILL, Do.PRACTICE, start, ""),
    ):
        if part.startswith(opening):
            intent = replace(moment.intent, do=do, text=kept + part.removeprefix(opening))
            return handler(replace(moment, intent=intent))
    return staying(moment, part_title(moment.main, part))


def attending(moment: Moment) -> list[str]:
    """What is said of the classes that the learner is in."""
    told = moment.book.classes.pupil_of
    attended = moment.classroom.attended[:TOLD]
    return [told_of(moment, told, one.about, nickname=one.nickname) for one in attended]


def _among(moment: Moment, about: About) -> Attended | None:
    return next((one for one in moment.classroom.attended if one.about.id == about.id), None)


def _begin(moment: Moment, about: About) -> Keyboard:
    return (class_row((moment.book.classes.to_begin(), f"begin {about.id}")),)


def _asked_no_more(moment: Moment) -> Moment:
    return moment.at(moment.state.but(class_asked="", class_told=()))


def _reminded(moment: Moment, state: State, said: str, keyboard: Keyboard) -> Reply:
    """A reply, with the time of the next reminder where that has changed."""
    reply = saying(state, said, keyboard)
    if state.learner.class_due == moment.state.learner.class_due:
        return reply
    return reply.before(soonest(state, next_practice(state, moment.time)))
