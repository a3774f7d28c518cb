"""What holds for every text: reading never raises, never guesses, and reads back its own echo.

The last part draws texts that the table does not hold: read right, or refused, and never misread.
`python -m tests.benchmarks.reading_heldout` draws more, and prints which kinds fall short.
"""

from __future__ import annotations

import math
import random
import re
import string
import warnings
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.expression import Expression, evaluate
from engine.reading import Reading, Unreadable, describe, reasons
from engine.rendering import formula
from engine.spoken import read_answer
from tests.benchmarks.reading_heldout.judging import Tally, tally
from tests.benchmarks.reading_heldout.refused import MAKERS as REFUSED
from tests.benchmarks.reading_heldout.written import MAKERS as WRITTEN
from tests.engine.expressions import TREES, VALUES
from tests.engine.networks import random_case
from tests.engine.reading.table import NAMES, WORDS, read, read_several

_PIECES = """
0 1 2 0.5 .3 0,03 1e-3 10 + - − * × x · / ^ ** ² ⁻¹ ( ) [ ] | = ≈ ~ : ; , . ... ! ? % √ ½ x1 w11 H1
e relu ReLU( max( max(0, sigmoid is minus plus squared of or not answer I think ' _ € 🙂 ١ ０ < ±
lol is_it 3×10−2 \\frac{1}{2} {,} 0/03 log( ==
inf 0x1 so because and -> → sum(H1) sum H1's new no (increase) what is_ ReLU′(
"""
LONGER = {**NAMES, "sum(H1)": 0.03, "new w11": 0.41, "new sum(H1)": 0.05}
"""Names of several words too."""
PIECES = st.sampled_from([*_PIECES.split(), "\n", " ", "\u200b", "\u202e"])
TEXTS = st.one_of(
    st.text(max_size=60),
    st.text(alphabet=string.digits + ".,+-*/^()=x e%", max_size=40),
    st.lists(st.one_of(PIECES, st.just(" ")), max_size=24).map("".join),
)


@settings(max_examples=600, deadline=None)
@given(TEXTS)
@example("\ud800")
@example("0" * 5000)
@example(" " * 100_000)
@example("max(" * 200)
@example("max(0;" * 150)
@example("max(" + "1," * 400 + "1)")
@example("max(0,0")
@example("²")
def test_any_text_comes_out_as_a_reading_or_a_reason(text: str) -> None:
    """Nothing raises; values are finite; places lie in the text; reasons are known."""
    for result in (read(text, NAMES), read(text), read(text, LONGER)):
        if isinstance(result, Reading):
            assert result.chain
            assert [side for line in result.lines for side in line] == list(result.chain)
            assert all(result.lines)
            assert all(math.isfinite(side.value) for side in result.chain)
            assert describe(result)
        else:
            assert result.reason in reasons()
            assert 0 <= result.start <= result.end <= len(text)
    several = read_several(text, LONGER)
    if isinstance(several, Unreadable):
        assert 0 <= several.start <= several.end <= len(text)
    else:
        assert len({reading.label for reading in several}) == len(several)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_is_read_back_exactly(value: float) -> None:
    """What Python writes for a float is read as that float, with nothing to echo."""
    reading = read(repr(value))
    assert isinstance(reading, Reading)
    assert reading.value == value
    assert reading.literal
    assert reading.is_bare_number


@given(st.integers(-(10**6), 10**6), st.integers(0, 6), st.sampled_from(["-", "−", "–", "－"]))
def test_a_decimal_is_the_same_with_point_comma_and_any_minus(
    units: int, places: int, minus: str
) -> None:
    """A comma reads as a point does, or is refused where it could mark thousands."""
    point = f"{units / 10**places:.{places}f}"
    with_point = read(point.replace("-", minus))
    assert isinstance(with_point, Reading)
    assert (with_point.value, with_point.decimals) == (float(point), places)
    with_comma = read(point.replace(".", ",").replace("-", minus))
    if isinstance(with_comma, Unreadable):
        assert with_comma.reason == "thousands_or_decimal"
        assert places == 3
        assert abs(units) >= 1000
    else:
        assert (with_comma.value, with_comma.decimals) == (float(point), places)


