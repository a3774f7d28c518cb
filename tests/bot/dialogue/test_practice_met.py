"""Practice asks what was met, says how well it is known in words, and gets harder when asked."""

from __future__ import annotations

import json

import pytest

from bot.dialogue.actions import FULL, HARDER
from bot.dialogue.events import Reminded
from bot.dialogue.generated_lessons import MIXED, PracticeSet, book_for
from bot.dialogue.met import FROM_SCHOOL, hardest, met, practised, skill_at
from bot.dialogue.practice_names import behind, named
from bot.dialogue.state import Outcome, Record, State
from content.generated_lessons import Exercise
from engine.practice import FULL_TRACE, HARDEST, SKILLS, skills_at
from tests.bot.dialogue.learner import LESSON, MACHINE, Learner, buttons, heard

BOOK = MACHINE.book
BACKWARD = {"output_delta", "hidden_delta", "gradient"}


def done(*, branch: bool, name: str = LESSON.id) -> State:
    """Who has answered all of a lesson, with its optional branch or without."""
    lesson = BOOK.lessons[name]
    places = [place for place in lesson.places if branch or place.branch is None]
    records = {place.id: Record(Outcome.SHOWN) for place in places}
    return State.of(name, "", records=records)


def asked(state: State) -> set[str | None]:
    """The skills that the set in hand asks for."""
    lesson = book_for(BOOK, state.lesson).lesson
    return {skill_at(lesson, place) for place in lesson.places}


def test_only_what_was_answered_or_shown_is_met() -> None:
    """In the lesson, the branch aside; what is read or passed is not."""
    assert met(State.of(LESSON.id, LESSON.places[0].id), BOOK) == FROM_SCHOOL
    passed = met(done(branch=False), BOOK)
    assert {"weighted_sum", "relu", "sigmoid", "loss", "direction", "update"} <= passed
    assert not passed & BACKWARD
    assert met(done(branch=True), BOOK) >= BACKWARD
    assert met(done(branch=False, name="greenhouse"), BOOK) >= BACKWARD


@pytest.mark.parametrize("said", ["", MIXED, FULL, HARDER, *SKILLS])
def test_who_passed_the_branch_is_asked_for_no_blame_or_gradient(said: str) -> None:
    """Whatever is asked for, and however often."""
    learner = Learner(done(branch=False))
    for _ in range(3):
        state = learner.says(f"/practice {said}").state
        assert not state.detour or not asked(state) & BACKWARD


def test_a_skill_that_was_not_met_is_said_to_be_to_come() -> None:
    """With what may be practised instead."""
    learner = Learner(done(branch=False)).says("/practice gradients")
    assert "“gradients” has not come up for you yet" in heard(learner.turn)
    assert not learner.state.detour
    assert "“Harder” leads there" in heard(learner.says("/practice tanh").turn)


@pytest.mark.parametrize("words", ["relu", "ReLU", "sums", "Weighted sum", "the sigmoid", "mixed"])
def test_a_name_that_is_typed_takes_a_set_up(words: str) -> None:
    """Like the button, once it was asked; and behind "practise" at any time."""
    wanted = named(words, BOOK)
    for said in (("/practice", words), (f"practise {words}",), (f"/practice {words}",)):
        learner = Learner(done(branch=True))
        for text in said:
            learner = learner.says(text)
        set_ = learner.state.lesson
        assert isinstance(set_, PracticeSet)
        assert set_.skill == wanted


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("a whole step please", FULL),
        ("a bit of everything", MIXED),
        ("this is too easy", HARDER),
        ("something harder", HARDER),
        ("Can we do harder ones", HARDER),
    ],
)
def test_a_set_that_is_no_skill_is_asked_for_in_words(words: str, kind: str) -> None:
    """With what people say around it."""
    assert named(words, BOOK) == kind


def test_names_are_heard_only_where_practice_is_spoken_of() -> None:
    """A word of the lesson stays a word of the lesson, and an answer an answer."""
    assert named("what is relu", BOOK) == named("0.3", BOOK) == named("ok", BOOK) == ""
    assert named("this is harder than I thought", BOOK) == ""
    assert behind("practice makes perfect", BOOK) == ""
    learner = Learner(done(branch=True))
    assert not learner.says("/practice").says("thanks").says("relu").state.detour


