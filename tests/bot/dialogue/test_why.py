"""Why is answered, a person is heard, and nothing is given away, judged or guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogue.bank import bank
from bot.dialogue.events import Pressed, Said
from bot.dialogue.state import Outcome, Record, State
from content.models import NumberStep
from tests.bot.dialogue.asked import answered, at, filled, having_done, place_at
from tests.bot.dialogue.learner import (
    LESSON,
    MACHINE,
    Learner,
    buttons,
    heard,
    own_network,
    whole_step,
)
from tests.bot.dialogue.test_every_event import NOW
from tests.lesson import typed

BOOK = MACHINE.book
LINES = [
    [part.strip() for part in line.split("|")]
    for line in Path(__file__).with_name("questions.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
HONEST = ("none", "which")
ENTRIES = BOOK.why.entry


def of(where: str) -> Learner:
    """Someone at a step who did all before it."""
    return Learner(at(where))


def given(where: str, text: str) -> str:
    """What answers a text of the collected ones."""
    return answered(at(where), filled(where, text))


@pytest.mark.parametrize(("where", "text", "meant"), LINES)
def test_no_question_gets_a_wrong_answer(where: str, text: str, meant: str) -> None:
    """The right one, or an honest no; never an attempt, and the step stands as it stood."""
    learner = of(where)
    assert given(where, text) in (meant, *HONEST)
    learner.says(filled(where, text))
    assert learner.turn.attempts == ()
    assert (learner.state.hand.step, learner.state.hand.tries) == (place_at(where).id, 0)


def test_most_questions_get_the_right_answer() -> None:
    """Of those that have one, nine in ten; a no to all of them would be honest, and no help."""
    answerable = [(where, text, meant) for where, text, meant in LINES if meant != "none"]
    right = [meant for where, text, meant in answerable if given(where, text) == meant]
    assert len(right) >= 0.9 * len(answerable)


def test_every_way_to_ask_finds_its_own_entry() -> None:
    """No two entries claim the same words: an author who writes such a way is told here."""
    index = bank(BOOK)
    wrong = [
        (name, said)
        for name, entry in ENTRIES.items()
        for said in (*entry.asked, *entry.here)
        if index.nearest(said, likely=frozenset({name} if said in entry.here else ())) != name
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("why do we sqaure it", "why_square"),
        ("why squre", "why_square"),
        ("why not absolut value", "why_not_absolute"),
        ("does chatgtp do this", "real_model"),
        ("whats an epoch", "epoch"),
        ("am i alowed a calculater", "calculation"),
    ],
)
def test_a_misspelt_word_is_found(text: str, meant: str) -> None:
    """One letter, or two of a long word."""
    assert answered(at("loss"), text) == meant


@pytest.mark.parametrize("text", ["why is the moon round", "what is a quark?", "do you like pizza"])
def test_an_honest_no_offers_what_can_be_explained(text: str) -> None:
    """Buttons above those of the step; each explains, wherever the learner is by then."""
    learner = of("loss").says(text)
    assert BOOK.explained.none() in learner.told
    offered = [button for button in buttons(learner.turn) if ".why." in (button.data or "")]
    assert 2 <= len(offered) <= 4
    for number, button in enumerate(offered):
        assert len((button.data or "").encode()) <= 64
        pressed = of("loss").does(Pressed(button.data or "", str(number), 7))
        assert "loss" in pressed.told.casefold()
        assert pressed.state.hand.tries == 0


def test_an_answer_leads_back_in_one_line() -> None:
    """The step's heading, not its whole question again."""
    learner = of("loss").says("why square?")
    said = learner.told.splitlines()
    assert said[-1].startswith("Back to")
    assert BOOK.heading(place_at("loss")) in said[-1]
    assert len(said) <= 3


def test_a_number_is_traced_to_where_it_was_found() -> None:
    """Its name, formula and working, and the step it was found at; a part of a working too."""
    told = of("O.activation").says(typed("where does {O.sum} come from?")).told
    number = place_at("O.sum").number
    assert "sum(O)" in told
    assert f"step {number}" in told
    part = of("O.sum").says(filled("O.sum", "where is {w22.product} from?")).told
    assert filled("O.sum", "{w22.product:numbers}") in part


def test_a_given_number_is_said_to_be_given() -> None:
    """All that it is: an input, a weight, the target, the rate."""
    told = of("H1.sum").says(typed("whats the {x1}")).told
    assert "x1" in told
    assert "input" in told
    assert "random" in of("H1.sum").says(typed("who chose {w11}?")).told
    rate = filled("wO2.updated", "where does {learning_rate} come from")
    assert "learning" in of("wO2.updated").says(rate).told


@pytest.mark.parametrize("text", ["why is it #?", "where does # come from?", "what is #"])
def test_a_number_that_is_yet_to_be_found_is_not_known(text: str) -> None:
    """At every number step the right answer is as unknown as any other number."""
    steps = 0
    for place in LESSON.places:
        if not isinstance(place.step, NumberStep) or place.section.free:
            continue
        trace = LESSON.trace(place)
        right = trace[place.step.quantity]
        learner = Learner(having_done(place))
        told = learner.says(text.replace("#", right.text)).told
        assert trace.formula(right.id) not in told or trace.formula(right.id) in text
        steps += 1
    assert steps > 10


def test_a_kept_number_is_not_explained_away() -> None:
    """It is in doubt: its working would show the right one."""
    learner = Learner(having_done(place_at("new O.sum")))
    kept = Record(Outcome.KEPT, "0.77", 0.77)
    h1 = place_at("new H1.sum").id
    learner.state = learner.state.but(records=learner.state.records.with_record(h1, kept))
    told = learner.says("where does 0.77 come from?").told
    assert "kept" in told
    assert filled("new O.sum", "{H1.sum}") not in told.replace("0.77", "")


