"""Numbers said in words of more than one: `zero point twenty one`, `twenty six hundredths`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.reading.words import Words

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+")
LONGEST = 3
"""Words of a number that is listed as one."""
HUNDRED = 100


def in_digits(text: str, words: Words) -> str:
    """A text with its numbers in digits where they are said in words with a point or a fraction.

    >>> said = {"zero": "0", "three": "3", "twenty": "20", "one": "1", "six": "6"}
    >>> words = Words(numbers=said, point=frozenset({"point"}), fractions={"hundredths": "100"})
    >>> in_digits("minus zero point twenty one", words), in_digits("zero point zero three", words)
    ('minus 0.21', '0.03')
    >>> in_digits("it is twenty six hundredths", words), in_digits("three", words)
    ('it is 0.26', 'three')
    """
    tokens = list(_WORD.finditer(text))
    said = [token[0].casefold() for token in tokens]
    out, at, copied = "", 0, 0
    while at < len(tokens):
        number, after = _number(said, at, words)
        if number is None:
            at += 1
            continue
        out += text[copied : tokens[at].start()] + number
        copied, at = tokens[after - 1].end(), after
    return out + text[copied:]


def _number(said: Sequence[str], at: int, words: Words) -> tuple[str | None, int]:
    """The number that begins at a word, in digits, and where it ends; None for none."""
    whole, after = _run(said, at, words)
    if after < len(said) and said[after] in words.point:
        digits, end = _run(said, after + 1, words)
        if digits:
            number = f"{_whole(whole)}.{_after_point(digits)}"
            return _over(number, said, end, words) if whole else (number, end)
    if not whole:
        return None, at
    if after < len(said) and said[after] in words.fractions:
        return _over(str(_whole(whole)), said, after, words)
    return None, at


def _over(number: str, said: Sequence[str], at: int, words: Words) -> tuple[str, int]:
    """A number, or so many hundredths of it where that is said behind it."""
    below = words.fractions.get(said[at]) if at < len(said) else None
    if below is None:
        return number, at
    if "." in number:  # "zero wholes, twenty one hundredths"
        before, _, digits = number.partition(".")
        return f"{before}.{int(digits):0{len(below) - 1}d}", at + 1
    return f"0.{int(number):0{len(below) - 1}d}", at + 1


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
    """Numbers said together: twenty, one; nine, hundred, eighteen."""
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
