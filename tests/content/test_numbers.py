"""Numbers in eleven languages: a table of what learners read, and that all of it can be typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.numbers import Numbers
from engine.decimals import number_text
from engine.reading import Unreadable, Words, read

N, T = "\u00a0", "\u202f"

LANGUAGES = ("en", "es", "pt-BR", "ru", "de", "fr", "id", "tr", "ar", "hi", "zh-Hans")
POINTS, COMMAS = ("en", "ar", "hi", "zh-Hans"), ("es", "pt-BR", "ru", "de", "fr", "id", "tr")

WRITTEN = (
    ("0.6 × 0.4 + 0.7 × (−0.3) = 0.03.", "0,6 × 0,4 + 0,7 × (−0,3) = 0,03."),
    ("−0.21 ≈ −0.210, then", "−0,21 ≈ −0,210, then"),
    ("(0.6, 0.7)", "(0,6; 0,7)"),
    ("(1, 0) and (x1, −0.3)", "(1; 0) and (x1; −0,3)"),
    ("0.6, −0.7", "0,6; −0,7"),
    ("0.2,0.1", "0,2; 0,1"),
    ("max(0, z) = max(0, 0.03)", "max(0; z) = max(0; 0,03)"),
    ("max(0, 3), max(0, (1 + 2) × 3)", "max(0; 3), max(0; (1 + 2) × 3)"),
    ("<code>max</code> of <b>0.5</b>", "<code>max</code> of <b>0,5</b>"),
    ("p &lt; 0.5 &amp; q", "p &lt; 0,5 &amp; q"),
    ("2.5 × 10⁻⁷", "2,5 × 10⁻⁷"),
    ("w11 = 0.4, w12 = 0.3", "w11 = 0,4, w12 = 0,3"),
    ("at 19:00, 0.5 more", "at 19:00, 0,5 more"),
)
"""What engine and authors write, and the same where the decimal mark is a comma."""

KEPT = (
    "19:00",
    "w11, w12 and H1",
    "H1.sum, s1.H1.sum",
    "(w11, w12)",
    "1, 2, 3",
    "12.5.2026",
    "1.2.3",
    "0,12",
    "1,252 − 1,222",
    "12,34",
    '<a href="0.5, 0.6" title="5,000">here</a>',
    "https://example.org/0.5,0.6?a=71%",
    "(a dropped minus, adding)",
    "weight(s), then",
    "no numbers, no commas",
    "",
)
"""What every language leaves as it is."""

GROUPED = {  # "5,000 of 25,000", "71% of −0.5%"
    "en": ("5,000 of 25,000", "71% of −0.5%", "1,234,567"),
    "es": ("5000 of 25.000", f"71{N}% of −0,5{N}%", "1.234.567"),
    "pt-BR": ("5.000 of 25.000", "71% of −0,5%", "1.234.567"),
    "ru": (f"5{N}000 of 25{N}000", f"71{N}% of −0,5{N}%", f"1{N}234{N}567"),
    "de": ("5.000 of 25.000", f"71{N}% of −0,5{N}%", "1.234.567"),
    "fr": (f"5{T}000 of 25{T}000", f"71{N}% of −0,5{N}%", f"1{T}234{T}567"),
    "id": ("5.000 of 25.000", "71% of −0,5%", "1.234.567"),
    "tr": ("5.000 of 25.000", "%71 of −%0,5", "1.234.567"),
    "ar": ("5,000 of 25,000", "71% of −0.5%", "1,234,567"),
    "hi": ("5,000 of 25,000", "71% of −0.5%", "12,34,567"),
    "zh-Hans": ("5,000 of 25,000", "71% of −0.5%", "1,234,567"),
}

LISTED = {
    "en": "w11, w12 and wO1",
    "es": "w11, w12 y wO1",
    "pt-BR": "w11, w12 e wO1",
    "ru": "w11, w12 и wO1",
    "de": "w11, w12 und wO1",
    "fr": "w11, w12 et wO1",
    "id": "w11, w12, dan wO1",
    "tr": "w11, w12 ve wO1",
    "ar": "w11 و w12 و wO1",
    "hi": "w11, w12 और wO1",
    "zh-Hans": "w11、w12 和 wO1",
}


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize(("written", "with_commas"), WRITTEN)
def test_a_decimal_mark_brings_its_separator(tag: str, written: str, with_commas: str) -> None:
    """Numbers get the decimal mark, and the lists they stand in another separator."""
    assert Numbers.of(tag).turned(written) == (with_commas if tag in COMMAS else written)


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("text", KEPT)
def test_names_times_links_and_tags_stay(tag: str, text: str) -> None:
    """What only looks like a number is left alone in every language."""
    assert Numbers.of(tag).turned(text) == text


@pytest.mark.parametrize("tag", LANGUAGES)
def test_groups_and_percent_are_the_languages(tag: str) -> None:
    """Thousands and percent are written as CLDR has them, also where a count comes as a number."""
    steps, share, million = GROUPED[tag]
    numbers = Numbers.of(tag)
    assert numbers.turned("5,000 of 25,000") == steps
    assert numbers.turned("71% of −0.5%") == share
    assert numbers.turned("1,234,567") == million == numbers.count(1_234_567)
    assert numbers.turned(numbers.written(1_234_567)) == million
    assert numbers.turned(numbers.written(1234)) in {"1,234", "1234"}
    assert steps == f"{numbers.count(5000)} of {numbers.count(25_000)}"
    assert share.startswith(numbers.percent(0.71))


@pytest.mark.parametrize("tag", LANGUAGES)
def test_lists_read_as_the_language_lists(tag: str) -> None:
    """A list in a sentence has the language's "and", a list of numbers its separator."""
    numbers = Numbers.of(tag)
    assert numbers.listed(["w11", "w12", "wO1"]) == LISTED[tag]
    assert numbers.listed(["w11"]) == "w11"
    assert numbers.joined(["0", "1"]) == f"0{numbers.separator}1"


