"""The slots that sentences outside the lesson may have, so that a misspelt one is found at load.

Which of them a sentence gets is up to who says it; these are all that anybody fills.
"""

from __future__ import annotations

SLOTS: dict[str, frozenset[str]] = {
    "chat": frozenset(
        (
            *("about", "count", "earlier", "formula", "hint", "hints", "label", "list", "name"),
            *("number", "other", "owner", "part", "place", "places", "reply", "share", "shown"),
            *("solved", "steps", "symbol", "table", "term", "title", "total", "typed", "value"),
            *("what", "words"),
            *("hour", "mistake", "skill", "zone"),
            *("active", "blocked", "finished"),
        )
    ),
    "hints": frozenset(
        (
            *("count", "formula", "gap", "gradient", "label", "number", "numbers", "owner"),
            *("piece", "place", "symbol", "value", "working", "z"),
            *("above", "below", "high", "line", "low", "size"),
        )
    ),
    "readings": frozenset(
        (
            *("directions", "distance", "gradient", "least", "least_gradient", "loss", "neuron"),
            *("next_loss", "output", "part", "prediction", "products", "size", "sum", "total"),
            *("weight",),
        )
    ),
    "practice": frozenset(
        (
            *("all", "doubted", "first_try", "later", "hints", "mistake", "percent", "sets"),
            *("shown", "skill", "steps", "times", "week", "with_hints"),
        )
    ),
}
"""By the table, or the part of one, that holds the sentences."""
