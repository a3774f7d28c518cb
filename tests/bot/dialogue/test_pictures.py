"""Where the chat shows pictures, and what is trained ahead for those who watch."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import takewhile

import pytest

from bot.dialogue import training_runs
from bot.dialogue.effects import Say, Show, Turn
from bot.dialogue.events import Pressed
from bot.dialogue.machine import Machine
from bot.dialogue.pictures import drawing, finished, pictured, with_words
from bot.dialogue.state import Outcome, Record, State
from bot.dialogue.steps import step_at
from bot.dialogue.training_runs import LONGEST_RUN, REHEARSED, learning, rehearsed
from bot.pictures.requests import Curve, Diagram, Learning
from content.library import Library
from content.models import WatchStep
from tests.bot.dialogue.learner import at
from tests.lesson import BOOK

MACHINE = Machine(Library.of(BOOK))
NOW = datetime(2027, 1, 1, tzinfo=UTC)


def asked_under(*kinds: str | bool) -> set[str]:
    """The steps of the lesson that are asked under some kinds of picture."""
    steps = (place.step for place in BOOK.lesson.places)
    return {step.id for step in steps if getattr(step, "picture", None) in kinds}


def test_a_picture_opens_each_new_neuron() -> None:
    """The first step about the next neuron, forwards, at its blame, and when alone."""
    opening = {"h2_sum", "o_sum", "o_delta", "h1_delta", "h2_delta"}
    assert asked_under(True) == opening | {"n_h1_sum", "n_h2_sum", "n_o_sum"}


def test_people_look_before_they_read() -> None:
    """The network stands on the first card that speaks of it; curves, slope and step at theirs."""
    assert asked_under("network") == {"what"}
    assert asked_under("curve") == {"h1_relu", "o_sigmoid", "n_h1", "n_h2", "n_p"}
    assert asked_under("slope") == {"update_wo2"}
    assert asked_under("change") == {"read_forward"}


def test_a_curve_is_that_of_its_activation() -> None:
    """It bends where the function does, and passes through the learner's point."""
    for step, bend in (("h1_relu", 0.0), ("o_sigmoid", 0.5)):
        place = BOOK.lesson[step]
        curve = pictured("curve", BOOK, State.of("bn", step), place, BOOK.lesson.trace(place))
        assert isinstance(curve, Curve)
        heights = [y for _, y in curve.points]
        assert heights[0] < bend + 0.01
        assert heights[-1] > bend + 0.4
        near = [y for x, y in curve.points if abs(x - curve.at[0]) < 0.2]
        assert min(abs(y - curve.at[1]) for y in near) < 0.05


def test_what_a_picture_shows_is_folded_up() -> None:
    """Its words are an expandable quote under what is said."""
    state = State.of(BOOK.lesson.id, "what")
    asked = step_at(BOOK, state, BOOK.lesson["what"]).asking()
    assert isinstance(asked, Show)
    said, _, words = asked.caption.partition("<blockquote expandable>")
    assert "Two inputs" in said
    assert words.startswith("Inputs: x1 0.6, x2 0.7.")
    assert words.endswith("</blockquote>")


@pytest.mark.parametrize("long", [900, 1000, 1023, 1200])
def test_no_caption_grows_too_long(long: int) -> None:
    """What is said stays whole; the words of the picture take what room is left, or none."""
    diagram = drawing(BOOK, State.of(BOOK.lesson.id, "what"), BOOK.lesson["what"])
    caption = with_words(BOOK, diagram, "x" * long).caption
    assert caption.startswith("x" * long)
    assert len(re.sub("<[^>]+>", "", caption)) <= max(1024, long)


def test_arrows_keep_one_scale_within_a_lesson() -> None:
    """An arrow is as large as its gradient, however many others are found."""
    order = ["nudge_wo2", "nudge_w21"]
    seen, place = dict[str, set[float]](), BOOK.lesson["o_delta"]
    for count in range(1, len(order) + 1):
        records = {step: Record(Outcome.SOLVED, "increase") for step in order[:count]}
        diagram = drawing(BOOK, State.of(BOOK.lesson.id, place.id, records=records), place)
        for nudge in diagram.nudges:
            seen.setdefault(nudge.weight, set()).add(nudge.share)
    assert [len(shares) for shares in seen.values()] == [1] * 2
    sizes = [abs(BOOK.lesson.trace(place)[f"{weight}.gradient"].value) for weight in seen]
    shares = [next(iter(found)) for found in seen.values()]
    assert [share / shares[0] for share in shares] == pytest.approx([s / sizes[0] for s in sizes])


