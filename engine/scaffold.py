"""Help that is read off the tree: the working with one gap, and a step broken into its pieces."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

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
from engine.rounding import (
    PENCIL_SIGMOID_LIMIT,
    exact_value,
    fraction,
    places_asked,
    rounded,
    short_text,
)
from engine.trace import Quantity, Trace

GAP = "▢"


def gapped(trace: Trace, name: str) -> str:
    """A quantity's working up to its last operation, with one gap left for the learner.

    e.g. `0.6 × 0.4 + 0.7 × (−0.3) = 0.24 + ▢`
    """
    if (pencil := pencil_rule(trace, name)) is not None:
        return f"0.5 + {pencil[0]} / 4 = {GAP}"
    quantity = trace[name]
    lines = trace.working(name)[:-1]
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


def _shown(trace: Trace, name: str) -> str:
    return trace[name].text if name in trace else short_text(trace.given[name])[0]


def _bracketed(text: str) -> str:
    return f"({text})" if text.startswith("−") else text


@lru_cache(maxsize=512)
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
        if other.kind == "product" and other.id.startswith("next.") == name.startswith("next.")
    }
    found: list[Quantity] = []
    for tree in dict.fromkeys(_operations(quantity.expression)):
        if tree in known:
            found.append(known[tree])
            continue
        value = evaluate(tree, trace.values)
        places, whole = places_asked(value, exact_value(tree, exact))
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


@lru_cache(maxsize=512)
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
