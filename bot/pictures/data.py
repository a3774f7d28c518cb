"""From a request to its template and the template's data."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeAlias

from bot.pictures.bars import draw_bars
from bot.pictures.change import draw_change
from bot.pictures.code import draw_code
from bot.pictures.curve import draw_curve
from bot.pictures.diagram import draw_diagram
from bot.pictures.grid import draw_grid
from bot.pictures.learning import draw_learning
from bot.pictures.requests import (
    Bars,
    Change,
    Code,
    Curve,
    Diagram,
    Grid,
    Learning,
    Request,
    Sheet,
    Worksheet,
)
from bot.pictures.scene import Scene
from bot.pictures.sheet import sheet_data
from content.paper.press import TEMPLATE

Drawn: TypeAlias = Diagram | Learning | Bars | Curve | Change | Grid | Code
"""What is drawn on a scene."""

DRAWING: dict[type, Callable[[Any], Scene]] = {
    Diagram: draw_diagram,
    Learning: draw_learning,
    Bars: draw_bars,
    Curve: draw_curve,
    Change: draw_change,
    Grid: draw_grid,
    Code: draw_code,
}


def template_data(request: Request) -> tuple[str, dict[str, Any]]:
    """The name of the template that draws a request, and the data it draws."""
    if isinstance(request, Sheet):
        return "sheet.typ", sheet_data(request)
    if isinstance(request, Worksheet):
        return TEMPLATE, json.loads(request.data)
    return "scene.typ", scene_of(request).data()


def scene_of(request: Drawn) -> Scene:
    """What stands where on a picture."""
    return DRAWING[type(request)](request)
