"""Moving through the lesson: beginning, going on, showing a step, offers, looking back, the end."""

from __future__ import annotations

from bot.dialogue.carrying import astray, in_doubt
from bot.dialogue.intents import Do
from bot.dialogue.judging import RUNGS, question
from bot.dialogue.practising import finish, learned
from bot.dialogue.reply import Moment, Reply, asking, staying
from bot.dialogue.speech import paragraphs, with_minus
from bot.dialogue.state import How, Record, State
from bot.dialogue.way import next_place
from content.models import NumberStep
from content.templates import Html
from engine.scaffold import pieces

ON_A_LINE = 3
"""How many right numbers stand on a line: as many as fit on a phone."""


def begin(moment: Moment) -> Reply:
    """The first message of the lesson."""
    book = moment.book
    lesson = book.lesson
    welcome = book.say("welcome", title=lesson.title, about=book.introduced(lesson))
    return asking(moment, moment.state.at(book.lesson.places[0].id), welcome)


def welcome_back(moment: Moment) -> Reply:
    """Where the learner was, with one button to go on."""
    speaker = moment.speaker()
    text = moment.book.say("welcome_back", place=Html(speaker.where()))
    return Reply(moment.state, text, keyboard=((speaker.button("resume", Do.HERE),),))


def go_on(moment: Moment, state: State, *before: str) -> Reply:
    """On to the next step, or to the end, after some texts. The step in hand must be recorded."""
    before = (*before, _settled(moment, state))
    following = next_place(state, moment.book.lesson)
    if following is None:
        return _finish(moment, state, *before)
    ahead = state.at(following.id)
    kept = state.records.get(following.id)
    if kept is not None:
        key = "returning" if kept.typed else "returning_untyped"
        back = moment.book.say(key, typed=with_minus(kept.typed))
        return asking(moment, ahead, *before, back, opening=False)
    return asking(moment, ahead, *before)


def _settled(moment: Moment, state: State) -> str:
    """When no number is left in doubt: what those kept, or carried forward, come to."""
    lesson, place = moment.book.lesson, moment.place
    just_kept = state.records[place.id].how is How.KEPT
    doubted = just_kept or in_doubt(moment.state, lesson, place)
    if not doubted or in_doubt(state, lesson, place):
        return ""
    trace = lesson.trace(place)
    moved = [f"{trace.symbol(name)} = {trace[name].text}" for name in astray(state, lesson, place)]
    lines = (moved[start : start + ON_A_LINE] for start in range(0, len(moved), ON_A_LINE))
    return moment.book.say("settled", list="\n".join(map(", ".join, lines))) if moved else ""


def _finish(moment: Moment, state: State, *before: str) -> Reply:
    if state.parked:
        return finish(moment, state, summary(moment, state), *before)
    done = learned(moment, state).at("")
    speaker = moment.speaker(done)
    return Reply(
        done,
        paragraphs(*before, summary(moment, state)),
        keyboard=speaker.keyboard(),
        reaction="🎉",
    )


def summary(moment: Moment, state: State) -> str:
    """What the learner did by hand, counted, as HTML."""
    book = moment.book
    answered = [
        record
        for step, record in state.records.items()
        if step in book.lesson and book.lesson[step].number is not None
    ]
    solved = [record for record in answered if record.how is How.SOLVED]
    counts = {
        "steps": len(answered),
        "first_try": sum(r.tries == 1 and not r.hints for r in solved),
        "with_hints": sum(r.hints > 0 for r in solved),
        "later": sum(r.tries > 1 and not r.hints for r in solved),
        "shown": sum(r.how is How.SHOWN for r in answered),
        "hints": sum(r.hints for r in answered),
    }
    kept = sum(r.how is How.KEPT for r in answered)
    slots = {name: str(count) for name, count in counts.items()}
    slots["doubted"] = "\n" + book.say("doubted", count=str(kept)) if kept else ""
    trace = next(iter(book.lesson.examples.values())).trace
    return book.fill(book.lesson.done, trace, slots)


def read_on(moment: Moment) -> Reply:
    """From a card to the next step."""
    return go_on(moment, moment.state.with_record(moment.state.step, Record(How.READ)))


def take(moment: Moment) -> Reply:
    """Into the optional branch."""
    return go_on(moment, moment.state.with_record(moment.state.step, Record(How.TAKEN)))


def pass_by(moment: Moment) -> Reply:
    """Past the optional branch."""
    state = moment.state.with_record(moment.state.step, Record(How.PASSED))
    return go_on(moment, state, moment.book.say("passed"))


def show(moment: Moment) -> Reply:
    """The step worked out, marked as shown, and the next one."""
    state = moment.state
    kept = state.records.get(state.step, Record(How.SHOWN, tries=0))
    record = Record(
        How.SHOWN,
        value=_own_result(moment),
        tries=state.tries + 1 + kept.tries,
        hints=state.hints + kept.hints,
        made=kept.made,
    )
    shown = moment.book.say("shown") if isinstance(moment.place.step, NumberStep) else ""
    texts = f"{shown}\n{moment.speaker().solution()}".strip()
    return go_on(moment, state.with_record(state.step, record), texts)


def _own_result(moment: Moment) -> float | None:
    """What a shown number step comes to from numbers the learner kept, where there are any."""
    if not isinstance(moment.place.step, NumberStep):
        return None
    asked = question(moment)
    return asked.seen[asked.quantity].value if asked.own else None


def show_piece(moment: Moment) -> Reply:
    """The piece in hand worked out, and the next piece."""
    state, step = moment.state, moment.place.step
    assert isinstance(step, NumberStep)
    assert state.piece is not None
    parts = pieces(question(moment).seen, step.quantity)
    if state.piece >= len(parts):
        return show(moment)
    texts = moment.book.say("shown_piece", value=parts[state.piece].text)
    shown = max(state.hints, RUNGS)  # a piece shown makes the step shown, like the last hint
    ahead = state.but(piece=state.piece + 1, wrong="", hints=shown)
    return asking(moment, ahead, texts, opening=False)


def break_up(moment: Moment) -> Reply:
    """The step in pieces, one question each."""
    if not moment.speaker().may_break_up():
        return staying(moment, moment.book.say("no_pieces"))
    return asking(moment, moment.state.but(piece=0, wrong=""), opening=False)


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
    key = "set_done" if moment.state.parked else "where_done"
    return staying(moment, moment.book.say(key), state=moment.state.but(looking=None))


def _look(moment: Moment, by: int) -> Reply:
    state, lesson = moment.state, moment.book.lesson
    done = [p.id for p in lesson.places if p.id in state.records and p.id != state.step]
    before = [s for s in done if not state.step or _index(moment, s) < _index(moment, state.step)]
    now = before.index(state.looking) if state.looking in before else len(before)
    index = now + by
    if index < 0 or not before:
        key = "nothing_earlier"
        return staying(moment, moment.book.say(key))
    if index >= len(before):
        return here(moment) if state.step else here_at_end(moment)
    there = state.but(looking=before[index])
    speaker = moment.speaker(there)
    steps = [speaker.button("earlier", Do.BACK)] if index else []
    if index + 1 < len(before):
        steps.append(speaker.button("later", Do.LATER))
    return Reply(
        there,
        moment.speaker(there.at(before[index])).recap(),
        keyboard=(*((tuple(steps),) if steps else ()), (speaker.button("here", Do.HERE),)),
    )


def _index(moment: Moment, step: str) -> int:
    return next(i for i, p in enumerate(moment.book.lesson.places) if p.id == step)
