"""What is counted, in the form that the language has for the number: one step, two steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from content.numbers import Numbers

Plural: TypeAlias = Literal["zero", "one", "two", "few", "many", "other"]
"""CLDR's plural categories."""


class Counting:
    """The nouns of a language.

    Args:
        nouns: each with its forms, and `{count}` where the number stands; `other` is always there.
        numbers: how the language writes numbers, and which form goes with which.

    >>> hints = {"hint": {"one": "{count} hint", "other": "{count} hints"}}
    >>> Counting(hints, Numbers.of("en"))("hint", "2")
    '2 hints'
    """

    def __init__(self, nouns: Mapping[str, Mapping[Any, str]], numbers: Numbers) -> None:
        self.nouns, self.numbers = nouns, numbers

    def __call__(self, noun: str, count: str) -> str:
        """A count with its noun, as authors write numbers: they are turned when they are sent.

        Raises:
            KeyError: there is no such noun.
            ValueError: it is no whole number.
        """
        number = int(count.replace(",", "").replace("−", "-"))
        forms = self.nouns[noun]
        form: str = forms.get(self.numbers.plural(number), forms["other"])
        return form.replace("{count}", self.numbers.written(number))
