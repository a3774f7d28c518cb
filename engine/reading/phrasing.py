"""From tokens to the sides of a chain: lines, labels, and words that say nothing.

"I think H1 is about 0.03" is the side 0.03 with the label H1. What is left of the words is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.expression import Ref
from engine.reading import words
from engine.reading.results import Reason, Refusal
from engine.reading.tokens import OPERATORS, VALUE_ENDS, VALUE_STARTS, Scan, Token

_LABELS = frozenset(("NAME", "WORD", "FUNCTION", "EULER"))
_ENDS_LABEL = frozenset(("EQUALS", "COLON", "ABOUT"))
_AROUND_NAME = OPERATORS | {"OPEN", "CLOSE", "OPEN_BAR", "CLOSE_BAR"}
_CONTINUES = frozenset(("EQUALS", "TIMES", "OVER", "POWER"))
_WORKS = frozenset(("PLUS", "MINUS", "TIMES", "OVER", "POWER", "EXPONENT", "FUNCTION"))
_LONGEST_LABEL = 6
_SIMPLE = OPERATORS | {"EXPONENT", "OPEN", "CLOSE", "NUMBER", "SIGNED"}
"""Kinds that need none of what this module does."""


@dataclass(slots=True)
class Line:
    """One line: its label, if it has one, and its tokens without label and empty words."""

    label: str | None
    tokens: list[Token]


def phrase(scan: Scan) -> tuple[str | None, list[Token]]:
    """The label of a text and the tokens of its sides, with an EQUALS between two sides.

    Raises:
        Refusal: words that can't be left out, or several answers.
    """
    tokens = scan.tokens
    if tokens and tokens[0].type != "EQUALS" and all(token.type in _SIMPLE for token in tokens):
        return None, tokens
    lines = [
        _line(scan, clause)
        for part in _lines(tokens)
        for clause in _clauses(_without_ending(scan, part))
    ]
    lines = [line for line in lines if line.tokens or line.label]
    labels = {line.label for line in lines if line.label is not None}
    if len(labels) > 1 and len({label.lower() for label in labels}) > 1:
        labelled = [line for line in lines if line.label is not None]
        if len(labelled) > 1 or labelled[-1] is not lines[-1]:
            raise _several(scan)
    for line in lines[:-1]:
        if line.label is None and not any(token.type in OPERATORS for token in line.tokens):
            raise _several(scan)
    label = next((line.label for line in reversed(lines) if line.label is not None), None)
    sides: list[Token] = []
    for line in lines:
        if sides and line.tokens:
            sides.append(Token("EQUALS", "=", line.tokens[0].start))
        sides += line.tokens
    if label is None:
        label = _name_at_end(scan, sides)
    _refuse_rest(scan, sides)
    return label, sides


def _several(scan: Scan) -> Refusal:
    return Refusal("several_answers", scan.tokens[0].start, scan.tokens[-1].end)


def _lines(tokens: list[Token]) -> list[list[Token]]:
    """The tokens line by line; a line that begins with an operator goes on the one before."""
    lines: list[list[Token]] = [[]]
    for place, token in enumerate(tokens):
        if token.type != "LINE":
            lines[-1].append(token)
            continue
        before = lines[-1][-1].type if lines[-1] else ""
        after = tokens[place + 1].type if place + 1 < len(tokens) else ""
        if before not in OPERATORS and before != "COLON" and after not in _CONTINUES:
            lines.append([])
    return lines


def _clauses(tokens: list[Token]) -> list[list[Token]]:
    """The parts of `0.6*0.4 = 0.24, 0.24 - 0.21 = 0.03`, if each is such a piece of work."""
    clauses: list[list[Token]] = [[]]
    for token in tokens:
        if token.type == "MARK" and token.text in (",", ";"):
            clauses.append([])
        else:
            clauses[-1].append(token)
    for clause in clauses:
        kinds = {token.type for token in clause}
        if "EQUALS" not in kinds or not kinds & _WORKS:
            return [tokens]
    return clauses


def _line(scan: Scan, tokens: list[Token]) -> Line:
    label, start = _label(scan, tokens)
    kept: list[Token] = []
    dropped: Token | None = None
    at_start = True
    for token in tokens[start:]:
        if at_start:
            if _says_nothing(token, dropped, kept):
                if token.type != "EQUALS":
                    dropped = token
                    scan.literal = scan.literal and token.type != "WORD"
                continue
            if dropped is not None and dropped.type == "WORD" and _spaced_minus(scan, token):
                raise Refusal("dash_or_minus", token.start, token.start + 1)
        kept.append(token)
        at_start, dropped = token.type == "EQUALS", None
    return Line(label, kept)


def _says_nothing(token: Token, dropped: Token | None, kept: list[Token]) -> bool:
    """Whether a token at the start of a side can be left out."""
    if token.type == "WORD":
        return token.text.lower() in words.LEADING
    if token.type == "ABOUT":
        return True
    if token.type == "EQUALS":
        return not kept or token.text[0].isalpha() or "≈" in token.text
    return token.type == "MARK" and dropped is not None and token.text in (",", ".", "!")


def _spaced_minus(scan: Scan, token: Token) -> bool:
    """Whether a minus has a space after it, so that after a word it may be a dash."""
    return token.type in ("MINUS", "SIGNED") and scan.text[token.start : token.start + 2] == "- "


def _without_ending(scan: Scan, tokens: list[Token]) -> list[Token]:
    """A line without its last full stop, question mark and the like, and words like "rounded"."""
    tokens = list(tokens)
    while tokens:
        last = tokens[-1]
        before = tokens[-2] if len(tokens) > 1 else None
        if last.type == "MARK" and before is not None:
            if not _is_end_mark(before, last):
                break
            scan.literal = scan.literal and last.text == "."
            tokens.pop()
        elif last.type == "WORD" and last.text.lower() in words.TRAILING and before is not None:
            scan.literal = False
            tokens.pop()
        elif last.type == "CLOSE" and before is not None and before.type == "WORD":
            if len(tokens) < 4 or tokens[-3].type != "OPEN":
                break
            if before.text.lower() not in words.TRAILING:
                break
            scan.literal = False
            del tokens[-3:]
        else:
            break
    return tokens


def _is_end_mark(before: Token, mark: Token) -> bool:
    """Whether marks at the end of a line only end a sentence."""
    if mark.text.strip("!?") == "":
        whole = before.type == "CLOSE" or (before.digits or ".").isdigit()
        return "!" not in mark.text or not whole or before.end != mark.start
    if before.text.endswith((".", ",")) and before.type in ("NUMBER", "SIGNED"):
        return False
    return mark.text in (".", ";") or (mark.text == "," and "," not in before.text)


def _label(scan: Scan, tokens: list[Token]) -> tuple[str | None, int]:
    """The label before a line's first equals sign or colon, and where the rest begins."""
    kinds = [token.type for token in tokens[: _LONGEST_LABEL + 1]]
    place = next((place for place, kind in enumerate(kinds) if kind not in _LABELS), len(kinds))
    found = tokens[:place]
    if place and kinds[place:] and kinds[place] == "OVER" and found[-1].type == "WORD":
        rest = kinds[place + 1 : place + 3]
        if len(rest) == 2 and rest[0] in ("NAME", "WORD") and rest[1] in _ENDS_LABEL:
            return scan.text[found[0].start : tokens[place + 1].end], place + 3
    if not found or place == len(kinds) or kinds[place] not in _ENDS_LABEL:
        return None, 0
    for token in found:
        if token.text.lower() in words.NEGATIONS:
            raise Refusal("words", token.start, token.end)
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
        nothing = all(token.type not in _LABELS for token in scan.tokens)
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
        return "several_answers" if set(word) <= set(",;") else "odd_character"
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
