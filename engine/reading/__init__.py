"""Reading: what a learner typed becomes a number with its working, or a reason why it can't.

Reading never guesses. A text with one reading is read, and when the reading is not simply what
stands there `Reading.literal` is False and the tutor echoes it (`describe`). A text with two
readings is `Unreadable`, which names the reason and the place; it costs the learner nothing.

How a text travels, one module each:

    characters   every dash, digit, space and bracket that phones send, in one look
    arguments    which commas separate the two arguments of max( , )
    scanning     text -> tokens, with numbers (which commas are decimal), values, naming, signs
    spelling     the names of an exercise, however they are spelled: sum(H1), H1's sum
    sentences    statements: lines, lists of works, "so", "because", arrows
    questions    what asks and so is no answer
    phrasing     labels ("H1 = …") and words that say nothing ("I think it's …")
    joining      values side by side: 3(4) is a product, 12 3.7 is two numbers
    shapes       kinds of tokens -> which rules to apply, by the grammar in engine/reading.lark
    trees        tokens -> expressions, by those rules; refusals says why not
    reader       all of it in order, with limits; values checked to be finite
    several      several labelled values in one message
    describing   what was read, in the tutor's own notation
"""

from engine.reading.describing import describe, formula
from engine.reading.reader import read
from engine.reading.results import Reading, Reason, Unreadable, Written, reasons
from engine.reading.several import read_several
from engine.reading.spelling import words_of

__all__ = [
    "Reading",
    "Reason",
    "Unreadable",
    "Written",
    "describe",
    "formula",
    "read",
    "read_several",
    "reasons",
    "words_of",
]
