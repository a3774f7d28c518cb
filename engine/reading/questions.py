"""What asks is no answer: `what is H1?`, `the weight is w12?`, but not `maybe 0.03?`."""

from __future__ import annotations

from engine.reading import words
from engine.reading.results import Refusal
from engine.reading.tokens import LABELS, Scan, Token

_LABEL_ENDS = frozenset(("EQUALS", "COLON", "ABOUT", "SO"))
_SLOPE = 3
"""So many tokens make the label of a slope: dL / dw."""


def refuse_question(scan: Scan, tokens: list[Token]) -> None:
    """Refuses what asks: a question word first, or words and a question mark at the end."""
    said = [token for token in tokens if token.text[:1].isalpha() and token.type != "NAME"]
    opens = next((token for token in tokens if token.text.lower() not in words.STARTERS), None)
    asks = opens in said and opens is not None and opens.text.lower() in words.QUESTIONS
    if not asks and tokens and tokens[-1].type == "MARK" and "?" in tokens[-1].text:
        label = _labelling(tokens)
        asks = any(
            token.type in ("WORD", "EQUALS") and token.text.lower() not in words.HEDGES
            for token in said
            if token not in label
        )
    if asks:
        raise Refusal("words", 0, len(scan.text))


def _labelling(tokens: list[Token]) -> set[Token]:
    """The words of `loss = 0.19?` and `ans: dL/dw = 0.1?` that only say which number it is."""
    found: list[Token] = []
    since: list[Token] = []
    for token in tokens:
        if token.type in _LABEL_ENDS and not token.text.isalpha():
            said = [one for one in since if one.text.lower() not in words.HEDGES]
            slope = len(said) == _SLOPE and said[1].type == "OVER"
            if len(said) > 1 and not slope:
                break
            found += since
            since = []
        elif token.type in LABELS or token.type == "OVER":
            since.append(token)
        else:
            break
    return set(found)
