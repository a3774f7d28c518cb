"""Numbers and working as people type them, with their values worked out on plain floats."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from tests.benchmarks.reading_heldout.typed import Typed

Maker = Callable[[random.Random], Typed]

SUPER = str.maketrans(
    "-0123456789", "\u207b\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
)
VULGAR = {"\u00bd": 1 / 2, "\u00be": 3 / 4, "\u00bc": 1 / 4, "\u2153": 1 / 3, "\u215b": 1 / 8}
DIGIT_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
NAMES = ("H1", "H2", "h1", "z1", "z", "O", "p", "loss", "Loss", "w12", "wO1", "sum", "error", "L")


def decimal(rng: random.Random, low: float = -2, high: float = 3) -> str:
    """Such a number as a lesson has, as figures: 0.03, -0.2152, 1.5, 0."""
    places = rng.choice((0, 1, 1, 2, 2, 2, 3, 3, 4, 5))
    text = f"{rng.uniform(low, high) * rng.choice((1, 1, 0.1)):.{places}f}"
    return text if float(text) else text.lstrip("-")


def unsigned(rng: random.Random) -> str:
    """A decimal that is not negative."""
    return decimal(rng, 0, 3)


def positive(rng: random.Random) -> str:
    """A decimal above zero."""
    text = unsigned(rng)
    return text if float(text) else "0.4"


def bracketed(text: str) -> str:
    """A number that may stand after a sign."""
    return f"({text})" if text.startswith("-") else text


def as_is(rng: random.Random) -> Typed:
    text = decimal(rng)
    return Typed("decimal", text, float(text))


def no_leading_zero(rng: random.Random) -> Typed:
    text = f"{rng.choice(('', '-', '+'))}.{rng.randrange(1, 10 ** rng.randrange(1, 5)):03d}"
    return Typed("no leading zero", text, float(text))


def leading_plus(rng: random.Random) -> Typed:
    text = "+" + unsigned(rng)
    return Typed("leading plus", text, float(text))


def trailing_point(rng: random.Random) -> Typed:
    text = f"{rng.choice(('', '-'))}{rng.randrange(0, 40)}."
    return Typed("trailing point", text, float(text) + 0.0)


def decimal_comma(rng: random.Random) -> Typed:
    text = decimal(rng)
    whole, _, part = text.partition(".")
    if len(part) == 3 and whole.lstrip("-") != "0":
        text = whole + "." + part[:2]
    return Typed("decimal comma", text.replace(".", ","), float(text))


def exponent(rng: random.Random) -> Typed:
    text = f"{decimal(rng)}{rng.choice('eE')}{rng.choice(('-', '-', '+', ''))}{rng.randrange(0, 7)}"
    return Typed("exponent", text, float(text))


def power_of_ten(rng: random.Random) -> Typed:
    head, power = positive(rng), rng.randrange(-6, 4)
    times = rng.choice(("\u00d7", " \u00d7 ", " x ", "x", "*", " * ", "\u00b7"))
    raised = rng.choice(
        (f"10^{power}", f"10^({power})", f"10**{power}", "10" + str(power).translate(SUPER))
    )
    return Typed("power of ten", f"{head}{times}{raised}", float(head) * 10.0**power)


def fraction(rng: random.Random) -> Typed:
    top, bottom = rng.randrange(1, 20), rng.randrange(1, 101)
    sign, bar = rng.choice(("", "", "-")), rng.choice(("/", "/", " / "))
    value = top / bottom
    return Typed("fraction", f"{sign}{top}{bar}{bottom}", -value if sign else value)


def vulgar(rng: random.Random) -> Typed:
    sign, glyph = rng.choice(("", "", "-")), rng.choice(sorted(VULGAR))
    whole = rng.choice(("", "", str(rng.randrange(1, 4))))
    gap = rng.choice(("", " ")) if whole else ""
    value = float(whole or 0) + VULGAR[glyph]
    return Typed(
        "vulgar fraction", f"{sign}{whole}{gap}{glyph}", -value if sign else value, plain=not whole
    )


def mixed(rng: random.Random) -> Typed:
    bottom = rng.randrange(2, 11)
    top, whole, sign = rng.randrange(1, bottom), rng.randrange(1, 5), rng.choice(("", "", "-"))
    value = whole + top / bottom
    return Typed(
        "mixed number", f"{sign}{whole} {top}/{bottom}", -value if sign else value, plain=False
    )


def percent(rng: random.Random) -> Typed:
    text = decimal(rng, 0, 100)
    mark = rng.choice(("%", "%", " %", " percent"))
    return Typed("percent", text + mark, float(text) / 100, plain=False, ascii="p" not in mark)


def about(rng: random.Random) -> Typed:
    text = decimal(rng)
    mark = rng.choice(("~", "~ ", "\u2248", "\u2248 ", "= ", "=", "\u223c", "\u2245 "))
    return Typed("about or equals", mark + text, float(text))


def labelled(rng: random.Random) -> Typed:
    text, name = decimal(rng), rng.choice(NAMES)
    joint = rng.choice((" = ", "=", ": ", " is ", " \u2248 ", " =", "= "))
    return Typed("label", name + joint + text, float(text), ascii=False)


def labelled_slope(rng: random.Random) -> Typed:
    text = decimal(rng)
    name = rng.choice(("dL/dw", "dL/dw12", "\u2202L/\u2202w12", "dL/dz", "dL/dwO1", "dLoss/dw"))
    return Typed("label of a slope", f"{name} = {text}", float(text), ascii=False)


def labelled_call(rng: random.Random) -> Typed:
    inner = decimal(rng)
    z = float(inner)
    name, value = rng.choice(
        (
            ("ReLU", max(0.0, z)),
            ("relu", max(0.0, z)),
            ("sigmoid", 1 / (1 + math.exp(-z))),
            ("\u03c3", 1 / (1 + math.exp(-z))),
        )
    )
    answer = f"{value:.4f}"
    return Typed("label that is a call", f"{name}({inner}) = {answer}", float(answer), ascii=False)


def call(rng: random.Random) -> Typed:
    inner = decimal(rng)
    z = float(inner)
    sigmoid, relu = 1 / (1 + math.exp(-z)), max(0.0, z)
    text, value = rng.choice(
        (
            (f"max(0, {inner})", relu),
            (f"max(0,{inner})", relu),
            (f"max({inner}, 0)", relu),
            (f"ReLU({inner})", relu),
            (f"relu({inner})", relu),
            (f"sigmoid({inner})", sigmoid),
            (f"\u03c3({inner})", sigmoid),
            (f"tanh({inner})", math.tanh(z)),
            (f"1/(1+e^-{positive(rng)})", 0.0),
            (f"1/(1+exp(-{positive(rng)}))", 0.0),
            (f"1 / (1 + e^(-{positive(rng)}))", 0.0),
        )
    )
    if text.startswith("1"):
        number = float(text.split("-")[1].rstrip(")"))
        value = 1 / (1 + math.exp(-number))
    return Typed("call", text, value)


def power(rng: random.Random) -> Typed:
    base = positive(rng)
    raised, n = rng.choice(
        (("^2", 2), ("\u00b2", 2), ("**2", 2), ("**3", 3), ("^3", 3), ("\u00b3", 3), (" ^ 2", 2))
    )
    if rng.random() < 0.3:
        left = decimal(rng)
        return Typed("power", f"({left} - {base}){raised}", (float(left) - float(base)) ** n)
    return Typed("power", base + raised, float(base) ** n)


def implied(rng: random.Random) -> Typed:
    a, b = positive(rng), decimal(rng)
    c, d = positive(rng), decimal(rng)
    x, y, u, v = map(float, (a, b, c, d))
    text, value = rng.choice(
        (
            (f"{a}({b})", x * y),
            (f"({a})({b})", x * y),
            (f"{a}({b}) + {c}({d})", x * y + u * v),
            (f"({a})({b})+({c})({d})", x * y + u * v),
            (f"{a}({b} + {c})", x * (y + u)),
        )
    )
    return Typed("implied product", text, value)


def sign_words(rng: random.Random) -> Typed:
    a, b = unsigned(rng), positive(rng)
    x, y = float(a), float(b)
    text, value = rng.choice(
        (
            (f"minus {b}", -y),
            (f"negative {b}", -y),
            (f"{a} plus {b}", x + y),
            (f"{a} minus {b}", x - y),
            (f"{a} times {b}", x * y),
            (f"{a} divided by {b}", x / y),
            (f"{a} over {b}", x / y),
            (f"{a} times minus {b}", x * -y),
            (f"{a} times negative {b}", x * -y),
            (f"{b} squared", y * y),
        )
    )
    return Typed("words as signs", text, value, plain=False, ascii=False)


def spoken(rng: random.Random) -> Typed:
    digits = [rng.randrange(10) for _ in range(rng.randrange(1, 4))]
    whole, sign = (
        rng.choice(("zero ", "", "one ", "two ")),
        rng.choice(("", "", "minus ", "negative ")),
    )
    text = f"{sign}{whole}point {' '.join(DIGIT_WORDS[d] for d in digits)}"
    value = float(f"{DIGIT_WORDS.index(whole.strip() or 'zero')}.{''.join(map(str, digits))}")
    return Typed("spoken", text, -value if sign else value, plain=False, ascii=False)


MAKERS: tuple[Maker, ...] = (
    *(as_is, no_leading_zero, leading_plus, trailing_point, decimal_comma, exponent, power_of_ten),
    *(
        fraction,
        vulgar,
        mixed,
        percent,
        about,
        labelled,
        labelled_slope,
        labelled_call,
        call,
        power,
    ),
    *(implied, sign_words, spoken),
)