def test_plural_forms_are_those_of_cldr() -> None:
    """A count has the category that its language's nouns need."""
    forms = {tag: [Numbers.of(tag).plural(n) for n in (0, 1, 2, 5, 11)] for tag in LANGUAGES}
    assert forms["ar"] == ["zero", "one", "two", "few", "many"]
    assert forms["ru"] == ["many", "one", "few", "many", "many"]
    assert forms["fr"] == ["one", "one", "other", "other", "other"]
    assert forms["zh-Hans"] == ["other"] * 5


def test_only_arabic_of_these_runs_from_the_right() -> None:
    """The direction of a language is known."""
    assert [tag for tag in LANGUAGES if Numbers.of(tag).right_to_left] == ["ar"]


@pytest.mark.parametrize("tag", ["", "xx", "x_y!", "en-XX", "tlh-Klingon-1"])
def test_an_unknown_language_writes_as_english(tag: str) -> None:
    """A tag that nobody knows is no error."""
    numbers = Numbers.of(tag)
    assert numbers.turned("5,000 and (0.6, 0.7)") == "5,000 and (0.6, 0.7)"
    assert (numbers.listed("abc"), numbers.plural(1)) == ("a, b and c", "one")


def test_a_language_is_made_once_and_can_be_a_key() -> None:
    """Numbers are values: the same object for a tag, equal and hashable by it."""
    assert Numbers.of("de") is Numbers.of("de")
    assert {Numbers.of("de"), Numbers.of("fr"), Numbers.of("de")} == {
        Numbers.of("fr"),
        Numbers.of("de"),
    }


def test_languages_that_write_as_english_get_the_very_text() -> None:
    """Where nothing is to be turned, nothing is read."""
    text = "0.6 × 0.4, 5,000, 71%"
    assert all(Numbers.of(tag).turned(text) is text for tag in ("en", "ar", "zh-Hans"))


shown = st.builds(
    number_text,
    st.floats(-99_999, 99_999, allow_nan=False),
    st.integers(0, 8),
)


@given(st.sampled_from(LANGUAGES), shown, shown, shown)
def test_what_is_shown_can_be_typed(tag: str, one: str, other: str, third: str) -> None:
    """Every number, working and maximum that a learner is shown is read back as the same value."""
    numbers = Numbers.of(tag)
    for written in (
        one,
        f"{one} × ({other}) + ({third})",
        f"max(0, {one})",
        f"({one})²",
        f"{one}%",
    ):
        typed = read(numbers.turned(written), words=Words(decimal_comma=numbers.decimal == ","))
        meant = read(written)
        assert not isinstance(typed, Unreadable)
        assert not isinstance(meant, Unreadable)
        assert typed.value == meant.value


@given(st.sampled_from(LANGUAGES), st.text(max_size=60))
def test_any_text_is_turned(tag: str, text: str) -> None:
    """No text is too odd, and what has no digit and no bracket comes back as it is."""
    turned = Numbers.of(tag).turned(text)
    assert [one for one in turned if one.isalpha()] == [one for one in text if one.isalpha()]
