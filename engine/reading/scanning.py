"""From plain text to tokens: every decision that needs to see the characters and the spaces.

One pattern splits the text; each of its groups has a function that adds tokens to the `Scan` and
says where it stopped. Where the same characters could mean two things (`0.6 x1`, `0·03`, `1 e-3`,
`2x10-3`) they refuse rather than pick.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from engine.reading import naming, signs, values
from engine.reading.numbers import NUMBER
from engine.reading.spelling import LETTER
from engine.reading.tokens import Scan
from engine.reading.words import NUMBERS, SPOKEN_DIGITS

ARGUMENT_COMMA = "\x1f"
"""What stands for a comma between arguments, once `arguments.py` has found it to be one."""

_SPOKEN = (
    rf"(?i:(?:(?:{'|'.join(word for word, (_, decimals) in NUMBERS.items() if not decimals)}) +)?"
    rf"point(?: +(?:{'|'.join(SPOKEN_DIGITS)})\b)+)"
)
"""A number as dictation writes it down: zero point oh three."""

_PIECE = re.compile(
    rf" *(?:(?P<number>{NUMBER})"
    r"|(?P<sign>[-=]{1,2}>|\*\*|==|=~|=≈|~=|[-+*/^=~≈×·√±→:])"
    r"|(?P<phrase>(?i:divided +by|multiplied +by|to +the +power(?: +of)?|(?:one|a) +half)\b)"
    rf"|(?P<spoken>{_SPOKEN})"
    r"|(?P<slope>(?i:relu)['′](?= *[(\[{]))"
    rf"|(?P<name>[{LETTER}](?:[{LETTER}0-9_]|['.](?=[{LETTER}]))*)"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<bar>\|)|(?P<line>\n)|(?P<percent>%)"
    r"|(?P<exponent>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?P<fraction>[¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])"
    rf"|(?P<mark>[.,;!?]+)|(?P<comma>{ARGUMENT_COMMA}))"
)


def _slope(scan: Scan, written: str, start: int) -> int:
    return scan.add("FUNCTION", written, start)


def _mark(scan: Scan, written: str, start: int) -> int:
    return scan.add("MARK", written, start)


def _comma(scan: Scan, written: str, start: int) -> int:
    return scan.add("SEPARATOR", written, start)


_SCANNERS: dict[str, Callable[[Scan, str, int], int]] = {
    "number": values.scan_number,
    "sign": signs.scan_sign,
    "phrase": naming.scan_name,
    "spoken": values.scan_spoken,
    "slope": _slope,
    "name": naming.scan_name,
    "open": signs.scan_open,
    "close": signs.scan_close,
    "bar": signs.scan_bar,
    "line": signs.scan_line,
    "percent": values.scan_percent,
    "exponent": values.scan_exponent,
    "fraction": values.scan_fraction,
    "mark": _mark,
    "comma": _comma,
}


def scan_text(scan: Scan, start: int, end: int) -> None:
    """Fills `scan.tokens` from `scan.text[start:end]`; brackets come out matched.

    Raises:
        Refusal: a piece that can't be read, or can be read in two ways.

    >>> scan = Scan("0.7 * -0.3", {})
    >>> scan_text(scan, 0, 10)
    >>> scan.tokens
    [NUMBER('0.7'), TIMES('*'), SIGNED('-0.3')]
    """
    text, position = scan.text, start
    match = _PIECE.match
    while position < end:
        found = match(text, position, end)
        if found is None or found.lastgroup is None:
            raise signs.stranger(text, end - len(text[position:end].lstrip(" ")))
        kind = found.lastgroup
        position = _SCANNERS[kind](scan, found[kind], found.start(kind))
    scan.all_closed()
