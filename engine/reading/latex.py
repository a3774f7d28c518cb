r"""Pasted LaTeX in plain signs: `\frac{3}{100}`, `0.6 \times 0.4`, `0{,}03`, `\(0.03\)`."""

from __future__ import annotations

import re
from collections.abc import Callable

_SIGNS = {"times": "×", "cdot": "*", "ast": "*", "div": "/", "approx": "≈", "simeq": "≈"}
_SIGNS |= {"sim": "~", "pm": "±", "infty": "∞", "sigma": "σ", "partial": "∂", "sqrt": "√"}
_SIGNS |= dict.fromkeys(("to", "rightarrow", "Rightarrow", "implies", "longrightarrow"), "→")
_SIGNS |= dict.fromkeys(("vert", "lvert", "rvert", "mid"), "|") | {"neq": "≠", "ne": "≠"}
_SIGNS |= dict.fromkeys(("le", "leq", "lt"), "<") | dict.fromkeys(("ge", "geq", "gt"), ">")
_SIGNS |= {name: name for name in ("max", "exp", "ln", "log", "tanh")}
_SIGNS |= dict.fromkeys(("left", "right", "big", "Big", "bigl", "bigr", "displaystyle"), "")
_SIGNS |= dict.fromkeys(("quad", "qquad", "space"), " ")
_MARKS = {"\\": "\n", ",": "\u2009", "{": "(", "}": ")"}
_MARKS |= dict.fromkeys("[]()!", "") | dict.fromkeys(" ;:", " ")
_MARKS |= {sign: sign for sign in "%_"}

_FRACTION = re.compile(r"\\[dtc]?frac(?! *[0-9] *[0-9]{2}| *[0-9]{2} *\{) *")
"""Not `\\frac 3 100`, which LaTeX takes for 3/1 and another number."""

_WHOLE = re.compile(r"[0-9]+")
_WORKED = re.compile(r"[-+*/^0-9]|\\[a-oq-z]")
"""What no slope has above or below its line."""

_WORDS = re.compile(
    r"\\(?:(?:text|math|operatorname|mbox|boxed)[a-z]*\*?|(?:hat|bar)(?! *\{ *[0-9])) *\{([^{}]*)\}"
)
_STEPS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\\(?:begin|end) *\{[a-z]+\*?\}|&"), lambda _: ""),
    (re.compile(r"\{([.,])\}"), lambda found: found[1]),
    (re.compile(r"(?<=_)\{ *(\w+) *\}"), lambda found: found[1]),
    (re.compile(r"\$\$?([^$]+)\$\$?"), lambda found: found[1]),
    (re.compile(r"\\([A-Za-z]+)(?!\[)(?: (?=[A-Za-z]))?"), lambda m: _SIGNS.get(m[1], m[0])),
    (re.compile(r"\\([^A-Za-z])"), lambda found: _MARKS.get(found[1], found[0])),
)


def without_latex(text: str) -> tuple[str, list[int] | None]:
    r"""A text with its LaTeX in plain signs; what is not known keeps its backslash.

    >>> without_latex(r"\frac{3}{100} \times 2")[0], without_latex("$0{,}03$")[0]
    ('({3}/{100}) × 2', '0,03')
    """
    if "\\" not in text and "$" not in text and "{" not in text:
        return text, None
    positions = list(range(len(text)))
    while found := list(_WORDS.finditer(text)):
        inner = found[-1]
        text, positions = _put(text, positions, (inner.start(), inner.end()), inner[1])
    while found := list(_FRACTION.finditer(text)):  # from the inside out
        start, top = found[-1].span()
        over = _end(text, top)
        bottom = over + len(text[over:]) - len(text[over:].lstrip(" "))
        end = _end(text, bottom)
        wholes = [part.strip("{} ") for part in (text[top:over], text[bottom:end])]
        if start and text[start - 1].isdigit() and all(map(_WHOLE.fullmatch, wholes)):
            mixed = f" {wholes[0]}/{wholes[1]}"
            text, positions = _put(text, positions, (start, end), mixed)
        elif not text[:start].strip(" $([\\") and not _WORKED.search("".join(wholes)):
            slope = "/".join(wholes).replace(" ", "").replace("\\partial", "∂")
            text, positions = _put(text, positions, (start, end), slope)
        else:
            for place, sign in (((end, end), ")"), ((over, bottom), "/"), ((start, top), "(")):
                text, positions = _put(text, positions, place, sign)
    for pattern, replaced in _STEPS:
        for inner in reversed(list(pattern.finditer(text))):
            text, positions = _put(text, positions, inner.span(), replaced(inner))
    return text, positions


def _put(
    text: str, positions: list[int], place: tuple[int, int], written: str
) -> tuple[str, list[int]]:
    """The text with something else in a place; its characters come from that place's."""
    start, end = place
    first = max(start, text.find(written, start, end))
    spread = [positions[min(first + n, end - 1)] for n in range(len(written))]
    return text[:start] + written + text[end:], [*positions[:start], *spread, *positions[end:]]


def _end(text: str, start: int) -> int:
    """Where the group that begins at a place ends: a pair of braces, or one character."""
    depth = 0
    for place in range(start, len(text)):
        depth += (text[place] == "{") - (text[place] == "}")
        if depth <= 0:
            return place + 1
    return len(text)
