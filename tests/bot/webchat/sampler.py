"""A small tutor that uses everything the chat can show."""

from __future__ import annotations

from datetime import datetime
from html import escape

from bot.dialogue.effects import (
    AnswerPress,
    Button,
    Effect,
    Export,
    Forget,
    React,
    Say,
    Show,
    Turn,
)
from bot.dialogue.events import Event, Pressed, Said, SentFile
from bot.dialogue.profile import Profile
from bot.pictures.requests import Diagram
from bot.webchat.speaking import Speaking
from tests.fakes.dialogue import NETWORK, EchoDialogue
from tests.fakes.words import LABELS

STEP = (
    "<b>Step 2 of 26 · H1 · weighted sum</b>\n"
    "Multiply each input by its weight, then add:\n"
    "<pre>x1 × w11 + x2 × w12\n0.6 × 0.4 + 0.7 × (−0.3)</pre>\n"
    "<blockquote>A weight says how strongly an input counts.</blockquote>\n"
    "The worked line, if you want it: <tg-spoiler>0.24 + (−0.21) = 0.03</tg-spoiler>\n"
    "Type <code>the number</code>, or <i>your working</i>."
)
KEYS = (
    (Button("💡 Hint", "hint"), Button("👀 Show me", "show")),
    (Button("☰ More", "more"),),
)
NET = Show(Diagram(NETWORK, title="net", labels=LABELS), "The network: 2 inputs, H1, H2, O")


class Sampler(EchoDialogue):
    """Shows a step with a picture, judges 0.03, and redraws the picture where More is pressed."""

    _profile = Profile(
        commands=(("start", "Start"), ("ask", "Ask me something"), ("export", "Your data")),
        description="",
        short_description="",
        sorry="Sorry.",
        too_fast="Too fast.",
    )

    def step(self, state: str | None, event: Event, now: datetime, learner: int = 0) -> Turn:  # noqa: ARG002
        """Answers what happened."""
        return Turn("{}", _answer(event))


def _answer(event: Event) -> tuple[Effect, ...]:
    match event:
        case Said("/start"):
            return NET, Say(STEP, KEYS)
        case Said("/ask"):
            return (Say("How much is 0.6 × 0.4?"),)
        case Said("/export"):
            return (Export("Your trace"),)
        case Said("/forget"):
            return (Forget(), Say("Forgotten."))
        case Said("0.03", message):
            return React(message, "👍"), Say("✓ <b>0.03</b>. Right.")
        case Said("boom"):
            raise ValueError("boom")
        case Said(text, edited=True):
            return (Say(f"You changed it to <b>{escape(text)}</b>."),)
        case Said(text):
            return (Say(f"Not yet: {escape(text)}"),)
        case Pressed("hint", callback):
            return (AnswerPress(callback, "Look at the sign of w12"),)
        case Pressed("more", callback):
            again = Show(NET.picture, "The network, once more", replaces=2)
            return AnswerPress(callback), again
        case Pressed(data, callback):
            return AnswerPress(callback), Say(f"Pressed {data}")
        case SentFile(text=text, caption=caption):
            return (Say(f"A file: {escape(str(text))} {escape(caption)}"),)
        case _:
            return (Say("Something else."),)


SPEAKING = Speaking("en", Sampler.languages, Sampler().profile)
"""Its words, in its language."""