@settings(max_examples=300, deadline=None)
@given(TREES, VALUES)
def test_a_formula_is_read_back_to_its_value(tree: Expression, values: dict[str, float]) -> None:
    """The echo of a tree, typed in again, comes to the value of the tree."""
    try:
        expected = evaluate(tree, values)
    except (ArithmeticError, ValueError):
        return
    reading = read(formula(tree), values)
    if isinstance(reading, Unreadable):
        assert reading.reason in ("too_large", "division_by_zero", "no_real_value", "too_deep")
        return
    assert reading.value == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(TEXTS)
def test_space_around_a_text_changes_nothing_but_places(text: str) -> None:
    """Leading and trailing space is no part of an answer."""
    bare, padded = read(text, NAMES), read(f"  {text}\n", NAMES)
    if isinstance(bare, Reading):
        assert isinstance(padded, Reading)
        assert padded.chain == bare.chain
    else:
        assert isinstance(padded, Unreadable)
        assert padded.reason == bare.reason


@given(st.text(alphabet="0123456789.,eE+- ", min_size=1, max_size=12))
def test_what_python_reads_as_a_float_is_that_float_or_refused(text: str) -> None:
    """A text that Python calls a float is never read as another number."""
    try:
        expected = float(text)
    except ValueError:
        return
    reading = read(text)
    if isinstance(reading, Reading):
        assert reading.value == expected
    else:
        assert reading.reason in ("too_large", "too_small")


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet="0123456789.+-*/() ", min_size=1, max_size=14))
def test_what_python_reads_as_arithmetic_is_the_same_or_refused_or_echoed(text: str) -> None:
    """Python's own arithmetic never disagrees with a reading that is not said back."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            expected = eval(text.strip(), {"__builtins__": {}})
    except (SyntaxError, TypeError, ArithmeticError, ValueError, MemoryError):
        return
    reading = read(text)
    if isinstance(reading, Reading) and isinstance(expected, int | float):
        assert reading.value == pytest.approx(expected, rel=1e-12)


@settings(max_examples=500, deadline=None)
@given(
    st.lists(
        st.sampled_from(["2", "0.5", "3", "+", "-", "*", "/", "**", "(", ")", " ", "-", "7.25"]),
        max_size=11,
    ).map("".join)
)
def test_made_up_arithmetic_is_the_same_as_in_python_or_refused(text: str) -> None:
    """Of texts that look like working, none is read as something else than Python reads."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            expected = eval(text.strip(), {"__builtins__": {}})
    except (SyntaxError, TypeError, ArithmeticError, ValueError, MemoryError):
        return
    if isinstance(expected, complex) or not isinstance(expected, int | float):
        return
    reading = read(text)
    if isinstance(reading, Reading):
        assert reading.value == pytest.approx(expected, rel=1e-12)


def test_what_the_tutor_shows_of_a_quantity_is_work_until_its_value_follows() -> None:
    """On random networks: name, formula, numbers put in, and each line of working but the last."""
    rng = random.Random(7)
    for _ in range(12):
        step = random_case(rng, most=3).traced()
        for quantity in step:
            if quantity.kind == "direction":
                continue
            lines = step.working(quantity.id)[:-1]
            shown = [step.substituted(quantity.id), *(line for line in lines if not _done(line))]
            for typed in (step.symbol(quantity.id), step.formula(quantity.id), *shown):
                work = read_answer(step, quantity.id, typed, words=WORDS)
                assert isinstance(work, Reading), (typed, work)
                if not _done(typed):
                    assert not work.answer.is_number, typed
                ended = read_answer(step, quantity.id, f"{typed} = {quantity.text}", words=WORDS)
                assert isinstance(ended, Reading), (typed, quantity.text, ended)
                assert ended.answer.is_number
                assert ended.value == pytest.approx(float(quantity.text.replace("−", "-")))


def _done(line: str) -> bool:
    """Whether a line is one number, perhaps in brackets, with nothing left to do."""
    return re.fullmatch(r"[=≈ (]*−?[0-9.]+\)*", line) is not None


SEEDS = (101, 202, 303)
DRAWN = 2_000
READ_RIGHT = 0.99

once = cache(tally)
seeds = pytest.mark.parametrize("seed", SEEDS)


def drawn(seed: int) -> Tally:
    """What became of the texts of a seed, read once for all tests."""
    return once(seed, DRAWN)


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
    assert drawn(seed).total("right") + drawn(seed).total("refused rightly") > DRAWN * 0.8
