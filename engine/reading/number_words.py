"""Numbers said in words of more than one: `zero point twenty one`, `twenty six hundredths`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import TypeAlias

from engine.reading.words import Words

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_GLUED = re.compile(r"(?<![\w.,])[0-9]+[.,][0-9]+(?=[^\W\d_])(?![eExX][-0-9(.,]|[xX]\s)")
"""A number to which an ending is glued: 0,918e."""
_Part: TypeAlias = tuple[str, int, int]
"""A word, and from where to where it stands."""
LONGEST = 3
"""Words of a number that is listed as one."""
HUNDRED = 100
SHORT, ALIKE = 3, 0.7
"""Words of so few letters begin others by chance; so alike is a word misspelt."""


def in_figures(text: str, words: Words, *, every: bool = False) -> str:
    """A text with the numbers that are said in words in digits, and their signs before them.

    Args:
        text: in plain characters.
        words: the words of the language.
        every: whether a number said in a single word is turned too.

    >>> words = Words(negative_behind=frozenset({"but negative"}))
    >>> in_figures("0.21 but negative", words)
    '-0.21'
    """
    text = _GLUED.sub(r"\g<0> ", in_digits(text, words, every=every))
    return words.turns_negative.sub(r"-\1", text)


def in_digits(text: str, words: Words, *, every: bool = False) -> str:
    """A text with its numbers in digits where they are said in words with a point or a fraction.

    >>> said = {"zero": "0", "three": "3", "twenty": "20", "one": "1", "six": "6"}
    >>> words = Words(numbers=said, point=frozenset({"point"}), fractions={"hundredths": "100"})
    >>> in_digits("minus zero point twenty one", words), in_digits("zero point zero three", words)
    ('minus 0.21', '0.03')
    >>> in_digits("it is twenty six hundredths", words), in_digits("three", words)
    ('it is 0.26', 'three')
    """
    parts = _joined(text, [one for token in _WORD.finditer(text) for one in _parts(token, words)])
    said = [word for word, _, _ in parts]
    out, at, copied = "", 0, 0
    while at < len(parts):
        number, after = _number(said, at, words)
        if number is None and every and (run := _run(said, at, words))[0]:
            number, after = str(_whole(run[0])), run[1]
        beside = (said[at - 1 : at], said[after : after + 1])
        if number is None or any(_belongs(one, words) for one in beside):
            at = max(at + 1, after)
            continue
        out += text[copied : parts[at][1]] + number
        copied, at = parts[after - 1][2], after
    return out + text[copied:]


def _belongs(beside: Sequence[str], words: Words) -> bool:
    """Whether a word that nobody listed may belong to the number beside it: "three-ish"."""
    if not beside or not beside[0] or words.says_number(beside[0]):
        return False
    word = next((beside[0].removeprefix(one) for one in words.number_joins), beside[0])
    listed = [one for one in words.numbers if len(one) > SHORT]
    lists = (words.trailing, words.leading, words.signs, words.so, words.then)
    known = any(beside[0] in one for one in lists)
    begins = any(word.startswith(one) for one in listed)
    return not known and (begins or bool(get_close_matches(word, listed, 1, ALIKE)))


def _joined(text: str, parts: Sequence[_Part]) -> list[_Part]:
    """Parts, with one that says nothing wherever more than space stands between two."""
    joined: list[_Part] = []
    for part in parts:
        if joined and text[joined[-1][2] : part[1]].strip(" -\t"):
            joined.append(("", part[1], part[1]))
        joined.append(part)
    return joined


def _parts(token: re.Match[str], words: Words) -> list[_Part]:
    """A word, or the number words that are written together in it, each with its place."""
    word = token[0].casefold()
    if word.isdecimal() or words.says_number(word) or len(word) != len(token[0]):
        return [(word, *token.span())]
    found, start = list[_Part](), 0
    while start < len(word):
        if word[start] == "-" and found:
            start += 1
            continue
        end = next(
            (end for end in range(len(word), start, -1) if words.says_number(word[start:end])), 0
        )
        if not end:
            return [(word, *token.span())]
        found.append((word[start:end], token.start() + start, token.start() + end))
        start = end
    return found


def _number(said: Sequence[str], at: int, words: Words) -> tuple[str | None, int]:
    """The number that begins at a word, in digits, and where it ends; None for none."""
    if (found := _fraction_first(said, at, words)) is not None:
        return found
    whole, end = _run(said, at, words)
    if whole == [0] and said[end : end + 1] and said[end] not in words.negations:
        parts = _fraction_first(said, end + 1, words)  # "zero wholes, of a hundred three"
        if parts is not None:
            return parts
    number = str(_whole(whole))
    spoken = not any(map(str.isdecimal, said[at:end]))
    if spoken and whole[:1] == [0] and any(whole):
        number = f"0.{_after_point(whole[1:])}"  # "zero twenty one": the point goes unsaid
    elif end < len(said) and said[end] in words.point:
        if whole and (found := _fraction_first(said, end + 1, words)) is not None:
            return number + found[0].removeprefix("0"), found[1]
        digits, after = _run(said, end + 1, words)
        if any(digits):
            number, end = f"{number}.{_after_point(digits)}", after
    below, after = _fraction(said, end, words)
    if whole and below:
        return _over(number, below), after
    return (number, end) if "." in number or _is_compound(whole) else (None, at)


def _is_compound(numbers: Sequence[int]) -> bool:
    """Whether numbers are said together as one: twenty one, nine hundred."""
    tens = [one for one in numbers[:2] if one % 10 == 0 and 10 < one < HUNDRED]
    ones = [one for one in numbers[:2] if 0 < one < 10]
    return HUNDRED in numbers[1:] or (len(numbers) == len(tens) + len(ones) == 2 and bool(tens))


def _fraction(said: Sequence[str], at: int, words: Words) -> tuple[str, int]:
    """How many of the parts that are named at a word make one, and where that ends."""
    for length in (2, 1):
        below = words.fractions.get(" ".join(said[at : at + length]))
        if below is not None and at + length <= len(said):
            return below, at + length
    return "", at


def _fraction_first(said: Sequence[str], at: int, words: Words) -> tuple[str, int] | None:
    """So many hundredths, where the hundredth is said first: "of a hundred, three"."""
    below, start = _fraction(said, at, words)
    count, end = _run(said, start, words) if below else ([], at)
    return (_over(str(_whole(count)), below), end) if count else None


def _over(number: str, below: str) -> str:
    """A number of hundredths; of "zero wholes, twenty one" they stand behind the point."""
    whole, _, count = number.rpartition(".")
    return f"{whole or 0}.{int(count):0{len(below) - 1}d}"


def _run(said: Sequence[str], at: int, words: Words) -> tuple[list[int], int]:
    """The numbers that stand one behind the other, and where they end."""
    found: list[int] = []
    end = at
    while at < len(said):
        number, after = _listed(said, at, words)
        if number is None:
            if not (found and said[at] in words.number_joins):
                break
            at += 1
            continue
        found.append(number)
        at = end = after
    return found, end


def _listed(said: Sequence[str], at: int, words: Words) -> tuple[int | None, int]:
    """One listed number, the longest."""
    for length in range(min(LONGEST, len(said) - at), 0, -1):
        word = " ".join(said[at : at + length])
        digits = words.spoken_digits.get(word) or words.numbers.get(word)
        if digits and digits.isdigit():
            return int(digits), at + length
        if length == 1:
            for join in words.number_joins:  # in Arabic "and" is written to the next word
                rest = words.numbers.get(word.removeprefix(join), "")
                if word.startswith(join) and rest.isdigit():
                    return int(rest), at + 1
    if said[at].isdecimal() and len(said[at]) <= len(str(HUNDRED)):
        return int(said[at]), at + 1
    return None, at


def _whole(numbers: Sequence[int]) -> int:
    """Numbers said together: twenty, one; nine, hundred, eighteen; digit by digit: two, one."""
    if all(number < 10 for number in numbers):
        return int("".join(map(str, numbers)) or 0)
    total = 0
    for number in numbers:
        total = total * number if number == HUNDRED and 0 < total < 10 else total + number
    return total


def _after_point(numbers: Sequence[int]) -> str:
    """The digits after a point: each said alone, or one number after its zeros."""
    if all(number < 10 for number in numbers):
        return "".join(map(str, numbers))
    zeros = next(place for place, number in enumerate(numbers) if number)
    return "0" * zeros + str(_whole(numbers[zeros:]))
