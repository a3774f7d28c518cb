"""The written lessons: a list of them, and changing from one to another and back."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.actions import Do
from bot.dialogue.formatting import paragraphs
from bot.dialogue.lessons import book_for
from bot.dialogue.modes import Mode
from bot.dialogue.moves import begin, here, here_at_end
from bot.dialogue.path import on_course
from bot.dialogue.practising import home_state, stop
from bot.dialogue.reply import Moment, Reply, asking, saying, staying
from bot.dialogue.state import State
from bot.dialogue.steps import view_of
from content.lesson import Lesson


def lessons(moment: Moment) -> Reply:
    """The lesson that was named; where none was, a list of them with a button each."""
    name = moment.intent.text
    if name in moment.main.lessons:
        return _take_up(moment, name)
    found = tuple(moment.main.lessons.values())
    rows = [(moment.view.lesson(lesson),) for lesson in found]
    if moment.at_step:
        rows.append((moment.view.button("here", Do.HERE),))
    said = paragraphs(moment.book.say("lessons"), *(_line(moment, lesson) for lesson in found))
    return saying(moment.state, said, tuple(rows))


def _line(moment: Moment, lesson: Lesson) -> str:
    """A lesson's title, how far the learner is in it, and what it is."""
    state, home = moment.state, moment.main.lesson.id
    if lesson.id == home:
        left = State.from_json(state.parked) if state.parked else state
    else:
        left = state.shelved.get(lesson.id, State(lesson.id))
    key = {Mode.NEW: "lesson_new", Mode.DONE: "lesson_done"}.get(
        view_of(book_for(moment.main, lesson.id), left.but(confirming=None)).mode, "lesson_begun"
    )
    if key == "lesson_begun" and lesson.id == home and not state.parked:
        key = "lesson_here"
    about = moment.main.introduced(lesson)
    return moment.book.say(key, title=lesson.title, about=about)


def _take_up(moment: Moment, name: str) -> Reply:
    """Into a lesson, where it was left; the one in hand waits on the shelf."""
    if name == moment.main.lesson.id:
        return _stay(moment)
    book = book_for(moment.main, name)
    state = on_course(taken_up(home_state(moment), name), book.lesson)
    there = replace(moment, state=state, book=book)
    if not state.step and not state.records:
        return begin(there)
    title = there.book.lesson.title
    said = moment.book.say("lesson_again", title=title)
    if not there.at_step:
        return staying(there, said, there.book.say("where_done"))
    return asking(there, state, said, opening=False)


def taken_up(left: State, name: str) -> State:
    """The state in a written lesson where that was left; the one in hand waits on the shelf."""
    left = left.but(looking=None, confirming=None, awaiting=False)
    shelved = {lesson: state for lesson, state in left.shelved.items() if lesson != name}
    if left.step or left.records:
        shelved[left.lesson] = left.of_learner(State(left.lesson))
    before = left.shelved.get(name, State(name, run=left.run))
    return replace(before.of_learner(left), shelved=shelved)


def _stay(moment: Moment) -> Reply:
    """The written lesson in hand, or back to it from a made one."""
    if moment.state.parked:
        return stop(moment)
    if moment.mode is Mode.NEW:
        return begin(moment)
    return here(moment) if moment.at_step else here_at_end(moment)
