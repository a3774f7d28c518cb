"""One training step, before and after: the weights, the predictions and the loss."""

from __future__ import annotations

from bot.pictures.palette import CARD, MUTED, POSITIVE, RULE
from bot.pictures.requests import Change, Changed
from bot.pictures.scene import NUMBER, SMALL, WIDE, Scene
from bot.pictures.scripts import about

ROW = 24.0
BEFORE, AFTER = 158.0, 262.0
"""Where the numbers before and after end."""
MOST = 16
"""Weights listed; of more, the first."""


def draw_change(change: Change) -> Scene:
    """The step as a scene."""
    scene, labels = Scene(change.labels.language, change.title), change.labels
    y = scene.high + 8
    scene.text(BEFORE, y, labels.before, SMALL, MUTED, at="right", most=90)
    scene.text(AFTER, y, labels.after, SMALL, MUTED, at="right", most=80)
    y += 20
    furthest = max((abs(one.after - one.before) for one in change.weights), default=0) or 1.0
    for one in change.weights[:MOST]:
        _row(scene, y, one)
        if moved := one.after - one.before:
            scene.arrow(WIDE - 14, y, 1 if moved > 0 else -1, abs(moved) / furthest)
        y += ROW
    if len(change.weights) > MOST:
        scene.text(WIDE / 2, y, "…", NUMBER, MUTED, bold=True)
        y += ROW
    for one, target in change.outputs:
        y = _output(scene, y, one, target, change)
    scene.line((0, y - ROW / 2), (WIDE, y - ROW / 2), stroke=RULE, thick=1)
    _row(scene, y + 2, change.loss)
    most = max(change.loss.before, change.loss.after, 1e-12)
    for value, at, colour in ((change.loss.before, 18, MUTED), (change.loss.after, 28, POSITIVE)):
        scene.box(0, y + at, max(2, WIDE * value / most), 7, colour, None, radius=3)
    scene.high = y + 36
    return scene


def _row(scene: Scene, y: float, one: Changed) -> None:
    old, new = one.texts
    room = AFTER - BEFORE - 24
    scene.text(0, y, one.name, SMALL, MUTED, at="left", most=BEFORE - 10 - about(old, NUMBER))
    scene.text(BEFORE, y, old, NUMBER, at="right", most=110, least=NUMBER)
    scene.text(BEFORE + 12, y, "→", NUMBER, MUTED)
    scene.text(AFTER, y, new, NUMBER, bold=True, at="right", most=room, least=NUMBER)


def _output(scene: Scene, y: float, one: Changed, target: float, change: Change) -> float:
    """A prediction, on a scale from 0 to 1 where it lies on it; gives where the next row is."""
    scene.line((0, y - ROW / 2), (WIDE, y - ROW / 2), stroke=RULE, thick=1)
    _row(scene, y + 2, one)
    if not all(0 <= value <= 1 for value in (one.before, one.after, target)):
        return y + ROW + 4
    y += 26
    scene.scale(0, y, WIDE, target)
    scene.point(WIDE * one.before, y)
    scene.dots([(WIDE * one.before, y)], 6, CARD)
    scene.point(WIDE * one.after, y)
    text = change.labels.said("valued", word=change.labels.target, text=f"{target:g}")
    scene.text(
        WIDE if target >= 0.5 else 0,
        y + 16,
        text,
        SMALL,
        MUTED,
        at="right" if target >= 0.5 else "left",
    )
    return y + 16 + ROW
