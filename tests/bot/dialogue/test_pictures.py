"""Where the chat shows pictures, and what is trained ahead for those who watch."""

from __future__ import annotations

from bot.dialogue import pictures
from bot.dialogue.pictures import LONGEST_RUN, REHEARSED, learning, rehearsed
from bot.dialogue.speech import Speaker
from bot.dialogue.state import State
from bot.pictures.requests import Learning
from content.loader import load
from content.models import NumberStep, WatchStep

BOOK = load()


def test_a_picture_opens_each_new_neuron() -> None:
    """The first step about a hidden or output neuron, forwards, at its blame, and when alone."""
    asked = {
        place.id: place.step.picture
        for place in BOOK.lesson.places
        if isinstance(place.step, NumberStep)
    }
    opening = {"h1_product", "h2_sum", "o_sum", "update_wo2", "o_delta", "h1_delta", "h2_delta"}
    opening |= {"n_h1_sum", "n_h2_sum", "n_o_sum"}
    assert {step for step, picture in asked.items() if picture} == opening


def test_what_is_trained_ahead_is_what_would_have_been_shown() -> None:
    """A little at each step, and to the last bit the run a learner's own turn would train."""
    watching = [place.id for place in BOOK.lesson.places if isinstance(place.step, WatchStep)]

    def shown(step: str) -> Learning:
        picture = learning(Speaker(BOOK, State.of(BOOK.lesson.id, step, trained=5110))).picture
        assert isinstance(picture, Learning)
        return picture

    for cache in (pictures._learning, pictures._run):  # noqa: SLF001 - as in a new process
        cache.cache_clear()
    pictures._AHEAD.clear()  # noqa: SLF001
    before = [shown(step) for step in watching]
    for cache in (pictures._learning, pictures._run):  # noqa: SLF001
        cache.cache_clear()
    pictures._AHEAD.clear()  # noqa: SLF001
    bits = sum(1 for _ in rehearsed(BOOK))
    assert bits == len(watching) * LONGEST_RUN // REHEARSED
    assert [shown(step) for step in watching] == before
