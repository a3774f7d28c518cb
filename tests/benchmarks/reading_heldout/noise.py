"""What a phone, or a person, puts around a number: each changes a text and never its meaning."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

from tests.benchmarks.reading_heldout.typed import Typed

Noise = Callable[[random.Random, Typed], Typed]

MINUS = "\u2212\u2013\u2014\u2010\u2011\u2012\u2015\ufe63\uff0d\u02d7\u2796"
TIMES = "\u00d7\u00b7\u2022\u2217\u22c5\u2219\u2715\u2716\uff0a"
OVER = "\u00f7\u2215\u2044\uff0f"
SPACES = ("\u00a0", "\u2009", "\u202f", "\u2002", "\u2007", "\u3000", "  ", "\t")
UNSEEN = "\u200b\u200d\u200e\u200f\u2060\ufeff\u202a\u202c\u2066\u2069"
BEFORE = (
    *("its ", "It's ", "it\u2019s ", "I think ", "i think it's ", "I think it is ", "-> ", "=> "),
    *(
        "\u2192 ",
        "ans: ",
        "Ans = ",
        "Answer: ",
        "answer is ",
        "The answer is ",
        "it's about ",
        "so ",
    ),
    *(
        "I got ",
        "i get ",
        "maybe ",
        "that's ",
        "ok ",
        "Hmm ",
        "result: ",
        "approx ",
        "So it's ",
    ),
)
AFTER = ("?", " ?", "??", " right?", "!", " I think", " maybe", " approx")
EMOJI = "\U0001f44d\U0001f642\U0001f605\U0001f914\u2705\u2764\U0001f389"


def other(chars: str, ascii_sign: str) -> Noise:
    """One spelling of a sign in place of the keyboard's, everywhere in a text."""

    def swap(rng: random.Random, typed: Typed) -> Typed:
        if not typed.ascii or (ascii_sign == "*" and "**" in typed.text):
            return typed
        text = typed.text.replace(ascii_sign, rng.choice(chars))
        dotted = re.search("\\d[\u00b7\u2022\u22c5\u2219]\\d", text) is not None
        return replace(typed, text=text, either=typed.either or dotted)

    return swap


def letter_x(rng: random.Random, typed: Typed) -> Typed:
    """An x for every times sign, but where x2 or 0x10 would stand there."""
    if not typed.ascii or re.search(r"\*\*|(?<![\d.])0\*|\* ?\d+(?!\.?\d)", typed.text):
        return typed
    return replace(typed, text=typed.text.replace("*", rng.choice("xX")))


def wide_brackets(_: random.Random, typed: Typed) -> Typed:
    return replace(typed, text=typed.text.replace("(", "\uff08").replace(")", "\uff09"))


def digits(rng: random.Random, typed: Typed) -> Typed:
    """Figures of another script, with that script's point."""
    if not typed.ascii or not set(typed.text) & set("0123456789"):
        return typed
    if any(c.isalpha() for c in typed.text):
        return typed
    zero, point = rng.choice(
        ((0xFF10, "\uff0e"), (0xFF10, "."), (0x660, "\u066b"), (0x6F0, "\u066b"), (0x660, "."))
    )
    table: dict[int, str] = {ord(str(d)): chr(zero + d) for d in range(10)}
    text = typed.text.translate(table | {ord("."): point})
    return replace(typed, text=text, plain=typed.plain and zero == 0xFF10, ascii=False)


def spaces(rng: random.Random, typed: Typed) -> Typed:
    return replace(typed, text=typed.text.replace(" ", rng.choice(SPACES)))


def around(rng: random.Random, typed: Typed) -> Typed:
    left, right = (
        rng.choice((" ", "\n", "", "  ", "\u00a0")),
        rng.choice((" ", "\n", "\n\n", "  ", "\u00a0")),
    )
    return replace(typed, text=left + typed.text + right)


def unseen(rng: random.Random, typed: Typed) -> Typed:
    """A character that shows nothing, at an edge or beside a sign."""
    mark, places = rng.choice(UNSEEN), [0, len(typed.text)]
    places += [i for i, c in enumerate(typed.text) if c in " +*/=("]
    where = rng.choice(places)
    return replace(typed, text=typed.text[:where] + mark + typed.text[where:])


def full_stop(_: random.Random, typed: Typed) -> Typed:
    """A sentence's, unless a point ends the number already."""
    if not typed.text.rstrip("".join(SPACES) + UNSEEN)[-1:].isalnum():
        return typed
    return replace(typed, text=typed.text + ".")


def before(rng: random.Random, typed: Typed) -> Typed:
    return replace(typed, text=rng.choice(BEFORE) + typed.text)


def after(rng: random.Random, typed: Typed) -> Typed:
    """What stands after it; `(3)!` may be a factorial and `it is 0.03?` a question."""
    mark = rng.choice(AFTER)
    factorial = mark == "!" and not re.search(r"[.,]\d+$", typed.text)
    asks = "?" in mark and " is " in typed.text
    return replace(typed, text=typed.text + mark, either=typed.either or factorial or asks)


def emoji(rng: random.Random, typed: Typed) -> Typed:
    text = typed.text + rng.choice(("", " ")) + rng.choice(EMOJI)
    return replace(typed, kind=typed.kind, text=text, plain=False, either=True)


def capital(_: random.Random, typed: Typed) -> Typed:
    return replace(typed, text=typed.text[:1].upper() + typed.text[1:])


def nothing(_: random.Random, typed: Typed) -> Typed:
    return typed


INSIDE: tuple[Noise, ...] = (
    *(
        other(MINUS, "-"),
        other(TIMES, "*"),
        other(OVER, "/"),
        other("\uff0b\u2795", "+"),
        other("\uff1d", "="),
    ),
    *(letter_x, wide_brackets, digits, spaces, unseen),
)
OUTSIDE: tuple[Noise, ...] = (full_stop, before, after, emoji, capital, around)


def dressed(rng: random.Random, typed: Typed) -> Typed:
    """The text with none to three of these, those inside it first, and no place taken twice."""
    chosen = rng.sample(INSIDE + OUTSIDE, rng.randrange(4))
    for noise in sorted(chosen, key=(INSIDE + OUTSIDE).index):
        if noise is full_stop and after in chosen:
            continue
        typed = noise(rng, typed)
    return typed
