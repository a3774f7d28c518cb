"""How long a lesson takes who makes no mistake: what is promised before it begins."""

from __future__ import annotations

import math
import re

from content.lesson import Lesson, LessonStep
from content.models import ChoiceStep, NumberStep
from engine.functions import ACTIVATIONS
from engine.keeping import kept

WORDS_A_MINUTE = 200
PRODUCT_S, SUM_S = 25, 40
"""Seconds for a product, and for anything longer, worked with a pencil."""

ROUND_TO_MIN = 5

_WORD = re.compile(r"\w[\w’'.,−-]*")
_UNREAD = re.compile(r"<pre>.*?</pre>|<[^>]+>|[{}]", re.DOTALL)


@kept
def minutes(lesson: Lesson) -> int:
    """The minutes of a lesson without its optional branches, rounded up to the next five."""
    places = [place for place in lesson.places if place.branch is None]
    seconds = sum(_seconds(lesson, place) for place in places)
    return math.ceil(seconds / 60 / ROUND_TO_MIN) * ROUND_TO_MIN


def _seconds(lesson: Lesson, place: LessonStep) -> float:
    step = place.step
    texts = [getattr(step, name, None) or "" for name in ("text", "ask", "right")]
    if isinstance(step, ChoiceStep):
        texts += [option.label for option in step.options]
    words = sum(len(words_of(text)) for text in texts)
    return 60 * words / WORDS_A_MINUTE + _pencil_s(lesson, place)


def _pencil_s(lesson: Lesson, place: LessonStep) -> float:
    """Seconds of working with a pencil."""
    if not isinstance(place.step, NumberStep):
        return 0
    trace = lesson.trace(place)
    quantity = trace[place.step.quantity]
    if quantity.kind == "product":
        return PRODUCT_S
    used = {neuron.name: neuron.activation for neuron in trace.network.neurons()}
    if quantity.kind == "activation":
        function = ACTIVATIONS[used[quantity.owner]]
        return 0 if function.gate or function.identity else SUM_S
    return SUM_S


def words_of(html: str) -> list[str]:
    """The words of a text that are read as sentences: none of what stands in `<pre>`."""
    return _WORD.findall(_UNREAD.sub(" ", html))
