"""States that earlier versions of the program stored, read as if today's had.

In version 1 a state was one lesson. While a made one was taken, the written one stood in `parked`,
as JSON; other written lessons stood in `shelved`. A practice set was stored by name, as the seed it
was drawn from: it is drawn once more here, as it was drawn then, and from now on stored as drawn.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from bot.dialogue.generated_lessons import OwnNetwork, PracticeSet, drawn
from content.generated_lessons import Exercise
from engine.decimals import places_asked
from engine.mistakes import RULES
from engine.network import Network
from engine.practice import Standard
from engine.practice.distinguishable import LEAST_PLACES, half_width
from engine.rounding import held, interval
from engine.trace import Trace

_LEARNER = ("knowledge", "drawn", "reminder", "reminded", "group")
_PENDING = ("confirming", "hour_asked", "awaiting", "cut")


def brought_up_to_date(data: dict[str, Any]) -> dict[str, Any]:
    """The plain data of a state in the form of `State.to_data`; as it is where it is so already."""
    return data if data.get("v", 1) > 1 else _from_1(data)


def lesson_data(data: Mapping[str, Any], lesson: str | None) -> Mapping[str, Any]:
    """A learner's progress in a written lesson, in a state of any version; empty for none.

    Args:
        data: the state as it is stored.
        lesson: its name; None for the one the learner is in or goes back to.
    """
    if data.get("v", 1) > 1:
        found: Mapping[str, Any] = data["lessons"].get(lesson or data["current"], {})
        return found
    home: Mapping[str, Any] = json.loads(data["parked"]) if data.get("parked") else data
    if lesson in (None, home.get("lesson")):
        return home
    shelved: Mapping[str, Any] = data.get("shelved", {}).get(lesson, {})
    return shelved


def has_finished(data: Mapping[str, Any]) -> bool:
    """Whether a learner has finished any written lesson, by a state of any version."""
    home = lesson_data(data, None)
    others = data.get("lessons") or data.get("shelved") or {}
    return any(its.get("records") and not its.get("step") for its in (home, *others.values()))


def _from_1(old: Mapping[str, Any]) -> dict[str, Any]:
    home = json.loads(old["parked"]) if old.get("parked") else old
    found: dict[str, Any] = {"v": 2, "current": home.get("lesson", "")}
    found["lessons"] = {name: dict(left) for name, left in old.get("shelved", {}).items()}
    if home.get("step") or home.get("records") or home.get("run", 1) > 1:
        found["lessons"][found["current"]] = dict(home)
    found["learner"] = {name: old[name] for name in _LEARNER if name in old}
    if "knowledge" in old:
        found["learner"]["knowledge"] = json.loads(old["knowledge"])
    made = _made(old["lesson"]) if home is not old else None
    if made is not None:
        found["detour"] = {**old, "lesson": made.to_data()}
    if made is not None or home is old:
        found["pending"] = {name: old[name] for name in _PENDING if name in old}
    return found


def _made(name: str) -> PracticeSet | OwnNetwork | None:
    """The made lesson that a name stood for; None where nobody knows any more what it meant."""
    kind, _, rest = name.partition(":")
    try:
        return _own(name, json.loads(rest)) if kind == "own" else _set(rest)
    except (KeyError, TypeError, ValueError):
        return None


def _own(name: str, data: Mapping[str, Any]) -> OwnNetwork:
    """A network by its name `own:{"network":…,"inputs":…,"target":…,"rate":…,"text":…}`."""
    network = Network.from_data(data["network"])
    asked = Exercise(network, data["inputs"], data["target"], data["rate"], ())
    return OwnNetwork(f"n{hashlib.sha256(name.encode()).hexdigest()[:6]}", asked.to_data())


@lru_cache(maxsize=8)  # a turn may be taken again before what it made of a state is stored
def _set(name: str) -> PracticeSet:
    """A set by its name `drawing:skill:difficulty:seed:number:mistake`."""
    drawing, skill, difficulty, seed, number, mistake = name.split(":")
    problems = drawn(seed, (skill, int(difficulty), mistake), STANDARDS[drawing])
    return PracticeSet(skill, int(difficulty), int(number), mistake, problems)


def _first_half_width(trace: Trace, name: str) -> float:
    """The first drawing asked for no more decimals where a step is tiny."""
    quantity = trace[name]
    if quantity.exact:
        return half_width(trace, name)
    places, _ = places_asked(quantity.value, None)
    low, high = held(interval(quantity.expression, trace.held, places), places)
    return max((high - low) / 2, 0.5 * 10.0 ** -max(places, LEAST_PLACES))


_KNOWN = """
activated_early added_before_multiplying added_instead_of_multiplied decimal_place
doubled_instead_of_squared dropped_sign flipped_sign forgot_activation_slope forgot_bias
forgot_factor_two forgot_input_factor forgot_learning_rate forgot_to_square
forgot_weight_factor gave_step_not_weight halved_loss ignored_relu_gate
kept_sign_when_squaring left_out_brackets left_to_right missing_term relu_absolute_value
relu_kept_negative relu_zeroed_positive reversed_difference sigmoid_sign skipped_activation
squared_the_slope stepped_uphill swapped_weights used_inputs_not_activations
used_updated_weight wrong_activation wrong_neuron wrong_target
"""
"""The mistakes there were when the last set was stored by its seed; later ones were not heeded."""

_LATER = frozenset(
    (rule.id, kind) for rule in RULES for kind in rule.kinds if rule.id not in _KNOWN.split()
)

_NOT_IN_THE_FIRST = {
    *(("left_to_right", "activation"), ("activated_early", "sum"), ("squared_the_slope", "delta")),
    *(("left_out_brackets", kind) for kind in ("activation", "loss", "delta")),
    ("used_updated_weight", "delta"),
}

STANDARDS = {
    "1": Standard(_first_half_width, _LATER | _NOT_IN_THE_FIRST),
    "2": Standard(passed_over=_LATER),
}
"""What the drawings of old held their problems to."""
