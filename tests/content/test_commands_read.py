"""`python -m content read`: what is read in a typed answer."""

from __future__ import annotations

import pytest

from tests.content.running import refusal, run


def test_each_typed_text_gets_its_reading_in_order() -> None:
    """A value, and an echo where the reading is not literal; or null and a problem."""
    typed = ["0.03", "0,03", "minus 0.3", "0.24 - 0.21 = 0.03", "banana", "1,234", "", "😀"]
    answers = run("read", lines=[{"typed": text, "id": 7} for text in typed]).objects
    assert [answer["typed"] for answer in answers] == typed
    assert [answer["value"] for answer in answers] == [
        0.03, 0.03, -0.3, 0.03, None, None, None, None,
    ]  # fmt: skip
    assert all(set(answer) == {"typed", "value", "problem", "echo"} for answer in answers)
    for answer in answers:
        assert (answer["problem"] is None) == (answer["value"] is not None)
        assert "<" not in (answer["problem"] or "") + (answer["echo"] or "")
    assert answers[0]["echo"] is None
    assert "−0.3" in answers[2]["echo"]


def test_any_text_comes_back_as_it_was_typed() -> None:
    """Line ends, quotes, half a surrogate pair and marks of direction survive the round trip."""
    typed = ['a"b\\c', "0.6\n0.7", "\ud83d", "\u200f−0.3", "\u2028\x85\u2029", "\x00\x7f"]
    ran = run("read", lines=[{"typed": text} for text in typed])
    assert [answer["typed"] for answer in ran.objects] == typed
    ran.out.encode()


def test_a_number_is_taken_as_its_text() -> None:
    """Whoever writes the number without quotes means it as typed."""
    (answer,) = run("read", lines=[{"typed": 0.5}]).objects
    assert (answer["typed"], answer["value"]) == ("0.5", 0.5)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ({}, "typed: is left out"),
        ({"typed": None}, "typed: needs a text, not None"),
        ({"typed": True}, "typed: needs a text, not True"),
        ({"typed": ["0"]}, "typed: needs a text, not ['0']"),
    ],
)
def test_a_line_without_a_text_is_refused(line: object, text: str) -> None:
    """There is nothing to read where no text is typed."""
    assert refusal("read", lines=[{"typed": "0"}, line]) == f"content read: line 2: {text}"
