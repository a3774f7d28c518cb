"""What an author may say of a whole lesson: its place, branches, pictures, several examples."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.dialogue.machine import Machine
from bot.dialogue.pictures import pictured
from bot.dialogue.state import State
from bot.pictures.requests import Curve
from content.library import Library
from content.models import NumberStep
from content.translation import LessonWords, Translation, lesson_texts
from engine.trace import NAMES
from tests.content.tea import SUM, lesson
from tests.content.test_authored import CHOICE, FORMULA, HINTS, chat, problem
from tests.transcripts.play import played

BRANCHES = (
    SUM
    + """if_slipped = "slowly"
if_smooth = "further"

[[step]]
kind = "number"
id = "tea_part"
branch = "slowly"
quantity = "w1.product"
ask = "Slowly: the first product?"

[[step]]
kind = "card"
id = "tea_more"
branch = "further"
text = "That was quick."

[[step]]
kind = "number"
id = "tea_out"
quantity = "O.activation"
ask = "And what comes out?"
"""
)


def test_a_branch_follows_by_how_a_step_went(tmp_path: Path) -> None:
    """Who was right at once goes further; who slipped, or was helped, is asked more slowly."""
    smooth = chat(tmp_path, BRANCHES, "-0.13")
    assert "That was quick." in smooth
    assert "Slowly" not in smooth
    for before in (("0.57",), ("hint",)):
        slipped = chat(tmp_path, BRANCHES, *before, "-0.13", "-0.35")
        assert "Extra 1 of 1" in slipped
        assert "Slowly: the first product?" in slipped
        assert "That was quick." not in slipped
        assert slipped.index("Slowly") < slipped.index("And what comes out?")
    shown = chat(tmp_path, BRANCHES, "[👀 Show me]")
    assert "Slowly" in shown


def test_a_branch_that_opened_by_itself_can_be_left(tmp_path: Path) -> None:
    """Nobody has to take it: the lesson goes on behind it, and does not come back to it."""
    text = chat(
        tmp_path, BRANCHES, "0.57", "-0.13", "[☰ More]", "[↩ Leave the extra steps]", "0.468"
    )
    assert "And what comes out?" in text
    assert text.count("Slowly: the first product?") == 1


def test_a_branch_that_opens_in_two_ways_can_be_left_too(tmp_path: Path) -> None:
    """Neither the offer that was taken nor the step that went wrong brings it back."""
    offer = """
