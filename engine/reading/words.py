"""The English words that may stand in an answer, by what they do.

These are words learners type, not words the tutor says (those are in `content/`).
"""

from __future__ import annotations


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


OPERATORS = {
    "plus": "PLUS",
    "minus": "MINUS",
    "negative": "MINUS",
    "times": "TIMES",
    "over": "OVER",
    "divided by": "OVER",
    "multiplied by": "TIMES",
    "to the power of": "POWER",
    "to the power": "POWER",
    "equals": "EQUALS",
    "equal": "EQUALS",
    "is": "EQUALS",
    "gives": "EQUALS",
    "makes": "EQUALS",
    "squared": "EXPONENT",
    "cubed": "EXPONENT",
}

FUNCTIONS = {
    "relu": "relu",
    "relu'": "relu_slope",
    "relu′": "relu_slope",
    "sigmoid": "sigmoid",
    "σ": "sigmoid",
    "sigma": "sigmoid",
    "logistic": "sigmoid",
    "tanh": "tanh",
    "exp": "exp",
    "ln": "ln",
    "abs": "abs",
    "sqrt": "sqrt",
    "max": "max",
}
"""Names of functions as typed, and as `engine.expression` calls them; sqrt and max become trees."""

NUMBERS = {
    "zero": ("0", 0),
    "one": ("1", 0),
    "two": ("2", 0),
    "three": ("3", 0),
    "four": ("4", 0),
    "five": ("5", 0),
    "six": ("6", 0),
    "seven": ("7", 0),
    "eight": ("8", 0),
    "nine": ("9", 0),
    "ten": ("10", 0),
    "half": ("0.5", 1),
    "a half": ("0.5", 1),
    "one half": ("0.5", 1),
}
"""Number words: the digits, and how many of them are decimals."""

LEADING = _words(
    "a about again almost an answer answers approx approximately around be because believe ca"
    " calculated circa comes computed equal exactly final finally find first gave get gets got"
    " guess have hence hmm i i'd i'll i'm im it it'll it's its just like makes maybe me must my"
    " near nearly now ok okay perhaps probably result roughly say says should so solution some that"
    " that'd that's thats the then there's therefore think this thus to um value we we'll well"
    " working would yeah yep yes"
)
"""Words that may come before a number and say nothing about it."""

TRAILING = _words(
    "about approx approximately believe correct exact exactly guess i maybe ok okay or please"
    " probably right rounded roughly so thanks think yes"
)
"""Words that may come after a number and say nothing about it."""

NEGATIONS = _words(
    "aren't arent can't cannot cant doesn't doesnt don't dont except isn't isnt neither never no"
    " nor not wasn't wasnt without"
)
"""Words that turn a sentence round: with one of these before an equals sign, nothing is read."""

SEVERAL = _words("and between either or to versus vs")
"""Words between two numbers that make them two answers."""

NOT_FINITE = _words("inf infinite infinity infty nan")