def test_a_mixed_set_takes_turns() -> None:
    """Two or three skills, never the same one twice in a row while there is another."""
    set_ = Learner(done(branch=True)).says("/practice mixed").state.lesson
    assert isinstance(set_, PracticeSet)
    lesson = book_for(BOOK, set_).lesson
    skills = [skill_at(lesson, place) for place in lesson.places]
    parts = [place.part for place in lesson.places]
    assert 2 <= len(set(skills)) <= 3
    by_part = dict(zip(parts, skills, strict=True))
    assert all(by_part[part] != by_part[part + 1] for part in list(by_part)[:-1])


def test_a_whole_step_keeps_to_the_network_that_is_known_until_more_is_asked_for() -> None:
    """Two inputs, ReLU and sigmoid, no bias; then a bias, and in the end all there is."""
    learner = Learner(done(branch=True))
    for _ in range(4):
        learner = learner.says("/practice whole step")
        assert isinstance(learner.state.lesson, PracticeSet)
        network = Exercise.from_data(learner.state.lesson.problems[0]).network
        assert len(network.inputs) == 2
        assert [n.activation for n in network.neurons()] == ["relu", "relu", "sigmoid"]
        assert not any(neuron.bias for neuron in network.neurons())
    learner = learner.says("/practice").says("harder")
    assert "biases" in heard(learner.turn)
    assert hardest(learner.state) == 3
    for _ in range(HARDEST):
        learner = learner.says("too easy")
    assert hardest(learner.state) == HARDEST
    assert {"tanh", "cross_entropy"} <= met(learner.state, BOOK)
    learner = learner.says("/practice whole step")
    assert isinstance(learner.state.lesson, PracticeSet)
    network = Exercise.from_data(learner.state.lesson.problems[0]).network
    assert network.loss == "cross_entropy"
    assert set(skills_at(network)) - {"signed_product"} == asked(learner.state)


def test_a_miss_makes_the_next_set_easier() -> None:
    """One rung, for the skill that was missed."""
    learner = Learner(done(branch=True)).says("/practice harder")
    skills = {skill for skill in asked(learner.state) if skill}
    while learner.state.hand.step:
        learner = learner.says("/show")
    known = practised(learner.state)
    assert {known.skill(skill).level for skill in skills} == {2}


def test_how_well_a_skill_is_known_is_said_as_a_person_would() -> None:
    """No percent; the picture of progress keeps its bars, and says them in words too."""
    learner = Learner(done(branch=True)).says("/practice relu")
    while learner.state.hand.step:
        learner = learner.says("/show")
    assert "ReLU</b>: " in heard(learner.turn)
    assert "%" not in heard(learner.turn)
    by_name = [b for b in buttons(learner.turn) if b.data.split(".")[-1] in SKILLS]
    assert 2 <= len(by_name) <= 4
    assert "🎯 Mixed" in [button.label for button in buttons(learner.turn)]
    assert "%" not in heard(learner.says("/progress").turn)


def test_records_that_counted_misses_are_read() -> None:
    """As earlier versions stored them: sums at rung 5, and two inputs are not taken back."""
    old = {"v": 1, "n": 3, "s": {"weighted_sum": [0.5, 9, 5, 5, 1, None]}}
    state = State.of(LESSON.id).but(knowledge=json.loads(json.dumps(old)))
    assert practised(state).skill("weighted_sum").level == hardest(state) == 5


def test_the_whole_of_a_step_is_asked_of_who_met_it() -> None:
    """Nothing is left out of it for them."""
    state = Learner(done(branch=True)).says("/practice full").state
    assert isinstance(state.lesson, PracticeSet)
    assert state.lesson.skill == FULL_TRACE
    assert asked(state) >= BACKWARD | {"update", "direction", "loss", "weighted_sum"}


def test_a_reminder_names_only_what_was_met() -> None:
    """Also where all of that is known well, and blame would be the weakest skill of all."""
    known = {skill: [0.99, 9, 9, 1, 0, None] for skill in met(done(branch=False), BOOK)}
    state = done(branch=False).but(reminder="19:00 UTC", knowledge={"v": 1, "n": 9, "s": known})
    learner = Learner(state)
    learner.does(Reminded(learner.now))
    labels = [BOOK.generated.skills[skill] for skill in BACKWARD]
    assert heard(learner.turn)
    assert not any(label in heard(learner.turn) for label in labels)
