"""What chance alone would do: how easily a number that nobody worked out fits what is foreseen.

A chance number is taken to be spread evenly up to the size of the step's own numbers and to fall
off beyond; the more digits of it are typed, the less likely it is to be just this one.
"""

from __future__ import annotations

ODDS = 25
"""Two mistakes are told where they are so many times likelier to give a number than chance."""

CHANCE = 0.02
"""The share of chance numbers that may be explained by what is foreseen at one step."""


def outdone(pairs: int, typed: float, places: int, scale: float) -> bool:
    """Whether a number that two mistakes give is far likelier to be theirs than chance.

    Args:
        pairs: how many pairs are foreseen at the step; any is as likely as another.
        typed: the number.
        places: the decimals it was typed with.
        scale: how large the numbers of the step are.

    >>> outdone(200, 0.5, 2, 1.0), outdone(200, 0.5, 4, 1.0), outdone(200, 50.0, 2, 1.0)
    (False, True, True)
    """
    reach = max(0.3, min(2 * scale, max(1.0, scale)))
    beyond = 1.0 if abs(typed) <= reach else (reach / typed) ** 2
    return ODDS * (1 + pairs) * 0.5 / reach * beyond * 10.0**-places <= 1


def room(asked: int, places: int, scale: float) -> float:
    """How many explanations chance numbers near a step's own size may fit, `CHANCE` of them.

    Args:
        asked: the decimals that the step asks for.
        places: the decimals typed.
        scale: how large the numbers of the step are.
    """
    reach = max(2 * scale, min(1.0, 10.0 ** (3 - asked)))
    return CHANCE * 2 * reach * 10.0**places
