"""Several written lessons: changing between them loses nothing, and old states go on."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.dialogue.effects import LINKS, AnswerPress, Turn
from bot.dialogue.events import Pressed, Said
from bot.dialogue.machine import Machine
from bot.dialogue.records import Records
from bot.dialogue.state import Outcome, Progress, Record, State
from content.lesson import Lesson
from content.library import Library
from tests.bot.dialogue.learner import buttons, heard
from tests.bot.dialogue.test_every_event import NOW, WORDS, check
from tests.lesson import BOOK, typed

MACHINE = Machine(Library.of(BOOK))
FIRST, SECOND = list(MACHINE.book.lessons.values())[:2]
OTHERS = [
    (lesson, place) for lesson in list(MACHINE.book.lessons.values())[1:] for place in lesson.places
]


def says(state: State, text: str) -> Turn:
    """What follows when a learner in a state says something."""
    return MACHINE.step(state.to_json(), Said(text, 7), NOW)


def after(state: State, *texts: str) -> State:
    """The state after a learner has said some things."""
    for text in texts:
        stored = says(state, text).state
        assert stored is not None
        state = State.from_json(stored)
    return state


def midway(lesson: Lesson) -> State:
    """A learner at the second number of a lesson, with a wrong answer and a hint behind them."""
    path = [place for place in lesson.places if place.branch is None]
    numbers = [place for place in path if getattr(place.step, "kind", "") == "number"]
    at = path.index(numbers[1])
    records = {place.id: Record(Outcome.READ) for place in path[:at]}
    return State.of(lesson.id, numbers[1].id, tries=1, hints=2, wrong="9", records=records)


@pytest.mark.parametrize(("lesson", "place"), OTHERS, ids=lambda it: it.id)
def test_every_step_of_every_other_lesson_answers_every_word(lesson: Lesson, place: object) -> None:
    """What is promised of the first lesson's steps holds for those of all others."""
    at = State.of(lesson.id, getattr(place, "id", ""))
    for word in WORDS:
        event = Said(word, 7)
        check(at, event, MACHINE.step(at.to_json(), event, NOW))


@pytest.mark.parametrize(
    "detour",
    [
        (),
        ("/restart",),
        ("/practice",),
        ("/practice", "0.123"),
        ("/back",),
        ("/network", "x=2; O sigmoid 0.5; target 1"),
    ],
    ids=" ".join,
)
def test_changing_to_another_lesson_and_back_keeps_the_place(detour: tuple[str, ...]) -> None:
    """Wherever a learner comes from, the step, its tries and hints, and all records stay."""
    before = midway(FIRST)
    away = after(before, *detour, f"/start lesson_{SECOND.id}")
    assert (away.lesson, away.hand.step) == (SECOND.id, SECOND.places[0].id)
    back = after(away, "next", f"/lessons {FIRST.id}")
    assert (back.progress, back.pending) == (before.progress, before.pending)
    again = after(back, f"/lessons {SECOND.id}")
    assert again.records == {SECOND.places[0].id: Record(Outcome.READ)}
    assert again.hand.step == SECOND.places[1].id


def test_practice_keeps_the_other_lessons() -> None:
    """A practice set taken and left does not lose what is on the shelf."""
    away = after(midway(FIRST), f"/lessons {SECOND.id}", "/practice", "0.1", "/stop")
    assert away.lesson == SECOND.id
    assert away.lessons[FIRST.id].records == midway(FIRST).records


def test_beginning_again_is_about_one_lesson() -> None:
    """/restart begins the lesson in hand anew and leaves the other where it was."""
    there = after(midway(FIRST), f"/lessons {SECOND.id}", "next")
    anew = after(there, "/restart", "yes")
    assert (anew.lesson, anew.hand.step) == (SECOND.id, SECOND.places[0].id)
    assert not anew.records
    assert anew.progress.run > there.progress.run
    assert after(anew, f"/lessons {FIRST.id}").records == midway(FIRST).records


def test_forgetting_is_about_all_of_them() -> None:
    """/forget leaves nothing of any lesson."""
    there = after(midway(FIRST), f"/lessons {SECOND.id}", "/forget")
    assert says(there, "yes").state is None


@pytest.mark.parametrize("lesson", [FIRST, SECOND], ids=lambda lesson: lesson.id)
def test_where_names_the_lesson(lesson: Lesson) -> None:
    """/where says which lesson it is."""
    assert lesson.title in heard(says(midway(lesson), "/where"))


def test_the_list_names_every_lesson_with_a_button() -> None:
    """/lessons has a line and a button for each, and a way back to the step."""
    turn = says(midway(FIRST), "/lessons")
    for lesson in MACHINE.book.lessons.values():
        assert lesson.title in heard(turn)
        assert any(lesson.title in button.label for button in buttons(turn))
    pressed = [button for button in buttons(turn) if button.purpose not in LINKS]
    assert len(pressed) == len(MACHINE.book.lessons) + 1


@pytest.mark.parametrize(
    ("lesson", "other"), [(FIRST, SECOND), (SECOND, FIRST)], ids=["first", "second"]
)
def test_finishing_a_lesson_offers_the_other(lesson: Lesson, other: Lesson) -> None:
    """The last message has a button that begins a lesson not yet begun."""
    path = [place for place in lesson.places if place.branch is None]
    records = {place.id: Record(Outcome.SOLVED) for place in path[:-1]}
    turn = says(State.of(lesson.id, path[-1].id, records=records), "/show")
    assert turn.state is not None
    (offer,) = [button for button in buttons(turn) if other.title in button.label]
    begun = MACHINE.step(turn.state, Pressed(offer.data, "c"), NOW)
    assert begun.state is not None
    assert State.from_json(begun.state).lesson == other.id
    assert other.title in heard(begun)


