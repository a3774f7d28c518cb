"""Help that is read off the tree: the working with one gap, and a step broken into its pieces."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from engine.decimals import exact_value, fraction, number_text, places_asked, rounded, short_text
from engine.expression import (
    Call,
    Difference,
    Expression,
    Negative,
    Number,
    Product,
    Ref,
    Sum,
    children,
    evaluate,
    refs,
)
from engine.functions import FUNCTIONS
from engine.keeping import kept
from engine.lookup import PLACES, between, looked_up
from engine.rounding import PENCIL_SIGMOID_LIMIT
from engine.tolerances import NOISE
from engine.trace import Quantity, Trace

GAP = "▢"

_SIZE = re.compile(r"\d+(?:\.\d+)?")


def gapped(trace: Trace, name: str) -> str:
    """A quantity's working up to its last operation, with one gap left for the learner.

    e.g. `0.6 × 0.4 + 0.7 × (−0.3) = 0.24 + ▢`
    """
    if (pencil := pencil_rule(trace, name)) is not None:
        return f"0.5 + {pencil[0]} / 4 = {GAP}"
    if (table := table_rule(trace, name)) is not None:
        return f"{table.line} = {GAP}"
    quantity = trace[name]
    lines = trace.working(name)[:-1]
    while len(lines) > 1 and _shows(lines[-1], quantity):
        lines = lines[:-1]
    last = lines[-1]
    match quantity.expression:
        case Call("relu", Ref(before)):
            return f"max(0, {_shown(trace, before)}) = {GAP}"
        case Sum() | Difference() if len(lines) > 1:
            sign = " + " if isinstance(quantity.expression, Sum) else " − "
            opened, found, _ = last.rpartition(sign)
            if found:
                return "\n".join((*lines[:-1], f"{opened}{sign}{GAP}"))
    return "\n".join((*lines[:-1], f"{last} = {GAP}"))


def _shows(line: str, quantity: Quantity) -> bool:
    """Whether the result, but for its sign, is among the numbers of a line of working."""
    size = number_text(abs(quantity.value), quantity.places)
    return any(number_text(float(n), quantity.places) == size for n in _SIZE.findall(line))


def pencil_rule(trace: Trace, name: str) -> tuple[str, str] | None:
    """Z and 0.5 + z / 4 as written, where that rule is offered for a sigmoid; None elsewhere.

    Source: the first two terms of the sigmoid's Taylor series at 0; off by less than 0.003 up to
    |z| = 0.5.
    """
    match trace[name].expression:
        case Call("sigmoid", Ref(before)) if abs(trace.values[before]) <= PENCIL_SIGMOID_LIMIT:
            z = trace.values[before]
            if not trace[before].exact:
                z = rounded(z, trace[before].places)
            return _bracketed(_shown(trace, before)), short_text(0.5 + z / 4, 5)[0]
    return None


@dataclass(frozen=True, slots=True)
class TableRule:
    """How a value is read between two lines of a printed table, all as it is written."""

    function: str
    z: str
    size: str
    """`z` without its sign: where to look."""
    below: str
    above: str
    low: str
    high: str
    line: str
    """The whole computation."""
    value: str


def table_rule(trace: Trace, name: str) -> TableRule | None:
    """How to read a function off its printed table, but for a sigmoid near 0.

    None for any other quantity, beyond the table, and where the number has a line of its own.
    """
    match trace[name].expression:
        case Call(function, Ref(before)) if pencil_rule(trace, name) is None:
            z = trace.values[before]
            if before in trace and not trace[before].exact:
                z = rounded(z, trace[before].places)
        case _:
            return None
    table, found = FUNCTIONS[function].table, between(function, abs(z))
    if table is None or found is None or min(found.share, 1 - found.share) < NOISE:
        return None
    if z < 0 and table.both is None:
        return None
    low, high = number_text(found.low, PLACES), number_text(found.high, PLACES)
    share = short_text(found.share, 3)[0]
    line = f"{low} + {share} × ({high} − {_bracketed(low)})" if found.low else f"{share} × {high}"
    if z < 0:
        line = f"{table.both:g} − ({line})" if table.both else f"−({line})"
    value = number_text(looked_up(function, z) or 0.0, PLACES)
    z_text, size, below, above = (
        short_text(end)[0] for end in (z, abs(z), found.below, found.above)
    )
    return TableRule(function, z_text, size, below, above, low, high, line, value)


def _shown(trace: Trace, name: str) -> str:
    return trace[name].text if name in trace else short_text(trace.given[name])[0]


def _bracketed(text: str) -> str:
    return f"({text})" if text.startswith("−") else text


@kept
def pieces(trace: Trace, name: str) -> tuple[Quantity, ...]:
    """The operations inside a quantity, each as a question of its own; none if it is just one.

    A piece that is itself a quantity (the products of a sum) keeps its id, so that mistakes in it
    are diagnosed; any other gets the id `<name>.piece<n>`.
    """
    quantity = trace[name]
    exact = {
        ref: fraction(trace.values[ref]) if ref not in trace or trace[ref].exact else None
        for ref in refs(quantity.expression)
    }
    known = {
        other.expression: other
        for other in trace
        if other.kind == "product" and other.prefix == quantity.prefix
    }
    found: list[Quantity] = []
    for tree in dict.fromkeys(_operations(quantity.expression)):
        if tree in known:
            found.append(known[tree])
            continue
        value = evaluate(tree, trace.values)
        places, whole = places_asked(value, exact_value(tree, exact), wanted=trace.network.decimals)
        part = f"{name}.piece{len(found) + 1}"
        found.append(
            replace(
                quantity,
                id=part,
                kind="piece",
                expression=tree,
                value=value,
                places=places,
                exact=whole,
            )
        )
    return tuple(found)


@kept
def with_pieces(trace: Trace, name: str) -> Trace:
    """The trace with a quantity's pieces in it too, so that they can be asked and judged."""
    return replace(trace, quantities={**trace.quantities, **{p.id: p for p in pieces(trace, name)}})


def _operations(tree: Expression) -> list[Expression]:
    """The operations below the root, innermost first, one for each thing to compute."""
    found: list[Expression] = []
    for child in children(tree):
        found += _operations(child)
        match child:
            case Number() | Ref() | Negative():
                continue
            case Product(factors) if all(isinstance(f, Number) for f in factors):
                continue
            case _:
                found.append(child)
    return found
