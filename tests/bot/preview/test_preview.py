"""`preview --serve`: the lesson in the chat page, and beside it what a learner may read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import pytest

from bot.dialogue.path import next_place, path
from bot.dialogue.records import Outcome, Record
from bot.dialogue.state import State
from bot.preview.ahead import at_step
from bot.preview.beside import hints, wrong_answers
from bot.preview.lesson import LessonOnDisk
from bot.startup.preview import previewing
from tests.content.tea import SUM, lesson
from tests.content.test_authored_lessons import BRANCHES
from tests.fakes.painter import FakePainter

STEPS = (
    SUM
    + """
[[step]]
kind = "choice"
id = "tea_side"
label = "too high or too low"
ask = "The guess is {O.activation}: too high or too low?"
look = "Which is larger?"
rule = "Above the target is too high."

[[step.options]]
id = "high"
label = "Too high"
right_if = [["O.activation", ">", "target"]]
reply = "Look again."

[[step.options]]
id = "low"
label = "Too low"
right_if = [["O.activation", "<", "target"]]
reply = "It should rise."

[[step]]
kind = "number"
id = "tea_blame"
quantity = "O.delta"
ask = "And the blame?"
"""
)


class Author:
    """An author at the page.

    Args:
        url: where it is.
        http: their browser.
    """

    def __init__(self, url: str, http: aiohttp.ClientSession) -> None:
        self._url, self._http = url, http

    async def get(self, path: str) -> Any:  # noqa: ANN401 - JSON
        """What the page is told."""
        async with self._http.get(f"{self._url}/author/{path}") as answer:
            assert answer.status == 200, path
            return await answer.json()

    async def go(self, step: str) -> int:
        """To a step; the status."""
        async with self._http.post(f"{self._url}/author/go/{step}") as answer:
            return answer.status

    async def send(self, text: str) -> None:
        """A text typed in the chat."""
        async with self._http.post(f"{self._url}/send", json={"text": text}) as answer:
            assert answer.status == 200

    async def page(self, path: str) -> str:
        """A file of the page."""
        async with self._http.get(f"{self._url}/{path}") as answer:
            assert answer.status == 200
            return await answer.text()

    async def reads(self, text: str) -> str:
        """The last message of the chat, once it holds a text."""
        for _ in range(200):
            said = await self._last()
            if text in said:
                return said
            await asyncio.sleep(0.02)
        raise AssertionError(f"{text!r} is not in {said!r}")

    async def _last(self) -> str:
        async with self._http.get(f"{self._url}/events") as news:
            async for line in news.content:
                if line.startswith(b"data: "):
                    posts = orjson.loads(line.removeprefix(b"data: "))["posts"]
                    return next((post["html"] for post in posts[::-1] if not post["mine"]), "")
        raise AssertionError("no news")


@pytest.fixture
async def author(tmp_path: Path) -> AsyncIterator[Author]:
    lesson(tmp_path, STEPS)
    known = LessonOnDisk(tmp_path / "tea")
    async with (
        previewing(known, FakePainter(), 0, "tea_sum") as url,
        aiohttp.ClientSession() as http,
    ):
        yield Author(url, http)


async def test_the_lesson_stands_in_the_chat_beside_its_steps(author: Author) -> None:
    """The page has the real chat in it, opened at the first step, and lists every step."""
    assert 'src="/"' in await author.page("author")
    assert '<main id="log"' in await author.page("")
    for name in ("author.css", "author.js"):
        assert await author.page(name)
    await author.reads("What is the sum?")
    known = await author.get("lesson")
    assert [step["id"] for step in known["steps"]] == ["tea_sum", "tea_side", "tea_blame"]
    assert known["here"] == "tea_sum"
    assert known["problems"] == ""


async def test_any_step_is_there_at_once(author: Author) -> None:
    """A press goes to a step as if all before it were done, and the lesson goes on from there."""
    assert await author.go("tea_blame") == 200
    await author.reads("And the blame?")
    assert (await author.get("lesson"))["here"] == "tea_blame"
    assert await author.go("tea_side") == 200
    await author.reads("too high or too low?")
    await author.send("too low")
    await author.reads("And the blame?")
    assert await author.go("tea_nothing") == 404


async def test_what_is_saved_is_taught_at_once(author: Author, tmp_path: Path) -> None:
    """The step in hand is asked again in the words, and with the numbers, that are saved."""
    await author.go("tea_side")
    await author.reads("The guess is")
    lesson(tmp_path, STEPS.replace("The guess is", "It guesses"))
    before = (await author.get("lesson"))["version"]
    await author.reads("It guesses")
    assert (await author.get("lesson"))["version"] == before


async def test_what_cannot_be_used_is_said_and_the_rest_goes_on(
    author: Author, tmp_path: Path
) -> None:
    """An author's mistake stands on the page, with its place, until it is mended."""
    await author.reads("What is the sum?")
    part = tmp_path / "tea" / "1_guess.toml"
    good = part.read_text(encoding="utf-8")
    part.write_text(good.replace("What is the sum?", "Is it {O.sun}?"), encoding="utf-8")
    known = await author.get("lesson")
    assert known["problems"] == ("tea/1_guess.toml: step 'tea_sum'.ask: nothing is called 'O.sun'")
    await author.go("tea_blame")
    await author.reads("And the blame?")
    part.write_text(good.replace("And the blame?", "And O’s blame?"), encoding="utf-8")
    assert (await author.get("lesson"))["problems"] == ""
    await author.reads("And O’s blame?")


