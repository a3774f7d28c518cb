"""Texts without one meaning, by the reason: none of them may be read as a number."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.benchmarks.reading_heldout.noise import EMOJI, around, before, capital, unseen
from tests.benchmarks.reading_heldout.typed import Typed
from tests.benchmarks.reading_heldout.written import Maker, positive, unsigned

Text = Callable[[random.Random], str]

UNITS = (
    "cm",
    " cm",
    "kg",
    " kg",
    "km",
    " mins",
    "\u20ac",
    " \u20ac",
    " dollars",
    "\u00b0",
    "s",
    " volts",
    "px",
)
CURRENCIES = ("$", "\u20ac", "\u00a3", "\u00a5")
SIGNS = (
    "+",
    "-",
    "\u2212",
    "=",
    "*",
    "\u00d7",
    "/",
    "(",
    ")",
    ".",
    ",",
    "%",
    "~",
    "\u2248",
    "^",
    "()",
    "- -",
    "\u2014",
)
ENDLESS = ("inf", "nan", "-inf", "NaN", "Infinity", "\u221e", "-\u221e", "+inf", "infinity")
TOWERS = ("9**9**9", "9^9^9", "9^9^9^9", "2**100000", "1e999", "10^400", "exp(1000)", "(9^9)^(9^9)")
NAMES = ("foo", "banana", "zork", "gamma", "cosine", "qq", "hello")
BLANKS = ("", " ", "\n", "\u200b", "\u00a0 ", "\t\n", "\u200e")


def some(rng: random.Random, low: int, high: int) -> list[str]:
    return [positive(rng) for _ in range(rng.randrange(low, high))]


def listed(rng: random.Random) -> str:
    if rng.random() < 0.5:
        return ",".join(str(rng.randrange(1, 10)) for _ in range(rng.randrange(3, 6)))
    return rng.choice((", ", "; ", " and ", " or ")).join(some(rng, 2, 4))


def side_by_side(rng: random.Random) -> str:
    return f"{rng.randrange(10, 99)} {rng.randrange(1, 9)}.{rng.randrange(1, 99)}"


def split_decimal(rng: random.Random) -> str:
    return f"{rng.choice(('0', '1', '-0'))} .{rng.randrange(1, 999)}"


def two_signs(rng: random.Random) -> str:
    return rng.choice(("+-", "-+", "+ -", "\u00b1", "\u2213", "++", "+\u2212")) + positive(rng)


def thousands(rng: random.Random) -> str:
    return f"{rng.choice(('', '', '-'))}{rng.randrange(1, 999)},{rng.randrange(0, 1000):03d}"


def unit(rng: random.Random) -> str:
    if rng.random() < 0.3:
        return rng.choice(CURRENCIES) + unsigned(rng)
    return unsigned(rng) + rng.choice(UNITS)


def lone_sign(rng: random.Random) -> str:
    return rng.choice(SIGNS)


def two_points(rng: random.Random) -> str:
    a, b, c = (rng.randrange(0, 30) for _ in range(3))
    return rng.choice((f"{a}.{b}.{c}", f"{a}..{b}", f"{a}.{b}.{c}.{a}", f"0,{b},{c}", f".{b}.{c}"))


def by_zero(rng: random.Random) -> str:
    a = positive(rng)
    return rng.choice(
        (f"{a}/0", f"1/({a} - {a})", f"{a} \u00f7 0", f"{a}/0.0", "0/0", f"{a} / (2 - 2)", "0^-1")
    )


def endless(rng: random.Random) -> str:
    return rng.choice(ENDLESS)


def hexadecimal(rng: random.Random) -> str:
    return rng.choice(("0x", "0X")) + rng.choice("ABCDEFabcdef") + f"{rng.randrange(0, 4096):x}"


def unclosed(rng: random.Random) -> str:
    a, b = positive(rng), positive(rng)
    return rng.choice(
        (f"({a}", f"{a})", f"(({a})", f"max(0, {a}", f"{a}*({b} + {a}", f"{a} + {b})", f"[{a}")
    )


def unknown(rng: random.Random) -> str:
    a, name = positive(rng), rng.choice(NAMES)
    return rng.choice(
        (f"{name}({a})", f"{a} + {name}", f"{name}*{a}", name, f"{name} / {a}", f"{a} {name}")
    )


def emoji_alone(rng: random.Random) -> str:
    return "".join(rng.choice(EMOJI) for _ in range(rng.randrange(1, 4)))


def blank(rng: random.Random) -> str:
    return rng.choice(BLANKS)


def too_long(rng: random.Random) -> str:
    piece = rng.choice(("1+", "0.5*", "0.1 - ", "1234567890", "2^", "9", "x", " 1"))
    return piece * (rng.randrange(4100, 9000) // len(piece)) + "1"


def too_deep(rng: random.Random) -> str:
    depth = rng.choice((40, 90, 160, 400, 1500))
    opening = rng.choice(("(", "[", "-(", "1+(", "max(0,", "(("))
    return (
        opening * depth
        + "0.5"
        + ("))" if opening == "((" else "]" if opening == "[" else ")") * depth
    )


def tower(rng: random.Random) -> str:
    return rng.choice(TOWERS)


def dangling(rng: random.Random) -> str:
    a, b = positive(rng), positive(rng)
    return rng.choice(
        (
            f"{a} +",
            f"{a} *",
            f"* {a}",
            f"{a} + * {b}",
            f"/ {a}",
            f"{a} -",
            f"{a} * = {b} -",
            f"{a} ^",
        )
    )


def inequality(rng: random.Random) -> str:
    return rng.choice(
        ("< ", "> ", "<", ">", "\u2264 ", "\u2265", "!= ", "\u2260 ", "<= ")
    ) + positive(rng)


def denied(rng: random.Random) -> str:
    return rng.choice(
        ("not ", "isn't ", "it's not ", "It isn\u2019t ", "anything but ", "not sure, not ")
    ) + positive(rng)


def between(rng: random.Random) -> str:
    a, b = positive(rng), positive(rng)
    return rng.choice(
        (
            f"between {a} and {b}",
            f"{a} to {b}",
            f"from {a} to {b}",
            f"{a}..{b}",
            f"12:{rng.randrange(10, 60)}",
        )
    )


MAKERS: dict[str, tuple[Text, bool]] = {
    "list": (listed, True),
    "two numbers": (side_by_side, True),
    "split decimal": (split_decimal, True),
    "two signs": (two_signs, True),
    "thousands": (thousands, True),
    "unit or currency": (unit, True),
    "lone sign": (lone_sign, False),
    "two points": (two_points, True),
    "division by zero": (by_zero, True),
    "endless": (endless, True),
    "hexadecimal": (hexadecimal, True),
    "unclosed bracket": (unclosed, True),
    "unknown name": (unknown, True),
    "emoji alone": (emoji_alone, False),
    "blank": (blank, False),
    "over-long": (too_long, False),
    "over-deep": (too_deep, False),
    "tower": (tower, True),
    "dangling sign": (dangling, True),
    "inequality": (inequality, True),
    "denied": (denied, False),
    "range": (between, True),
}
"""The reason, its texts, and whether words and spaces around one leave it without a meaning."""


def maker(kind: str) -> Maker:
    """Texts to be refused for one reason."""
    text, dressable = MAKERS[kind]

    def make(rng: random.Random) -> Typed:
        typed = Typed(kind, text(rng), None)
        if dressable:
            for noise in rng.sample((around, before, capital, unseen), rng.choice((0, 0, 1, 2))):
                typed = noise(rng, typed)
        return typed

    return make


def either_way(rng: random.Random) -> Typed:
    """A text that may be read or refused, and must not be read as anything else."""
    a, b = positive(rng), positive(rng)
    text, value = rng.choice(
        (
            (f"Step {rng.randrange(1, 9)}: {a}", float(a)),
            (f"{rng.randrange(1, 5)}) {a}", float(a)),
            (f"#{a}", float(a)),
            (f"{a}-ish", float(a)),
            (f"no, {a}", float(a)),
            (f"wait {a}", float(a)),
            (f"{a} no wait {b}", float(b)),
            (f"{a} -> {b}", float(b)),
            (f"{a} (not sure)", float(a)),
            (f"{a} rounded to 2 decimals", float(a)),
            (f"{a} (2dp)", float(a)),
            (f"1,234.{rng.randrange(1, 9)}", 0.0),
            (f"is it {a}?", float(a)),
            (f"{a},", float(a)),
            (f"half of {a}", float(a) / 2),
            (f"about {a} or so", float(a)),
            (f"{a} lol", float(a)),
            (f"I'm stuck, {a}?", float(a)),
            (f"0x{rng.randrange(1, 90)}", 0.0),
        )
    )
    if text.startswith("1,234."):
        value = float(text.replace(",", ""))
    return Typed("either way", text, value, plain=False, either=True)
