"""The trace sheet: what this learner did, in their own lines, on one page that can be printed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

import pytest

from bot.dialogue.effects import Say, Show, Turn
from bot.dialogue.events import Said
from bot.dialogue.generated_lessons import book_for, practice_set
from bot.dialogue.machine import Machine
from bot.dialogue.sheet import sheets, tidied
from bot.dialogue.state import Outcome, Record, State
from bot.pictures.captions import LONGEST_CAPTION
from bot.pictures.painter import Press
from bot.pictures.requests import OWN_SIGN, SHOWN_SIGN, Sheet, Working
from bot.pictures.sheet import MOST
from content.lesson import LessonStep
from content.library import Library
from content.models import ChoiceStep, DirectionStep, NumberStep, OfferStep
from engine.decimals import number_text
from tests.bot.pictures.figures import pixels
from tests.lesson import BOOK, NEW, WORKED, typed

NUMBERS = "the right number at each step, without its working"
JOINER = "\N{ZERO WIDTH JOINER}"
HOSTILE = (
    f"\N{RIGHT-TO-LEFT OVERRIDE}<b>שלום</b> مرحبا 👩{JOINER}👧 𓀀 $x^2$ Z͑̐͛a̷l̶g̵o & \\frac{{1}}{{2}}\t"
) * 200
HOSTILE = HOSTILE[:4096]
LONG = "\n".join(["0.6*0.4 + 0.7*-0.3 + 0*0 + 0.24 - 0.21 + 0 + 0"] * 90)[:4096]


def record(place: LessonStep, answer: str | None = None) -> Record:
    """A step done right, in the tutor's words or with something else typed."""
    step, trace = place.step, BOOK.lesson.trace(place)
    match step:
        case NumberStep():
            right = trace[step.quantity]
            said = "\n".join(trace.working(step.quantity)) if answer is None else answer
            if answer == NUMBERS:
                said = right.text
                return Record(Outcome.SOLVED, said, float(said.replace("−", "-")))
            return Record(Outcome.SOLVED, said, right.value)
        case DirectionStep():
            return Record(Outcome.SOLVED, trace[step.quantity].text)
        case ChoiceStep():
            return Record(Outcome.SOLVED, BOOK.lesson.right_options(place, BOOK.words)[0].id)
        case OfferStep():
            return Record(Outcome.TAKEN)
        case _:
            return Record(Outcome.READ)


def whole(typed: str | None = None) -> dict[str, Record]:
    """The whole lesson done, its branch as well."""
    return {place.id: record(place, typed) for place in BOOK.lesson.places}


def sheet_of(records: dict[str, Record]) -> Sheet:
    """The sheet of the written lesson."""
    *shown, pdf = sheets(BOOK, State.of(BOOK.lesson.id, records=records))
    assert isinstance(pdf.picture, Sheet)
    parts = [one.picture for one in shown if isinstance(one.picture, Sheet)]
    workings = tuple(one for part in parts for one in part.workings)
    if workings[-1].heading != "…":
        assert workings == pdf.picture.workings
        assert (parts[0].title, parts[-1].note) == (pdf.picture.title, pdf.picture.note)
    return pdf.picture


def working(records: dict[str, Record], about: str) -> Working:
    """The one working under a heading."""
    (found,) = [one for one in sheet_of(records).workings if one.heading.startswith(about)]
    return found


def test_working_stands_as_it_was_typed() -> None:
    """Line by line, in the learner's own way of computing, only with the signs of arithmetic."""
    right = WORKED["H1.sum"].value
    last = "{w11.product}+{w12.product} = {H1.sum}"
    lines = "{x1} * {w11}  =  {w11.product}\n\n{x2}*{w12} = {w12.product}\n " + last
    found = working({"h1_sum": Record(Outcome.SOLVED, typed(lines), right)}, "H1")
    plain = typed("{x1} × {w11} = {w11.product}|{x2}×{w12} = {w12.product}|" + last)
    assert found.lines == tuple(plain.replace("-", "−").split("|"))


def test_a_bare_number_stands_behind_its_formula() -> None:
    """The formula with numbers, then the number as the learner wrote it."""
    number = typed("{H1.sum}").replace(".", ",")
    record = Record(Outcome.SOLVED, number, WORKED["H1.sum"].value, 3, 2)
    found = working({"h1_sum": record}, "H1")
    assert found.lines == (f"{WORKED.substituted('H1.sum')} = {number}",)