def test_a_button_of_another_lesson_is_stale() -> None:
    """A button under a step of the first lesson does nothing in the second."""
    there = after(midway(FIRST), f"/lessons {SECOND.id}")
    turn = MACHINE.step(there.to_json(), Pressed(f"1.{midway(FIRST).hand.step}.show", "c"), NOW)
    (notice,) = turn.effects
    assert isinstance(notice, AnswerPress)
    assert notice.text
    assert turn.state == there.to_json()


def test_a_state_from_before_there_were_lessons_goes_on() -> None:
    """What was stored by an earlier version, also inside practice, is where it was."""
    lesson = {"v": 1, "lesson": "bn", "step": "h1_sum", "tries": 1, "wrong": "0.45"}
    lesson["records"] = {"what": ["read"], "h1_product": ["solved", "-0.21", -0.21]}
    state = State.from_json(json.dumps(lesson))
    assert (state.lesson, state.hand.step, state.hand.tries) == (FIRST.id, "h1_sum", 1)
    assert after(state, typed("{H1.sum}")).records["h1_sum"].outcome is Outcome.SOLVED
    parked = {"v": 1, "lesson": "practice:relu:1:s:1:", "step": "p1_1", "records": {}}
    inside = State.from_json(json.dumps(parked | {"parked": json.dumps(lesson)}))
    assert after(inside, "/stop").hand.step == "h1_sum"


def test_a_lesson_that_is_gone_gives_way_to_the_first() -> None:
    """When a lesson is no longer there, the learner goes on in the first one, at their place."""
    gone = replace(State.of("gone", "somewhere"), lessons=midway(FIRST).lessons)
    assert after(gone, "/where").hand.step == midway(FIRST).hand.step
    assert after(State.of("gone", "somewhere"), "/start").hand.step == FIRST.places[0].id


def test_a_lesson_that_is_gone_is_where_it_was_when_it_is_back() -> None:
    """A start without a lesson's folder loses nothing of it, also where a set was under way."""
    without = Machine(Library.of(replace(MACHINE.book, lessons={FIRST.id: FIRST})))
    there = after(midway(FIRST), f"/lessons {SECOND.id}", "next")
    for left in (there, after(there, "/practice")):
        turn = without.step(left.to_json(), Said("/where", 7), NOW)
        assert turn.state is not None
        meanwhile = State.from_json(turn.state)
        assert (meanwhile.lesson, meanwhile.hand.step) == (FIRST.id, midway(FIRST).hand.step)
        back = after(meanwhile, f"/lessons {SECOND.id}")
        assert (back.hand.step, back.records) == (there.hand.step, there.records)


def test_a_lesson_that_lost_its_step_goes_on_after_practice() -> None:
    """/stop leads to the nearest step that is left, and asks it."""
    inside = after(midway(FIRST).but(step="no_longer_there"), "/practice")
    turn = says(inside, "/stop")
    assert turn.state is not None
    assert State.from_json(turn.state).hand.step == midway(FIRST).hand.step
    assert any(button.label == MACHINE.book.buttons.hint() for button in buttons(turn))


def test_a_link_opens_a_lesson_for_someone_new() -> None:
    """The first message of a new learner may be a lesson's link; nothing of another is begun."""
    turn = MACHINE.step(None, Said(f"/start lesson_{SECOND.id}", 1), NOW)
    assert turn.state is not None
    state = State.from_json(turn.state)
    assert (state.lesson, state.hand.step) == (SECOND.id, SECOND.places[0].id)
    assert list(state.lessons) == [SECOND.id]
    assert SECOND.title in heard(turn)


def test_a_link_to_no_lesson_shows_those_there_are() -> None:
    """A link that names no lesson leaves the place alone and lists the lessons."""
    turn = says(midway(FIRST), "/start lesson_nowhere")
    assert turn.state == midway(FIRST).to_json()
    assert heard(turn) == heard(says(midway(FIRST), "/lessons"))


def test_when_all_are_begun_the_end_offers_the_list() -> None:
    """After the last lesson the button leads to the list, which says what is finished."""
    path = [place for place in SECOND.places if place.branch is None]
    records = {place.id: Record(Outcome.SOLVED) for place in path[:-1]}
    done = {place.id: Record(Outcome.SOLVED) for place in FIRST.places}
    state = State.of(SECOND.id, path[-1].id, records=records)
    others = {name: Progress(records=Records.of(done)) for name in MACHINE.book.lessons}
    turn = says(replace(state, lessons={**others, **state.lessons}), "/show")
    label = MACHINE.book.buttons.lessons()
    (button,) = [button for button in buttons(turn) if button.label == label]
    assert turn.state is not None
    listed = heard(MACHINE.step(turn.state, Pressed(button.data, "c"), NOW))
    for lesson in (FIRST, SECOND):
        said = MACHINE.book.say.lesson_done(
            title=lesson.title, about=MACHINE.book.introduced(lesson)
        )
        assert said in listed
