"""The friendly format of a learner's own network: from lines to a network.

What is wrong with a text is told by the line. Everything a learner is likely to get wrong is found
here, where the line is still known; the checks of the engine come after.
"""

from __future__ import annotations

import re

from content.generated_lessons import Exercise
from content.own_network_completing import Lines, Unit, completed, number_of
from content.own_network_errors import BEYOND, OwnError
from content.own_network_words import activation_meant, key_meant, loss_meant
from engine.functions import ACTIVATIONS
from engine.losses import LOSSES
from engine.network import DECIMALS, DELTAS, UPDATES
from engine.network_data import beyond
from engine.steps import REDUCTIONS

SETTINGS = ("learning_rate", "loss", "delta", "update", "reduction", "decimals")
"""Keys with one value, each on a line of its own or as a pair."""

_CHOICES = {"delta": DELTAS, "update": UPDATES, "reduction": REDUCTIONS}
"""What a setting may be, where it is one of a few words."""

_KEYED = re.compile(
    r"\b(learning[ _-]?rate|step[ _-]?size|desired[ _-]?output|target[ _-]?output|"
    r"loss[ _-]?function|cost[ _-]?function|decimal[ _-]?places)\b",
    re.IGNORECASE,
)
_HEADED = re.compile(
    r"^[^\S\n]*(inputs?|weights?|bias(?:es)?|parameters|given)[^\S\n]*[:=][^\S\n]*(?=\w+[^\S\n]*[=:])",
    re.MULTILINE | re.IGNORECASE,
)
_BRACKETED = re.compile(r"\b(\w+)[^\S\n]*[=:][^\S\n]*[\[(]([^][()\n]*)[\])]")
_EQUALS = re.compile(r"(?<![^\S\n])[^\S\n]*[=:][^\S\n]*")
_WORDY = re.compile(r"\b(leaky|soft|hard|unit)[ -](relu|plus|max|limit|step)\b", re.IGNORECASE)


def read_lines(text: str) -> Exercise:
    """The network and example of a text in the friendly format.

    Raises:
        OwnError: what is wrong, with the line.
    """
    read = Lines()
    for line, words in enumerate(_spelled(text).splitlines(), 1):
        _read_line(read, words.replace(",", " ").split(), line)
    return completed(read)


def _spelled(text: str) -> str:
    """The text with decimal points, keys of one word, no brackets, and equals signs set tight."""
    text = _HEADED.sub("", _BRACKETED.sub(_unbracketed, text))
    text = re.sub(r"[\[\]();]", " ", text)
    text = re.sub(r"(?<![.\d])(\d+),(?=\d)", r"\1.", text)
    text = _KEYED.sub(lambda found: re.sub(r"[ -]", "_", found[0].lower()), text)
    text = _WORDY.sub(r"\1_\2", text)
    return _EQUALS.sub("=", text)


def _unbracketed(found: re.Match[str]) -> str:
    """Numbers in brackets: a target, a neuron's weights, or inputs numbered on from one name."""
    name, inside = found[1], found[2].strip()
    if ";" in inside:  # where it separates, a comma is decimal
        inside = inside.replace(",", ".").replace(";", " ")
    values = re.split(r"[,\s]+", inside)
    key = key_meant(name)
    if key == "target" or name.lower() == "y":
        return f"target {' '.join(values)}"
    if key == "weights":
        return " ".join(values)
    if len(values) == 1:
        return f"{name}={values[0]}"
    return " ".join(f"{name}{i}={value}" for i, value in enumerate(values, 1))


def _read_line(read: Lines, words: list[str], line: int) -> None:
    if not words:
        read.apart = True
        return
    name, equals, value = words[0].partition("=")
    if equals and (activation_meant(value) or key_meant(name) in (*SETTINGS, "target")):
        words = [name, *([value] if value else []), *words[1:]]  # h1: sigmoid …, rate = 0.5
    first, key = words[0].lower(), key_meant(words[0])
    for word in (name, *words[1:2]):
        if what := beyond(word):
            raise OwnError(BEYOND[what], line=line)
    match [first, *map(str.lower, words[1:])]:
        case _ if key in (*SETTINGS, "target") and not (first == "t" and len(words) > 2):
            _read_setting(read, key, words[1:], line)
        case _ if "=" in first:
            _read_pairs(read, words, line)
        case ["example" | "ex", *rest] if any("=" in word for word in rest):
            _read_example(read, words[1:], line)
        case [_, activation, *_] if activation_meant(activation):
            _add_unit(read, words[0], str(activation_meant(activation)), words[2:], line)
        case [count, "decimals" | "places"]:
            _set(read, "decimals", count, line)
        case ["perceptron"] | ["perceptron", "rule"]:
            _set(read, "update", "perceptron", line)
        case ["train" | "trained", "biases" | "bias" | "all"] | ["train_biases", *_]:
            read.train_biases = True
        case [_, activation, *_] if activation.isalpha() and first != "train":
            allowed = ", ".join(ACTIVATIONS)
            raise OwnError("activation", line=line, piece=words[1], allowed=allowed)
        case _:
            raise OwnError("line", line=line)


