"""Moving through the lesson: beginning, going on, looking back, the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from bot.dialogue.actions import Do, Intent
from bot.dialogue.answer_context import AnswerContext, quantity_of
from bot.dialogue.effects import Say
from bot.dialogue.formatting import paragraphs, with_minus
from bot.dialogue.path import next_place
from bot.dialogue.pictures import finished, with_words
from bot.dialogue.practising import finish, learned
from bot.dialogue.reply import Handler, Moment, Reply, asking, saying, staying
from bot.dialogue.state import Outcome, Record, State
from bot.dialogue.steps import Result, step_at
from bot.dialogue.steps.watch import Watch
from content.lesson import LessonStep, forks_of
from content.messages import Label
from content.models import GuessStep, WatchStep
from content.templates import Html

ON_A_LINE = 3
"""How many right numbers stand on a line: as many as fit on a phone."""


def at_step(act: Callable[[Any, Intent], Result]) -> Handler:
    """A handler that does something at the step in hand and goes on from there.

    Args:
        act: what is done; a method of the step's kind, or a function of the step.
    """

    def handler(moment: Moment) -> Reply:
        return follow(moment, act(moment.step, moment.intent))

    return handler


def follow(moment: Moment, result: Result) -> Reply:
    """The reply to what was done at a step: on to the next one, or the same once more."""
    if result.shown is not None and not result.done:
        return Reply(result.state, (result.shown,))
    if result.done:
        reply = go_on(moment, result.state, *result.said)
        reply = reply.before(result.shown) if result.shown else reply
    elif result.asks:
        reply = asking(moment, result.state, *result.said, opening=False)
    else:
        reply = staying(moment, *result.said, state=result.state, keep=result.keep)
    if result.editable:
        reply = replace(reply, state=_editable(moment, reply.state))
    return replace(reply, attempts=result.attempts)


def _editable(moment: Moment, state: State) -> State:
    """A state in which an edit of this message is a new try, while its numbers are asked."""
    following = moment.book.lesson.find(state.hand.step)
    if following is None or not quantity_of(following):
        return state
    section, here = following.section, moment.place.section
    again = section.free and section.example == here.example
    return state.but(answered=moment.intent.message) if again else state


def begin(moment: Moment) -> Reply:
    """The first message of the lesson."""
    book = moment.book
    lesson = book.lesson
    welcome = book.say.welcome(title=lesson.title, about=book.introduced(lesson))
    return asking(moment, moment.state.at(book.lesson.places[0].id), welcome)


def welcome_back(moment: Moment) -> Reply:
    """Where the learner was, with one button to go on."""
    text = moment.book.say.welcome_back(place=Html(moment.step.where()))
    return saying(moment.state, text, ((moment.view.button(Label.resume, Do.HERE),),))


def go_on(moment: Moment, state: State, *before: str) -> Reply:
    """On to the next step, or to the end, after some texts. The step in hand must be recorded."""
    following = next_place(state, moment.book.lesson)
    before = (*before, *_guesses(moment), _settled(moment, state), _ended(moment, following))
    if following is None:
        return _finish(moment, state, *before)
    ahead = state.at(following.id)
    kept = state.records.get(following.id)
    if kept is not None:
        back = moment.book.say.returning_untyped()
        if kept.typed:
            back = moment.book.say.returning(typed=with_minus(kept.typed))
        return asking(moment, ahead, *before, back, opening=False)
    return asking(moment, ahead, *before)


def leave(moment: Moment) -> Reply:
    """Out of an optional branch: on to what comes after it."""
    branch = moment.place.branch if moment.at_step else None
    offers = [p for p in moment.book.lesson.places if getattr(p.step, "opens", "") == branch]
    forks = [p for p in moment.book.lesson.forks if branch in forks_of(p.step)]
    if branch is None or not (offers or forks):
        return staying(moment, moment.book.say.not_now())
    state = moment.state
    if offers:
        state = state.with_record(offers[0].id, Record(Outcome.PASSED))
    if forks:
        state = state.but(left=(*state.progress.left, branch))
    following = next_place(state.at((offers or forks)[0].id), moment.book.lesson)
    if following is None:
        return _finish(moment, state)
    return asking(moment, state.at(following.id), moment.book.say.passed())


def _guesses(moment: Moment) -> Iterator[str]:
    """What is said of the guesses whose truth a step has just shown, as HTML."""
    lesson, words = moment.book.lesson, moment.book.words
    for place in lesson.places:
        step, record = place.step, moment.state.records.get(place.id)
        if isinstance(step, GuessStep) and step.seen_at == moment.place.id and record:
            for one in step.options:
                if one.id == record.typed and lesson.came_true(place, one, words):
                    yield moment.book.say.guess_true()
                elif one.id == record.typed:
                    label = moment.book.fill(one.label, lesson.trace(place))
                    yield moment.book.say.guess_other(label=label)


def _ended(moment: Moment, following: LessonStep | None) -> str:
    """What is said of a section that is done, as HTML; empty within one."""
    section, book = moment.place.section, moment.book
    if section.end is None or (following is not None and following.part == moment.place.part):
        return ""
    return book.fill(section.end, book.lesson.trace(moment.place))


def _settled(moment: Moment, state: State) -> str:
    """When no number is left in doubt: what those kept, or carried forward, come to."""
    before = AnswerContext(moment.book, moment.state, moment.place)
    after = before.at(state)
    just_kept = state.records[moment.place.id].outcome is Outcome.KEPT
    if not (just_kept or before.in_doubt) or after.in_doubt:
        return ""
    trace = after.trace
    moved = [f"{trace.symbol(name)} = {trace[name].text}" for name in after.astray]
    lines = (moved[start : start + ON_A_LINE] for start in range(0, len(moved), ON_A_LINE))
    told = "\n".join(map(moment.book.numbers.joined, lines))
    return moment.book.say.settled(list=told) if moved else ""


def _finish(moment: Moment, state: State, *before: str) -> Reply:
    if state.detour:
        return finish(moment, state, summary(moment, state), *before)
    done = moment.at(learned(moment, state).at(""))
    step = with_words(moment.book, finished(moment.book, state), paragraphs(*before))
    said = Say(summary(moment, state), done.view.keyboard())
    return Reply(done.state, (step, said), reaction="🎉")


def train_again(moment: Moment) -> Reply:
    """After the end: the last network of the lesson that learns, to be watched on."""
    watched = [one for one in moment.book.lesson.places if isinstance(one.step, WatchStep)]
    if not watched:
        return staying(moment, moment.book.say.done_already())
    view = step_at(moment.book, moment.state, watched[-1])
    assert isinstance(view, Watch)
    result = view.train(moment.intent)
    if result.shown is None:
        return staying(moment, *result.said)
    return Reply(result.state, (replace(result.shown, buttons=view.training()),))


def summary(moment: Moment, state: State) -> str:
    """What the learner did by hand, counted, as HTML."""
    book = moment.book
    answered = [
        record
        for step, record in state.records.items()
        if step in book.lesson and book.lesson[step].number is not None
    ]
    solved = [record for record in answered if record.outcome is Outcome.SOLVED]
    counts = {
        "steps": len(answered),
        "first_try": sum(r.tries == 1 and not r.hints for r in solved),
        "with_hints": sum(r.hints > 0 for r in solved),
        "later": sum(r.tries > 1 and not r.hints for r in solved),
        "shown": sum(r.outcome is Outcome.SHOWN for r in answered),
        "hints": sum(r.hints for r in answered),
    }
    kept = sum(r.outcome is Outcome.KEPT for r in answered)
    slots = {name: str(count) for name, count in counts.items()}
    slots["doubted"] = "\n" + book.say.doubted(count=str(kept)) if kept else ""
    return book.fill(book.lesson.done, book.any_trace, slots)


def look_back(moment: Moment) -> Reply:
    """One step further back than the one looked at, or than the one in hand."""
    return _look(moment, -1)


def look_later(moment: Moment) -> Reply:
    """One step forward again, up to the one in hand."""
    return _look(moment, 1)


def here(moment: Moment) -> Reply:
    """The step in hand, asked again."""
    return asking(moment, moment.state.but(looking=None), opening=False)


def here_at_end(moment: Moment) -> Reply:
    """The end again, after looking back."""
    message = moment.book.say.set_done if moment.state.detour else moment.book.say.where_done
    return staying(moment, message(), state=moment.state.but(looking=None))


def _look(moment: Moment, by: int) -> Reply:
    state = moment.state
    steps = [place.id for place in moment.book.lesson.places]
    if state.hand.step:
        steps = steps[: steps.index(state.hand.step)]
    before = [step for step in steps if step in state.records]
    now = before.index(state.hand.looking) if state.hand.looking in before else len(before)
    index = now + by
    if index < 0 or not before:
        return staying(moment, moment.book.say.nothing_earlier())
    if index >= len(before):
        return here(moment) if state.hand.step else here_at_end(moment)
    there = moment.at(state.but(looking=before[index]))
    steps_by = [there.view.button(Label.earlier, Do.BACK)] if index else []
    if index + 1 < len(before):
        steps_by.append(there.view.button(Label.later, Do.LATER))
    rows = (tuple(steps_by), (there.view.button(Label.here, Do.HERE),))
    then = moment.at(there.state.at(before[index])).step
    return Reply(there.state, (then.looked_at(tuple(filter(None, rows))),))
