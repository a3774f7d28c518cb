"""What is read of a network's plain data, and how it is refused: the place, and what is allowed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping

LARGEST = 1e6
"""No weight, bias or input may be larger than this, either way."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,15}")

OTHER_WORDS = {
    "learning_rate": ("lr", "rate", "eta", "alpha", "step_size", "η", "α"),
    "target": ("targets", "t", "y", "expected", "desired", "label"),
    "activation": ("function", "act", "f"),
    "bias": ("b", "biases"),
    "weights": ("w", "weight"),
    "examples": ("batch", "data", "samples"),
    "decimals": ("places", "digits", "precision"),
}
"""What other programs and books call a key."""

BEYOND = {
    "momentum": ("momentum", "velocity", "nesterov", "adam", "rmsprop", "adagrad"),
    "recurrence": ("recurren", "rnn", "lstm", "gru", "feedback_loop"),
    "convolution": ("conv", "kernel", "stride", "padding", "pooling", "filters"),
    "sparse layers": ("sparse", "mask", "connections", "skip"),
}
"""What the tutor does not do, by how the words for it begin."""

WHY_BEYOND = {
    "momentum": "a step goes by its own gradient alone",
    "recurrence": "values only go forward, from layer to layer",
    "convolution": "every neuron has weights of its own",
    "sparse layers": "every neuron is fed by the whole layer before it",
}


class NetworkError(ValueError):
    """The network or example is not one that can be traced; the text says where and why."""


def beyond(word: str) -> str | None:
    """What a word asks for that the tutor does not do; None for anything else.

    >>> beyond("Conv2D"), beyond("sigmoid")
    ('convolution', None)
    """
    plain = word.lower()
    return next((what for what, stems in BEYOND.items() if plain.startswith(stems)), None)


def nearest(key: str, known: Collection[str]) -> str | None:
    """The known key that another was probably meant for; None where there is none like it.

    >>> nearest("lr", ("inputs", "learning_rate")), nearest("target_s", ("target",))
    ('learning_rate', 'target')
    """
    plain = key.lower().replace(" ", "_").replace("-", "_")
    for meant, words in OTHER_WORDS.items():
        if meant in known and plain in words:
            return meant
    return next(iter(difflib.get_close_matches(plain, list(known), n=1)), None)


def check_keys(
    data: Mapping[str, object],
    known: Collection[str],
    where: str = "",
    *,
    inside: Collection[str] = (),
    also: Collection[str] = (),
) -> None:
    """Refuses keys that are not known, with the one that was probably meant.

    Args:
        data: the table.
        known: its keys.
        where: what the error's text opens with.
        inside: keys that belong inside `network`, if they are not known here.
        also: keys that may stand there too, and are not spoken of.

    Raises:
        NetworkError: there is another key.
    """
    for key in data:
        if key in known or key in also:
            continue
        at = f"{where}: " if where else ""
        if what := beyond(str(key)):
            raise NetworkError(f"{at}{no(what)}")
        said = f"{at}unknown key {shortened(key)}"
        if key in inside:
            raise NetworkError(f"{said}; it belongs inside network")
        if meant := nearest(str(key), known):
            raise NetworkError(f"{said}; did you mean {meant}?")
        raise NetworkError(f"{said}; the keys are {', '.join(sorted(known))}")


def no(what: str) -> str:
    """The sentence that refuses something the tutor does not do."""
    verb = "are" if what.endswith("s") else "is"
    return f"{what} {verb} not done here: {WHY_BEYOND[what]}"


def checked_number(value: object, where: str) -> float:
    """A finite float of at most `LARGEST`, either way.

    Raises:
        NetworkError: it is something else; `where` opens the text.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NetworkError(f"{where}: needs a number, not {shortened(value)}")
    if not abs(value) <= LARGEST:  # NaN is not
        raise NetworkError(
            f"{where}: needs a finite number up to {LARGEST:,.0f}, not {shortened(value)}"
        )
    return float(value)


def shortened(value: object, most: int = 60) -> str:
    """A refused value as an error text shows it: on one line, and not all of a long one.

    >>> shortened("rely"), shortened(10**50, 8)
    ("'rely'", '1000000…')
    """
    text = repr(value)
    return text if len(text) <= most else text[: most - 1] + "…"


def table_of(value: object, where: str) -> Mapping[str, object]:
    """A table of keys and values."""
    if not isinstance(value, Mapping):
        raise NetworkError(f"{where}: needs a table of keys and values, not {shortened(value)}")
    return value


def list_of(value: object, where: str) -> list[object]:
    """A list with something in it."""
    if not isinstance(value, list | tuple):
        raise NetworkError(f"{where}: needs a list, not {shortened(value)}")
    if not value:
        raise NetworkError(f"{where}: is empty; needs at least one entry")
    return list(value)


def offered_name(text: str) -> str | None:
    """A name for what is a number, as worksheets number their units; None for anything else.

    >>> offered_name("5"), offered_name("h-1")
    ('n5', None)
    """
    return f"n{text}" if text.isascii() and text.isdigit() and len(text) < 4 else None


def name_of(value: object, where: str) -> str:
    """A name of an input, a neuron, a weight or a bias."""
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        offered = offered_name(str(value))
        raise NetworkError(
            f"{where}: needs a name (a letter, then at most 15 letters, digits or _), "
            f"not {shortened(value)}" + (f"; {offered} would do" if offered else "")
        )
    return value


def one_of(value: object, allowed: Collection[str], where: str) -> str:
    """One of some words."""
    if not isinstance(value, str) or value not in allowed:
        if isinstance(value, str) and (what := beyond(value)):
            raise NetworkError(f"{where}: {no(what)}")
        word = where.rpartition(": ")[2].split(".")[-1]
        raise NetworkError(
            f"{where}: unknown {word} {shortened(value)}; allowed: {', '.join(allowed)}"
        )
    return value


def switch(value: object, where: str) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise NetworkError(f"{where}: needs true or false, not {shortened(value)}")
    return value
