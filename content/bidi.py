"""Formulas, names and numbers in text that runs from the right.

They run from left to right in every language. Each stretch of them is isolated (Unicode Standard
Annex 9), so that neither takes the other's signs along. What learners copy from such a text can be
read: reading passes over these marks.
"""

from __future__ import annotations

import re

_FROM_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_LTR, _RTL, _END = "\u2066", "\u2067", "\u2069"
_WORDS = re.compile(f"[{_FROM_RIGHT}]+(?:[ \u00a0][{_FROM_RIGHT}]+)*")
_SIGNS = re.compile(r"(?!.*،)(?:.*[=≈×÷/²→]|.* [+−] |.*\w\()", re.DOTALL)
"""What a formula has, and a list of names and numbers has not."""
_BLOCK = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
_TAG = r"<[^<>]*>"
_ISOLATE = f"{_LTR}(?:[^{_LTR}{_RTL}{_END}]|{_RTL}[^{_END}]*{_END})*{_END}"
_BETWEEN = rf"(?:{_TAG}|{_ISOLATE}|[^{_FROM_RIGHT}<\n·{_LTR}{_RTL}{_END}])"
_RUN = re.compile(
    rf"(?P<whole>{_TAG}|{_ISOLATE}(?!{_BETWEEN}*[A-Za-z0-9]))"
    rf"|[−+(\[|]*(?:[A-Za-z0-9/]|{_ISOLATE})"
    rf"(?:{_BETWEEN}*(?:[A-Za-z0-9)\]%²³|′]|{_ISOLATE})(?:</[a-z-]+>)*)?"
)
"""A tag, or from the first to the last letter, digit or bracket between words from the right."""
_PAIRS = (("(", ")"), ("[", "]"))


def from_right(text: str) -> bool:
    """Whether some of a text runs from the right."""
    return not text.isascii() and _WORDS.search(text) is not None


def from_left(formula: str) -> str:
    r"""A formula in which some names run from the right, as one that runs from the left.

    What has no sign of a formula stays: it is a name, or words.

    >>> from_left("w1 × x1"), ascii(from_left("w1 − \u0645\u0639\u062f\u0644 × 2"))
    ('w1 × x1', "'\\u2066w1 \\u2212 \\u2067\\u0645\\u0639\\u062f\\u0644\\u2069 \\xd7 2\\u2069'")
    """
    if not (from_right(formula) and _SIGNS.match(formula)):
        return formula
    return f"{_LTR}{_WORDS.sub(lambda name: f'{_RTL}{name[0]}{_END}', formula)}{_END}"


def isolated(text: str) -> str:
    r"""A line with its formulas kept together, where some of it runs from the right.

    >>> isolated("x1 = 0.6"), ascii(isolated("\u0647\u062f\u0641 \u22120.3"))
    ('x1 = 0.6', "'\\u2067\\u0647\\u062f\\u0641 \\u2066\\u22120.3\\u2069\\u2069'")
    """
    return f"{_RTL}{_runs(text)}{_END}" if from_right(text) else text


def isolated_in(html: str) -> str:
    r"""A message with its formulas kept together, and every line of its working from the left.

    >>> ascii(isolated_in("\u0647\u062f\u0641 <b>H1</b>: 0.6 \u00d7 0.4"))
    "'\\u0647\\u062f\\u0641 <b>\\u2066H1</b>: 0.6 \\xd7 0.4\\u2069'"
    """
    return "".join(
        _block(part) if part.startswith("<pre>") else "\n".join(map(_runs, part.split("\n")))
        for part in _BLOCK.split(html)
    )


def _block(block: str) -> str:
    """A block of working, each of its lines as a whole from the left."""
    lines = block.removeprefix("<pre>").removesuffix("</pre>").split("\n")
    said = "\n".join(line if _LTR in line else from_left(line) for line in lines)
    return f"<pre>{said}</pre>"


def _runs(line: str) -> str:
    """Every stretch between words that run from the right, tags and all, isolated."""
    return _RUN.sub(_apart, line) if from_right(line) else line


def _apart(found: re.Match[str]) -> str:
    if found["whole"]:
        return found[0]
    before, run, after = "", found[0], ""
    for opening, closing in _PAIRS:
        while run.endswith(closing) and run.count(closing) > run.count(opening):
            run, after = run[:-1], closing + after
        while run.startswith(opening) and run.count(opening) > run.count(closing):
            before, run = before + opening, run[1:]
    return f"{before}{_LTR}{run}{_END}{after}"
