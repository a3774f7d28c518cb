"""From statements to the sides of a chain: labels, and words that say nothing.

"I think H1 is about 0.03" is the side 0.03 with the label H1. What is left of the words is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter

from engine.expression import Ref
from engine.reading.results import Reason, Refusal
from engine.reading.statements import LONGEST_LABEL, Statement, lines_of, statements
from engine.reading.tokens import (
    LABELS,
    OPERATORS,
    VALUE_ENDS,
    VALUE_STARTS,
    WORKS,
    Scan,
    Token,
    is_work,
)

_ENDS_LABEL = frozenset(("EQUALS", "COLON", "ABOUT"))
_AROUND_NAME = OPERATORS | {"OPEN", "CLOSE", "OPEN_BAR", "CLOSE_BAR"}
_SIMPLE = OPERATORS | {"EXPONENT", "OPEN", "CLOSE", "NUMBER", "SIGNED", "PERCENT", "LINE"}
"""Kinds that need none of what this module does."""

_kind = attrgetter("kind")
_NOT_BARE = OPERATORS | WORKS | {"NAME"}
"""Kinds that make a line more than a number."""

_LISTED = (["NAME", "MINUS", "NUMBER"], ["NAME", "NUMBER"])
_GAP = 2
"""Spaces that stand for an equals sign in a list."""

_PAUSES = (",", ".", "!")
_LONGEST_NAME = 4
"""Letters of an unknown word that may be a name after a value: `0.03 = z1`."""


@dataclass(slots=True)
class Sides:
    """The sides of a text, with the label of its answer."""

    label: str | None = None
    sides: list[list[Token]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    """With which sides a line begins."""
    labelled: int = 0
    """The side before which the label stands."""

    def add(self, tokens: list[Token], *, goes_on: bool = False) -> None:
        """Adds what stands between the equals signs, as a line of its own or not."""
        if not goes_on:
            self.starts.append(len(self.sides))
        side: list[Token] = []
        equals = tokens[0]
        for token in tokens:
            if token.kind != "EQUALS":
                side.append(token)
                continue
            if not side:
                raise Refusal("missing_number", equals.start, token.end)
            self.sides.append(side)
            side, equals = [], token
        if side:
            self.sides.append(side)
        elif WORKS.isdisjoint(map(_kind, self.sides[-1])):  # with work it asks what that comes to
            raise Refusal("missing_number", equals.start, equals.end)


def find_sides(scan: Scan, *, reason: bool) -> Sides:
    """The sides of a scanned text."""
    found = Sides()
    tokens = scan.tokens
    kinds = set(map(_kind, tokens))
    plain = kinds <= _SIMPLE and tokens and tokens[0].kind != "EQUALS"
    if plain and (scan.literal or "CLOSE" not in kinds):
        apart = lines_of(scan.words, tokens) if "LINE" in kinds else [tokens]
        if any(map(_is_bare, apart[:-1])):
            raise _several(scan)
        for one in apart:
            found.add(one)
        return found
    lines = _all_lines(scan, reason=reason)
    labelled = [line for line in lines if line.label is not None]
    if len({(line.label or "").lower() for line in labelled}) > 1:
        raise _several(scan)
    for line in lines[:-1]:
        alone = line.label is None or _is_bare(lines[-1].tokens)
        if alone and not line.is_given and _is_bare(line.tokens):
            raise _several(scan)
    _refuse_rest(scan, [token for line in lines for token in line.tokens])
    for place, line in enumerate(lines):
        if line.tokens:
            if line.label is not None:
                found.labelled = len(found.sides)
            found.add(line.tokens, goes_on=bool(found.sides) and _goes_on(lines, place))
    found.label = labelled[-1].label if labelled else None
    return found


def _all_lines(scan: Scan, *, reason: bool) -> list[Statement]:
    """The statements; the label of a value that is only given is no label of the answer."""
    lines = statements(scan, reason=reason)
    for line in lines:
        _strip(scan, line)
    lines = [line for line in lines if line.tokens or line.label]
    answer = lines[-1].label if lines else None
    for place, line in enumerate(lines[:-1]):
        because = line.opening == "reason"
        line.is_given = because or any(later.opening == "so" for later in lines[place + 1 :])
        works = any(token.kind in OPERATORS for token in line.tokens)
        if because or (line.is_given and not works and answer is None):
            line.label = None
    return lines


def _goes_on(lines: list[Statement], place: int) -> bool:
    """Whether "so" or an arrow stands for the equals sign after the work before it."""
    first = next(index for index, line in enumerate(lines) if line.tokens)
    before = lines[place - 1]
    alone = place - 1 == first or before.opening == "so"
    return lines[place].opening == "so" and alone and is_work(before.tokens)


def _is_bare(line: list[Token]) -> bool:
    """Whether a line is a number, so that it is no step on the way."""
    return _NOT_BARE.isdisjoint(map(_kind, line))


def _several(scan: Scan) -> Refusal:
    return Refusal("several_answers", scan.tokens[0].start, scan.tokens[-1].end)


def _strip(scan: Scan, line: Statement) -> None:
    """Takes the label and the empty words from a statement."""
    if (listed := _as_listed(scan, line.tokens)) is not None:
        line.label, line.tokens = listed
        return
    tokens = line.tokens
    empty = 0
    while empty < len(tokens) - 2 and tokens[empty].said in scan.words.leading:
        empty += 1
        if tokens[empty].text in _PAUSES and tokens[empty + 1].kind != "EQUALS":  # != perhaps
            scan.literal, tokens, empty = False, tokens[empty + 1 :], 0
    line.label, start = _label(scan, tokens)
    opening = start or int(bool(tokens) and tokens[0].kind == "EQUALS")
    if line.label is None and opening:  # perhaps after an arrow, or after "the answer is"
        line.label, more = _label(scan, tokens[opening:])
        start = opening + more if line.label is not None else start
    kept: list[Token] = []
    dropped: Token | None = None
    at_start = True
    for place, token in enumerate(tokens[start:], start):
        if at_start:
            following = tokens[place + 1 : place + 2]
            denies = token.text == "!" and any(one.text[:1] == "=" for one in following)
            if not denies and _says_nothing(scan, token, dropped, kept):
                if token.kind != "EQUALS":
                    dropped = token
                    scan.literal = scan.literal and token.kind != "WORD"
                continue
            spaced_minus = scan.text[token.start : token.start + 2] == "- "
            if dropped is not None and dropped.kind == "WORD" and spaced_minus:
                raise Refusal("dash_or_minus", token.start, token.start + 1)
        kept.append(token)
        at_start, dropped = token.kind == "EQUALS", None
    if line.label is None:
        line.label = _name_at_end(scan, kept)
    line.tokens = kept


def _as_listed(scan: Scan, tokens: list[Token]) -> tuple[str, list[Token]] | None:
    """The label and the number of `w12  −0.271`, copied from a list: spaces, and a sign glued."""
    kinds = [token.kind for token in tokens]
    if kinds not in _LISTED or tokens[1].start - tokens[0].end < _GAP:
        return None
    name, number = tokens[0], tokens[-1]
    scan.literal = False
    if kinds[1] == "MINUS":
        if tokens[1].end != number.start:
            return None
        number = number.negative(tokens[1])
    return name.node.id if isinstance(name.node, Ref) else name.text, [number]


def _says_nothing(scan: Scan, token: Token, dropped: Token | None, kept: list[Token]) -> bool:
    """Whether a token at the start of a side can be left out."""
    if token.kind == "WORD":
        called = scan.text[token.end : token.end + 1] == "("  # as a function would be
        return token.said in scan.words.leading and not called
    if token.kind == "EQUALS":
        return not kept or token.text[0].isalpha() or "≈" in token.text
    if token.kind == "MARK":
        return dropped is not None and token.text in _PAUSES
    return token.kind == "ABOUT"


def _label(scan: Scan, tokens: list[Token]) -> tuple[str | None, int]:
    """The label before a line's first equals sign or colon, and where the rest begins."""
    leading = scan.words.leading
    kinds = [token.kind for token in tokens[: LONGEST_LABEL + 3]]
    place = next((place for place, kind in enumerate(kinds) if kind not in LABELS), len(kinds))
    found = tokens[:place]
    if not found or place > LONGEST_LABEL or place == len(kinds):
        return None, 0
    slope = kinds[place] == "OVER" and found[-1].kind == "WORD" and len(kinds) > place + 2
    if slope and kinds[place + 1] in ("NAME", "WORD") and kinds[place + 2] in _ENDS_LABEL:
        _refuse_denial(scan, found)
        telling = [one for one in found if one.said not in leading]
        scan.literal = scan.literal and telling == found
        return scan.text[(telling or found)[0].start : tokens[place + 1].end], place + 3
    if kinds[place] not in _ENDS_LABEL:
        return None, 0
    _refuse_denial(scan, found)
    telling = list(found)
    if len(found) > 1 or len(found[0].text) > 1:
        while telling and telling[0].kind == "WORD" and telling[0].said in leading:
            telling.pop(0)
    if len(found) > 1 and telling and {"WORD", "FUNCTION"}.isdisjoint(kinds[:place]):
        return None, 0
    scan.literal = scan.literal and len(found) == len(telling) == 1
    if not telling:
        return None, place + 1
    node = telling[0].node if len(telling) == 1 else None
    text = scan.text[telling[0].start : telling[-1].end]
    return (node.id if isinstance(node, Ref) else text), place + 1


