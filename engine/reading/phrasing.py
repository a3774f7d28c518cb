"""From statements to the sides of a chain: labels, and words that say nothing.

"I think H1 is about 0.03" is the side 0.03 with the label H1. What is left of the words is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.expression import Ref
from engine.reading import words
from engine.reading.results import Reason, Refusal
from engine.reading.sentences import (
    LONGEST_LABEL,
    Clause,
    Opening,
    clauses,
    is_work,
    split_lines,
)
from engine.reading.tokens import LABELS, OPERATORS, VALUE_ENDS, VALUE_STARTS, Scan, Token

_ENDS_LABEL = frozenset(("EQUALS", "COLON", "ABOUT"))
_AROUND_NAME = OPERATORS | {"OPEN", "CLOSE", "OPEN_BAR", "CLOSE_BAR"}
_SIMPLE = OPERATORS | {"EXPONENT", "OPEN", "CLOSE", "NUMBER", "SIGNED"}
"""Kinds that need none of what this module does."""

NEW_LINE = "\n"
"""The text of the EQUALS between two lines."""


@dataclass(slots=True)
class Line:
    """One statement: its label, if it has one, and its tokens without label and empty words."""

    label: str | None
    tokens: list[Token]
    opening: Opening
    is_given: bool
    """Whether it only says what the answer comes from."""


def phrase(scan: Scan, *, reason: bool) -> tuple[str | None, list[Token]]:
    """The label of a text and the tokens of its sides, with an EQUALS between two sides.

    Args:
        scan: the text, scanned.
        reason: whether to read what follows "because".

    Raises:
        Refusal: words that can't be left out, a question, or several answers.
    """
    tokens = scan.tokens
    if _is_simple(tokens):
        return None, tokens
    if (work := _simple_lines(tokens)) is not None:
        return None, work
    lines = _all_lines(scan, reason=reason)
    label = _one_label(scan, lines)
    for line in lines[:-1]:
        bare = line.label is None and not any(token.type in OPERATORS for token in line.tokens)
        if bare and not line.is_given:
            raise _several(scan)
    sides: list[Token] = []
    for place, line in enumerate(lines):
        if sides and line.tokens:
            between = "=" if _goes_on(lines, place) else NEW_LINE
            sides.append(Token("EQUALS", between, line.tokens[0].start))
        sides += line.tokens
    _refuse_rest(scan, sides)
    return label, sides


def _is_simple(tokens: list[Token]) -> bool:
    """Whether there is nothing to leave out: `0.24 - 0.21 = 0.03`, but not `-0.3 (negative)`."""
    if not tokens or tokens[0].type == "EQUALS" or any(one.type not in _SIMPLE for one in tokens):
        return False
    return tokens[-1].type != "CLOSE" or tokens[-2].type != "MINUS"


def _simple_lines(tokens: list[Token]) -> list[Token] | None:
    """The sides of several lines, each of them simple and all but the last more than a value."""
    kinds = {token.type for token in tokens}
    if not kinds <= _SIMPLE | {"LINE"} or not kinds & VALUE_STARTS:
        return None
    lines = split_lines(tokens)
    works = all(any(token.type in OPERATORS for token in line) for line in lines[:-1])
    if not works or not all(map(_is_simple, lines)):
        return None
    sides = list(lines[0])
    for line in lines[1:]:
        sides.append(Token("EQUALS", NEW_LINE, line[0].start))
        sides += line
    return sides


def _all_lines(scan: Scan, *, reason: bool) -> list[Line]:
    """The statements; the label of a value that is only given is no label of the answer."""
    found = [_line(scan, clause) for clause in clauses(scan, reason=reason)]
    lines = [line for line in found if line.tokens or line.label]
    answer = lines[-1].label if lines else None
    for place, line in enumerate(lines[:-1]):
        line.is_given = line.opening == "reason" or any(
            later.opening == "so" for later in lines[place + 1 :]
        )
        works = any(token.type in OPERATORS for token in line.tokens)
        if line.opening == "reason" or (line.is_given and not works and answer is None):
            line.label = None
    return lines


def _one_label(scan: Scan, lines: list[Line]) -> str | None:
    """The last label there is.

    Raises:
        Refusal: there are several, so that it is several answers.
    """
    labelled = [line for line in lines if line.label is not None]
    if len({(line.label or "").lower() for line in labelled}) > 1:
        raise _several(scan)
    return labelled[-1].label if labelled else None


def _goes_on(lines: list[Line], place: int) -> bool:
    """Whether "so" or an arrow stands for the equals sign after the work before it."""
    first = next(index for index, line in enumerate(lines) if line.tokens)
    before = lines[place - 1]
    alone = place - 1 == first or before.opening == "so"
    return lines[place].opening == "so" and alone and is_work(before.tokens)


def _several(scan: Scan) -> Refusal:
    return Refusal("several_answers", scan.tokens[0].start, scan.tokens[-1].end)


def _line(scan: Scan, clause: Clause) -> Line:
    tokens = clause.tokens
    label, start = _label_after_opening(scan, tokens)
    kept: list[Token] = []
    dropped: Token | None = None
    at_start = True
    for place, token in enumerate(tokens[start:], start):
        if at_start:
            if _says_nothing(token, dropped, kept) and not _is_unequal(tokens, place):
                if token.type != "EQUALS":
                    dropped = token
                    scan.literal = scan.literal and token.type != "WORD"
                continue
            if dropped is not None and dropped.type == "WORD" and _spaced_minus(scan, token):
                raise Refusal("dash_or_minus", token.start, token.start + 1)
        kept.append(token)
        at_start, dropped = token.type == "EQUALS", None
    if label is None:
        label = _name_at_end(scan, kept)
    return Line(label, kept, clause.opening, is_given=False)


def _says_nothing(token: Token, dropped: Token | None, kept: list[Token]) -> bool:
    """Whether a token at the start of a side can be left out."""
    if token.type == "WORD":
        return token.text.lower() in words.LEADING
    if token.type == "ABOUT":
        return True
    if token.type == "EQUALS":
        return not kept or token.text[0].isalpha() or "≈" in token.text
    return token.type == "MARK" and dropped is not None and token.text in (",", ".", "!")


def _is_unequal(tokens: list[Token], place: int) -> bool:
    """Whether an exclamation mark and the equals sign after it say what the answer is not."""
    following = tokens[place + 1 : place + 2]
    return tokens[place].text == "!" and any(one.text[:1] == "=" for one in following)


def _spaced_minus(scan: Scan, token: Token) -> bool:
    """Whether a minus has a space after it, so that after a word it may be a dash."""
    return token.type in ("MINUS", "SIGNED") and scan.text[token.start : token.start + 2] == "- "


def _label_after_opening(scan: Scan, tokens: list[Token]) -> tuple[str | None, int]:
    """The label of a line, also after an arrow or "the answer is", and where the rest begins."""
    label, start = _label(scan, tokens)
    opening = start or int(bool(tokens) and tokens[0].type == "EQUALS")
    if label is None and opening:
        label, more = _label(scan, tokens[opening:])
        start = opening + more if label is not None else start
    return label, start


def _label(scan: Scan, tokens: list[Token]) -> tuple[str | None, int]:
    """The label before a line's first equals sign or colon, and where the rest begins."""
    kinds = [token.type for token in tokens[: LONGEST_LABEL + 1]]
    place = next((place for place, kind in enumerate(kinds) if kind not in LABELS), len(kinds))
    found = tokens[:place]
    if place and kinds[place:] and kinds[place] == "OVER" and found[-1].type == "WORD":
        rest = kinds[place + 1 : place + 3]
        if len(rest) == 2 and rest[0] in ("NAME", "WORD") and rest[1] in _ENDS_LABEL:
            _refuse_denial(found)
            telling = [one for one in found if one.text.lower() not in words.LEADING]
            scan.literal = scan.literal and telling == found
            return scan.text[(telling or found)[0].start : tokens[place + 1].end], place + 3
    if not found or place == len(kinds) or kinds[place] not in _ENDS_LABEL:
        return None, 0
    _refuse_denial(found)
    if len(found) == 1:
        return _single(scan, found[0]), place + 1
    telling = list(found)
    while telling and telling[0].type == "WORD" and telling[0].text.lower() in words.LEADING:
        telling.pop(0)
    if telling and not any(token.type in ("WORD", "FUNCTION") for token in found):
        return None, 0
    scan.literal = False
    if not telling:
        return None, place + 1
    if len(telling) == 1:
        return _single(scan, telling[0]), place + 1
    return scan.text[telling[0].start : telling[-1].end], place + 1


