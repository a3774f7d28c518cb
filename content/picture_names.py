"""How a lesson names a picture: `network`, `change`, `curve`, `slope`, or these two of a name."""

from __future__ import annotations

from collections.abc import Iterator

from engine.trace import Trace

KINDS = ("network", "curve", "slope", "change")
"""The network with what is known; an activation with the neuron's sum on it; the loss over a
weight, with its slope; the weights, the prediction and the loss before and after the step."""

NAMED = ("curve", "slope")
"""Those that may be of a neuron, or a weight, that is named."""


def named_picture(said: str) -> str:
    """A picture's name, checked.

    Raises:
        ValueError: there is no such picture.
    """
    kind, _, of = said.partition(" ")
    if kind not in KINDS or (of and kind not in NAMED) or of != of.strip() or said.endswith(" "):
        raise ValueError(f"is no picture; allowed: {', '.join(KINDS)}, curve NEURON, slope WEIGHT")
    return said


def shown_by(trace: Trace, said: str, asked: str) -> str:
    """The quantity whose value a picture shows; empty for one that shows what is found.

    Args:
        trace: of the step it stands at.
        said: the picture's name.
        asked: the quantity that its step asks for; empty where it asks for none.

    Raises:
        ValueError: it cannot be drawn here.
    """
    kind, _, of = said.partition(" ")
    if kind not in NAMED:
        return ""
    if of:
        return _of_name(trace, kind, of)
    found = trace.quantities.get(asked)
    wanted = ("activation",) if kind == "curve" else ("updated", "step", "gradient")
    if found is None or found.kind not in wanted:
        what = "an activation" if kind == "curve" else "a gradient or an update"
        raise ValueError(f"{said!r} without a name stands where {what} is asked")
    return asked if kind == "curve" else f"{found.owner}.gradient"


def _of_name(trace: Trace, kind: str, of: str) -> str:
    name = f"{of}.activation" if kind == "curve" else f"{of}.gradient"
    if name not in trace or "loss" not in trace:
        known = [_owner(one) for one in _drawable(trace, kind)]
        raise ValueError(f"there is no {kind} of {of!r}; there are: {', '.join(known)}")
    return name


def _drawable(trace: Trace, kind: str) -> Iterator[str]:
    ending = ".activation" if kind == "curve" else ".gradient"
    return (one.id for one in trace if one.id.endswith(ending) and not one.prefix)


def _owner(name: str) -> str:
    return name.rpartition(".")[0]
