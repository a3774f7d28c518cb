"""How a learner may call the numbers of a trace when typing: `H1`, `z1`, `p`, `w11`.

Reading knows names and values only; here they are tied to the ids of a trace.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.expression import Ref, substitute
from engine.reading import Reading, Unreadable, read, read_several
from engine.trace import Trace


def spoken(trace: Trace) -> dict[str, str]:
    """The names a learner may use, each with the id it stands for.

    A neuron's name is its activation; `z` before it (or before its number) is its sum; `p` is the
    prediction of a single output.
    """
    names = {name: name for name in trace.given if "." not in name}
    names["rate"] = "learning_rate"
    for neuron in trace.network.neurons():
        names[neuron.name] = f"{neuron.name}.activation"
        for short in (f"z{neuron.name}", f"z{neuron.name.lstrip('HhNn')}"):
            names.setdefault(short, f"{neuron.name}.sum")
    if len(trace.network.outputs) == 1:
        prediction = f"{trace.network.outputs[0].name}.activation"
        names |= {"p": prediction} | dict.fromkeys(("prediction", "output"), prediction)
    names["loss"] = "loss"
    return names


def read_answer(
    trace: Trace, text: str, own: Mapping[str, float] | None = None
) -> Reading | Unreadable:
    """What a learner typed, its names turned into ids of the trace.

    Args:
        trace: whose names count.
        text: as typed.
        own: the learner's own values by id, where they differ from the trace's.
    """
    names = spoken(trace)
    found = read(text, _values(trace, names, own))
    return found if isinstance(found, Unreadable) else _with_ids(found, names)


def read_answers(
    trace: Trace, text: str, own: Mapping[str, float] | None = None
) -> tuple[Reading, ...] | Unreadable:
    """Several labelled answers in one message (`H1 = 0.05, H2 = 0`), as `read_answer` gives one."""
    names = spoken(trace)
    found = read_several(text, _values(trace, names, own))
    if isinstance(found, Unreadable):
        return found
    return tuple(_with_ids(reading, names) for reading in found)


def _values(
    trace: Trace, names: Mapping[str, str], own: Mapping[str, float] | None
) -> dict[str, float]:
    known = {**trace.values, **(own or {})}
    return {name: known[id_] for name, id_ in names.items()}


def _with_ids(reading: Reading, names: Mapping[str, str]) -> Reading:
    trees = {name: Ref(id_) for name, id_ in names.items()}
    chain = tuple(
        replace(side, expression=substitute(side.expression, trees)) for side in reading.chain
    )
    return replace(reading, chain=chain)
