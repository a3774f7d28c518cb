"""Ordinary writing round the numbers: questions, reasons, lists of works, "so" and arrows.

`statements` takes a text apart, the answer in the last one. What it is not sure to be a statement
it leaves together, and `sides.py` refuses what is left of the words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from engine.reading.results import Refusal
from engine.reading.tokens import (
    LABELS,
    NUMERIC,
    OPERATORS,
    VALUE_ENDS,
    VALUE_STARTS,
    WORKS,
    Scan,
    Token,
)
from engine.reading.words import Words

Opening: TypeAlias = Literal["line", "list", "so", "reason"]

LONGEST_LABEL = 6
_CONTINUES = frozenset(("EQUALS", "TIMES", "OVER", "POWER", "SO"))
_STOPS = (",", ";", ".")
_CAN_BEAR_ASIDE = NUMERIC | {"CLOSE", "CLOSE_BAR", "EXPONENT"}
_LABEL_ENDS = frozenset(("EQUALS", "COLON", "ABOUT", "SO"))
_TRAILING = ("WORD", "EQUALS")
"""Kinds of words that may end a sentence and say nothing: the verb of "it 0.3 is"."""
_GIVES = (["EQUALS", "NUMBER"], ["EQUALS", "SIGNED"])
_LABELLED = 3
_SLOPE = 3
"""So many tokens make the label of a slope: dL / dw."""


@dataclass(slots=True)
class Statement:
    """One statement: its tokens, and what stands between it and the one before."""

    tokens: list[Token]
    opening: Opening
    """A line end, a comma or semicolon, "so" or an arrow; or that it only gives the reason."""
    label: str | None = None
    is_given: bool = False
    """Whether it only says what the answer comes from."""


def statements(scan: Scan, *, reason: bool) -> list[Statement]:
    """The statements of a text."""
    tokens = _without_question(scan, _without_no(scan, scan.tokens))
    place = because(scan.words, tokens)
    if place is None:
        return _statements(scan, tokens)
    scan.literal = False
    answer = _statements(scan, tokens[:place])
    if not reason:
        return answer
    why = _statements(scan, tokens[place + 1 :], answer=False)
    return [*(Statement(one.tokens, "reason") for one in why), *answer]


def because(words: Words, tokens: list[Token]) -> int | None:
    """Where a reason begins after an answer: the word "because", with a value before it."""
    found = None
    for place, token in enumerate(tokens):
        if token.kind != "WORD":
            continue
        if found is None and token.said in words.because:
            if any(before.kind in VALUE_ENDS for before in tokens[:place]):
                found = place
        elif found is not None and token.said in words.turns:
            return None
    return found


def _without_no(scan: Scan, tokens: list[Token]) -> list[Token]:
    """Leaves out the "no" of `no, it's 0` and `no its 0`, which answers the tutor."""
    if len(tokens) < 3 or tokens[0].kind != "WORD" or tokens[0].said not in scan.words.no:
        return tokens
    comma = tokens[1].text == ","
    if not comma and (tokens[1].kind != "WORD" or tokens[1].said not in scan.words.after_no):
        return tokens
    scan.literal = False
    return tokens[1 + comma :]


def _without_question(scan: Scan, tokens: list[Token]) -> list[Token]:
    """The tokens, or of `is it 0.5?` the number with the words before and the mark after it."""
    words = scan.words
    said = [token for token in tokens if token.text[:1].isalpha() and token.kind != "NAME"]
    opens = next((token for token in tokens if token.said not in words.starters), None)
    last = next((token for token in reversed(tokens) if token.kind != "MARK"), opens)
    asks = opens in said and opens is not None and opens.said in words.questions
    asks = asks or (last is not None and last.kind == "WORD" and last.said in words.questions)
    marks = [n for n, one in enumerate(tokens) if "?" in one.text] if "?" in scan.text else []
    if marks and not asks and VALUE_STARTS.isdisjoint(one.kind for one in tokens[marks[0] :]):
        label = _labelling(words, tokens)
        asks = any(
            token.kind in ("WORD", "EQUALS") and token.said not in words.hedges
            for token in said
            if token not in label and token.start < tokens[marks[0]].start
        )
    if not asks:
        return tokens
    places = [place for place, token in enumerate(tokens) if token.kind in NUMERIC]
    rest = {token.said for token in tokens if token.kind not in NUMERIC | {"MARK"}}
    behind = {token.said for place in places[:1] for token in tokens[place + 1 :]}
    behind = {one for one in behind if one not in words.trailing and one not in words.signs}
    guesses = all(one in words.guesses or one in words.trailing for one in rest)
    if len(places) != 1 or not guesses or not words.questions.isdisjoint(behind):
        raise Refusal("words", 0, len(scan.text))
    scan.literal = False
    before, (number, *mark) = tokens[: places[0]], tokens[places[0] : places[0] + 2]
    kept = [token for token in before if token.said in words.leading]
    return [*kept, number, *(one for one in mark if one.kind == "MARK" and one.text != ",")]


def _labelling(words: Words, tokens: list[Token]) -> set[Token]:
    """The words of `loss = 0.19?` and `ans: dL/dw = 0.1?` that only say which number it is."""
    found: list[Token] = []
    since: list[Token] = []
    for token in tokens:
        if token.kind in _LABEL_ENDS and not token.text.isalpha():
            said = [one for one in since if one.said not in words.hedges]
            slope = len(said) == _SLOPE and said[1].kind == "OVER"
            if len(said) > 1 and not slope:
                break
            found += since
            since = []
        elif token.kind in LABELS or token.kind == "OVER":
            since.append(token)
        else:
            break
    return set(found)


def _statements(scan: Scan, tokens: list[Token], *, answer: bool = True) -> list[Statement]:
    found: list[Statement] = []
    for line in lines_of(scan.words, tokens):
        opening: Opening = "line"
        segments = _segments(scan, line)
        for index, segment in enumerate(segments):
            last = answer and index == len(segments) - 1
            for piece in _listed(scan, without_ending(scan, segment), last=last):
                found.append(Statement(without_ending(scan, piece), opening))
                opening = "list"
            opening = "so"
    return found


def lines_of(words: Words, tokens: list[Token]) -> list[list[Token]]:
    """The tokens line by line; a line that begins with an operator goes on the one before."""
    lines: list[list[Token]] = [[]]
    for place, token in enumerate(tokens):
        if token.kind != "LINE":
            lines[-1].append(token)
            continue
        before = lines[-1][-1].kind if lines[-1] else ""
        after = tokens[place + 1] if place + 1 < len(tokens) else token
        goes_on = after.kind in _CONTINUES or (after.kind == "WORD" and after.said in words.so)
        if before not in OPERATORS and before not in ("COLON", "SO") and not goes_on:
            lines.append([])
    return lines


def _segments(scan: Scan, line: list[Token]) -> list[list[Token]]:
    """What stands between arrows and words like "so", where there is a value on both sides.

    An arrow after a label is its equals sign.
    """
    segments: list[list[Token]] = [[]]
    depth = 0
    for place, token in enumerate(line):
        depth += (token.kind == "OPEN") - (token.kind == "CLOSE")
        before = segments[-1]
        if token.kind != "SO" and (token.kind != "WORD" or token.said not in scan.words.so):
            before.append(token)
            continue
        value_follows = any(one.kind in VALUE_STARTS for one in line[place + 1 :])
        if token.kind == "SO":
            if len(before) <= LONGEST_LABEL and all(one.kind in LABELS for one in before):
                token.kind = "EQUALS"
                before.append(token)
                continue
            if not value_follows:
                raise Refusal("missing_number", line[place - 1].start, token.end)
        elif depth or not value_follows or not any(one.kind in VALUE_ENDS for one in line[:place]):
            before.append(token)
            continue
        scan.literal = False
        while before and (before[-1].text in _STOPS or before[-1].said in scan.words.joins):
            before.pop()
        segments.append([])
    return [segment for segment in segments if segment]


def _listed(scan: Scan, tokens: list[Token], *, last: bool) -> list[list[Token]]:
    """The parts of `0.6*0.4 = 0.24, 0.24 - 0.21 = 0.03`, if each is such a piece of work."""
    parts: list[list[Token]] = [[]]
    between = ""
    depth = 0
    for token in tokens:
        depth += (token.kind == "OPEN") - (token.kind == "CLOSE")
        stops = (token.kind == "MARK" and token.text in _STOPS) or (
            token.kind == "WORD"
            and (token.said in scan.words.joins or token.said in scan.words.then)
        )
        if depth or not stops:
            parts[-1].append(token)
        elif parts[-1]:
            parts.append([])
            between = token.said
        elif token.said in scan.words.joins:
            between = token.said
    if len(parts) == 1 or not parts[-1]:
        return [tokens]
    if not last:
        apart = all(any(token.kind in VALUE_STARTS for token in part) for part in parts)
        return parts if apart else [tokens]
    if not all(map(_is_equation, parts[:-1])):
        return [tokens]
    if between in _STOPS and (_is_equation(parts[-1]) or _is_labelled(parts[-1])):
        return parts
    kinds = {token.kind for token in parts[-1]}
    ends = between in (";", ".") or (between == "," and _ends_list(parts))
    alone = kinds & WORKS or (ends and kinds & NUMERIC)
    if between in scan.words.joins or not alone:
        return [tokens]
    scan.literal = False
    return parts


def _is_equation(tokens: list[Token]) -> bool:
    kinds = {token.kind for token in tokens}
    return "EQUALS" in kinds and bool(kinds & WORKS)


def _is_labelled(tokens: list[Token]) -> bool:
    """Whether a part is a label of one word, an equals sign and a number."""
    kinds = [token.kind for token in tokens]
    return len(kinds) == _LABELLED and kinds[0] in LABELS and kinds[1:] in _GIVES


def _ends_list(parts: list[list[Token]]) -> bool:
    """Whether a number after a comma is the answer of two or more equations before it.

    The comma must not be one that a decimal could have, as in `= 0, 21`.
    """
    before, number = parts[-2][-1], parts[-1][0]
    decimal = not before.decimals and not number.decimals and number.kind != "SIGNED"
    return len(parts) > 2 and len(parts[-1]) == 1 and not decimal


def without_ending(scan: Scan, tokens: list[Token]) -> list[Token]:
    """A line without its last full stop, question mark and the like, and words like "rounded"."""
    tokens = list(tokens)
    asks = tokens[-1].text.endswith("?") if tokens else False
    trailing = scan.words.trailing - (frozenset() if asks else scan.words.negations)
    while len(tokens) > 1:
        before, last = tokens[-2:]
        if last.kind == "MARK":
            begun = (before.text, last.text) == ("0", ",") and last.end == len(scan.text.rstrip())
            if begun or not _is_end_mark(before, last):
                break
            scan.literal = scan.literal and last.text == "."
            tokens.pop()
        elif last.kind in _TRAILING and last.said in trailing:
            scan.literal = False
            tokens.pop()
        elif last.kind == "CLOSE" and (start := _aside(scan.words, tokens)):
            scan.literal = False
            del tokens[start:]
        else:
            break
    return tokens


def _aside(words: Words, tokens: list[Token]) -> int:
    """Where an aside in brackets begins: only words after a number, none that takes it back."""
    place = len(tokens) - 2
    while place >= 0 and tokens[place].kind in ("WORD", "MINUS"):
        place -= 1
    said = [token.said for token in tokens[place + 1 : -1]]
    if place < 1 or not said or tokens[place].kind != "OPEN":
        return 0
    before = tokens[place - 1]
    if before.kind not in _CAN_BEAR_ASIDE:
        return 0
    if " ".join(said) in words.unchanged:
        return place
    if any(token.kind == "MINUS" for token in tokens[place + 1 : -1]):  # "negative" fits a minus
        return place if before.kind == "SIGNED" and words.signs.get(said[0]) == "SIGN" else 0
    taken_back = any(word in words.takes_back or words.denies(word) for word in said)
    return 0 if taken_back else place


def _is_end_mark(before: Token, mark: Token) -> bool:
    """Whether marks at the end of a line only end a sentence."""
    if mark.text.strip("!?") == "":
        whole = before.kind == "CLOSE" or (before.digits or "0").isdigit()
        return "!" not in mark.text or not whole or before.end != mark.start
    if before.text.endswith((".", ",")) and before.kind in ("NUMBER", "SIGNED"):
        return False
    return mark.text in (".", ";") or (mark.text == "," and "," not in before.text)
