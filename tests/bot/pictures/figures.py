"""What stands on a picture and where, asked of Typst before it becomes pixels."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import orjson
import typst

from bot.pictures.data import Drawn, scene_of
from bot.pictures.painter import TEMPLATES
from content.paper.press import font_folders, main_file, templates

SLACK = 0.6
"""How far, in pixels, things may reach into each other."""


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text, with the box around it in pixels of a picture 335 wide."""

    said: str
    sizes: tuple[float, ...]
    """Those of its pieces; the least it may be set in where it has to fit."""
    colours: tuple[str, ...]
    x: float
    y: float
    wide: float
    high: float

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its box."""
        return self.x + self.wide / 2, self.y + self.high / 2


def texts_on(request: Drawn) -> list[Text]:
    """Every text, as Typst sets it."""
    main = main_file("scene.typ").replace(b"))", b"), probing: true)")
    files = {
        **templates(TEMPLATES),
        "main.typ": main,
        "data.json": orjson.dumps(scene_of(request).data()),
    }
    compiler = typst.Compiler(  # type: ignore[misc] # its types know of one file
        files, font_paths=font_folders(), ignore_system_fonts=True
    )
    return [_text(found) for found in orjson.loads(compiler.query("<text>", field="value"))]


def _text(found: dict[str, Any]) -> Text:
    runs = found["runs"]
    return Text(
        " ".join(run["text"] for run in runs),
        tuple(found["least"] or run["size"] for run in runs),
        tuple(run["colour"] for run in runs),
        *(found[name] for name in ("x", "y", "wide", "high")),
    )


def said_on(request: Drawn) -> list[str]:
    """What the texts say; pieces set side by side also each alone."""
    items = scene_of(request).data()["items"]
    return [run["text"] for item in items if item["kind"] == "text" for run in item["runs"]]


def boxes_on(request: Drawn) -> list[dict[str, Any]]:
    """Every box, from below to above."""
    return [item for item in scene_of(request).data()["items"] if item["kind"] == "box"]


def overlapping(texts: list[Text]) -> list[tuple[str, str]]:
    """Pairs of texts that touch."""
    return [(one.said, two.said) for one, two in combinations(texts, 2) if _touch(one, two)]


def outside(request: Drawn, texts: list[Text]) -> list[str]:
    """Texts that reach over the edge of the page."""
    wide, high = 335.0, scene_of(request).high + 20
    return [
        text.said
        for text in texts
        if text.x < 0 or text.y < 0 or text.x + text.wide > wide or text.y + text.high > high
    ]


def tangled(request: Drawn) -> int:
    """How many pairs of boxes cut each other: neither apart nor one inside the other."""
    boxes = [Text("", (), (), b["x"], b["y"], b["wide"], b["high"]) for b in boxes_on(request)]
    return sum(
        _touch(one, two) and not _inside(one, two) and not _inside(two, one)
        for one, two in combinations(boxes, 2)
    )


def pixels(png: bytes) -> tuple[int, int]:
    """How wide and high a PNG is."""
    wide, high = struct.unpack(">II", png[16:24])
    return wide, high


def _touch(one: Text, two: Text) -> bool:
    across = min(one.x + one.wide, two.x + two.wide) - max(one.x, two.x)
    down = min(one.y + one.high, two.y + two.high) - max(one.y, two.y)
    return across > SLACK and down > SLACK


def _inside(one: Text, two: Text) -> bool:
    return (
        one.x >= two.x - SLACK
        and one.x + one.wide <= two.x + two.wide + SLACK
        and one.y >= two.y - SLACK
        and one.y + one.high <= two.y + two.high + SLACK
    )
