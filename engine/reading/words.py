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

SPOKEN_DIGITS = {
    **{word: digits for word, (digits, _) in NUMBERS.items() if len(digits) == 1},
    "oh": "0",
    "o": "0",
}
"""What may stand after "point" when a number is dictated."""

LEADING = _words(
    "a about again almost also an ans answer answers approx approximately around as at be because"
    " becomes believe but ca calculated circa comes computed equal exactly final finally find first"
    " gave get gets got guess have hence hmm i i'd i'll i'm im it it'll it's its just like makes"
    " maybe me means must my near nearly now ok okay on out outputs pass passes perhaps probably"
    " remains result roughly say says should so solution some stays still that that'd that's thats"
    " the then there's therefore think this thus to um value we we'll well working would"
    " yeah yep yes yields"
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

QUESTIONS = _words(
    "am are can could did do does how how's hows is what what's whats when where where's wheres"
    " which who whose why why's whys will"
)
"""Words that open a question."""

STARTERS = _words("and but hmm no ok okay please so then um wait well yeah yes") | {",", "."}
"""What may stand before the first word of a question."""

HEDGES = _words(
    "about approx approximately around believe get got guess hmm i i'd it it's its maybe ok okay"
    " perhaps probably right roughly say so that's thats think"
)
"""Words that leave an answer an answer although a question mark ends it: `maybe 0.03?`."""

NOT_IN_LABELS = NEGATIONS | QUESTIONS

NO = _words("nah no nope")
AFTER_NO = _words("i i'm im it it's its that that's thats the then")
"""Words between a "no" to the tutor and the answer: `no its 0`."""

BECAUSE = _words("because bc bcause bcoz bcs cause coz cos cuz since")
"""Words after which comes the reason for the answer before them."""

TURNS = _words(
    "actually anyway but hence however instead nevertheless no or otherwise should so therefore"
    " thus wait"
)
"""Words after which a reason may have ended, and another answer come."""

SO = _words("hence so that's thats therefore thus which")
"""Words between what is known and what follows from it."""

LISTS = _words("and then")
"""Words between two pieces of work."""

TAKES_BACK = (
    NEGATIONS
    | QUESTIONS
    | _words(
        "degrees half hundred hundredth hundredths if million minus negative or percent squared"
        " tenth tenths thousand thousandth thousandths unless wrong"
    )
)
"""Words in brackets after a number that change what is said."""

SEVERAL = _words("and between either or to versus vs")
"""Words between two numbers that make them two answers."""

NOT_FINITE = _words("inf infinite infinity infty nan")