def _refuse_denial(label: list[Token]) -> None:
    """Refuses `not H1 = 0.3`."""
    for token in label:
        if token.text.lower() in words.NOT_IN_LABELS:
            raise Refusal("words", token.start, token.end)


def _single(scan: Scan, token: Token) -> str | None:
    """The label that one word is, if it is one."""
    if isinstance(token.node, Ref):
        return token.node.id
    if len(token.text) > 1 and token.text.lower() in words.LEADING:
        scan.literal = False
        return None
    return token.text


def _name_at_end(scan: Scan, sides: list[Token]) -> str | None:
    """The label of `0.03 = H1`: a name at the end, taken off the sides."""
    if len(sides) < 3 or sides[-2].type != "EQUALS" or sides[-3].type not in VALUE_ENDS:
        return None
    last = sides[-1]
    if last.type != "NAME" and (last.type != "WORD" or len(last.text) > 4):
        return None
    scan.literal = False
    del sides[-2:]
    return last.node.id if isinstance(last.node, Ref) else last.text


def _refuse_rest(scan: Scan, sides: list[Token]) -> None:
    """Refuses what only this module could have taken away: words, marks, colons, tildes."""
    has_value = any(token.type in VALUE_STARTS for token in sides)
    if not has_value and not any(token.type == "WORD" for token in scan.tokens):
        nothing = all(token.type not in LABELS for token in scan.tokens)
        reason: Reason = "lone_sign" if nothing else "missing_number"
        raise Refusal(reason, scan.tokens[0].start if scan.tokens else 0, len(scan.text))
    for place, token in enumerate(sides):
        if token.type in ("WORD", "MARK", "COLON", "ABOUT"):
            before = sides[place - 1] if place else None
            after = sides[place + 1] if place + 1 < len(sides) else None
            reason = _why_left(token, before, after, has_value=has_value)
            raise Refusal(reason, token.start, token.end)


def _why_left(
    token: Token, before: Token | None, after: Token | None, *, has_value: bool
) -> Reason:
    word = token.text.lower()
    if token.type == "COLON":
        return "colon"
    if token.type == "ABOUT":
        return "range"
    if token.type == "MARK":
        if ".." in word or (word[0] == "." and before and before.text.endswith(".")):
            return "ellipsis"
        if word.startswith("!"):
            return "comparison" if after and after.text.startswith("=") else "factorial"
        return "several_answers" if set(word) <= set(",;.") else "odd_character"
    if word in words.SEVERAL and before and before.type in VALUE_ENDS:
        return "several_answers"
    alone = (before is None or before.type in _AROUND_NAME) and (
        after is None or after.type in _AROUND_NAME
    )
    name_like = len(word) <= 2 or any(letter.isdigit() for letter in word)
    if alone and (before or after or name_like):
        return "unknown_name"
    if before is not None and before.type in ("NUMBER", "SIGNED", "PERCENT") and after is None:
        return "units"
    return "words" if has_value or not name_like else "unknown_name"
