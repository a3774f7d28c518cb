"""Texts in the spelling of a language's lists."""

from __future__ import annotations

import pytest

from content.spelling import Spelling

SPELLING = Spelling.of(
    [
        "más",
        "größer",
        "artır",
        "no",
        "it's",
        "不",
        "增大",
        "吗",
        "是",
        "负",
        "零",
        "点",
        "二",
        "一",
    ],
    {"sigmoid表": "查表"},
    further=["什么是{term}", "sé"],
)


@pytest.mark.parametrize(
    ("typed", "spelt"),
    [
        ("mas", "más"),
        ("ma\u0301s", "más"),
        ("groesser", "größer"),
        ("ARTIR", "artır"),
        ("se", "sé"),
        ("No más w11", "No más w11"),
        ("H1'in w11’e", "H1 w11"),
        ("it's H1's", "it's H1's"),
        ("不增大吗？", "不 增大 吗？"),
        ("增 大", "增大"),
        ("H1是0.03", "H1 是 0.03"),
        ("是-0.3", "是 -0.3"),
        ("负零点二一", "负 零 点 二 一"),
        ("看sigmoid表", "看 sigmoid表"),
        ("答案0。03，增大", "答案 0。03， 增大"),
        ("0.6*0.4 + x1", "0.6*0.4 + x1"),
    ],
)
def test_a_text_gets_the_spelling_of_the_lists(typed: str, spelt: str) -> None:
    """Accents, endings of names and gaps between words become what the lists have."""
    assert SPELLING(typed) == spelt


def test_what_was_cut_is_cut_the_same_again() -> None:
    """A text may be spelt twice, and be put together."""
    once = SPELLING("负零点二一增大吗")
    assert SPELLING(once) == once
    assert SPELLING.joined(once) == "负零点二一增大吗"