[[step]]
kind = "offer"
id = "tea_offer"
ask = "Slowly?"
take = "Slowly"
pass = "Go on"
opens = "slowly"
"""
    part = '\n[[step]]\nkind = "number"\nid = "tea_part"'
    steps = BRANCHES.replace(part, offer + part)
    said = ("0.57", "-0.13", "[Slowly]", "[☰ More]", "[↩ Leave the extra steps]", "0.468")
    text = chat(tmp_path, steps, *said)
    assert "And what comes out?" in text
    assert text.count("Slowly: the first product?") == 1


def test_a_branch_comes_behind_the_step_that_opens_it(tmp_path: Path) -> None:
    """Steps of a branch that stand before it would never be met."""
    first, rest = BRANCHES.split('\n[[step]]\nkind = "number"\nid = "tea_part"', 1)
    part = '\n[[step]]\nkind = "number"\nid = "tea_part"' + rest
    assert problem(tmp_path, part + first) == (
        "step 'tea_more'.branch: nobody comes here: no step before it opens the branch 'further'\n"
        "step 'tea_part'.branch: nobody comes here: no step before it opens the branch 'slowly'"
    )


def in_lessons(tmp_path: Path, frame: str, *said: str) -> str:
    """A chat that begins with the list of lessons."""
    lesson(tmp_path, SUM, frame)
    lines = ("/start", "/lessons", *said)
    tutor = Machine(Library(further=[tmp_path / "tea"]))
    return played("\n\n".join(f"you | {line}" for line in lines) + "\n", tutor)


def listed(text: str) -> list[str]:
    """The titles in the list of lessons, in order."""
    titles = ("Build a network", "Three inputs", "A perceptron", "Three classes", "How warm")
    _, _, told = text.partition("Each lesson keeps your place.")
    return sorted(titles, key=told.index)


@pytest.mark.parametrize(
    ("frame", "place"), [("", 4), ("order = 1\n", 1), ('order = 1\nneeds = ["perceptron"]\n', 3)]
)
def test_lessons_stand_in_their_order(frame: str, place: int, tmp_path: Path) -> None:
    """The first stays the first; then by `order`, but none before one that it needs."""
    assert listed(in_lessons(tmp_path, frame)).index("How warm") == place


def test_what_comes_first_is_said_and_nobody_is_kept_out(tmp_path: Path) -> None:
    """A lesson that builds on another says so in the list and at its beginning, and begins."""
    frame = 'needs = ["perceptron"]\n'
    text = in_lessons(tmp_path, frame, "/start lesson_tea")
    assert "Comes after: A perceptron learns OR" in text
    assert "This lesson comes after: A perceptron learns OR" in text
    assert "What is the sum?" in text
    assert "Comes after" not in in_lessons(tmp_path, "", "/start lesson_tea")


CURVE = """
[[step]]
kind = "card"
id = "tea_card"
picture = "curve O"
text = "This is its curve."
"""


def picture_at(folder: Path, steps: str, step: str) -> Curve:
    """The picture that a step stands under."""
    book = lesson(folder, steps)
    place = book.lesson[step]
    drawn = pictured(
        getattr(place.step, "picture", False),
        book,
        State(book.lesson.id),
        place,
        book.lesson.trace(place),
    )
    assert isinstance(drawn, Curve)
    return drawn


def test_a_picture_may_be_of_a_neuron_or_a_weight_by_name(tmp_path: Path) -> None:
    """Any step may stand under the curve of a neuron, or the slope of a weight."""
    book = lesson(tmp_path, CURVE)
    trace = book.lesson.trace(book.lesson.places[0])
    assert picture_at(tmp_path, CURVE, "tea_card").texts[1] == trace["O.activation"].text
    slope = picture_at(tmp_path, CURVE.replace("curve O", "slope w1"), "tea_card")
    assert slope.slope == trace["w1.gradient"].text
    choice = CHOICE.replace('kind = "choice"', 'kind = "choice"\npicture = "curve O"')
    assert picture_at(tmp_path, choice, "tea_signs").texts[1] == trace["O.activation"].text


@pytest.mark.parametrize(
    ("picture", "told"),
    [
        ("curve H1", "there is no curve of 'H1'; there are: O"),
        ("slope w9", "there is no slope of 'w9'; there are: w1, w2, O.bias"),
        ("curve", "'curve' without a name stands where an activation is asked"),
        ("slope", "'slope' without a name stands where a gradient or an update is asked"),
    ],
)
def test_a_picture_that_cannot_be_drawn_is_refused(picture: str, told: str, tmp_path: Path) -> None:
    """A name that is not there, or one that is missing, is named with what there is."""
    steps = CURVE.replace("curve O", picture)
    assert problem(tmp_path, steps) == f"step 'tea_card'.picture: {told}"


def test_a_picture_does_not_show_what_is_asked_later(tmp_path: Path) -> None:
    """The curve of a neuron has its value on it, so it stands behind the step that asks for it."""
    later = SUM.replace("O.sum", "O.activation")
    told = "step 'tea_card'.picture: shows {O.activation}, which 'tea_sum' asks for later"
    assert problem(tmp_path, CURVE + later) == told
    assert lesson(tmp_path, later + CURVE).lesson.total() == 1


def test_the_change_is_not_shown_before_it_is_asked(tmp_path: Path) -> None:
    """The weights before and after stand behind every step that asks for one of them."""
    change = CURVE.replace("curve O", "change")
    new = SUM.replace("O.sum", "w1.updated")
    told = "step 'tea_card'.picture: shows {w1.updated}, which 'tea_sum' asks for"
    assert problem(tmp_path, change + new) == told
    assert lesson(tmp_path, new + change).lesson.total() == 1


def test_no_text_tells_what_is_asked_later(tmp_path: Path) -> None:
    """Neither a card nor what follows a right answer; behind the step it may be said."""
    card = CURVE.replace('picture = "curve O"\n', "").replace("its curve", "{O.sum}")
    told = "step 'tea_card'.text: shows {O.sum}, which 'tea_sum' asks for later"
    assert problem(tmp_path, card + SUM) == told
    right = SUM.replace("O.sum", "w1.product").replace("tea_sum", "tea_part") + 'right = "{O.sum}"'
    told = "step 'tea_part'.right: shows {O.sum}, which 'tea_sum' asks for later"
    assert problem(tmp_path, right + SUM) == told
    assert lesson(tmp_path, SUM + card).lesson.total() == 1


def test_a_formula_is_not_answered_by_its_question(tmp_path: Path) -> None:
    """Not even as a formula in braces, which comes to the same."""
    steps = FORMULA.replace("{tea_error:formula}", "{target - O.activation}")
    assert "is the answer: the question may not show it" in problem(tmp_path, steps)


SECOND = SUM.replace("What is the sum?", "The pot: {pot/O.sum}, {pot/x1} and {pot/O.sum - O.bias}.")


def test_a_text_may_speak_of_another_example(tmp_path: Path) -> None:
    """A slot of an example's name has its number, where another one is asked."""
    book = lesson(tmp_path, SECOND)
    pot = book.lesson.examples["pot"].trace
    text = chat(tmp_path, SECOND)
    assert f"The pot: {pot['O.sum'].text}, 0.2 and " in text
    assert pot["O.sum"].text != book.lesson.examples["cup"].trace["O.sum"].text


