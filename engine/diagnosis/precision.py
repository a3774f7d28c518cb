"""Whether a typed number is what someone who computed another would write."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from engine.decimals import ROUNDED_PLACES, SIGNIFICANT, rounded
from engine.diagnosis.working import Rounding, Working
from engine.expression import NEGLIGIBLE, Call, Expression, sigmoid
from engine.rounding import PENCIL_SIGMOID_LIMIT

EXACT, ROUNDED, ROUGH = range(3)
"""How well a number fits: to the last digit, rounded at the end, or rounded on the way too."""


def natural_places(value: float) -> int:
    """The decimals that someone writes who was not told: three, or two significant digits.

    >>> natural_places(-0.129), natural_places(0.0064)
    (3, 4)
    """
    if abs(value) <= NEGLIGIBLE:
        return 0
    return max(ROUNDED_PLACES, SIGNIFICANT - 1 - math.floor(math.log10(abs(value))))


def fit(  # noqa: PLR0913, PLR0917 - plain numbers, in a loop over every prediction
    typed: float,
    decimals: int | None,
    asked: int,
    points: Sequence[float],
    natural: Sequence[int],
    low: float,
    high: float,
) -> int | None:
    """How well a typed number fits a computation, or None.

    Args:
        typed: the number.
        decimals: with how many decimals it was typed; None if it was an expression.
        asked: the decimals asked for.
        points: what the computation comes to, from unrounded or rounded earlier values.
        natural: `natural_places` of each point.
        low: the least it comes to when rounded on the way.
        high: the most.

    >>> fit(-0.2, 1, 2, (-0.198,), (3,), -0.198, -0.198)
    1
    """
    needed = max(asked, 2)
    written_out = decimals is not None and decimals >= max(needed, 3)  # 0.000 is a rounded number
    best: int | None = None
    for value, own in zip(points, natural, strict=True):
        gap = abs(value - typed)
        if gap <= 1e-9:
            return EXACT
        places = max(needed, 3) if decimals is None else decimals
        if places < needed and places < own:
            places = needed
        if gap <= 0.5 * 10.0**-places + 1e-9 and (typed != 0 or written_out):
            best = ROUNDED
    if best is None and typed != 0:
        places = needed if decimals is None else max(decimals, min(needed, *natural))
        half = 0.5 * 10.0**-places + 1e-9
        if low - half <= typed <= high + half:
            return ROUGH
    return best


def coarse(typed: float, decimals: int | None, points: Sequence[float]) -> bool:
    """Whether it fits only when rounded more coarsely than asked; two digits at least."""
    if decimals is None or abs(typed) * 10.0**decimals < 9.5:
        return False
    return any(abs(value - typed) <= 0.5 * 10.0**-decimals + 1e-9 for value in points)


def rough(tree: Expression, world: Working, ways: Sequence[Rounding]) -> Iterator[float]:
    """What a tree comes to when its parts are rounded, and when the pencil rule gives a sigmoid.

    Args:
        tree: the tree.
        world: unrounded.
        ways: the ways of rounding: as it stands, and with the pencil rule.
    """
    for rounding in ways:
        yield rounding.whole(tree)
    match tree:
        case Call("sigmoid", argument) if abs(z := world(argument)) <= PENCIL_SIGMOID_LIMIT:
            z = rounded(z, ways[0].places - 1)  # a sum rounded, or looked up in few rows
            yield 0.5 + z / 4
            yield sigmoid(z)
        case _:
            pass
