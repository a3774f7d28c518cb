"""Practice problems on which every modelled mistake can be told apart, drawn from a seed.

    skills           what can be practised, and which quantities of a network practise it
    ladder           from signs to cross-entropy: what a difficulty asks of the network
    random_draws     numbers from a hash, the same on every machine
    distinguishable  whether the wrong answers at a step differ from the right one and each other
    sheet            the numbers of one network, drawn a group at a time with the planned signs
    drawing          the search: draw, check cheaply by values, go back where it gets stuck
    redrawing        the same for a network there is: its shape and conventions, other numbers

A problem is a pure function of its seed, skill and difficulty; learners keep it as it was drawn.
"""

from engine.practice.distinguishable import (
    STANDARD,
    Clash,
    Foreseen,
    Standard,
    clashes,
    foreseen,
    half_width,
    possible,
)
from engine.practice.drawing import Problem, draw, draw_full
from engine.practice.ladder import EASIEST, HARDEST, LADDER, Rung, difficulty_of, introduced_at
from engine.practice.redrawing import Redrawn, redrawn
from engine.practice.skills import (
    FULL_TRACE,
    SKILLS,
    asked_for,
    needed,
    skill_of,
    skills_at,
    whole_trace,
)

__all__ = [
    "EASIEST",
    "FULL_TRACE",
    "HARDEST",
    "LADDER",
    "SKILLS",
    "STANDARD",
    "Clash",
    "Foreseen",
    "Problem",
    "Redrawn",
    "Rung",
    "Standard",
    "asked_for",
    "clashes",
    "difficulty_of",
    "draw",
    "draw_full",
    "foreseen",
    "half_width",
    "introduced_at",
    "needed",
    "possible",
    "redrawn",
    "skill_of",
    "skills_at",
    "whole_trace",
]
