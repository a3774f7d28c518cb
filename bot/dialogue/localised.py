"""Numbers at the edge: what is sent is written as the learner's language writes numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.dialogue.effects import AnswerPress, Button, Effect, Export, Report, Say, Show
from content.numbers import Numbers

Rows = tuple[tuple[Button, ...], ...]


def localised(effects: Iterable[Effect], numbers: Numbers) -> tuple[Effect, ...]:
    """Effects with the numbers in their texts as a language writes them."""
    if numbers.as_authors:
        return tuple(effects)
    return tuple(_localised(effect, numbers) for effect in effects)


def _localised(effect: Effect, numbers: Numbers) -> Effect:
    match effect:
        case Say():
            buttons = _labelled(effect.buttons, numbers)
            return replace(effect, html=numbers.turned(effect.html), buttons=buttons)
        case Show():
            buttons = _labelled(effect.buttons, numbers)
            return replace(effect, caption=numbers.turned(effect.caption), buttons=buttons)
        case AnswerPress():
            return replace(effect, text=numbers.turned(effect.text))
        case Export():
            return replace(effect, caption=numbers.turned(effect.caption))
        case Report():
            return replace(effect, buttons=_labelled(effect.buttons, numbers))
        case _:
            return effect


def _labelled(rows: Rows, numbers: Numbers) -> Rows:
    return tuple(
        tuple(replace(button, label=numbers.turned(button.label)) for button in row) for row in rows
    )
