"""From a request to its template and the template's data."""

from __future__ import annotations

from typing import Any, TypeAlias

from bot.pictures.bars import draw_bars
from bot.pictures.change import draw_change
from bot.pictures.curve import draw_curve
from bot.pictures.diagram import draw_diagram
from bot.pictures.learning import draw_learning
from bot.pictures.requests import Bars, Change, Curve, Diagram, Learning, Request, Sheet
from bot.pictures.scene import Scene
from bot.pictures.sheet import sheet_data

Drawn: TypeAlias = Diagram | Learning | Bars | Curve | Change
"""What is drawn on a scene."""


def template_data(request: Request) -> tuple[str, dict[str, Any]]:
    """The name of the template that draws a request, and the data it draws."""
    if isinstance(request, Sheet):
        return "sheet.typ", sheet_data(request)
    return "scene.typ", scene_of(request).data()


def scene_of(request: Drawn) -> Scene:
    """What stands where on a picture."""
    match request:
        case Diagram():
            return draw_diagram(request)
        case Learning():
            return draw_learning(request)
        case Bars():
            return draw_bars(request)
        case Curve():
            return draw_curve(request)
        case Change():
            return draw_change(request)
