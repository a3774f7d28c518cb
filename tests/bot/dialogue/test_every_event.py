"""The promise that nobody is ever stuck: every event in every reachable state is answered."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.dialogue.actions import Do
from bot.dialogue.effects import AnswerPress, Button, Report, Say, Show, Turn
from bot.dialogue.events import Blocked, Event, InGroup, Pressed, Said, SentOther
from bot.dialogue.generated_lessons import book_for
from bot.dialogue.intents import intent_of
from bot.dialogue.modes import Mode
from bot.dialogue.state import State
from bot.dialogue.steps import view_of
from bot.dialogue.steps.number import MISSES_BEFORE_PIECES
from bot.dialogue.table import UNCONFIRMED, row_for
from bot.pictures.sheet import MOST
from content.lesson import LessonStep
from content.own_network import code_of, read_own
from tests.telegram_server.accepting import accept
from tests.telegram_server.markup import parse_html
from tests.tutor import MACHINE

LESSON = MACHINE.book.lesson
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

NET = "x1=0.5 x2=0.4\nH1 relu 0.4 -0.3 bias 0.1\nH2 tanh -0.5 0.8\nO sigmoid 0.6 0.9\ntarget 0"
CODE = str(code_of(read_own(NET)))
JSON = json.dumps(
    {
        "network": {
            "inputs": ["a"],
            "layers": [[{"name": "P", "activation": "tanh", "bias": 0.0, "weights": {"v": 0.7}}]],
            "loss": "squared_error",
        },
        "inputs": {"a": 0.9},
        "target": -1,
    }
)

WORDS = [
    *("²5", "5²", "−²3 = 1", "x²"),
    *("/start", "/hint", "/show", "/back", "/where", "/restart", "/help", "/privacy", "/forget"),
    *("/export", "/stats"),
    *("/practice", "/stop", "/progress", "/picture", "/sheet", "/network", "another set"),
    *("/worksheet", "/worksheet 7", "/worksheet loss"),
    *("/nonsense", "hint", "I don't know", "show me", "skip", "back", "next", "yes", "no", "menu"),
    *("what is ReLU?", "what is a quark?", "bias", "hello", "thanks", "keep it", "table", "pieces"),
    *("why square?", "where does 0.24 come from?", "why is it negative?", "why?", "who is that?"),
    *("im bored", "say that again", "what does that mean", "i give up", "0.9???", "draw it for me"),
    *("0", "0.03", "-0.21", "0,45", "0.24 - 0.21 = 0.3", "1,234", "", "   ", "🙂", "<b>", "&amp;"),
    *("up", "increase", "to 1", "0.19", "12 3.7", "9**9**9", "H1 = 0.05, H2 = 0", "H1=1\nH2=2"),
    *("x" * 5000, "w11 = 0.4", "no change", "{x1}", "\u202e0.03", "\ud800", "NaN", "9" * 400),
    *("x1*w11 = 0.24, H1 = 0.3", "x1 × w11 = 0.24\nH1 = 0.03", "0.24\n0.03\n0.56", "O = 1, p = 1"),
    *(NET, f"/network {NET}", "x1=1\nO relu 2", "H1 relu", "tanh", "/network x1=oops", "/stop"),
    *(JSON, f"/network {JSON}", "/network {}", "{", '{"inputs": [[[[', "/network []", "/network 7"),
    *("/remind", "/remind 7pm", "7pm", "19:00", "19", "Europe/Madrid", "Europe/Nowhere", "off"),
    *(f"/start net_{CODE}", "/start net_", "/start net_AAAA", "/start net_é%2F", "/start n"),
]
OTHERS = ["sticker", "photo", "voice", "never heard of"]


def right_answer(state: State) -> str:
    """What a learner types or picks to be right at the step in hand; a number where none is."""
    book = book_for(MACHINE.book, state.lesson)
    lesson = book.lesson
    place = lesson.find(state.hand.step)
    if place is None:
        return "0.1"
    trace = lesson.trace(place)
    quantity = getattr(place.step, "quantity", "")
    if view_of(book, state).mode is Mode.CHOICE and not quantity:
        return lesson.right_options(place, book.words)[0].label
    return trace[quantity].text if quantity else "ok"


def events(state: State, buttons: list[Button], dice: random.Random) -> Iterator[Event]:
    """Something of every kind that a learner may do next, in random order, without end."""
    number = 0
    while True:
        number += 1
        kind = dice.choices(
            ("right", "wrong", "said", "edit", "press", "old press", "junk press", "other", "rare"),
            (6, 3, 6, 1, 6, 1, 1, 1, 0.3),
        )[0]
        match kind:
            case "right":
                yield Said(right_answer(state), number)
            case "wrong":
                enough = state.hand.tries >= MISSES_BEFORE_PIECES
                yield Said("pieces" if enough else f"0.{dice.randint(600, 999)}", number)
            case "said":
                yield Said(dice.choice(WORDS), number)
            case "edit":
                yield Said(dice.choice(WORDS), state.hand.answered or number, edited=True)
            case "press" if buttons:
                yield Pressed(dice.choice(buttons[-8:]).data, str(number), number)
            case "old press" if buttons:
                yield Pressed(dice.choice(buttons).data, str(number))
            case "junk press":
                yield Pressed(dice.choice(["", "1", "1.nowhere.hint", "1..pick.x", "é" * 32]), "9")
            case "other":
                yield SentOther(dice.choice(OTHERS), number)
            case "rare":
                rare: list[Event] = [Blocked(blocked=True), Blocked(blocked=False), InGroup()]
                yield dice.choice(rare)


def check(before: State, event: Event, turn: Turn) -> None:
    """What must be true of every turn."""
    after = State.from_json(turn.state) if turn.state else State(LESSON.id)
    assert after == State.from_json(after.to_json())
    book = book_for(MACHINE.book, before.lesson)
    view = view_of(book, before)
    mode, intent = view.mode, intent_of(event, view)
    if mode is Mode.CONFIRM and intent.do in UNCONFIRMED:
        mode = view_of(book, before.but(confirming=None)).mode
    row = row_for(mode, intent.do)
    allowed = row.leads | {mode, view.mode}
    now_in = view_of(book_for(MACHINE.book, after.lesson), after).mode
    assert now_in in allowed, (mode, intent, now_in)
    says = [effect for effect in turn.effects if isinstance(effect, Say)]
    shows = [effect for effect in turn.effects if isinstance(effect, Show)]
    notices = [effect for effect in turn.effects if isinstance(effect, AnswerPress)]
    assert len(says) <= 1, "one event, one message"
    files = {Do.SHEET: MOST + 1, Do.WORKSHEET: 2}  # a worksheet comes with its key
    assert len(shows) <= files.get(intent.do, 1), "and one picture"
    if isinstance(event, Pressed):
        assert len(notices) == 1, "every press is answered"
        assert says or shows or notices[0].text
    elif isinstance(event, Said) and event.owner and intent.do is Do.STATS:
        (report,) = turn.effects
        assert isinstance(report, Report)
        assert report.buttons, "there is always a way on"
    elif not isinstance(event, Blocked | InGroup):
        assert says or shows, "every message is answered"
    for say in says:
        text, _ = parse_html(say.html)
        assert 0 < len(text) <= 2000, "short enough for a phone"
    said: list[Say | Show] = [*says, *shows]
    for one in said:
        accept(one)
    if said and intent.do is not Do.GROUP:
        assert any(one.buttons for one in said), "there is always a way on"
    for button in (button for one in said for row in one.buttons for button in row):
        assert button.data
        assert len(button.label) <= 64


@pytest.mark.parametrize("seed", range(24))
def test_wandering_learners_are_always_answered(seed: int) -> None:
    """From any state that a learner wanders into, any event is answered and leaves a way on."""
    dice = random.Random(seed)
    state, buttons, now = None, list[Button](), NOW
    for _ in range(200):
        before = State.from_json(state) if state else State(LESSON.id)
        event = next(events(before, buttons, dice))
        now += timedelta(seconds=dice.choice([0.1, 1, 30, 3000]))
        turn = MACHINE.step(state, event, now)
        check(before, event, turn)
        state = turn.state
        for effect in turn.effects:
            if isinstance(effect, Say | Show):
                buttons += [button for row in effect.buttons for button in row]


def test_wandering_reaches_every_mode() -> None:
    """The walks above meet every mode, so that the promise is about all of them."""
    met = set()
    for seed in range(12):
        dice = random.Random(1000 + seed)
        state, buttons = None, list[Button]()
        for _ in range(300):
            before = State.from_json(state) if state else State(LESSON.id)
            met.add(view_of(book_for(MACHINE.book, before.lesson), before).mode)
            turn = MACHINE.step(state, next(events(before, buttons, dice)), NOW)
            state = turn.state
            for effect in turn.effects:
                if isinstance(effect, Say | Show):
                    buttons += [button for row in effect.buttons for button in row]
    assert met == set(Mode)


@pytest.mark.parametrize("place", LESSON.places, ids=lambda place: place.id)
def test_every_step_answers_every_word(place: LessonStep) -> None:
    """At each step of the lesson, each thing a learner may say is answered."""
    at = State.of(LESSON.id, place.id)
    for event in (*(Said(word, 7) for word in WORDS), Said("/stats", 7, owner=True)):
        check(at, event, MACHINE.step(at.to_json(), event, NOW))


def test_a_button_of_an_earlier_run_is_stale() -> None:
    """A button from before a restart does nothing, and says so."""
    state = State.of(LESSON.id, "h1_sum", run=2)
    turn = MACHINE.step(state.to_json(), Pressed("1.h1_sum.show", "c"), NOW)
    assert turn.effects == (AnswerPress("c", "That button belongs to an earlier step."),)
    assert turn.state == state.to_json()


def test_a_step_the_lesson_no_longer_has_is_left_for_the_next() -> None:
    """When a revision of the lesson drops a step, the learner goes on at the next one."""
    turn = MACHINE.step(State.of(LESSON.id, "gone").to_json(), Said("/where", 1), NOW)
    assert turn.state is not None
    assert State.from_json(turn.state).hand.step == LESSON.places[0].id
