"""The edge: what is sent is written as the learner's language writes numbers and runs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar, cast

from bot.dialogue.effects import AnswerPress, Button, Effect, Export, Report, Say, Show
from content.bidi import isolated_in
from content.numbers import AUTHORS, Numbers

Rows = tuple[tuple[Button, ...], ...]


def localised(effects: Iterable[Effect], numbers: Numbers) -> tuple[Effect, ...]:
    """Effects with the texts in them as a language writes them."""
    return tuple(localised_one(effect, numbers) for effect in effects)


Sent = TypeVar("Sent")


def localised_one(effect: Sent, numbers: Numbers) -> Sent:
    """One of them."""
    return effect if numbers.tag == AUTHORS else cast("Sent", _localised(effect, numbers))


_TIGHT = re.compile(r"([。，；：？！、]) +")
"""Full-width punctuation brings its own space."""


def _written(html: str, numbers: Numbers) -> str:
    turned = _TIGHT.sub(r"\1", numbers.turned(html))
    return isolated_in(turned) if numbers.right_to_left else turned


def _localised(effect: object, numbers: Numbers) -> object:
    match effect:
        case Say():
            buttons = _labelled(effect.buttons, numbers)
            return replace(effect, html=_written(effect.html, numbers), buttons=buttons)
        case Show():
            buttons = _labelled(effect.buttons, numbers)
            return replace(effect, caption=_written(effect.caption, numbers), buttons=buttons)
        case AnswerPress():
            return replace(effect, text=_written(effect.text, numbers))
        case Export():
            return replace(effect, caption=_written(effect.caption, numbers))
        case Report():
            return replace(effect, buttons=_labelled(effect.buttons, numbers))
        case _:
            return effect


def _labelled(rows: Rows, numbers: Numbers) -> Rows:
    return tuple(
        tuple(replace(button, label=_written(button.label, numbers)) for button in row)
        for row in rows
    )
