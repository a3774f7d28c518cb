"""A network of the learner's own: read from a message or a link, and what is said where it is none.

The friendly format is one line for the inputs, one for each neuron with its weights in the order of
the layer before, then the target, the rate, and "train biases" if they are to move too. Neurons
whose names share their letters, one after another, are a layer; an empty line begins a new one too.
"""

from __future__ import annotations

import re
import struct
from dataclasses import replace

from content.book import Book
from content.generated_lessons import Exercise
from content.own_network_completing import MOST_INPUTS, MOST_LAYERS, MOST_NEURONS
from content.own_network_errors import OwnError
from content.own_network_json import read_json
from content.own_network_lines import read_lines
from content.own_network_links import LONGEST_CODE, code_of, unpacked
from content.own_network_writing import write_own
from content.templates import Html
from engine.network import NetworkError
from engine.reading.characters import plain

__all__ = [
    "LONGEST_CODE",
    "MOST_INPUTS",
    "MOST_LAYERS",
    "MOST_NEURONS",
    "another_step",
    "code_of",
    "from_code",
    "read_own",
    "what_is_wrong",
    "write_own",
]


_LINE_END = re.compile(r";(?! *[-+]?[.,]?[0-9])")
"""A semicolon is one, unless it separates numbers, as where the decimal mark is a comma."""


def read_own(text: str) -> Exercise:
    """The network and example in a message.

    Raises:
        NetworkError: what is wrong, with the line, or with the place in JSON.

    >>> asked = read_own("x=2; O sigmoid 0.5; target 1")
    >>> asked.network.outputs[0].weights, asked.target
    ((('wO1', 0.5),), 1.0)
    """
    text = _LINE_END.sub("\n", plain(text.replace("\r\n", "\n"))[0]).strip()
    return _traceable(read_json(text) if text.startswith("{") else read_lines(text))


def _traceable(asked: Exercise) -> Exercise:
    try:
        asked.traced()
    except NetworkError:
        if not asked.network.goes_by.logarithm:
            raise
        raise OwnError("certain", loss=asked.network.loss) from None
    return asked


def what_is_wrong(error: NetworkError, book: Book) -> Html:
    """The sentence for a network that cannot be used.

    Args:
        error: what `read_own` or `from_code` raised.
        book: whose words are used.
    """
    if not isinstance(error, OwnError):
        return book.own.problem(problem=str(error))
    slots = error.slots
    at = book.own.at_line(line=slots["line"]) if "line" in slots else slots.get("where")
    slots = slots | {"at": at or book.own.at_top()}
    return book.fill(book.generated.own[error.key], book.any_trace, slots)


def another_step(asked: Exercise, text: str = "") -> Exercise:
    """The step after one: with the weights as they came out, to the decimals asked for.

    Args:
        asked: the network and example of the step before.
        text: another example, as in `x1=0 x2=1 target 1`; the same one where it is empty.

    Raises:
        NetworkError: the example is none of this network, or the numbers grow too large.

    >>> again = another_step(read_own("x=2; O linear 0.5; target 2; rate 0.1"))
    >>> again.network.outputs[0].weights, again.target
    ((('wO1', 0.9),), 2.0)
    """
    network = asked.traced().after(as_asked=True)
    again = replace(asked, network=network)
    if text.strip():
        given, *lines = write_own(replace(again, examples=())).splitlines()
        kept = [line for line in lines if "target" not in text or not line.startswith("target ")]
        told = text if "=" in text else f"{given}\n{text}"
        again = read_lines(plain("\n".join([told, *kept]))[0])
    return _traceable(again)


def from_code(code: str) -> Exercise:
    """What `code_of` packed.

    Raises:
        NetworkError: it is no such code.
    """
    try:
        return _traceable(unpacked(code))
    except (ValueError, IndexError, StopIteration, RuntimeError, struct.error):
        raise OwnError("link") from None
