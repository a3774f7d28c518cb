"""Texts that the reader's tables do not hold: read right, or refused, and never misread.

The bars are those of the design; `python -m tests.benchmarks.reading_heldout` measures more of them
and prints which kinds of text fall short.
"""

from __future__ import annotations

from functools import cache

import pytest

from tests.benchmarks.reading_heldout.judging import Tally, tally
from tests.benchmarks.reading_heldout.refused import MAKERS as REFUSED
from tests.benchmarks.reading_heldout.written import MAKERS as WRITTEN

SEEDS = (101, 202, 303)
TEXTS = 2_000
READ_RIGHT = 0.99

once = cache(tally)
seeds = pytest.mark.parametrize("seed", SEEDS)


def drawn(seed: int) -> Tally:
    """What became of the texts of a seed, read once for all tests."""
    return once(seed, TEXTS)


@seeds
def test_what_has_one_meaning_is_read_as_it(seed: int) -> None:
    """Numbers and working as phones send them, with what people write around them."""
    assert drawn(seed).read_share >= READ_RIGHT, drawn(seed).others.get("refused")


@seeds
def test_nothing_is_misread(seed: int) -> None:
    """No text becomes another number than it says, with or without an echo."""
    assert not drawn(seed).silent
    assert not drawn(seed).others.get("misread")


@seeds
def test_what_has_no_single_meaning_is_refused(seed: int) -> None:
    """Lists, thousands, units, unknown names, ranges, denials and the rest."""
    assert not drawn(seed).others.get("read wrongly")


@seeds
def test_what_is_not_plain_figures_is_echoed(seed: int) -> None:
    """Words, percentages, mixed numbers and digits of another script are said back."""
    assert not drawn(seed).unechoed


@seeds
def test_every_kind_of_text_is_drawn(seed: int) -> None:
    """No bar is met because the texts that would break it never came."""
    outcomes = {group for group, _ in drawn(seed).counts}
    assert set(REFUSED) <= outcomes
    assert len(outcomes - set(REFUSED)) >= len(WRITTEN)
    assert drawn(seed).total("right") + drawn(seed).total("refused rightly") > TEXTS * 0.8
