"""Ordinary writing round the numbers: questions, reasons, lists of works, "so" and arrows.

`clauses` takes a text apart into statements, the answer in the last one. What it is not sure to be
a statement it leaves together, and `phrasing` refuses what is left of the words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from engine.reading import words
from engine.reading.questions import refuse_question
from engine.reading.results import Refusal
from engine.reading.tokens import LABELS, OPERATORS, VALUE_ENDS, VALUE_STARTS, Scan, Token

Opening: TypeAlias = Literal["line", "list", "so", "reason"]

LONGEST_LABEL = 6


_CONTINUES = frozenset(("EQUALS", "TIMES", "OVER", "POWER", "SO"))
_WORKS = frozenset(("PLUS", "MINUS", "TIMES", "OVER", "POWER", "EXPONENT", "FUNCTION"))
_STOPS = (",", ";", ".")
_NUMERIC = frozenset(("NUMBER", "SIGNED", "PERCENT", "MIXED", "FRACTION"))
_CAN_BEAR_ASIDE = _NUMERIC | {"CLOSE", "CLOSE_BAR", "EXPONENT"}


@dataclass(slots=True)
class Clause:
    """One statement: its tokens, and what stands between it and the one before."""

    tokens: list[Token]
    opening: Opening
    """A line end, a comma or semicolon, "so" or an arrow; or that it only gives the reason."""

    @property
    def is_work(self) -> bool:
        """Whether its last side is more than a value."""
        return is_work(self.tokens)


def is_work(tokens: list[Token]) -> bool:
    """Whether the last side is more than a value."""
    for token in reversed(tokens):
        if token.type == "EQUALS":
            return False
        if token.type in _WORKS:
            return True
    return False


def clauses(scan: Scan, *, reason: bool) -> list[Clause]:
    """The statements of a text.

    Args:
        scan: the text, scanned.
        reason: whether what follows "because" is work; if not, it is left out.

    Raises:
        Refusal: the text asks something.
    """
    tokens = _without_no(scan, scan.tokens)
    refuse_question(scan, tokens)
    place = because(tokens)
    if place is None:
        return _statements(scan, tokens)
    scan.literal = False
    answer = _statements(scan, tokens[:place])
    if not reason:
        return answer
    why = _statements(scan, tokens[place + 1 :], answer=False)
    return [*(Clause(clause.tokens, "reason") for clause in why), *answer]


def because(tokens: list[Token]) -> int | None:
    """Where a reason begins after an answer: the word "because", with a value before it."""
    found = None
    for place, token in enumerate(tokens):
        if token.type != "WORD":
            continue
        word = token.text.lower()
        if found is None and word in words.BECAUSE:
            if any(before.type in VALUE_ENDS for before in tokens[:place]):
                found = place
        elif found is not None and word in words.TURNS:
            return None
    return found


def _without_no(scan: Scan, tokens: list[Token]) -> list[Token]:
    """Leaves out the "no" of `no, it's 0` and `no its 0`, which answers the tutor."""
    if len(tokens) < 3 or tokens[0].type != "WORD" or tokens[0].text.lower() not in words.NO:
        return tokens
    after = tokens[1]
    if after.text == "," or (after.type == "WORD" and after.text.lower() in words.AFTER_NO):
        scan.literal = False
        return tokens[1 + (after.text == ",") :]
    return tokens


def _statements(scan: Scan, tokens: list[Token], *, answer: bool = True) -> list[Clause]:
    found: list[Clause] = []
    for line in split_lines(tokens):
        opening: Opening = "line"
        segments = _segments(scan, line)
        for index, segment in enumerate(segments):
            last = answer and index == len(segments) - 1
            for piece in _listed(scan, without_ending(scan, segment), last=last):
                found.append(Clause(without_ending(scan, piece), opening))
                opening = "list"
            opening = "so"
    return found


def split_lines(tokens: list[Token]) -> list[list[Token]]:
    """The tokens line by line; a line that begins with an operator goes on the one before."""
    lines: list[list[Token]] = [[]]
    for place, token in enumerate(tokens):
        if token.type != "LINE":
            lines[-1].append(token)
            continue
        before = lines[-1][-1].type if lines[-1] else ""
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        goes_on = after is not None and (after.type in _CONTINUES or _is_so_word(after))
        if before not in OPERATORS and before not in ("COLON", "SO") and not goes_on:
            lines.append([])
    return lines


def _is_so_word(token: Token) -> bool:
    return token.type == "WORD" and token.text.lower() in words.SO


def _segments(scan: Scan, line: list[Token]) -> list[list[Token]]:
    """What stands between arrows and words like "so", where there is a value on both sides.

    An arrow after a label is its equals sign.

    Raises:
        Refusal: nothing stands on one side of an arrow.
    """
    segments: list[list[Token]] = [[]]
    depth = 0
    for place, token in enumerate(line):
        depth += (token.type == "OPEN") - (token.type == "CLOSE")
        before = segments[-1]
        if token.type == "SO":
            if len(before) <= LONGEST_LABEL and all(one.type in LABELS for one in before):
                token.type = "EQUALS"
                before.append(token)
                continue
            if not any(one.type in VALUE_STARTS for one in line[place + 1 :]):
                raise Refusal("missing_number", line[place - 1].start, token.end)
        elif not (_is_so_word(token) and depth == 0 and _between_values(line, place)):
            before.append(token)
            continue
        scan.literal = False
        while before and (before[-1].text in _STOPS or before[-1].text.lower() == "and"):
            before.pop()
        segments.append([])
    return [segment for segment in segments if segment]


def _between_values(line: list[Token], place: int) -> bool:
    return any(token.type in VALUE_ENDS for token in line[:place]) and any(
        token.type in VALUE_STARTS for token in line[place + 1 :]
    )


def _listed(scan: Scan, tokens: list[Token], *, last: bool) -> list[list[Token]]:
    """The parts of `0.6*0.4 = 0.24, 0.24 - 0.21 = 0.03`, if each is such a piece of work.

    Args:
        scan: the text.
        tokens: without a separator at the end.
        last: whether the answer is in here; if not, the parts need not be work.
    """
    parts: list[list[Token]] = [[]]
    between = ""
    depth = 0
    for token in tokens:
        depth += (token.type == "OPEN") - (token.type == "CLOSE")
        if depth == 0 and (
            (token.type == "MARK" and token.text in _STOPS)
            or (token.type == "WORD" and token.text.lower() in words.LISTS)
        ):
            word = token.text.lower()
            if parts[-1]:
                parts.append([])
                between = word
            elif word == "and":
                between = word
        else:
            parts[-1].append(token)
    if len(parts) == 1 or not parts[-1]:
        return [tokens]
    if not last:
        apart = all(any(token.type in VALUE_STARTS for token in part) for part in parts)
    else:
        apart = all(_is_equation(part) for part in parts[:-1]) and (
            (_is_equation(parts[-1]) and between in _STOPS) or _apart(scan, parts[-1], between)
        )
    return parts if apart else [tokens]


def _apart(scan: Scan, part: list[Token], between: str) -> bool:
    """Whether the last part stands for itself: work after any sign, a value after a semicolon."""
    kinds = {token.type for token in part}
    if between == "and" or not (kinds & _WORKS or (between in (";", ".") and kinds & _NUMERIC)):
        return False
    scan.literal = False
    return True


def _is_equation(tokens: list[Token]) -> bool:
    kinds = {token.type for token in tokens}
    return "EQUALS" in kinds and bool(kinds & _WORKS)


def without_ending(scan: Scan, tokens: list[Token]) -> list[Token]:
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
        elif last.type == "CLOSE" and (start := _aside(tokens)) is not None:
            scan.literal = False
            del tokens[start:]
        else:
            break
    return tokens


def _aside(tokens: list[Token]) -> int | None:
    """Where an aside in brackets begins: only words after a number, none that takes it back."""
    place = len(tokens) - 2
    while place >= 0 and tokens[place].type in ("WORD", "MINUS"):
        place -= 1
    said = [token.text.lower() for token in tokens[place + 1 : -1]]
    if place < 1 or not said or tokens[place].type != "OPEN":
        return None
    before = tokens[place - 1]
    if before.type not in _CAN_BEAR_ASIDE:
        return None
    if said == ["no", "change"]:
        return place
    if said == ["negative"] and before.type == "SIGNED":
        return place
    if any(token.type == "MINUS" for token in tokens[place + 1 : -1]):
        return None
    return place if not words.TAKES_BACK.intersection(said) else None


def _is_end_mark(before: Token, mark: Token) -> bool:
    """Whether marks at the end of a line only end a sentence."""
    if mark.text.strip("!?") == "":
        whole = before.type == "CLOSE" or (before.digits or ".").isdigit()
        return "!" not in mark.text or not whole or before.end != mark.start
    if before.text.endswith((".", ",")) and before.type in ("NUMBER", "SIGNED"):
        return False
    return mark.text in (".", ";") or (mark.text == "," and "," not in before.text)
