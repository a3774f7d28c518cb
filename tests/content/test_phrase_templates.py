"""Templates of what learners type: what they stand for, and what is none."""

from __future__ import annotations

import re
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.errors import ContentError
from content.library import Library
from content.phrase_templates import pattern_of, said_by, whole, words_of
from content.word_lists import WordList
from content.written import FOLDER

WORD = st.text("aeo", min_size=1, max_size=3)


def _led(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A word and parts behind it, with spaces between or without."""
    joined = st.tuples(st.sampled_from(["", " "]), parts).map("".join)
    return st.tuples(WORD, st.lists(joined, max_size=3).map("".join)).map("".join)


PART = st.recursive(
    WORD,
    lambda inner: st.one_of(
        st.lists(_led(inner), min_size=1, max_size=3).map(lambda one: f"({'|'.join(one)})"),
        st.lists(_led(inner), min_size=1, max_size=2).map(lambda one: f"[{'|'.join(one)}]"),
    ),
    max_leaves=5,
)
TEMPLATE = _led(PART)


@given(TEMPLATE)
def test_the_pattern_is_of_just_the_phrases(template: str) -> None:
    """What a template stands for matches it whole; a phrase with a word more does not."""
    said, pattern = [*said_by(template)], re.compile(pattern_of([template]))
    assert said
    assert all(pattern.fullmatch(one) for one in said)
    assert any(one.split(" ") != one.split() for one in said) == (not _is_whole(template))
    assert words_of(template) == {word for one in said for word in one.split()}
    assert not any(pattern.fullmatch(f"{one} x") for one in said)


def _is_whole(template: str) -> bool:
    try:
        return whole(template) == template
    except ValueError:
        return False


@given(st.lists(TEMPLATE, max_size=4), WORD)
def test_a_list_has_what_its_templates_stand_for(templates: list[str], word: str) -> None:
    """Whether a list has a word is the same whether one looks it up or goes through all."""
    said = WordList(templates)
    assert (word in said) == (word in [*said])
    assert all(one in said for one in said)


@pytest.mark.parametrize(
    "written", [":(", ":))", "x)", "[laughs]", "((", "up", "(a|b)[c]", "a(|b)"]
)
def test_faces_are_no_templates_and_no_mistakes(written: str) -> None:
    """A face may have brackets."""
    assert whole(written) == written


@pytest.mark.parametrize(
    "written", ["go (up", "go up]", "up|down", "[go] [up]", "(up)|down", "go ([up])"]
)
def test_brackets_that_do_not_fit_are_an_authors_mistake(written: str) -> None:
    """What reads like a template and is none would never be heard."""
    with pytest.raises(ValueError, match="brackets do not fit"):
        whole(written)


def test_a_template_stands_for_no_more_than_anyone_would_read() -> None:
    """Thousands of phrases in a line are told instead of gone through."""
    with pytest.raises(ValueError, match="more than 3000 phrases"):
        whole(" ".join(["(a|b|c)"] * 9))


def test_loading_names_the_list_with_the_mistake(tmp_path: Path) -> None:
    """An author reads in which file and list a bracket is missing."""
    copytree(FOLDER / "en", tmp_path / "en")
    file = tmp_path / "en" / "typed.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("restart = [", 'restart = ["start (over", '), "utf-8")
    with pytest.raises(ContentError, match=r"en/typed.toml.*restart.*brackets do not fit"):
        Library(folder=tmp_path)
