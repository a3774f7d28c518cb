"""Which network and example a command is about: the lesson's own, but for what is given."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from content.commands.command import Refused
from content.commands.lines import parsed
from content.files import LARGEST_BYTES
from content.lesson import Lesson
from engine.network import NETWORK_KEYS, Network, NetworkError, decimals_of
from engine.network_data import check_keys, table_of
from engine.trace import NAMES, Trace, batch_trace, trace

KEYS = ("network", "inputs", "target", "learning_rate", "examples", "reduction", "decimals")
"""What a line may say of its network and example."""

NOTES = ("id", "name", "comment", "source")
"""What a line may say besides, for whoever wrote it."""


PROBLEM = ("seed", "skill", "difficulty", "mistake", "told", "asked", "distinguishable")
"""What a line of `content practice` says besides."""


@dataclass(frozen=True)
class Example:
    """A network with an example, or several, any part of which may be the lesson's own.

    What the last three hold is checked where they meet the network, in `trace`.
    """

    network: Network
    inputs: object
    target: object
    learning_rate: object
    left_out: frozenset[str] = frozenset(("inputs", "target"))
    """Which of these are the lesson's own."""
    examples: object = None
    """Those that the step is taken on together; None for the one of `inputs` and `target`."""
    reduction: object = "mean"

    def changed(self, given: Mapping[str, object]) -> Example:
        """This example with what is given under `KEYS`.

        Raises:
            NetworkError: the network is refused; its places begin with `network`.
        """
        network = self.network
        if "network" in given:
            network, own = _network(given["network"])
            given = own | dict(given)
        if "decimals" in given:
            network = replace(network, decimals=decimals_of(given["decimals"]))
        if "examples" in given and (both := {"inputs", "target"} & given.keys()):
            raise NetworkError(f"{min(both)}: stands beside examples; each example has its own")
        return Example(
            network,
            given.get("inputs", self.inputs),
            given.get("target", self.target),
            given.get("learning_rate", self.learning_rate),
            self.left_out - given.keys(),
            given.get("examples", self.examples),
            given.get("reduction", self.reduction),
        )

    def traced(self, names: Mapping[str, str] = NAMES) -> Trace:
        """The trace of the example.

        Args:
            names: how its formulas write quantities.

        Raises:
            NetworkError: the example does not fit the network, or can't be traced.
        """
        rate = cast("float", self.learning_rate)
        if self.examples is not None:
            examples = _examples(self.examples)
            return batch_trace(self.network, examples, cast("str", self.reduction), rate, names)
        needed, count = self.network.inputs, len(self.network.outputs)
        own = set(cast("Mapping[str, float]", self.inputs)) if "inputs" in self.left_out else None
        if own not in (None, set(needed)):
            raise NetworkError(
                "inputs: left out, and the lesson's own do not fit this network, "
                f"which needs {', '.join(needed)}"
            )
        if "target" in self.left_out and count > 1:
            raise NetworkError(
                f"target: left out, and this network needs {count}, one for each output"
            )
        inputs, target = cast("Sequence[float]", self.inputs), cast("float", self.target)
        return trace(self.network, inputs, target, rate, names)


def check_given(
    given: Mapping[str, object], keys: Collection[str] = KEYS, also: Collection[str] = ()
) -> None:
    """Refuses keys of a line that mean nothing.

    Args:
        given: the line.
        keys: what it may say.
        also: what it may say besides, as it may `NOTES`.

    Raises:
        NetworkError: there is another key; the nearest is named.
    """
    check_keys(given, keys, inside=NETWORK_KEYS, also=(*NOTES, *also))


def _network(data: object) -> tuple[Network, dict[str, object]]:
    """A network, and its example's inputs where they stand in it beside their names."""
    own: dict[str, object] = {}
    if isinstance(data, Mapping) and isinstance(named := data.get("inputs"), Mapping):
        data, own = {**data, "inputs": list(named)}, {"inputs": named}
    try:
        return Network.from_data(data), own
    except NetworkError as error:
        text = str(error)
        text = text if text.startswith("network:") else f"network: {text}"
        raise NetworkError(text) from None


def _examples(data: object) -> list[tuple[Sequence[float], float]]:
    """The inputs and target of each example; what they hold is checked in `batch_trace`."""
    if not isinstance(data, list):
        raise NetworkError('examples: needs a list of {"inputs", "target"}')
    found = []
    for number, one in enumerate(data, 1):
        where = f"examples[{number - 1}]"
        table = table_of(one, where)
        check_keys(table, ("inputs", "target"), where)
        for key in ("inputs", "target"):
            if key not in table:
                raise NetworkError(f"{where}.{key}: is left out")
        found.append((cast("Sequence[float]", table["inputs"]), cast("float", table["target"])))
    return found


def lessons_own(lesson: Lesson) -> Example:
    """The lesson's worked example: what is meant when nothing is given."""
    worked = lesson.examples.get("worked") or next(iter(lesson.examples.values()))
    network = worked.trace.network
    return Example(network, worked.inputs, worked.target, lesson.learning_rate)


def network_data(file: Path) -> object:
    """A network file, TOML by its ending and JSON otherwise.

    Raises:
        Refused: it can't be read.
    """
    try:
        with file.open(encoding="utf-8-sig") as opened:  # perhaps a pipe, so its size is not known
            text = opened.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise Refused(f"{file}: can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Refused(f"{file}: is not UTF-8 text") from None
    if len(text) > LARGEST_BYTES:
        raise Refused(f"{file}: is longer than {LARGEST_BYTES:,} bytes")
    try:
        return tomllib.loads(text) if file.suffix.lower() == ".toml" else parsed(text)
    except RecursionError:
        raise Refused(f"{file}: is nested too deep") from None
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"{file}: is not TOML: {error}") from None
    except Refused as refused:
        raise Refused(f"{file}: {refused}") from None


def numbers(text: str, option: str) -> Mapping[str, float] | list[float]:
    """The numbers of an option: `0.2,0.1`, or by name `x1=0.2,x2=0.1`.

    Raises:
        Refused: it is written in another way.
    """
    parts = [part.strip().partition("=") for part in text.split(",")]
    named = any(equals for _, equals, _ in parts)
    try:
        if not named:
            return [float(part) for part, _, _ in parts]
        found = {name.strip(): float(value) for name, _, value in parts}
    except ValueError:
        raise Refused(
            f"{option}: needs numbers as in 0.2,0.1 or x1=0.2,x2=0.1, not {text!r}"
        ) from None
    if len(found) < len(parts):
        raise Refused(f"{option}: a name stands there twice: {text!r}")
    return found
