"""From plain text to tokens: every decision that needs to see the characters and the spaces.

One pattern splits the text; each of its groups has a function that adds tokens to the `Scan` and
says where it stopped. Where the same characters could mean two things (`0.6 x1`, `0·03`, `1 e-3`)
they refuse rather than pick.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from engine.expression import Number, Ref
from engine.functions import TYPED
from engine.keeping import kept
from engine.reading.characters import latin, stranger
from engine.reading.names import LETTER, bare
from engine.reading.numbers import (
    NUMBER,
    refuse_decimal_dot,
    scan_exponent,
    scan_fraction,
    scan_number,
    scan_number_word,
    scan_percent,
    scan_spoken,
)
from engine.reading.results import Refusal
from engine.reading.tokens import DEEPEST, Scan
from engine.reading.words import NO_WORDS, Words

ARGUMENT_COMMA = "\x1f"
"""What stands for a comma between arguments, once `numbers.py` has found it to be one."""

EULER = Number(math.e)
"""The base in `e^-0.252`; known again by identity."""

BECOME_TREES = ("sqrt", "max")
"""Typed like functions, and no function of a tree."""

EMOJI = "\u2300-\u23ff\u2600-\u27bf\u2b12-\u2b5f\U0001f000-\U0001faff"
_DENYING = frozenset("❌❎⛔🚫👎🔟")
_SIGNS = {"+": "PLUS", "-": "MINUS", "*": "TIMES", "×": "TIMES", "·": "TIMES", "/": "OVER"}
_SIGNS |= {"^": "POWER", "**": "POWER", "√": "ROOT", ":": "COLON", "~": "ABOUT"}
_OPENS = {")": "(", "]": "[", "}": "{"}
_LONGEST_PAIR = 16
"""Letters and digits of two names with nothing between them, at most."""

_JOINS = frozenset(" ([._'")
"""What may follow a word inside a name."""

_LETTERS = re.compile(r"[^\W\d_]{2}|[^\W\d_\u0000-\u02af]")
"""What a word has: two letters, or one of a script that may spell a word with it."""
_DECIMALS = re.compile(r"[.,][0-9]+")
_X_NUMBER = re.compile(r"[xX][0-9]+")
_POINT_FOLLOWS = re.compile(r"[.,][0-9]")
_POWER_OF_TEN = re.compile(r"[xX]10 *(?:\^|\*\*|[⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹])")
_LOOKS_LIKE_DIGITS = re.compile(r"[oOlI][0-9oOlI]*")
_LETTERS_AND_POINT = re.compile(r"[oO][.,][0-9oOlI]*[0-9]")
_OTHER_LOGARITHM = re.compile(r"log_?[0-9]+|lg|lb|ld")


@kept
def _piece(words: Words, primed: str) -> Callable[[str, int, int], re.Match[str] | None]:
    """What splits a text with words of a language; some functions are typed with a prime."""
    return re.compile(
        rf" *(?:(?P<spoken>{words.spoken})|(?P<number>{NUMBER})"
        rf"|(?P<emoji>[{EMOJI}]+|(?<![^ \n])[:;]['-]?[()DP](?![^ \n]))"
        r"|(?P<sign>[-=]{1,2}>|\*\*|==|=~|=≈|~=|[-+*/^=~≈×·√±→:])"
        rf"|(?P<phrase>{words.phrases})"
        rf"|(?P<slope>(?i:{primed})['′](?= *[(\[{{]))"
        rf"|(?P<name>[{LETTER}](?:[{LETTER}0-9_]|['.](?=[{LETTER}]))*)"
        r"|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<bar>\|)|(?P<line>\n)|(?P<percent>%)"
        r"|(?P<exponent>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?P<fraction>[¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])"
        rf"|(?P<mark>[.,;!?]+)|(?P<comma>{ARGUMENT_COMMA}))"
    ).match


def _primed() -> str:
    """What is typed before a prime: the functions whose slope is one too."""
    return "|".join(word[:-1] for word in TYPED if word.endswith("'"))


def scan_text(scan: Scan, start: int, end: int) -> None:
    """Fills `scan.tokens` from `scan.text[start:end]`; brackets come out matched.

    >>> scan = Scan("0.7 * -0.3", {})
    >>> scan_text(scan, 0, 10)
    >>> scan.tokens
    [NUMBER('0.7'), TIMES('*'), SIGNED('-0.3')]
    """
    text, position = scan.text, start
    match = _piece(scan.words if _LETTERS.search(text) else NO_WORDS, _primed())
    while position < end:
        found = match(text, position, end)
        if found is None or found.lastgroup is None:
            raise stranger(text, end - len(text[position:end].lstrip(" ")))
        kind = found.lastgroup
        position = _SCANNERS[kind](scan, found[kind], found.start(kind))
    scan.all_closed()


def _scan_sign(scan: Scan, written: str, start: int) -> int:
    """An operator, equals sign, arrow, colon or tilde."""
    if written == "±":
        raise Refusal("plus_minus", start, start + 1)
    if written == "·":
        refuse_decimal_dot(scan, start)
    if written[-1] in "→>":
        scan.literal = False
        return _scan_operator(scan, "SO", written, start)
    return _scan_operator(scan, _SIGNS.get(written, "EQUALS"), written, start)


def _scan_operator(scan: Scan, kind: str, written: str, start: int) -> int:
    """An operator of a known kind, written as a sign or as a word.

    A plus that is only the sign of what follows is checked and then left out.
    """
    end, before = start + len(written), scan.last
    if kind in ("EQUALS", "SO"):
        scan.all_closed()
    elif kind in ("PLUS", "MINUS") and not scan.after_value:
        last = before.kind if before else ""
        spaced = scan.text[end : end + 1] == " "
        if last == "LINE" and (kind == "PLUS" or spaced):
            raise Refusal("line_sign", start, end)
        if kind == "PLUS" and not (last == "WORD" and spaced) and last not in ("PLUS", "MINUS"):
            if found := scan.words.sign_follows.match(scan.text, end):
                raise Refusal("double_sign", start, found.end())
            return end
    return scan.add(kind, written, start)


def _scan_open(scan: Scan, written: str, start: int) -> int:
    if len(scan.opened) >= DEEPEST:
        raise Refusal("too_deep", start, start + 1)
    end = scan.add("OPEN_BAR" if written == "|" else "OPEN", written, start)
    scan.opened.append(scan.tokens[-1])
    return end


def _scan_close(scan: Scan, written: str, start: int) -> int:
    """A closing bracket; it must match the last one opened."""
    if not scan.opened or scan.opened[-1].text != _OPENS[written]:
        place = scan.opened[-1].start if scan.opened else start
        raise Refusal("unclosed_bracket", place, start + 1)
    scan.opened.pop()
    return scan.add("CLOSE", written, start)


def _scan_bar(scan: Scan, written: str, start: int) -> int:
    """A bar of `|x|`: it closes when a value has just ended inside an open one, else it opens."""
    inside = bool(scan.opened) and scan.opened[-1].kind == "OPEN_BAR"
    if inside and (scan.after_value or scan.tokens[-1].kind == "WORD"):
        scan.opened.pop()
        return scan.add("CLOSE_BAR", written, start)
    return _scan_open(scan, written, start)


def _scan_line(scan: Scan, written: str, start: int) -> int:
    """A line end; inside brackets it is only a space."""
    if scan.tokens and not scan.opened and scan.tokens[-1].kind != "LINE":
        return scan.add("LINE", written, start)
    return start + 1


def _scan_emoji(scan: Scan, written: str, start: int) -> int:
    if not _DENYING.isdisjoint(written):
        raise Refusal("emoji", start, start + len(written))
    return scan.add("EMOJI", written, start)


def _scan_name(scan: Scan, written: str, start: int) -> int:
    """A run of letters and digits that begins with a letter, or a phrase of the tables."""
    words, before = scan.words, scan.last
    if scan.after_value and (x := latin(written))[0] in "xX" and _x_is_times(scan, x, start):
        return scan.add("TIMES", "x", start)
    end = start + len(written)
    if (phrase := _name_of_words(scan, written, start)) is not None:
        name, end = phrase
        return scan.add("NAME", scan.text[start:end], start, Ref(name))
    if written in scan.names:
        _refuse_glued(scan, written, start)
        return scan.add("NAME", written, start, Ref(written))
    word = " ".join(written.lower().split())
    if word in TYPED or word in BECOME_TREES:
        scan.literal = scan.literal and word != "log"
        return scan.add("FUNCTION", written, start)
    if word in words.signs:
        return _scan_sign_word(scan, words.signs[word], written, start)
    if word in words.numbers:
        return scan_number_word(scan, word, start, end)
    if word == "e":
        if before is not None and before.digits:
            raise Refusal("unfinished_exponent", before.start, end)
        return scan.add("EULER", written, start, EULER)
    if _OTHER_LOGARITHM.fullmatch(word):
        raise Refusal("logarithm", start, end)
    if word in words.inside_names and before is not None and before.kind == "FUNCTION":
        return end
    if word in words.not_finite:
        raise Refusal("not_finite", start, end)
    _refuse_glued(scan, written, start)
    if (known := _known(scan, written)) is not None:
        return scan.add("NAME", written, start, Ref(known))
    pair = not written.isalpha() and len(written) < _LONGEST_PAIR
    for length in range(1, len(written) if pair else 0):  # x1w11
        first = _known(scan, written[:length])
        if first is not None and _known(scan, written[length:]) is not None:
            return scan.add("NAME", written[:length], start, Ref(first))
    if before is not None and before.digits and before.end == start and word[-1].isdigit():
        if found := _DECIMALS.match(scan.text, end):
            end = found.end()
        raise Refusal("missing_sign", before.start, end)
    if found := _LETTERS_AND_POINT.match(scan.text, start):
        raise Refusal("letter_for_digit", start, found.end())
    return scan.add("WORD", written, start)


def _known(scan: Scan, written: str) -> str | None:
    """The name that is meant: as written, else the only one alike but for case and underscores."""
    return written if written in scan.names else scan.spellings.alike.get(bare(written))


def _name_of_words(scan: Scan, written: str, start: int) -> tuple[str, int] | None:
    """The name of several words that begins here, if one does, and where it ends."""
    follows = scan.text[start + len(written) : start + len(written) + 1]
    if not scan.names or (follows not in _JOINS and _JOINS.isdisjoint(written)):
        return None
    return scan.spellings.phrase(scan.text, start)


def _refuse_glued(scan: Scan, written: str, start: int) -> None:
    """Refuses a letter glued to a number that may be a mistyped digit or a unit: `0.O3`, `5p`."""
    before = scan.last
    if before is None or not before.digits or before.end != start:
        return
    if _LOOKS_LIKE_DIGITS.fullmatch(written):
        raise Refusal("letter_for_digit", before.start, start + len(written))
    if len(written) == 1 or scan.text[start - 1] in ".,":
        raise Refusal("missing_sign", before.start, start + len(written))


def _x_is_times(scan: Scan, written: str, start: int) -> bool:
    """Whether an x after a value is a times sign; refuses where it may be a name: `0.6 x1`."""
    before = scan.tokens[-1]
    if len(written) == 1:
        return True
    if _POINT_FOLLOWS.match(scan.text, start + len(written)) and _X_NUMBER.fullmatch(written):
        return True
    if _known(scan, written) is not None:
        raise Refusal("times_or_name", before.start, start + len(written))
    if _POWER_OF_TEN.match(scan.text, start):
        return True
    if _X_NUMBER.fullmatch(written):
        if before.end != start:
            raise Refusal("times_or_name", before.start, start + len(written))
        scan.literal = False
        return True
    return _known(scan, written[1:]) is not None


def _scan_sign_word(scan: Scan, kind: str, written: str, start: int) -> int:
    before, end = scan.last, start + len(written)
    scan.literal = False
    if kind == "PERCENT":
        return scan_percent(scan, written, start)
    if kind == "SIGN":  # a minus that never subtracts
        if scan.after_value:
            raise Refusal("words", start, end)
        kind = "MINUS"
    if kind.isdigit():
        if before is not None and before.kind == "SIGNED":
            raise Refusal("signed_power", before.start, end)
        return scan.add("EXPONENT", written, start, Number(float(kind)))
    return _scan_operator(scan, kind, written, start)


def _adding(kind: str) -> Callable[[Scan, str, int], int]:
    return lambda scan, written, start: scan.add(kind, written, start)


_SCANNERS: dict[str, Callable[[Scan, str, int], int]] = {
    "spoken": scan_spoken,
    "number": scan_number,
    "emoji": _scan_emoji,
    "sign": _scan_sign,
    "phrase": _scan_name,
    "slope": _adding("FUNCTION"),
    "name": _scan_name,
    "open": _scan_open,
    "close": _scan_close,
    "bar": _scan_bar,
    "line": _scan_line,
    "percent": scan_percent,
    "exponent": scan_exponent,
    "fraction": scan_fraction,
    "mark": _adding("MARK"),
    "comma": _adding("SEPARATOR"),
}
