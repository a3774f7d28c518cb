"""Words under a picture or a file are heard; a text cut in two by the platform is not judged."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.dialogue.events import Event, Said, SentFile
from bot.dialogue.state import Outcome
from tests.bot.dialogue.learner import MACHINE, Learner, at
from tests.bot.telegram.stage import Stage, stage
from tests.lesson import typed
from tests.telegram_server.entities import cut

__all__ = ["stage"]

SAY = MACHINE.book.say
RIGHT, WRONG = typed("{H1.sum}"), typed("{H1.sum!dropped_sign}")
NETWORK = "x=0.5\nO sigmoid 0.2\ntarget 1"
ADVICE = "as a file"


def large(count: int = 110) -> str:
    """A network of about so many lines in JSON, each of 60 characters or more."""
    names = [f"an_input_of_this_network_{number}" for number in range(count)]
    neuron = {"name": "O", "activation": "sigmoid", "weights": dict.fromkeys(names, -0.125)}
    data: dict[str, Any] = {"inputs": ["x"], "layers": [[neuron]], "example": {"x": 1}}
    return json.dumps(data, indent=1)


@pytest.mark.parametrize("kind", ["photo", "document", "video", "animation", "audio", "voice"])
def test_a_caption_is_an_answer_and_the_picture_is_said_to_be_unread(kind: str) -> None:
    """Right or wrong, it is judged like any message."""
    learner = at("h1_sum").does(Said(RIGHT, 1, under=kind))
    assert learner.outcome("h1_sum") is Outcome.SOLVED
    what = MACHINE.book.chat.not_text.get(kind, MACHINE.book.chat.not_text["other"])
    assert learner.told.startswith(SAY.caption_read(what=what))
    wrong = at("h1_sum").does(Said(WRONG, 1, under=kind))
    assert wrong.state.hand.tries == 1
    assert "cannot look at" in wrong.told


def test_a_caption_may_be_a_command_or_plain_words() -> None:
    """What it leads to is what the words alone lead to."""
    for words in ("/hint", "／ hint", "hint", "/picture", "what is a weight?"):
        alone, under = at("h1_sum").says(words), at("h1_sum").does(Said(words, 1, under="photo"))
        assert alone.told in under.told
        assert "cannot look at a photo" in under.told


def test_an_edited_caption_is_a_new_try() -> None:
    """As an edited text is."""
    learner = at("h1_sum").does(Said(WRONG, 1, under="photo"))
    assert (
        learner.does(Said(RIGHT, 1, edited=True, under="photo")).outcome("h1_sum") is Outcome.SOLVED
    )


def test_a_text_file_is_read_before_its_caption() -> None:
    """A network in it is a network, whatever is written under it; else the caption is heard."""
    for caption in ("", "/network", "my network"):
        learner = at("h1_sum").does(SentFile("f", 1, NETWORK, caption))
        assert learner.state.detour, caption
        assert "cannot look at" not in learner.told
    learner = at("h1_sum").does(SentFile("f", 1, "my notes", RIGHT))
    assert learner.outcome("h1_sum") is Outcome.SOLVED
    assert "cannot look at a file" in learner.told
    asked = at("h1_sum").does(SentFile("f", 1, "nonsense", "/network"))
    assert asked.told == at("h1_sum").says("/network nonsense").told


PARTS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "at 4,096 characters": lambda text: (cut(text, 0, 4096), text[4096:]),
    "at a new line": lambda text: text[:4096].rpartition("\n"),
    "behind a blank line": lambda text: (text[:2600], text[2600:]),
}


@pytest.mark.parametrize("begin", ["", "/network ", "\ufeff"])
@pytest.mark.parametrize("where", PARTS)
@pytest.mark.parametrize("between", [1, 2])
def test_no_part_of_a_cut_text_is_judged(begin: str, where: str, between: int) -> None:
    """A file is advised, once; nothing counts, also where the bot's answer came in between."""
    text = begin + large()
    assert len(text) > 4200
    first = PARTS[where](text)[0]
    learner = at("h1_sum")
    before = learner.state
    parts = [first, text[len(first) :]]
    told = [learner.does(Said(p, 1 + n * between)).told for n, p in enumerate(parts)]
    assert ADVICE in told[0]
    assert told[1] == SAY.cut_rest()
    assert (learner.state.hand.tries, learner.state.records) == (before.hand.tries, before.records)
    assert learner.turn.attempts == ()
    assert learner.does(Said(RIGHT, 9)).outcome("h1_sum") is Outcome.SOLVED


def test_three_parts_are_answered_once() -> None:
    """However many there are."""
    text = large(200)
    learner = at("h1_sum")
    pieces = [text[start : start + 4096] for start in range(0, len(text), 4096)]
    assert len(pieces) > 2
    told = [learner.does(Said(piece, n)).told for n, piece in enumerate(pieces, 1)]
    assert [ADVICE in one for one in told] == [True] + [False] * (len(pieces) - 1)


def test_after_a_long_text_what_is_no_part_of_it_is_heard() -> None:
    """An answer, a command, a whole network sent once the advice was there."""
    cut_off: list[Event] = [Said(large()[:4096], 1)]
    for text in (RIGHT, "/hint", "hint", NETWORK, "/network"):
        learner = at("h1_sum")
        for event in cut_off:
            learner.does(event)
        other = Learner(at("h1_sum").state)
        assert learner.does(Said(text, 3)).told == other.does(Said(text, 3)).told


def test_a_long_network_that_is_whole_is_read() -> None:
    """Its brackets are closed: only what it says is looked at."""
    told = at("h1_sum").does(Said("/network " + large(50), 1)).told
    assert ADVICE not in told
    assert "layers[0][0]" in told


async def test_captions_and_cut_texts_over_http(stage: Stage) -> None:
    """As a Telegram app sends them to the whole bot."""
    stage.tutor = MACHINE
    await stage.start()
    telegram = stage.telegram

    async def told(count: int) -> list[str]:
        await stage.until(lambda: len(stage.said()) >= count)
        assert stage.app is not None
        await stage.app.settled()
        return stage.said()

    telegram.user_sends_media("photo", caption="/start")
    first = await told(2)
    assert "I cannot look at a photo" in first[0]
    telegram.user_sends("/network " + large())
    said = await told(4)
    assert [ADVICE in one for one in said] == [False, False, True, False]
    telegram.user_sends("/where")
    assert "Done so far: 0 solved" in (await told(5))[4]