def pressed(state: State, do: str) -> Turn:
    """What a button of the step in hand leads to."""
    data = f"{state.progress.run}.{state.hand.step}.{do}"
    return MACHINE.step(state.to_json(), Pressed(data, "press", 7), NOW)


def test_a_network_that_is_stuck_is_left_with_the_question() -> None:
    """After +5,000 without biases all is plain: the picture is redrawn, and the next step asked."""
    before = takewhile(lambda place: place.id != "watch_plain", BOOK.lesson.places)
    records = {place.id: Record(Outcome.READ) for place in before}
    turn = pressed(State.of(BOOK.lesson.id, "watch_plain", records=records), "train.5000")
    redrawn, asked = (effect for effect in turn.effects if isinstance(effect, Show | Say))
    assert isinstance(redrawn, Show)
    assert (redrawn.replaces, redrawn.buttons) == (7, ())
    assert isinstance(asked, Say)
    assert BOOK.about(BOOK.lesson["why_stuck"]) in asked.html
    assert turn.state is not None
    assert State.from_json(turn.state).hand.step == "why_stuck"


@pytest.mark.parametrize(
    ("step", "do"), [("watch_plain", "train.100"), ("watch_biases", "train.5000")]
)
def test_else_one_trains_as_often_as_one_likes(step: str, do: str) -> None:
    """The picture is redrawn with its buttons; its only words are those that are folded."""
    turn = pressed(State.of(BOOK.lesson.id, step), do)
    (redrawn,) = (effect for effect in turn.effects if isinstance(effect, Show | Say))
    assert isinstance(redrawn, Show)
    assert len(redrawn.buttons) == 2
    assert redrawn.caption.startswith("<blockquote expandable>")


def test_it_can_be_trained_again_after_the_end() -> None:
    """A button opens it, and each press trains on from there."""
    records = {place.id: Record(Outcome.READ) for place in BOOK.lesson.places}
    state = State.of(BOOK.lesson.id, "", records=records)
    for do, trained in (("train.0", 0), ("train.10", 10), ("train.5000", 5010)):
        turn = pressed(state, do)
        (shown,) = (effect for effect in turn.effects if isinstance(effect, Show | Say))
        assert isinstance(shown, Show)
        assert isinstance(shown.picture, Learning)
        assert f"{trained:,}" in shown.picture.title
        assert len(shown.buttons) == 1
        assert turn.state is not None
        state = State.from_json(turn.state)
        assert state.hand.step == ""


def test_at_the_end_the_finished_step_is_shown() -> None:
    """The network with every number of it, nothing asked, over the summary and its buttons."""
    records = {place.id: Record(Outcome.READ) for place in BOOK.lesson.places}
    diagram = finished(BOOK, State.of(BOOK.lesson.id, "", records=records))
    assert diagram.asked == ""
    found = dict(diagram.found)
    assert {"H1.sum", "O.activation", "loss", "wO2.updated"} <= set(found)
    assert (found["H1.sum"], found["H2.activation"]) == ("0.03", "0.26")
    assert not any(name.startswith("next.") for name in found)
    assert len(diagram.nudges) == 6


def test_what_is_trained_ahead_is_what_would_have_been_shown() -> None:
    """A little at each step, and to the last bit the run a learner's own turn would train."""
    watching = [place.id for place in BOOK.lesson.places if isinstance(place.step, WatchStep)]

    def shown(step: str) -> Learning:
        picture = learning(BOOK, BOOK.lesson[step], 5110).picture
        assert isinstance(picture, Learning)
        return picture

    for cache in (training_runs._learning, training_runs._run):  # noqa: SLF001 - as in a new process
        cache.cache_clear()
    training_runs._AHEAD.clear()  # noqa: SLF001
    before = [shown(step) for step in watching]
    for cache in (training_runs._learning, training_runs._run):  # noqa: SLF001
        cache.cache_clear()
    training_runs._AHEAD.clear()  # noqa: SLF001
    bits = sum(1 for _ in rehearsed(BOOK))
    assert bits == len(watching) * LONGEST_RUN // REHEARSED
    assert [shown(step) for step in watching] == before


def test_looking_back_at_a_card_shows_its_picture() -> None:
    """With the buttons to go further back and on; a step that was computed is told in words."""
    learner, seen = at("h1_sum"), dict[str, Show | Say]()
    while (looking := learner.says("/back").state.hand.looking) not in seen and looking:
        (seen[looking],) = (one for one in learner.turn.effects if isinstance(one, Say | Show))
    card = seen["what"]
    assert isinstance(card, Show)
    assert isinstance(card.picture, Diagram)
    assert [len(row) for row in card.buttons] == [1, 1]
    assert isinstance(seen["h1_product"], Say)