def test_a_claim_may_hold_two_examples_against_each_other(tmp_path: Path) -> None:
    """The engine decides which option is right, for the numbers of both."""
    text = CHOICE.replace("several = true\n", "").replace('"w1", "<", "0"', '"pot/x1", ">", "x1"')
    assert "✓ The first product." in chat(tmp_path, text, "The first product")


def test_two_examples_are_taken_one_after_the_other(tmp_path: Path) -> None:
    """A further part takes another example, in the numbers of the same network."""
    second = """
id = "again"
title = "Once more"
example = "pot"

[[step]]
kind = "number"
id = "tea_pot"
quantity = "O.sum"
ask = "And of the pot, where the cup had {cup/O.sum}?"
"""
    book = lesson(tmp_path, SUM, further={"2_again": second})
    first, then = (book.lesson.trace(place) for place in book.lesson.places)
    assert (first["O.sum"].text, then["O.sum"].text) == ("−0.13", "0.36")


def test_all_that_is_said_of_its_own_can_be_translated(tmp_path: Path) -> None:
    """Own hints, the name of a formula and words explained are texts of a lesson like any other."""
    glossary = '[glossary.cup]\nwords = ["cup"]\ntitle = "Cup"\ntext = "It holds {x1}."\n'
    written = lesson(tmp_path, FORMULA + HINTS + CHOICE, rest=glossary).lesson
    places = dict(lesson_texts(written))
    wanted = [f"step.tea_error.{field}" for field in ("label", "look", "rule", "gap", "worked")]
    wanted += ["step.tea_signs.gap", "glossary.cup.title", "glossary.cup.text"]
    assert set(wanted) <= set(places)
    words: dict[str, Any] = {
        "step": {"tea_error": {"label": "Fehler", "worked": "Da: {working}"}},
        "glossary": {"cup": {"words": ["tasse"], "title": "Tasse", "text": "Sie hat {x1}."}},
    }
    translated = Translation(LessonWords.model_validate(words), NAMES).of(written)
    place = translated["tea_error"]
    assert isinstance(place.step, NumberStep)
    assert (place.step.look, place.step.worked) == ("Begin with {x1}.", "Da: {working}")
    assert translated.trace(place).symbol("tea_error") == place.step.label == "Fehler"
    assert translated.glossary["cup"].words == ("tasse", "cup")
    assert translated.glossary["cup"].text == "Sie hat {x1}."


def test_words_for_what_a_lesson_does_not_explain_are_told(tmp_path: Path) -> None:
    """A translation of a word that the lesson has not is an author's mistake."""
    written, told = lesson(tmp_path, SUM).lesson, list[str]()
    words = LessonWords.model_validate({"glossary": {"cup": {"title": "Tasse"}}})
    Translation(words, NAMES, lambda at, rule: told.append(f"{at}: {rule}")).of(written)
    assert told == ["glossary.cup: is not known: the lesson has none"]