async def test_beside_a_number_stand_its_hints_and_likeliest_wrong_answers(
    author: Author,
) -> None:
    """The ladder of the step, and ten wrong numbers with just what their learner reads."""
    known = await author.get("step/tea_sum")
    assert len(known["hints"]) == 4
    assert "−0.13" in known["hints"][-1]
    assert len(known["wrong"]) == 10
    made = {mistake for one in known["wrong"] for mistake in one["made"]}
    assert {"dropped_sign", "forgot_bias"} <= made
    for one in known["wrong"][:4]:
        await author.reads("What is the sum?")
        await author.send(one["typed"])
        await author.reads(one["said"])
        await author.go("tea_sum")


async def test_beside_a_choice_stand_its_wrong_options(author: Author) -> None:
    """Each with the reply to it."""
    known = await author.get("step/tea_side")
    assert [one["typed"] for one in known["wrong"]] == ["Too high"]
    assert "Look again." in known["wrong"][0]["said"]
    assert known["hints"][:2] == ["Which is larger?", "Above the target is too high."]


@pytest.mark.parametrize("name", ["build_a_network", "greenhouse", "perceptron", "three_classes"])
def test_every_step_of_every_lesson_can_be_gone_to(name: str) -> None:
    """What stands beside any step can be worked out, wherever a learner is put."""
    known = LessonOnDisk(Path(name))
    for place in known.book.lesson.places:
        assert all(hints(known.book, place.id))
        for wrong in wrong_answers(known.book, known.machine, place.id)[:2]:
            assert wrong.said


def test_nothing_is_read_anew_before_it_is_saved(tmp_path: Path) -> None:
    """A lesson is read once more where a file of it is another one, and only then."""
    lesson(tmp_path, STEPS)
    known = LessonOnDisk(tmp_path / "tea")
    assert not known.look()
    lesson(tmp_path, STEPS.replace("And the blame?", "What is the blame?"))
    assert known.look()
    assert known.version == 2
    assert not known.look()


def test_a_step_of_a_branch_is_gone_to_as_if_it_had_opened(tmp_path: Path) -> None:
    """However a branch opens, its steps are on the path of whoever is put there."""
    lesson(tmp_path, BRANCHES)
    known = LessonOnDisk(tmp_path / "tea")
    for step in ("tea_part", "tea_more"):
        there = at_step(known.book, State(known.book.lesson.id), step)
        assert step in [place.id for place in path(there, known.book.lesson)]
        after = there.with_record(step, Record(Outcome.READ))
        assert (following := next_place(after, known.book.lesson)) is not None
        assert following.id == "tea_out"