def test_what_was_shown_is_marked() -> None:
    """The tutor's working under a sign, which the foot of the page explains."""
    records = {
        "h1_sum": Record(Outcome.SHOWN, hints=4),
        "h1_relu": record(BOOK.lesson["h1_relu"]),
    }
    page = sheet_of(records)
    _, shown, own = page.workings
    assert shown.heading.endswith(SHOWN_SIGN)
    assert shown.lines[-1] == WORKED.working("H1.sum")[-1]
    assert SHOWN_SIGN not in own.heading
    assert page.note == f"{SHOWN_SIGN} shown by the tutor"


def test_a_doubted_number_is_marked_and_settled_in_the_end() -> None:
    """The tutor's number stands beside it only once nothing of the example is in doubt."""
    kept = Record(Outcome.KEPT, "0.11", 0.11)
    assert working({"n_h1_sum": kept}, "H1").lines == (f"0.11 {OWN_SIGN}",)
    found = working({"n_h1_sum": replace(kept, returned=True)}, "H1")
    assert found.lines == (
        f"0.11 {OWN_SIGN}",
        f"{NEW.substituted('H1.sum')} = {NEW['H1.sum'].text}",
    )
    assert OWN_SIGN in sheet_of({"n_h1_sum": kept}).note


def test_a_number_that_was_never_asked_is_not_the_learner_s() -> None:
    """Who gives what a neuron passes on is not said to have typed its sum."""
    records = {
        "n_h2_sum": Record(Outcome.SOLVED, "0", NEW["H2.sum"].value),
        "n_h2": Record(Outcome.SOLVED, "0", NEW["H2.activation"].value),
    }
    headings = [one.heading for one in sheet_of(records).workings if one.lines]
    assert headings == ["H2 · ReLU"]


def test_choices_and_directions_are_listed() -> None:
    """Each with what the learner picked, and whether it was shown."""
    page = sheet_of(
        {
            "lean": Record(Outcome.SOLVED, "one", None, 2),
            "nudge_wo2": Record(Outcome.SOLVED, "increase"),
            "nudge_w21": Record(Outcome.SHOWN),
        }
    )
    _, lean, _, moved = page.workings
    assert lean.lines == ("To 1",)
    assert moved.lines == (
        "wO2: increase",
        f"w21: increase {SHOWN_SIGN}",
    )


def test_the_whole_lesson_is_on_the_page() -> None:
    """Every step of both examples and of the branch, with what was typed at it."""
    records = whole()
    page = sheet_of(records)
    flat = "\n".join(line for one in page.workings for line in (one.heading, *one.lines))
    for place in BOOK.lesson.places:
        if isinstance(place.step, NumberStep) and not place.section.table:
            for line in tidied(records[place.id].typed):
                assert line in flat, place.id
    given = typed("x1 = {x1}, x2 = {x2}, target = {target}", NEW)
    assert given in flat.replace("\N{NO-BREAK SPACE}", " ")
    assert "…" not in flat


@pytest.mark.parametrize("answer", [None, NUMBERS, HOSTILE, LONG, "8" * 4096], ids=range(5))
def test_it_comes_in_pictures_that_a_phone_shows(answer: str | None) -> None:
    """Whatever was typed: a few pictures, none taller than Telegram takes, and one PDF of A4."""
    *shown, pdf = sheets(BOOK, State.of(BOOK.lesson.id, records=whole(answer)))
    assert 1 < len(shown) <= MOST
    press = Press()
    for one in shown:
        wide, high = pixels(press.printed(one.picture))
        assert high <= (2.2 if answer in (None, NUMBERS) else 15) * wide
    assert press.printed(pdf.picture).startswith(b"%PDF")


def test_what_is_too_much_for_pictures_is_in_print() -> None:
    """The last picture ends in an ellipsis; the PDF has all of it."""
    *shown, _ = sheets(BOOK, State.of(BOOK.lesson.id, records=whole(LONG)))
    assert isinstance(shown[-1].picture, Sheet)
    assert shown[-1].picture.workings[-1] == Working("…", ())
    headings = [one.heading for one in sheet_of(whole(LONG)).workings]
    for place in BOOK.lesson.places:
        if isinstance(place.step, NumberStep) and not place.section.table:
            assert BOOK.about(place) in headings


