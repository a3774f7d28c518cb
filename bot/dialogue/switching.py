"""The written lessons: a list of them, and changing from one to another and back."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.actions import Do
from bot.dialogue.effects import Button, link
from bot.dialogue.formatting import paragraphs
from bot.dialogue.generated_lessons import book_for
from bot.dialogue.modes import Mode
from bot.dialogue.navigation import begin, here, here_at_end
from bot.dialogue.path import on_course
from bot.dialogue.practising import at_home, stop
from bot.dialogue.reply import Moment, Reply, asking, saying, staying
from bot.dialogue.steps import view_of
from content.lesson import Lesson
from content.messages import Label
from content.templates import Html

LINK = "lesson_"


def lessons(moment: Moment) -> Reply:
    """The lesson that was named; where none was, a list of them with a button each."""
    name = moment.intent.text
    if name in moment.main.lessons:
        return _take_up(moment, name)
    found = tuple(moment.main.lessons.values())
    rows: list[tuple[Button, ...]] = [(moment.view.lesson(lesson),) for lesson in found]
    if moment.at_step:
        rows.append((moment.view.button(Label.here, Do.HERE),))
    lesson, say = moment.main.lesson, moment.book.say
    start = f"{LINK}{lesson.id}"
    rows.append(moment.view.linking(start))
    shared = say.lesson_link(title=lesson.title, link=Html(link(start)))
    said = paragraphs(say.lessons(), *(_line(moment, lesson) for lesson in found), shared)
    return saying(moment.state, said, tuple(rows))


def _line(moment: Moment, lesson: Lesson) -> str:
    """A lesson's title, how far the learner is in it, and what it is."""
    state = moment.state
    mode = view_of(book_for(moment.main, lesson.id), state.turned_to(lesson.id)).mode
    say = moment.book.say
    begun = say.lesson_here if lesson.id == state.lesson else say.lesson_begun
    message = {Mode.NEW: say.lesson_new, Mode.DONE: say.lesson_done}.get(mode, begun)
    about = moment.main.introduced(lesson)
    said = message(title=lesson.title, about=about)
    before = _before(moment, lesson) if mode is not Mode.DONE else ""
    return f"{said}\n{say.lesson_after(titles=before)}" if before else said


def _before(moment: Moment, lesson: Lesson) -> str:
    """The titles of the lessons that come before one and are not finished; empty where none is."""
    known = moment.main.lessons
    titles = [known[name].title for name in lesson.needs if not _finished(moment, name)]
    return moment.book.listed(titles) if titles else ""


def _finished(moment: Moment, name: str) -> bool:
    """Whether a written lesson is."""
    progress = moment.state.lessons.get(name)
    return progress is not None and bool(progress.records) and not progress.hand.step


def _take_up(moment: Moment, name: str) -> Reply:
    """Into a lesson, where it was left; the one in hand waits where it is."""
    if name == moment.main.lesson.id:
        return _stay(moment)
    book = book_for(moment.main, name)
    state = on_course(at_home(moment).state.turned_to(name), book.lesson)
    there = replace(moment, state=state, book=book)
    if not state.hand.step and not state.records:
        before = _before(moment, book.lesson)
        begun = begin(there)
        return begun.opening(moment.book.say.lesson_builds_on(titles=before)) if before else begun
    title = there.book.lesson.title
    said = moment.book.say.lesson_again(title=title)
    if not there.at_step:
        return staying(there, said, there.book.say.where_done())
    return asking(there, state, said, opening=False)


def _stay(moment: Moment) -> Reply:
    """The written lesson in hand, or back to it from a made one."""
    if moment.state.detour:
        return stop(moment)
    if moment.mode is Mode.NEW:
        return begin(moment)
    return here(moment) if moment.at_step else here_at_end(moment)