def _read_setting(read: Lines, key: str, values: list[str], line: int) -> None:
    """A line of one setting or the target, and the pairs that may follow it."""
    if not values:
        raise OwnError("no_number", line=line)
    pairs = next((i for i, word in enumerate(values) if "=" in word), len(values))
    if key == "target" and not pairs:  # by the names of the outputs, in their order
        read.target = tuple(number_of(value.partition("=")[2], line) for value in values)
        read.at["target"] = line
        return
    if key == "target":
        read.target = tuple(number_of(value, line) for value in values[:pairs])
        read.at["target"] = line
    else:
        _set(read, key, " ".join(values[:pairs]), line)
    if values[pairs:]:
        _read_pairs(read, values[pairs:], line)


def _set(read: Lines, key: str, value: str, line: int) -> None:
    read.at[key] = line
    word = value.lower()
    match key:
        case "learning_rate":
            read.rate = number_of(value, line)
            if read.rate <= 0:
                raise OwnError("rate", line=line)
        case "decimals":
            if not word.isdigit() or int(word) not in DECIMALS:
                few, many = DECIMALS[0], DECIMALS[-1]
                raise OwnError("decimals", line=line, piece=value, low=few, high=many)
            read.decimals = int(word)
        case "loss":
            if (loss := loss_meant(value)) is None:
                raise OwnError("loss", line=line, piece=value, allowed=", ".join(LOSSES))
            read.said["loss"] = loss
        case _ if word in _CHOICES[key]:
            read.said[key] = word
        case _:
            allowed = " / ".join(_CHOICES[key])
            raise OwnError("choice", line=line, piece=value, other=key, allowed=allowed)


def _read_pairs(read: Lines, words: list[str], line: int) -> None:
    """Names with their numbers: inputs most of all, and settings among them."""
    last = ""
    for word in words:
        name, equals, value = word.partition("=")
        key = key_meant(name)
        if not equals and key in (*SETTINGS, "target"):
            last = key
            read.target = () if key == "target" else read.target
        elif not equals and last == "target":
            read.target = (*(read.target or ()), number_of(word, line))
            read.at["target"] = line
        elif not equals and last:
            _set(read, last, word, line)
            last = ""
        elif not equals:
            raise OwnError("input", line=line, piece=word)
        elif key in SETTINGS:
            _set(read, key, value, line)
        elif key == "train_biases":
            read.train_biases = value.lower() in ("true", "yes", "1", "")
        elif key == "target" and name.lower() != "t":
            read.target = (number_of(value, line),)
            read.at["target"], last = line, "target"
        else:
            read.claim(name, line)
            read.pairs[name] = number_of(value, line)


def _read_example(read: Lines, words: list[str], line: int) -> None:
    """One of several examples: its inputs by name, and its target behind them."""
    inputs, target = dict[str, float](), list[float]()
    for word in words:
        name, equals, value = word.partition("=")
        if key_meant(name) == "target":
            target += [number_of(value, line)] if equals else []
        elif equals:
            inputs[name] = number_of(value, line)
        elif word not in ("and", "->", "→"):
            target.append(number_of(word, line))
    read.examples.append((inputs, tuple(target), line))


def _add_unit(read: Lines, name: str, activation: str, values: list[str], line: int) -> None:
    read.claim(name, line)
    unit = Unit(name, activation, line)
    if read.apart or not read.layers or letters(read.layers[-1][0].name) != letters(name):
        read.layers.append([])
    read.apart = False
    read.layers[-1].append(unit)
    rest = list(values)
    while rest:
        word = rest.pop(0)
        key, equals, value = word.partition("=")
        if key.lower() in ("bias", "slope") and not value:
            if not rest:
                raise OwnError("no_number", line=line)
            value = rest.pop(0)
            if "=" in value or (key.lower() == "bias" and value.isidentifier()):
                bias, _, number = value.partition("=")
                unit.bias = bias, number_of(number, line) if number else None
                continue
        if key.lower() == "bias":
            unit.bias = "", number_of(value, line)
        elif key.lower() == "slope":
            unit.slope = number_of(value, line)
        elif word.lower() == "as" and rest[:1] == ["written"]:
            unit.as_written, rest = True, rest[1:]
        elif equals:
            unit.weights.append((key, number_of(value, line)))
        elif word.isidentifier():
            unit.weights.append((word, None))
        else:
            unit.weights.append(("", number_of(word, line)))


def letters(name: str) -> str:
    """A name without the digits at its end."""
    return name.rstrip("0123456789")
