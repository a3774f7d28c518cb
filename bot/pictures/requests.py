"""What can be drawn, as plain frozen data: every text in it comes from the caller.

Numbers in it are written as authors write them, and turned into the language's when they are drawn;
only the lines of a sheet, which a learner may have typed, stand as they are.

A request says all that its picture shows, so equal requests are one picture: `key` names it, and a
store can remember what a platform calls it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal, TypeAlias

from content import numbers
from content.paper.press import TEMPLATES
from content.picture_words import Labels
from engine.descent import Example
from engine.network import Network

Texts: TypeAlias = tuple[tuple[str, str], ...]
"""Pairs of an id and a text: a mapping that can be hashed."""


@dataclass(frozen=True, slots=True)
class Nudge:
    """Which way one weight should move, and how strongly next to the others."""

    weight: str
    direction: int
    """1 for increase, -1 for decrease, 0 for no change."""
    share: float = 1.0
    """The size next to the largest, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Diagram:
    """The network, with what is known of one training step."""

    network: Network
    found: Texts = ()
    """Ids of inputs, targets and quantities, each with its text; `next.` ids go before others."""
    asked: str = ""
    """The id of the quantity asked for now."""
    nudges: tuple[Nudge, ...] = ()
    title: str = ""
    labels: Labels = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class TracedPoint:
    """One of the examples worked out by hand, and what the network says there now."""

    at: str
    """As in `(0.6, 0.7)`."""
    inputs: tuple[float, float]
    target: float
    prediction: float
    text: str
    """The prediction as it is written."""


@dataclass(frozen=True, slots=True)
class Learning:
    """What a network of two inputs and one output has learnt after some steps."""

    network: Network
    examples: tuple[Example, ...]
    curve: tuple[tuple[int, float], ...]
    """(step, loss) pairs."""
    points: tuple[TracedPoint, ...]
    weights: Texts
    """Names and numbers as they are written."""
    title: str = ""
    """What stands over it, as in `2,000 steps, biases held at 0`."""
    result: str = ""
    """What it comes to, as in `97 % of 200 examples right`."""
    trained: str = ""
    """What stands under the loss curve, as in `2,000 steps`."""
    labels: Labels = field(kw_only=True)


SHOWN_SIGN, OWN_SIGN = "†", "‡"
"""On a sheet: a step that was shown, and a number that is the learner's own."""


@dataclass(frozen=True, slots=True)
class Working:
    """One step's working on the trace sheet; without lines, a title of the steps after it."""

    heading: str
    lines: tuple[str, ...]
    listed: bool = False
    """Whether each line is an answer of its own, so that none may be left out."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A learner's own trace: the diagram and all working on A4, or working alone for a phone."""

    diagram: Diagram
    workings: tuple[Working, ...]
    title: str = ""
    note: str = ""
    """A line at the foot of the page."""
    format: Literal["png", "pdf"] = "png"


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A page to print for a class, or its answer key."""

    name: str
    """What its file is called, without its ending."""
    data: str
    """What stands on it, as JSON: see `content.paper`."""

    @classmethod
    def of(cls, name: str, data: Mapping[str, Any]) -> Worksheet:
        """A page with what `content.paper` says stands on it."""
        return cls(name, json.dumps(data, ensure_ascii=False))


@dataclass(frozen=True, slots=True)
class BarGroup:
    """Some counts side by side."""

    heading: str
    bars: tuple[tuple[str, int], ...]
    """Names and counts, in the order they are drawn; counts are 0 or more."""
    unit: str = ""
    """What is written behind each count."""
    full: int = 0
    """What a bar of full length stands for; 0 for the largest count."""
    mark: int = 0
    """Where a dashed line stands; 0 for none."""
    told: tuple[str, ...] = ()
    """What each count comes to, where the words say that instead."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Groups of horizontal bars, one under the other; each group has a scale of its own."""

    groups: tuple[BarGroup, ...]
    title: str = ""
    language: str = "en"
    """Whose words they are."""


@dataclass(frozen=True, slots=True)
class Curve:
    """How one number depends on another, with a point marked on it."""

    name: str
    """Whose numbers they are."""
    across: str
    up: str
    """What the two numbers are called."""
    points: tuple[tuple[float, float], ...]
    at: tuple[float, float]
    """The point marked."""
    texts: tuple[str, str]
    """Its numbers as they are written; a question mark where one is asked."""
    steep: float = 0.0
    """The slope there."""
    slope: str = ""
    """As it is written; with it, the tangent is drawn."""
    labels: Labels = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Changed:
    """A number before and after a step."""

    name: str
    before: float
    after: float
    texts: tuple[str, str]
    """Both as they are written."""


@dataclass(frozen=True, slots=True)
class Change:
    """A training step, before and after."""

    weights: tuple[Changed, ...]
    outputs: tuple[tuple[Changed, float], ...]
    """Predictions with their targets."""
    loss: Changed
    title: str = ""
    labels: Labels = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Cell:
    """How one pupil is in one part: how many steps it has, and how many of them went how."""

    steps: int
    first: int
    later: int
    shown: int
    here: bool = False
    """Whether they are at it now."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A class: a row for each pupil, a column for each part."""

    parts: tuple[str, ...]
    pupils: tuple[tuple[str, tuple[Cell, ...]], ...]
    key: tuple[str, str, str, str]
    """What the colours stand for: right at once, right later, shown; and a place."""
    title: str = ""
    language: str = "en"
    """Whose words they are."""


@dataclass(frozen=True, slots=True)
class Code:
    """A link as a QR code, for the camera of a phone."""

    text: str
    """What it says; of a link into a chat, what stands behind `/start`, until it is made whole."""


Request: TypeAlias = Diagram | Learning | Sheet | Worksheet | Bars | Curve | Change | Grid | Code

OWN = Sheet | Worksheet | Grid | Code
"""What shows what learners typed, or lets somebody in: it is remembered nowhere."""


def format_of(request: Request) -> Literal["png", "pdf"]:
    """What kind of file it is drawn as."""
    if isinstance(request, Worksheet):
        return "pdf"
    return request.format if isinstance(request, Sheet) else "png"


def filename(request: Request) -> str:
    """What a picture's file is called on the learner's side."""
    if isinstance(request, Sheet):
        return f"trace-sheet.{request.format}"
    if isinstance(request, Worksheet):
        return f"{request.name}.pdf"
    return "picture.png"


def key(request: Request) -> str:
    """A name for the picture: the same for equal requests, in every process.

    It changes with the code that draws, so nobody is sent an outdated picture.
    """
    if isinstance(request, OWN):  # what one learner typed is kept nowhere, not even here
        return _named(request)
    return _remembered(request)


def _named(request: Request) -> str:
    name = type(request).__name__.lower()
    # The text of frozen data says all of it, and floats to the last bit.
    digest = hashlib.sha256(f"{_drawn_by()}\n{request!r}".encode()).hexdigest()
    return f"{name}-{digest[:32]}"


_remembered = lru_cache(maxsize=256)(_named)


@cache
def _drawn_by() -> str:
    """A hash of the code that draws."""
    sources = [
        file.read_bytes()
        for folder in (Path(__file__).parent, TEMPLATES.parent)
        for file in sorted(folder.rglob("*.[pt]y*"))
        if file.suffix in {".py", ".typ"}
    ]
    sources += [Path(numbers.__file__).read_bytes()]
    drawn_with = [version(name).encode() for name in ("typst", "babel")]
    return hashlib.sha256(b"".join([*sources, *drawn_with])).hexdigest()
