"""What learners write while the bot is dead is judged against what they had seen."""

from __future__ import annotations

import pytest

from bot.dialogue.machine import Machine
from content.library import Library
from tests.bot.test_whole_lesson import find_button, one_line, take
from tests.lesson import BOOK, typed
from tests.processes import Bots, bots
from tests.transcripts.play import Chat

__all__ = ["bots"]


@pytest.mark.process
async def test_answers_and_presses_that_waited_over_a_kill(bots: Bots) -> None:
    """After kill -9 the first answer counts, the second is at hand, six presses are one hint."""
    tutor = Machine(Library.of(BOOK))
    chat, say = Chat(tutor), tutor.book.say
    process = await bots.start(module="bot")
    await take(bots, ["/start", "go on", "go on", "go on", typed("{w12.product}")], chat)
    bots.telegram.user_sends("what is a weight?")
    await bots.until(lambda: "Weight" in bots.said()[-1])
    process.kill()
    await process.communicate()
    before = len(bots.said())
    right = typed("{H1.sum}")
    for text in (right, right, "increase"):
        bots.telegram.user_sends(text)
    await bots.start(module="bot")
    await bots.until(lambda: any(say.asked_since() in said for said in bots.said()))
    taken, shown, again, asked = (one_line(said) for said in bots.said()[before:][-4:])
    assert f"✓ {right}" in taken
    assert "Step 3 of 36" in shown
    assert again.startswith(say.have_that(number="3"))
    assert asked.startswith(say.asked_since())
    assert "Step 3 of 36" in asked
    heard = len(bots.said())
    post, data = find_button(bots.telegram.posts(), tutor.book.buttons.hint())
    for _ in range(6):
        bots.telegram.user_presses(post.id, data)
    bots.telegram.user_sends(right)
    await bots.until(lambda: "Step 4 of 36" in one_line(bots.said()[-1]))
    assert len(bots.said()) <= heard + 3, "one hint, the confirmation, the next question"