def _refuse_denial(scan: Scan, label: list[Token]) -> None:
    """Refuses `not H1 = 0.3`."""
    for token in label:
        if scan.words.denies(token.said):
            raise Refusal("words", token.start, token.end)


def _name_at_end(scan: Scan, sides: list[Token]) -> str | None:
    """The label of `0.03 = H1`: a name at the end, taken off the sides."""
    if len(sides) < 3 or sides[-2].kind != "EQUALS" or sides[-3].kind not in VALUE_ENDS:
        return None
    last = sides[-1]
    if last.kind != "NAME" and (last.kind != "WORD" or len(last.text) > _LONGEST_NAME):
        return None
    scan.literal = False
    del sides[-2:]
    return last.node.id if isinstance(last.node, Ref) else last.text


def _refuse_rest(scan: Scan, sides: list[Token]) -> None:
    """Refuses what only this module could have taken away: words, marks, colons, tildes."""
    has_value = any(token.kind in VALUE_STARTS for token in sides)
    if not has_value and not any(token.kind == "WORD" for token in scan.tokens):
        nothing = all(token.kind not in LABELS for token in scan.tokens)
        start = scan.tokens[0].start if scan.tokens else 0
        raise Refusal("lone_sign" if nothing else "missing_number", start, len(scan.text))
    for place, token in enumerate(sides):
        if token.kind in ("WORD", "MARK", "COLON", "ABOUT"):
            before = sides[place - 1] if place else None
            after = sides[place + 1] if place + 1 < len(sides) else None
            reason = _why_left(scan, token, before, after, has_value=has_value)
            if reason == "missing_sign" and before and after:
                raise Refusal(reason, before.start, after.end)
            raise Refusal(reason, token.start, token.end)


