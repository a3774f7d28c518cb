"""Shown work: an expression, a chain, several lines; right, rounded or with a slip."""

from __future__ import annotations

import random

from tests.benchmarks.reading_heldout.typed import Typed
from tests.benchmarks.reading_heldout.written import Maker, bracketed, decimal, positive


def result(rng: random.Random, value: float) -> str:
    """What the learner writes after the last equals sign: rounded, and now and then wrong."""
    shown = f"{value * rng.choice((1, 1, 1, 10, -1)):.{rng.choice((2, 3, 4))}f}"
    return shown if float(shown) else shown.lstrip("-")


def spaced(rng: random.Random, text: str) -> str:
    """The same with the spaces a thumb leaves: all, none, or some."""
    how = rng.randrange(3)
    if how == 1:
        return text.replace(" ", "")
    return "".join(c for c in text if c != " " or how == 0 or rng.random() < 0.5)


def terms(rng: random.Random) -> tuple[list[tuple[str, str]], float, list[float]]:
    """Two or three (number, weight) pairs, their sum of products and the products."""
    pairs = [(positive(rng), decimal(rng)) for _ in range(rng.choice((2, 2, 2, 3)))]
    products = [float(a) * float(b) for a, b in pairs]
    return pairs, sum(products), products


def product(rng: random.Random, pair: tuple[str, str]) -> str:
    """0.7 * -0.3, 0.7*(-0.3) or (0.7 * -0.3)."""
    a, b = pair
    return rng.choice(
        (f"{a} * {b}", f"{a} * {bracketed(b)}", f"({a} * {b})", f"{a} * {bracketed(b)}")
    )


def expression(rng: random.Random) -> Typed:
    pairs, value, _ = terms(rng)
    text = spaced(rng, " + ".join(product(rng, pair) for pair in pairs))
    return Typed("expression", text, value)


def difference(rng: random.Random) -> Typed:
    a, b, c = decimal(rng), positive(rng), positive(rng)
    x, y, z = map(float, (a, b, c))
    text, value = rng.choice(
        (
            (f"{a} - {b}", x - y),
            (f"{a} - {b} * {c}", x - y * z),
            (f"-2 * ({a} - {b}) * {c}", -2 * (x - y) * z),
            (f"{a} + {b} / {c}", x + y / z),
            (f"({a} - {b}) ^ 2", (x - y) ** 2),
            (f"-({b} - {c})", -(y - z)),
            (f"0.5 + {c} / 4", 0.5 + z / 4),
        )
    )
    return Typed("expression", spaced(rng, text), value)


def chain(rng: random.Random) -> Typed:
    pairs, value, products = terms(rng)
    first = " + ".join(product(rng, pair) for pair in pairs)
    middle = " + ".join(bracketed(f"{p:.4g}") for p in products)
    last, equals = result(rng, value), rng.choice((" = ", " = ", " \u2248 "))
    parts = [first, middle, last] if rng.random() < 0.5 else [first, last]
    return Typed("chain", spaced(rng, " = ".join(parts[:-1]) + equals + parts[-1]), float(last))


def lines(rng: random.Random) -> Typed:
    pairs, value, products = terms(rng)
    rows = [f"{product(rng, p)} = {v:.4g}" for p, v in zip(pairs, products, strict=True)]
    last = result(rng, value)
    rows.append(" + ".join(bracketed(f"{p:.4g}") for p in products) + " = " + last)
    return Typed("lines", "\n".join(spaced(rng, row) for row in rows), float(last))


def broken_chain(rng: random.Random) -> Typed:
    pairs, value, products = terms(rng)
    last = result(rng, value)
    rows = [" + ".join(product(rng, pair) for pair in pairs)]
    rows.append("= " + " + ".join(bracketed(f"{p:.4g}") for p in products))
    rows.append("= " + last)
    return Typed("chain over lines", "\n".join(spaced(rng, row) for row in rows), float(last))


def labelled_chain(rng: random.Random) -> Typed:
    pairs, value, _ = terms(rng)
    last, name = result(rng, value), rng.choice(("H1", "z1", "sum", "H2", "p", "loss"))
    text = " + ".join(product(rng, pair) for pair in pairs)
    return Typed(
        "labelled chain", f"{name} = {spaced(rng, f'{text} = {last}')}", float(last), ascii=False
    )


MAKERS: tuple[Maker, ...] = (expression, difference, chain, lines, broken_chain, labelled_chain)
