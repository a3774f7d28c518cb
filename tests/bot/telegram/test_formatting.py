"""What Telegram's apps take out of a text as formatting is put back where it belongs to a sum."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.dialogue.events import Said
from bot.telegram.formatting import as_typed
from bot.telegram.updates import event_of
from bot.telegram.webhook import Webhook
from tests.bot.dialogue.learner import at
from tests.bot.telegram.stage import Stage, stage
from tests.bot.telegram.test_updates import message
from tests.bot.telegram.test_webhook import hook, post

__all__ = ["hook", "stage"]


def arrived(typed: str, mark: str, kind: str) -> tuple[str, list[dict[str, Any]]]:
    """What an app makes of a text: every pair of marks gone, and an entity in its place."""
    text, entities = "", list[dict[str, Any]]()
    parts = typed.split(mark)
    for number, part in enumerate(parts):
        inside = number % 2 == 1
        if inside and number == len(parts) - 1:
            text += mark  # it has no partner
        elif inside:
            units = [len(piece.encode("utf-16-le")) // 2 for piece in (text, part)]
            entities.append({"type": kind, "offset": units[0], "length": units[1]})
        text += part
    return text, entities


LOST = [
    ("(1-0.563)**2 = 0.437**2 = 0.191", "**", "bold"),
    ("😀 (1-0.563)**2 = 0.437**2", "**", "bold"),
    ("(1-p)**2 = 0.437**2", "**", "bold"),
    ("(1-0.563) ** 2 = 0.437 ** 2", "**", "bold"),
    ("H1 = a**2 + b**2 + c**2", "**", "bold"),
    ("1 − p = 0.437\n0.437**2 = 0.191\n0.563**2 = 0.317", "**", "bold"),
    ("x**y = a**b", "**", "bold"),
    ("2**-3 + 2**-2", "**", "bold"),
    ("0.6*0.4 + 0.7*0.3", "*", "italic"),
    ("0.6*0.4 + 0.7*-0.3 = 0.03", "*", "italic"),
    ("x1*w11 + x2*w12 = 0.03", "*", "italic"),
    ("(0.6)*(0.4)+(0.7)*(0.3)", "*", "italic"),
    ("0.6*0.4*0.3*0.2", "*", "italic"),
    ("w_1_2 = 0.3", "_", "italic"),
    ("x_1*w_11 + 0.3", "_", "italic"),
    ('{"train_biases": true, "learning_rate": 0.1}', "_", "italic"),
    ("w__1__2", "__", "underline"),
    ("0.252~~0.25~~0.3", "~~", "strikethrough"),
]


@pytest.mark.parametrize(("typed", "mark", "kind"), LOST)
def test_marks_that_belong_to_a_sum_or_a_name_are_put_back(
    typed: str, mark: str, kind: str
) -> None:
    """At both ends, wherever the apps took them."""
    text, entities = arrived(typed, mark, kind)
    assert text != typed
    assert as_typed(text, entities) == typed


HARMLESS = [
    ("**0.03**", "**", "bold"),
    ("H1 = **0.03**", "**", "bold"),
    ("H1 **0.03**", "**", "bold"),
    ("I think **the sum** is 0.03", "**", "bold"),
    ("so **0.24 - 0.21 = 0.03** I think", "**", "bold"),
    ("0.24 **0.3** 0.56", "**", "bold"),
    ("0.24 **-0.3** 0.56", "**", "bold"),
    ("hel**l**o", "**", "bold"),
    ("/**hint**", "**", "bold"),
    ("x1=0.6\n**H1 relu 0.4 -0.3**\ntarget 1", "**", "bold"),
    ("__not__ 0.03", "__", "italic"),
    ("un__likely__ 3", "__", "underline"),
    ("~~0.3~~ 0.03", "~~", "strikethrough"),
    ("0.3 ~~0.4~~ 0.03", "~~", "strikethrough"),
    ("0.6*0.4*0.3", "*", "spoiler"),
    ("0.6`0.4 + 0.7`0.3", "`", "code"),
    ("0.6`0.4 + 0.7`0.3", "`", "pre"),
]


@pytest.mark.parametrize(("typed", "mark", "kind"), HARMLESS)
def test_harmless_formatting_changes_nothing(typed: str, mark: str, kind: str) -> None:
    """Words and whole numbers in bold, code, spoilers: the text stays as it arrived."""
    text, entities = arrived(typed, mark, kind)
    assert entities
    assert as_typed(text, entities) == text


@pytest.mark.parametrize(
    "entity",
    [
        {},
        {"type": "bold"},
        {"type": "bold", "offset": -1, "length": 3},
        {"type": "bold", "offset": 1, "length": 300},
        {"type": "bold", "offset": 2, "length": 0},
        {"type": "bold", "offset": "1", "length": 1},
        {"type": 5, "offset": 1, "length": 1},
        {"type": "bold", "offset": 1, "length": 1},  # half of a pair of UTF-16 units
    ],
)
def test_odd_entities_are_passed_over(entity: dict[str, Any]) -> None:
    """The text is heard all the same."""
    text = "😀2 + 3"
    raw = {"update_id": 1, "message": message(text=text, entities=[entity])}
    assert event_of(raw) == (5, Said(text, 3))


def test_parts_that_touch_are_one() -> None:
    """Telegram splits formatting where another begins inside it."""
    entities = [
        {"type": "bold", "offset": 9, "length": 4},
        {"type": "italic", "offset": 13, "length": 5},
        {"type": "bold", "offset": 13, "length": 5},
    ]
    assert as_typed("(1-0.563)2 = 0.4372", entities[:1] + entities[2:]).count("**") == 2


RAW: dict[str, Any] = {
    "text": "(1-0.563)2 = 0.4372 = 0.191",
    "entities": [{"type": "bold", "offset": 9, "length": 9}],
}


def test_the_power_is_read_as_one() -> None:
    """The learner's whole working is right; without its powers it was refused, or another sum."""
    found = event_of({"update_id": 1, "message": message(**RAW)})
    assert found is not None
    learner = at("loss").does(found[1])
    assert learner.turn.attempts[0].verdict == "correct"
    assert learner.turn.attempts[0].typed == "(1-0.563)**2 = 0.437**2 = 0.191"


@pytest.mark.parametrize("kind", ["message", "edited_message"])
def test_edits_have_it_put_back_too(kind: str) -> None:
    """An edit is a new try."""
    found = event_of({"update_id": 1, kind: message(**RAW)})
    assert found is not None
    assert getattr(found[1], "text", "") == "(1-0.563)**2 = 0.437**2 = 0.191"


async def test_it_is_put_back_on_the_way_in(stage: Stage, hook: Webhook) -> None:
    """Over HTTP, as Telegram sends it."""
    await stage.start()
    stage.telegram.user_sends("hi")
    await stage.hears("1: hi")
    content = message(**RAW) | {"chat": {"id": 1, "type": "private"}}
    assert await post(hook, json.dumps({"update_id": 9, "message": content}).encode()) == 200
    await stage.hears("1: hi", "2: (1-0.563)**2 = 0.437**2 = 0.191")
