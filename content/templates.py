"""Texts with slots that the engine fills: `{H1.sum}`, `{H1.sum:numbers}`, `{x1 + x2}`.

An author writes ids, never numbers. The views after a colon:

| view | gives |
|---|---|
| (none) | the value to the asked decimals, or a direction's word |
| `fine` | the value with one more decimal |
| `size` | the value without its sign |
| `wide` | the value, filled up on the left so that columns line up |
| `sign` | the words for positive, negative or zero |
| `formula` / `numbers` | the formula in symbols / with its numbers |
| `working` / `lines` | worked in one line / line by line |
| `name` | how formulas write it |

A count of the moment has nouns for views (`{steps:step}`): `counted` in `chat.toml`. A number that
is meant as it stands, whatever the engine knows, says so by a sign before it: `{= 0.5}`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import escape
from math import isfinite
from string import Formatter

from content.bidi import from_left
from content.counting import Counting
from engine.decimals import number_text, rounded, short_text
from engine.trace import Trace

WIDE = 6
"""The width of a `wide` number."""

MEANT = "="
"""Opens a slot for a number that an author types and means."""

_MEANT = re.compile(r"=\s*([−-]?)(\d+(?:\.\d+)?)")

_TWO = re.compile(r"(\S+) ([+−×-]) (\S+)")


class TemplateError(ValueError):
    """A slot that cannot be filled; the text says which and what is allowed."""


class Html(str):
    """Text that is HTML already, and is not escaped when filled in."""

    __slots__ = ()


@dataclass(frozen=True)
class Words:
    """The words that a number may turn into."""

    directions: Mapping[str, str]
    signs: Mapping[str, str]
    counted: Counting | None = None
    """A count with its noun."""

    @property
    def right_to_left(self) -> bool:
        """Whether words run from the right, and formulas among them from the left."""
        return self.counted is not None and self.counted.numbers.right_to_left


@dataclass(frozen=True)
class Slots:
    """What a text's slots are filled from: a trace, and named texts of the moment."""

    trace: Trace
    words: Words
    extra: Mapping[str, str] = field(default_factory=dict)
    """Ready texts by name, plain: they are escaped when filled in."""
    examples: Mapping[str, Trace] = field(default_factory=dict)
    """The traces of the lesson's examples by name: `{pot/O.sum}` is of the one called pot."""

    def _elsewhere(self, name: str) -> tuple[Slots, str] | None:
        """The slots of another example that a name is of, and its name there."""
        example, slash, own = name.partition("/")
        if not slash or example not in self.examples:
            return None
        return replace(self, trace=self.examples[example], extra={}), own

    def value(self, name: str) -> float:
        """The number behind a slot's name: an id, or two ids added, subtracted or multiplied.

        Raises:
            TemplateError: there is no such id.
        """
        if name in self.trace.values:
            return self.trace.values[name]
        if (there := self._elsewhere(name)) is not None:
            return there[0].value(there[1])
        if (pair := _TWO.fullmatch(name)) is not None:
            left, right = self.shown(pair[1]), self.shown(pair[3])
            value = {"+": left + right, "×": left * right}.get(pair[2], left - right)
        else:
            try:
                value = float(name)
            except ValueError:
                raise TemplateError(f"nothing is called {name!r}") from None
        if not isfinite(value):
            raise TemplateError(f"{name!r} comes to no number")
        return value

    def shown(self, name: str) -> float:
        """The number a reader sees for a name: what is computed from it on paper must add up."""
        if (there := self._elsewhere(name)) is not None:
            return there[0].shown(there[1])
        quantity = self.trace.quantities.get(name)
        return self.value(name) if quantity is None else rounded(quantity.value, quantity.places)

    def text(self, name: str, view: str) -> str:
        """The plain text of one slot.

        Raises:
            TemplateError: an unknown name or view.
        """
        if name.startswith(MEANT):
            return _meant(name, view)
        if name in self.extra:
            return self._extra(name, view)
        if (there := self._elsewhere(name)) is not None:
            return there[0].text(there[1], view)
        if view in ("", "fine", "size"):
            return self._number(name, view)
        if view == "wide":
            return self._number(name, "").rjust(WIDE)
        if view == "sign":
            value = self.value(name)
            return self.words.signs[
                "zero" if value == 0 else "positive" if value > 0 else "negative"
            ]
        if view not in VIEWS:
            raise TemplateError(f"unknown view {view!r}; allowed: {', '.join(VIEWS)}")
        if view != "name" and name not in self.trace:
            raise TemplateError(f"{name!r} has no {view}; only a quantity has")
        return VIEWS[view](self.trace, name)

    def _extra(self, name: str, view: str) -> str:
        """A text of the moment; a count with the noun that is its view."""
        if not view:
            return self.extra[name]
        if self.words.counted is None or view not in self.words.counted.nouns:
            raise TemplateError(f"no noun is called {view!r}")
        return self.words.counted(view, self.extra[name])

    def _number(self, name: str, view: str) -> str:
        value = self.value(name)
        if name not in self.trace:
            return short_text(abs(value) if view == "size" else value)[0]
        quantity = self.trace[name]
        if quantity.kind == "direction":
            return self.words.directions[quantity.text]
        if view == "size":
            return quantity.text.lstrip("−")
        if view == "fine":
            more = quantity.places + (not quantity.exact)
            return number_text(quantity.value, more, exact=quantity.exact)
        return quantity.text


