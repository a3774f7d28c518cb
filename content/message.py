"""How messages are declared, checked and said: each is a method whose arguments are its slots.

    class Greetings(Messages):
        def welcome(self, *, name: Words) -> Html: ...

    greetings = Greetings({"welcome": "<b>Hello {name}</b>"})
    greetings.welcome(name="Ann")

So a type checker finds a misspelt message, and a slot that is missing or misspelt; loading finds
the same in a language's texts (`message_problems`). A message that returns `Html` escapes what goes
into its slots; one that returns `str` is shown as it is: a button, a caption, a title.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape
from inspect import get_annotations, isfunction
from string import Formatter
from typing import Annotated, Any, ClassVar, get_origin

from content.bidi import from_left
from content.counting import Counting
from content.errors import Problem, unknown
from content.markup import markup_problem
from content.templates import Html


@dataclass(frozen=True, slots=True)
class Kind:
    """What a slot may hold."""

    example: str


Figure = Annotated[str, Kind("−0.21")]
"""A number or count, as it is written."""
Name = Annotated[str, Kind("sum(H1)")]
"""What a quantity, neuron, step or option is called, or several of them."""
Formula = Annotated[str, Kind("p < 0.5 & x1 × w11")]
"""Symbols or working, or a table of them."""
Typed = Annotated[str, Kind("<b>0.3 & more")]
"""What the learner typed."""
Words = Annotated[str, Kind("a weighted sum")]
"""Plain words."""


class Takes:
    """Beside a text of a model: the slots that whoever fills it brings.

    Args:
        slots: those that the text must have.
        may: those that it may have as well.
    """

    def __init__(self, *slots: str, may: Collection[str] = ()) -> None:
        self.needed, self.allowed = slots, (*slots, *may)


Segment = tuple[str, str | None, str]
"""Some of a text, the slot after it (None after the last), and the noun that the slot counts."""
Piece = tuple[str, str | None, Callable[[str], str] | None]
"""Some of a text, the slot after it, and how what stands there is written, where not as it is."""


@dataclass(frozen=True, slots=True)
class Declared:
    """One message: its slots with an example of each, and whether it is HTML."""

    slots: Mapping[str, str]
    html: bool
    typed: frozenset[str]
    """The slots for what a learner typed."""
    formulas: frozenset[str]
    """Those for formulas, and for names as formulas write them."""


class Messages:
    """The messages of one table of texts, each declared as a method of a subclass.

    Args:
        texts: every message's text by its name; checked, so that filling it cannot fail.
        counted: a count with its noun, for slots such as `{hints:hint}`.
    """

    declared: ClassVar[Mapping[str, Declared]] = {}

    def __init_subclass__(cls) -> None:
        methods = {name: one for name, one in vars(cls).items() if isfunction(one)}
        cls.declared = {name: _declared(method) for name, method in methods.items()}
        for name, message in cls.declared.items():
            setattr(cls, name, _saying(name, message))

    def __init__(self, texts: Mapping[str, str], counted: Counting) -> None:
        self.counted = counted
        self._pieces = {
            name: tuple(pieces(texts[name], counted, message.typed, message.formulas))
            for name, message in self.declared.items()
        }

    def __getitem__(self, name: str) -> tuple[Piece, ...]:
        return self._pieces[name]


def _declared(method: Callable[..., str]) -> Declared:
    slots = get_annotations(method, eval_str=True)
    html = slots.pop("return") is Html
    typed = frozenset(name for name, kind in slots.items() if kind == Typed)
    formulas = frozenset(name for name, kind in slots.items() if kind in (Formula, Name))
    examples = {name: _example(kind) for name, kind in slots.items()}
    return Declared(examples, html, typed, formulas)


def _example(kind: Any) -> str:  # noqa: ANN401 - an annotation may be anything
    return kind.__metadata__[0].example if get_origin(kind) is Annotated else Html("<i>H1</i>")


def _saying(name: str, message: Declared) -> Callable[..., str]:
    """The method that says a message."""

    def always(self: Messages) -> str:
        text = self[name][0][0]
        return Html(text) if message.html else text

    def plain(self: Messages, **slots: str) -> str:
        return filled(self[name], slots)

    def marked_up(self: Messages, **slots: str) -> Html:
        said: list[str] = []
        for before, slot, put in self[name]:
            said.append(before)
            if slot:
                said.append(_escaped(put(slots[slot]) if put else slots[slot]))
        return Html("".join(said))

    said = marked_up if message.html else plain
    return said if message.slots else always


def pieces(
    text: str, counted: Counting, typed: Collection[str] = (), formulas: Collection[str] = ()
) -> Iterator[Piece]:
    """The pieces of a text, ready to be filled.

    Args:
        text: as it is written.
        counted: a count with its noun.
        typed: the slots for what a learner typed, which stays as it is.
        formulas: those for formulas, which run from the left whatever stands around them.
    """
    numbers = counted.numbers
    for before, slot, noun in segments(text):
        put: Callable[[str], str] | None = partial(counted, noun) if noun else None
        if slot in typed and not numbers.as_authors:
            put = numbers.kept
        if slot in formulas and numbers.right_to_left:
            put = _formula
        yield before, slot, put


def _formula(text: str) -> str:
    return text if isinstance(text, Html) else from_left(text)


def filled(text: Iterable[Piece], slots: Mapping[str, str]) -> str:
    """A text that is shown as it is, with its slots filled.

    Args:
        text: its pieces.
        slots: what stands in each slot.
    """
    said = []
    for before, slot, put in text:
        said.append(before)
        if slot:
            said.append(put(slots[slot]) if put else slots[slot])
    return "".join(said)


def _escaped(text: str) -> str:
    return text if isinstance(text, Html) else escape(text, quote=False)


def segments(text: str) -> Iterator[Segment]:
    """The pieces of a text.

    Raises:
        ValueError: a brace that is no slot.

    >>> [*segments("Kept {typed}, with {hints:hint}.")]
    [('Kept ', 'typed', ''), (', with ', 'hints', 'hint'), ('.', None, '')]
    """
    for before, name, noun, conversion in Formatter().parse(text):
        if conversion:
            raise ValueError(f"{name!r} is not converted by !{conversion}")
        yield before, name, noun or ""


def message_problems(
    messages: type[Messages],
    texts: Mapping[str, str],
    file: str,
    table: str,
    nouns: Collection[str] = (),
) -> Iterator[Problem]:
    """Everything wrong with a language's texts for some messages.

    Args:
        messages: the class that declares them.
        texts: the texts, by name.
        file: their file, as problems name it.
        table: their table in it.
        nouns: what can be counted.
    """
    yield from key_problems(messages.declared, texts, file, table)
    for name, message in messages.declared.items():
        if name in texts:
            for rule in _wrong(texts[name], message, nouns):
                yield Problem(file, f"{table}.{name}", rule)


def key_problems(
    wanted: Collection[str], found: Collection[str], file: str, table: str
) -> Iterator[Problem]:
    """A table must have exactly the keys that the code asks for."""
    missing = sorted(set(wanted) - set(found))
    for key in sorted(set(found) - set(wanted)):
        yield Problem(file, f"{table}.{key}", unknown(key, wanted, missing))
    for key in missing:
        yield Problem(file, f"{table}.{key}", "is missing")


def _wrong(text: str, message: Declared, nouns: Collection[str]) -> Iterator[str]:
    """What is wrong with the text of one message."""
    found = list(slot_problems(text, message.slots, message.slots, nouns))
    yield from found
    if found:
        return
    if not message.html:
        if markup_problem(text) or "<" in text:
            yield "is shown as it is: no tags here"
        return
    shown = (
        before + _escaped(message.slots[slot] if slot else "") for before, slot, _ in segments(text)
    )
    if (problem := markup_problem("".join(shown))) is not None:
        yield problem


def slot_problems(
    text: str,
    allowed: Collection[str],
    needed: Collection[str] = (),
    nouns: Collection[str] | None = None,
) -> Iterator[str]:
    """What is wrong with the slots of a text.

    Args:
        text: as it is written.
        allowed: the slots it may have.
        needed: the slots it must have.
        nouns: what a slot may count; None where that is looked at elsewhere.
    """
    try:
        parts = list(segments(text))
    except ValueError as error:
        yield str(error)
        return
    found = [slot for _, slot, _ in parts if slot is not None]
    unknown = [slot for slot in found if slot not in allowed]
    uncounted = [noun for *_, noun in parts if noun and nouns is not None and noun not in nouns]
    if unknown:
        yield f"no slot is called {unknown[0]!r}; allowed: {', '.join(allowed) or 'none'}"
    elif uncounted:
        yield f"no noun is called {uncounted[0]!r}; there are: {', '.join(nouns or ()) or 'none'}"
    elif missing := [slot for slot in needed if slot not in found]:
        yield f"the slot {{{missing[0]}}} is missing"