def _why_left(
    scan: Scan, token: Token, before: Token | None, after: Token | None, *, has_value: bool
) -> Reason:
    word = token.said
    if token.kind == "COLON":
        return "colon"
    if token.kind == "ABOUT":
        return "range" if before and after else "odd_character"
    if token.kind == "MARK":
        if ".." in word or (word[0] == "." and before and before.text.endswith(".")):
            return "ellipsis"
        if word.startswith("!"):
            return "comparison" if after and after.text.startswith("=") else "factorial"
        return "several_answers" if set(word) <= set(",;.") else "odd_character"
    ends = before is not None and before.kind in VALUE_ENDS
    if ends and word in scan.words.several:
        return "several_answers"
    if ends and after and after.kind in VALUE_STARTS and len(word) == 1:
        return "missing_sign"
    cased = word != word.upper()  # no script without capitals has words of one letter for names
    name_like = (cased and len(word) <= 2) or any(letter.isdigit() for letter in word)
    alone = all(one is None or one.kind in _AROUND_NAME for one in (before, after))
    if alone and (before or after or name_like):
        return "unknown_name"
    if before is not None and before.kind in ("NUMBER", "SIGNED", "PERCENT") and after is None:
        return "units"
    return "words" if has_value or not name_like else "unknown_name"