def test_a_table_stands_on_it_as_the_learner_has_it() -> None:
    """A gap shown is worked from numbers the learner kept, and those carry their sign."""
    records = whole() | {
        "t_h1": Record(Outcome.KEPT, "0.3", 0.3),
        "t_o_sum": Record(Outcome.SHOWN, value=0.414),
    }
    (table,) = [one for one in sheet_of(records).workings if one.heading.startswith("Fill in")]
    assert f"H1: 0.3 {OWN_SIGN}" in table.lines
    assert f"sum(O): 0.414 {SHOWN_SIGN}" in table.lines
    settled = records | {"t_h1": record(BOOK.lesson["t_h1"])}
    settled["t_o_sum"] = Record(Outcome.SOLVED, "0.414", 0.414)
    (table,) = [one for one in sheet_of(settled).workings if one.heading.startswith("Fill in")]
    assert f"sum(O): 0.414 {OWN_SIGN} {WORKED['O.sum'].text}" in table.lines


@pytest.mark.parametrize("answer", [None, HOSTILE])
def test_the_caption_says_what_is_on_it(answer: str | None) -> None:
    """How many steps, which are shown or in doubt, and the working, within Telegram's limit."""
    records = whole(answer) | {"h1_sum": Record(Outcome.SHOWN)}
    for shown in sheets(BOOK, State.of(BOOK.lesson.id, records=records)):
        words = unescape(re.sub("<[^>]+>", "", shown.caption))
        assert len(words) <= LONGEST_CAPTION
        assert isinstance(shown.picture, Sheet)
        steps = sum(bool(one.lines) for one in shown.picture.workings)
        if shown.picture.format == "png":
            assert f"{steps} step" in words
    first, *_ = sheets(BOOK, State.of(BOOK.lesson.id, records=records))
    assert f"Marked {SHOWN_SIGN} as shown: 1." in first.caption
    if answer is None:
        assert " ".join(WORKED.working("H1.sum")) in first.caption


def test_practice_has_a_sheet_of_its_own() -> None:
    """In a made lesson it shows that lesson: its network, its examples, its steps."""
    set_ = practice_set("weighted_sum", 2, "a seed", 1)
    book = book_for(BOOK, set_)
    assert book is not BOOK
    records = {}
    for place in book.lesson.places:
        assert isinstance(place.step, NumberStep)
        quantity = book.lesson.trace(place)[place.step.quantity]
        typed = number_text(quantity.value, quantity.places)
        records[place.id] = Record(Outcome.SOLVED, typed, float(typed.replace("−", "-")))
    shown, *_ = sheets(book, State(BOOK.lesson.id).into(set_, "").but(records=records))
    page = shown.picture
    assert isinstance(page, Sheet)
    networks = [example.trace.network for example in book.lesson.examples.values()]
    assert page.diagram.network in networks
    titles = [one.heading for one in page.workings if not one.lines]
    assert len(titles) == len(book.lesson.examples)
    assert sum(bool(one.lines) for one in page.workings) == len(records)


def asked_for(records: dict[str, Record]) -> Turn:
    """What /sheet is answered with."""
    state = State.of(BOOK.lesson.id, "h1_relu", records=records)
    return Machine(Library.of(BOOK)).step(state.to_json(), Said("/sheet", 1), datetime.now(UTC))


def test_there_is_no_sheet_before_anything_was_computed() -> None:
    """Who has only read is told so in one sentence, without a picture."""
    turn = asked_for({"what": Record(Outcome.READ)})
    assert [type(effect) for effect in turn.effects] == [Say]
    assert isinstance(turn.effects[0], Say)
    assert turn.effects[0].html == BOOK.say.no_sheet()


def test_one_step_is_one_step() -> None:
    """Not "1 steps", and no sentence stands twice."""
    turn = asked_for({"what": Record(Outcome.READ), "h1_sum": record(BOOK.lesson["h1_sum"])})
    said = [e.caption if isinstance(e, Show) else getattr(e, "html", "") for e in turn.effects]
    assert "1 step," in " ".join(said)
    assert "1 steps" not in " ".join(said)
    assert len(said) == len({text.splitlines()[0] for text in said}) == 3
