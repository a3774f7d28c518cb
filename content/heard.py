"""`heard.toml`: the words that learners type in an answer, in one language, by what they do."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, StringConstraints

from content.models import Model
from engine.reading import Words


def _listed(given: object) -> object:
    """Words listed in one text, with spaces between."""
    return given.split() if isinstance(given, str) else given


Listed: TypeAlias = Annotated[
    frozenset[Annotated[str, StringConstraints(pattern=r"^[^A-Z\s]+( [^A-Z\s]+)*$")]],
    BeforeValidator(_listed),
]
"""Words that learners type, in lower case."""

Digits: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)?$")]


class HeardSigns(Model):
    """Words for signs."""

    plus: Listed
    minus: Listed
    negative: Listed
    times: Listed
    over: Listed
    power: Listed
    equals: Listed
    percent: Listed
    squared: Listed
    cubed: Listed


class HeardFile(Model):
    """The whole file; what each list does stands in the file itself."""

    signs: HeardSigns
    numbers: dict[Digits, Listed]
    digits: dict[Digits, Listed]
    point: Listed
    not_finite: Listed
    inside_names: Listed
    leading: Listed
    trailing: Listed
    negations: Listed
    takes_back: Listed
    unchanged: Listed
    questions: Listed
    guesses: Listed
    starters: Listed
    hedges: Listed
    no: Listed
    after_no: Listed
    because: Listed
    turns: Listed
    so: Listed
    joins: Listed
    then: Listed
    several: Listed

    def words(self) -> Words:
        """As reading takes them."""
        lists = {name: getattr(self, name) for name in type(self).model_fields}
        kinds = {"negative": "SIGN", "squared": "2", "cubed": "3"}
        signs = {kinds.get(sign, sign.upper()): said for sign, said in self.signs}
        for name, table in (("signs", signs), ("numbers", self.numbers), ("digits", self.digits)):
            lists[name] = {word: meant for meant, said in table.items() for word in said}
        return Words(**lists)
