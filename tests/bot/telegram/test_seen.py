"""Over HTTP, with the bot down while learners type: each text is judged against what was seen."""

from __future__ import annotations

import pytest

from bot.dialogue.machine import Machine
from bot.dialogue.state import State
from bot.telegram.webhook import Webhook
from content.library import Library
from tests.bot.telegram.stage import ANN, Stage, stage
from tests.lesson import BOOK, typed
from tests.ports import free_port

__all__ = ["stage"]

TUTOR = Machine(Library.of(BOOK))
RIGHT = typed("{H1.sum}")


@pytest.fixture(params=["polling", "webhook"])
def learning(stage: Stage, request: pytest.FixtureRequest) -> Stage:
    """The stage, with the real conversation."""
    stage.tutor = TUTOR
    if request.param == "webhook":
        port = free_port()
        stage.webhook = Webhook(f"http://127.0.0.1:{port}/updates", "s3cret", "127.0.0.1", port)
    return stage


async def state_of(stage: Stage) -> State:
    """Where Ann is."""
    assert stage.store is not None
    return State.from_json((await stage.store.load(ANN)).state or "")


async def comes_to(stage: Stage, step: str) -> None:
    """Ann goes on to a step of the lesson, reading every reply; then the bot stops."""
    await stage.start()
    stage.telegram.user_sends("/start")
    await settled(stage)
    while (here := (await state_of(stage)).hand.step) != step:
        stage.telegram.user_sends("go on" if BOOK.lesson[here].step.kind == "card" else "/show")
        await settled(stage)
    await stage.stop()


async def settled(stage: Stage) -> None:
    """Everything that was sent is answered."""
    assert stage.app is not None
    await stage.until(lambda: not stage.telegram.updates.pending)
    await stage.app.settled()


async def answered(stage: Stage) -> list[str]:
    """Starts the bot and lets it catch up; what it says."""
    before = len(stage.said())
    await stage.start()
    await settled(stage)
    return stage.said()[before:]


@pytest.mark.parametrize(
    ("step", "answer", "following"),
    [
        ("o_sum", typed("{O.sum}"), "o_sigmoid"),
        ("h1_sum", RIGHT, "h1_relu"),
        ("nudge_wo2", "increase", "update_wo2"),
    ],
)
async def test_an_answer_sent_twice_while_the_bot_was_down(
    learning: Stage, step: str, answer: str, following: str
) -> None:
    """It solves the step it was written for, and the step after it stays as it is."""
    await comes_to(learning, step)
    learning.telegram.user_sends(answer)
    learning.telegram.user_sends(answer)
    right, again = (await answered(learning))[-2:]
    number = BOOK.lesson[following].number
    assert f"Step {number} of" in right
    assert again.startswith(BOOK.say.have_that(number=str(number)))
    assert f"Step {number} of" in again
    now = await state_of(learning)
    assert (now.hand.step, now.hand.tries) == (following, 0)


async def test_the_message_that_asked_is_known_after_a_restart(learning: Stage) -> None:
    """What was sent before it and comes late is not judged; what was sent after it is."""
    await comes_to(learning, "h1_sum")
    early = learning.telegram.user_sends(RIGHT)
    await learning.start()
    await settled(learning)
    assert (await state_of(learning)).hand.step == "h1_relu"
    await learning.stop()
    learning.telegram.queue("message", {**early.message, "text": "0.5"})
    (asked,) = await answered(learning)
    assert asked.startswith(BOOK.say.asked_since())
    assert (await state_of(learning)).hand.tries == 0
    await learning.stop()
    learning.telegram.user_sends("0.5")
    await answered(learning)
    assert (await state_of(learning)).hand.tries == 1


async def test_an_answer_after_the_question_is_judged_though_other_messages_came(
    learning: Stage,
) -> None:
    """A hint, feedback, or the step asked again do not make it one that was not seen."""
    await comes_to(learning, "h1_sum")
    for text in ("/hint", "0.4", "/where", "what is a weight?", "0.5", RIGHT):
        learning.telegram.user_sends(text)
    await answered(learning)
    now = await state_of(learning)
    assert now.hand.step == "h1_relu"
    assert now.records["h1_sum"].tries == 3


async def test_six_presses_on_hint_climb_one_rung(learning: Stage) -> None:
    """One hint, and a short notice at the button for each of the others."""
    await comes_to(learning, "h1_sum")
    shown = learning.telegram.posts()[-1]
    data = next(
        button["callback_data"]
        for row in shown.buttons
        for button in row
        if button["callback_data"].endswith(".hint")
    )
    for _ in range(6):
        learning.telegram.user_presses(shown.id, data)
    assert len(await answered(learning)) == 1
    assert (await state_of(learning)).hand.hints == 1
    calls = [c.params for c in learning.telegram.calls if c.method == "answerCallbackQuery"]
    told = [params.get("text") for params in calls]
    assert sorted(map(str, told)) == sorted(["None", *[BOOK.say.hint_once()] * 5])


async def test_an_edit_while_the_bot_was_down_is_a_new_try(learning: Stage) -> None:
    """The answer and its edit wait together, and the edit counts at the step it was written for."""
    await comes_to(learning, "h1_sum")
    post = learning.telegram.user_sends("0.3")
    learning.telegram.user_edits(post.id, RIGHT)
    await answered(learning)
    assert (await state_of(learning)).hand.step == "h1_relu"
