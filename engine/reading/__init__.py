"""Reading: what a learner typed becomes a number with its working, or a reason why it can't.

Reading never guesses. A text with one reading is read, and when the reading is not simply what
stands there `Reading.literal` is False and the tutor echoes it (`describe`). A text with two
readings is `Unreadable`, which names the reason and the place; it costs the learner nothing.

How a text travels, one module each:

    latex        pasted LaTeX in plain signs
    characters   every dash, digit, space and bracket that phones send, in one look
    numbers      signs, points and commas; which commas separate the arguments of max( , )
    scanner      text -> tokens, with numbers, names (however spelled) and words (a language's own)
    statements   lines, lists of works, questions, "so", "because", arrows
    sides        labels ("H1 = …") and words that say nothing ("I think it's …")
    parser       the tokens of a side -> its tree, or why there is none
    values       what each side comes to, whether it is a number, what two sides give away
    number_words what is refused, once more with its numbers in digits: "twenty six hundredths"
    told_work    … or as working told in words, where its numbers prove where it ends
    among_words  … or as one number among words that a language has not listed
    reader       all of it in order, with limits
    several      several labelled values in one message
    describing   what was read, in the tutor's own notation
"""

from engine.reading.describing import describe
from engine.reading.names import words_of
from engine.reading.reader import read
from engine.reading.results import Reading, Reason, Unreadable, Written, reasons
from engine.reading.several import read_several
from engine.reading.words import NO_WORDS, Words

__all__ = [
    "NO_WORDS",
    "Reading",
    "Reason",
    "Unreadable",
    "Words",
    "Written",
    "describe",
    "read",
    "read_several",
    "reasons",
    "words_of",
]