def _meant(name: str, view: str) -> str:
    """A number that an author means as it stands, as the tutor writes it."""
    found = _MEANT.fullmatch(name.strip())
    if found is None:
        raise TemplateError(f"{name!r} is no number: what is meant as it stands is {{= 0.5}}")
    if view:
        raise TemplateError(f"{name!r} is shown as it stands: it has no {view}")
    return f"{'−' if found[1] else ''}{found[2]}"


VIEWS: dict[str, Callable[[Trace, str], str]] = {
    "formula": lambda trace, name: trace.formula(name),
    "numbers": lambda trace, name: trace.substituted(name),
    "working": lambda trace, name: " ".join(trace.working(name)),
    "lines": lambda trace, name: "\n".join(trace.working(name)),
    "name": lambda trace, name: trace.symbol(name),
}


def fill(template: str, slots: Slots) -> Html:
    """A text with its slots filled, as HTML: what comes from slots is escaped.

    Raises:
        TemplateError: a slot that cannot be filled, or a brace that is not one.
    """
    filled = []
    right_to_left = slots.words.right_to_left
    for before, name, view in _parts(template):
        filled.append(before)
        if name is not None:
            text = slots.text(name, view)
            if right_to_left and not isinstance(text, Html):
                text = from_left(text)
            filled.append(text if isinstance(text, Html) else escape(text, quote=False))
    return Html("".join(filled))


@lru_cache(maxsize=512)
def _parts(template: str) -> tuple[tuple[str, str | None, str], ...]:
    """What stands before each slot, the slot's name, and its view; the last without a slot.

    Raises:
        TemplateError: a brace that is no slot.
    """
    parts = []
    try:
        for before, name, view, conversion in Formatter().parse(template):
            if conversion:
                raise TemplateError(f"{name!r} is not converted by !{conversion}")
            parts.append((before, name, view or ""))
    except TemplateError:
        raise
    except ValueError as error:
        raise TemplateError(str(error)) from error
    return tuple(parts)


TELLING = ("", "fine", "size", "wide", "working", "lines")
"""The views that show a quantity's value."""


def slots_of(template: str) -> Iterator[tuple[str, str]]:
    """The names in a text's braces, each with its view."""
    for _, name, view, _ in Formatter().parse(template):
        if name is not None:
            yield name, view or ""


def outside(template: str) -> str:
    """What an author typed around the slots, for the check that no number is typed."""
    return " ".join(text for text, *_ in Formatter().parse(template))