def test_why_is_it_negative_is_about_the_last_number() -> None:
    """The one just found, or the one in the question; of none that is negative, that is said."""
    product = of("H1.sum").says("why is it negative?").told
    assert filled("H1.sum", "{w12.product:working}") in product
    gradient = of("wO2.updated").says("why is it negative?").told
    assert "gradient" in gradient
    assert BOOK.explained.no_number() in of("H1.activation").says("why is that negative?").told


def test_why_after_a_miss_is_about_the_miss() -> None:
    """What the wrong number is the result of; after none, why the step is done."""
    wrong = typed("{H1.sum!dropped_sign}")
    learner = of("H1.sum")
    first = learner.says(wrong).told
    assert learner.says("why?").told.splitlines()[0] == first.splitlines()[0]
    assert ENTRIES["add"].text is not None
    assert ENTRIES["add"].text in of("H1.sum").says("but why").told


@pytest.mark.parametrize(
    "text", ["0.3", "H1 = 0.3", "zero", "minus a half", "0.24 - 0.21", "is it 0.3?", "0.3???", "½"]
)
def test_what_can_be_an_answer_is_never_a_remark(text: str) -> None:
    """Numbers, words for them, labels and working are judged."""
    assert answered(at("H1.sum"), text) == "answer"


def test_no_word_is_used_before_it_is_explained() -> None:
    """Blame is spoken of from the step on that explains it: neither told nor offered before."""
    late = {n for n, e in ENTRIES.items() if "blame" in f"{e.button} {e.text}".casefold()}
    assert late == {name for name, entry in ENTRIES.items() if entry.after}
    for text in ("why multiply blame?", "does blame pass along a weight", "blame per planet?"):
        for where in ("nudge_w21", "after_step", "n_blame"):
            assert answered(at(where), text) not in late
            offered = {
                (b.data or "").rpartition(".")[2] for b in buttons(of(where).says(text).turn)
            }
            assert late.isdisjoint(offered)
    assert answered(at("h1_delta"), "why multiply blame by the weight?") == "blame_back"


def test_two_words_are_explained_at_once() -> None:
    """Where each part of a question asks for one."""
    told = of("h1_relu").says("what is an activation, and what does sigmoid mean?").told
    for word in ("activation", "sigmoid"):
        term = BOOK.term(word)
        assert term is not None
        assert term.text in told


def test_a_question_before_the_lesson_says_what_a_network_is() -> None:
    """Not whether something is one."""
    told = heard(MACHINE.step(None, Said("wait what even is a neural network", 1), NOW))
    assert told.startswith(str(ENTRIES["what_network"].text))


def test_who_is_back_gets_the_question_with_its_numbers() -> None:
    """The whole of it, not its heading alone."""
    assert filled("h1_sum", "{H1.sum:numbers}") in of("h1_sum").says("hi I'm back").told


def test_a_favour_is_done_and_a_pass_is_one() -> None:
    """Asked for politely, or in slang; nothing is given away or erased on a "can I"."""
    assert answered(at("h2_sum"), "could you show me the picture please") == "picture"
    assert answered(at("full_gradient"), "nah pass") == "show"
    for text in ("can you show me", "can i skip this?", "can i restart?", "can you forget me"):
        assert answered(at("h2_sum"), text) not in ("show", "restart", "forget")


def test_a_check_behind_an_option_picks_it() -> None:
    """But "that means up, doesn’t it" asks."""
    assert answered(at("nudge_wo2"), "it goes up doesnt it") == "pick"
    assert answered(at("nudge_wo2"), "a minus means up, doesn't it?") == "minus_down"


def test_an_option_comes_before_a_remark() -> None:
    """What picks one of the choice in hand is no remark, whatever it says elsewhere."""
    where = "choice O.activation"
    label = BOOK.lesson.right_options(place_at(where), BOOK.words)[0].label
    assert answered(at(where), label) == "pick"
    assert answered(at("wO2.direction"), "it doesn't change") == "pick"
    assert answered(at("wO2.direction"), "i give up") == "remark give_up"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lol ok", "Type the number"),
        ("what does that mean", "Each incoming value"),
        ("say that again", BOOK.heading(place_at("H1.sum"))),
        ("can i see a picture of it", BOOK.say.picture()),
        ("just tell me", "Show me"),
        ("i give up", "Show me"),
        ("remind me", "No harm"),
    ],
)
def test_a_person_is_answered(text: str, said: str) -> None:
    """In a line, with the step and its buttons at hand."""
    learner = of("H1.sum").says(text)
    assert said in learner.told
    assert buttons(learner.turn)
    assert learner.state.hand.hints == 0


def test_a_first_message_in_own_words_begins() -> None:
    """Before /start: the lesson begins, or is offered, and nothing is said to be unknown."""
    told = Learner(State(LESSON.id)).says("my teacher said i should try this").told
    assert LESSON.title in told
    assert LESSON.title in Learner(State(LESSON.id)).says("can you teach me how ai learns").told
    for text in ("what does a neuron do?", "i want to learn about ai", "hi im back"):
        turn = MACHINE.step(None, Said(text, 1), NOW)
        assert buttons(turn)
        assert len(heard(turn)) > 10
    explained = heard(MACHINE.step(None, Said("what does a neuron do?", 1), NOW))
    assert explained.startswith(str(ENTRIES["neuron_do"].text))


def test_an_answer_fits_the_network_in_hand() -> None:
    """In practice and in a network of one's own nothing is explained that is not in it."""
    odd, whole = own_network(), whole_step()
    assert str(ENTRIES["why_square"].text) in whole.says("why square?").told
    assert "0.37" in odd.says("whats the 0.37").told
    assert "x1" in odd.told
