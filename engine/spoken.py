"""How a learner may call the numbers of a trace when typing: `H1`, `z1`, `p`, `w11`, `sum(H1)`.

Whatever the tutor writes for a quantity can be typed back, in any case, with or without brackets,
and the other way round: `blame(O)`, `blame O`, `O's blame`. Reading knows names and values only;
here they are tied to the ids of a trace.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from weakref import WeakKeyDictionary

from engine.expression import Ref, refs, substitute
from engine.reading import (
    NO_WORDS,
    Reading,
    Unreadable,
    Words,
    Written,
    read,
    read_several,
    words_of,
)
from engine.trace import Trace

_LETTER = re.compile(r"[^\W\d_]")
_SPOKEN: WeakKeyDictionary[Trace, Mapping[str, str]] = WeakKeyDictionary()
_VALUES: WeakKeyDictionary[Trace, dict[str, Mapping[str, float | None]]] = WeakKeyDictionary()


def spoken(trace: Trace) -> Mapping[str, str]:
    """The names a learner may use, each with the id it stands for.

    A neuron's name is its activation; `z` before it (or before its number) is its sum; `p` is the
    prediction of a single output. Every quantity goes by the tutor's name for it, and by its id.
    A name that could be two quantities is none.
    """
    known = _SPOKEN.get(trace)
    if known is None:
        known = _SPOKEN[trace] = MappingProxyType(_with_symbols(trace, _short(trace)))
    return known


def _short(trace: Trace) -> dict[str, str]:
    """The names of one word."""
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


def _with_symbols(trace: Trace, names: Mapping[str, str]) -> dict[str, str]:
    """The names, and those of every quantity: as formulas write it, as its id, after the update."""
    new = trace.names["next"]
    longer = [(new.format(of=name), f"next.{id_}") for name, id_ in names.items()]
    longer = [(name, id_) for name, id_ in longer if id_ in trace]
    longer += [(trace.symbol(id_), id_) for id_ in trace.values]
    longer += [(id_, id_) for id_ in trace.values]
    meant = {tuple(sorted(words_of(name))): id_ for name, id_ in names.items()}
    found: dict[tuple[str, ...], str] = {}
    doubtful: set[tuple[str, ...]] = {()}
    for name, id_ in longer:
        words = tuple(sorted(words_of(name)))
        if meant.setdefault(words, id_) != id_:
            doubtful.add(words)
        found.setdefault(words, name)
    for name in names:
        found.pop(tuple(sorted(words_of(name))), None)
    added = {name: meant[words] for words, name in found.items() if words not in doubtful}
    return {**names, **added}


def _values(
    trace: Trace, asked: str, own: Mapping[str, float] | None
) -> Mapping[str, float | None]:
    """The names with the values they have in work at a step: only what the step builds on.

    The learner's own values count where they differ from the trace's. All other names are labels,
    so that nothing can be worked out, or read out, from what the learner is yet to find.
    """
    known = _VALUES.setdefault(trace, {})
    if asked not in known:
        builds_on = set(refs(trace[asked].expression))
        known[asked] = {
            name: trace.values[id_] if id_ in builds_on else None
            for name, id_ in spoken(trace).items()
        }
    if not own:
        return known[asked]
    changed = {
        name: own[id_]
        for name, id_ in spoken(trace).items()
        if id_ in own and known[asked][name] is not None
    }
    return {**known[asked], **changed}


def read_answer(
    trace: Trace,
    asked: str,
    text: str,
    own: Mapping[str, float] | None = None,
    words: Words = NO_WORDS,
) -> Reading | Unreadable:
    """What a learner typed, its names turned into ids of the trace.

    The name of the asked quantity, standing alone, is read as what has yet to be worked out.

    Args:
        trace: whose names count.
        asked: the id of the quantity asked for.
        text: as typed.
        own: the learner's own values by id, where they differ from the trace's.
        words: the words of the learner's language.
    """
    found = read(text, _values(trace, asked, own), words)
    if isinstance(found, Reading):
        return _with_ids(_of_asked(trace, asked, found), spoken(trace))
    if spoken(trace).get(found.name) != asked and f"{found.name}.sum" != asked:
        return found  # a neuron's own name goes for its sum, where that is asked
    return _not_begun(trace, asked, text.strip())


def _of_asked(trace: Trace, asked: str, found: Reading) -> Reading:
    """The reading, or of `0.24 - 0.21 = 0.03; p = 0.3` the statement before that of another."""
    named = spoken(trace).get(found.label or "")
    if named in (None, asked) or f"{found.label}.sum" == asked or found.labelled == 0:
        return found
    before = found.chain[: found.labelled]
    worked = found.labelled == found.starts[-1] and len(before) > 1 and before[-1].is_number
    if not worked:
        return found
    starts = found.starts[:-1]
    return replace(found, label=None, chain=before, starts=starts, labelled=0, literal=False)


def _not_begun(trace: Trace, asked: str, text: str, label: str | None = None) -> Reading:
    """The name of the asked quantity as work that has yet to be done."""
    side = Written(Ref(asked), text, trace.values[asked], None, is_number=False)
    return Reading(label, (side,), literal=True)


def read_answers(
    trace: Trace, text: str, own: Mapping[str, float] | None = None, words: Words = NO_WORDS
) -> tuple[Reading, ...] | Unreadable:
    """Several labelled answers in one message (`H1 = 0.05, H2 = 0`), as `read_answer` gives one.

    Each has the values of what its own label builds on, and no others.
    """
    names = spoken(trace)

    def values_of(label: str | None) -> Mapping[str, float | None]:
        id_ = names.get(label or "", "")
        return _values(trace, id_, own) if id_ in trace else dict.fromkeys(names)

    found = read_several(text, dict.fromkeys(names), words, values_of)
    if isinstance(found, Unreadable):
        return found
    return tuple(
        _not_begun(trace, names[label], one.answer.text, label)
        if (label := one.label) is not None and one.answer.expression == Ref(label)
        else _with_ids(one, names)
        for one in found
    )


def _with_ids(reading: Reading, names: Mapping[str, str]) -> Reading:
    if reading.is_bare_number:
        return reading
    return replace(reading, chain=tuple(_with_id(side, names) for side in reading.chain))


def _with_id(side: Written, names: Mapping[str, str]) -> Written:
    used = refs(side.expression) if _LETTER.search(side.text) else ()
    if not used:
        return side
    tree = substitute(side.expression, {name: Ref(names[name]) for name in used})
    return replace(side, expression=tree, named=side.expression)
