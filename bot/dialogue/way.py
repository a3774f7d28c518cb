"""The learner's way through a lesson: its steps in order, the next one, and back onto it."""

from __future__ import annotations

from functools import lru_cache

from bot.dialogue.state import State
from content.lesson import Lesson, Place
from content.models import NumberStep


def on_the_way(state: State, lesson: Lesson) -> tuple[Place, ...]:
    """The steps of the lesson in order, without branches that were not taken."""
    return _path(lesson, state.taken)


@lru_cache(maxsize=256)
def _path(lesson: Lesson, offers: frozenset[str]) -> tuple[Place, ...]:
    taken = {getattr(lesson[offer].step, "opens", "") for offer in offers if offer in lesson}
    return tuple(place for place in lesson.places if place.branch is None or place.branch in taken)


def next_place(state: State, lesson: Lesson) -> Place | None:
    """The step that comes next: kept numbers are returned to before their own numbers end."""
    path = on_the_way(state, lesson)
    done = set(state.records)
    following = next((index for index, place in enumerate(path) if place.id not in done), None)
    ahead = path[following] if following is not None else None
    doubted = state.unreturned
    if not doubted:
        return ahead
    for place in path[:following]:
        if place.id in doubted:
            numbers = ahead is not None and isinstance(ahead.step, NumberStep)
            if not (numbers and ahead is not None and ahead.section is place.section):
                return place
    return ahead


def on_course(state: State, lesson: Lesson) -> State:
    """A state whose step the lesson no longer has goes on at the nearest one that is left."""
    if not state.step or state.step in lesson:
        return state
    following = next_place(state, lesson)
    return state.at(following.id if following else "")
