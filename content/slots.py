"""The slots that sentences outside the lesson may have, so that a misspelt one is found at load.

Which of them a sentence gets is up to who says it; these are all that anybody fills.
"""

from __future__ import annotations

from collections.abc import Mapping

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

_COUNT = ("count",)

LABELS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("sum", "bias", "blame", "product", "gradient", "direction", "updated"), ()),
    **dict.fromkeys(("target", "loss"), ()),
    **dict.fromkeys(("neurons", "inputs", "weights"), _COUNT),
    **dict.fromkeys(("positive", "negative", "increase", "decrease", "steps", "prediction"), ()),
    **dict.fromkeys(("half", "one", "zero", "wrong", "shown", "own"), ()),
    "directions": (),
}
"""The keys of `labels` in `pictures.toml`, besides `activations`, and the slots of each."""

CAPTIONS: Mapping[str, tuple[str, ...]] = {
    "given": ("list",),
    "named": ("name", "text"),
    "neuron": ("neuron", "activation", "list"),
    "weight": ("weight", "text", "source"),
    "weights": _COUNT,
    "lost": ("text",),
    "asked": ("what",),
    "increase": ("list",),
    "decrease": ("list",),
    "stay": ("list",),
    "strongest": ("weight",),
    "layers": ("list",),
    "square": ("across", "up", "share"),
    "examples": ("count", "wrong"),
    "point": ("at", "text", "target"),
    "loss": ("steps", "first", "last"),
    "now": ("list",),
    "sheet": _COUNT,
    "sheet_shown": ("sign", "count"),
    "sheet_own": ("sign", "count"),
    "bars": ("heading", "list"),
}
"""The keys of `caption` in `pictures.toml`, and the slots of each."""
