"""What a typed number is the result of: the predictions of a step that it fits, best first."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from engine.diagnosis import coincidence
from engine.diagnosis.asked import Asked
from engine.diagnosis.predictions import Prediction, Predictions
from engine.diagnosis.rounding_paths import (
    EXACT,
    UNFIT,
    RoundingPath,
    has_two_digits,
    natural_places,
)
from engine.diagnosis.verdict import Candidate
from engine.expression import evaluate
from engine.mistakes import Rule
from engine.tolerances import NOISE

EARLIER, LATER = 35, 100
"""With room for so many, the right value of any earlier step may be told; of any later one."""

FIT_WITHIN = 0.06
"""A number further from all that a prediction comes to cannot fit it, however it is rounded."""

Identity: TypeAlias = tuple[tuple[str, str], ...]
"""The ids and places of some mistakes, whatever their order."""


@dataclass(frozen=True, slots=True)
class Match:
    """A prediction that a typed number fits, and the rounding by which it does."""

    level: int
    prediction: Prediction
    predictions: Predictions
    own: bool
    path: RoundingPath

    @property
    def rule(self) -> Rule:
        """The rule of its mistake, or of the first of two."""
        return self.prediction.rule

    @property
    def identity(self) -> Identity:
        """Which mistakes it is of, and where."""
        return tuple(sorted((one.id, one.where) for one in self.prediction.made))

    def fitted(self, typed: float, decimals: int | None) -> Match | None:
        """It by the rounding by which a typed number fits it best; None where it does not."""
        fits = [
            (level, i)
            for i, path in enumerate(self.prediction.paths)
            if (level := path.fit(typed, decimals, self.predictions.quantity.places)) is not None
        ]
        if not fits:
            return None
        level, i = min(fits)
        return replace(self, level=level, path=self.prediction.paths[i])

    def told(self) -> Match:
        """It from the values as they are written down, where no number is typed."""
        return replace(self, path=self.prediction.paths[0])

    def candidate(self, decimals: int | None = None) -> Candidate:
        """It as an explanation, its working written to the decimals typed."""
        made, tree = self.prediction.made, self.prediction.tree
        written = self.predictions.worlds[-1]
        return Candidate(made, tree, written, self.path, self.own, decimals or 0)


def single_mistakes(asked: Asked, typed: float, decimals: int | None) -> list[Match]:
    """The single mistakes that a typed number fits, best first."""
    found = _fitting(asked, typed, decimals, lambda predictions: predictions.singles)
    return _ranked(
        asked, (m for m in found if m.level == EXACT or not _too_short(asked, typed, decimals, m))
    )


def _too_short(asked: Asked, typed: float, decimals: int | None, match: Match) -> bool:
    """Whether one digit is all there is to tell a moved point from another step's value."""
    if decimals is None or has_two_digits(typed, decimals) or not match.rule.moves_point:
        return False
    half = 0.5 * 10.0**-decimals + NOISE
    return any(
        other.near > 1 and abs(other.paths[0].value - typed) <= half for other in asked.right.others
    )


def _fitting(
    asked: Asked,
    typed: float,
    decimals: int | None,
    of: Callable[[Predictions], Iterable[Prediction]],
) -> Iterator[Match]:
    """Predictions that a typed number fits, each by the rounding that it fits best."""
    for predictions, own in asked.all_predictions:
        for prediction in of(predictions):
            if prediction.low - FIT_WITHIN <= typed <= prediction.high + FIT_WITHIN:
                match = Match(UNFIT, prediction, predictions, own, prediction.paths[0])
                if (found := match.fitted(typed, decimals)) is not None:
                    yield found


def _ranked(asked: Asked, found: Iterable[Match]) -> list[Match]:
    ranked = sorted(
        found,
        key=lambda m: (
            not m.rule.first,
            m.level,
            bool(asked.wrong_earlier) and not m.own,
            -m.prediction.common,
        ),
    )
    once: dict[Identity, Match] = {}
    for match in ranked:
        once.setdefault(match.identity, match)
    return list(once.values())


def other_steps(asked: Asked, typed: float, decimals: int | None) -> list[Match]:
    """The right values of other steps that it is; of far ones only where chance is unlikely."""
    enough = (9 if decimals is None else decimals) >= 3
    room = _room(asked, decimals)
    least = 3 if not enough else 2 if room < EARLIER else 1 if room < LATER else 0
    return [
        match
        for match in any_other_steps(asked, typed, decimals)
        if match.prediction.near >= least and (match.level == EXACT or enough)
    ]


def any_other_steps(asked: Asked, typed: float, decimals: int | None) -> list[Match]:
    """The same, be it by chance: shown work can tell."""
    found = list(_fitting(asked, typed, decimals, lambda predictions: predictions.others))
    if decimals is not None and decimals >= 3 and not found:
        found = list(_fitting(asked, typed, decimals, lambda every: _cut_off(every, decimals)))
    return _ranked(asked, (match for match in found if _is_as_fine(match, typed, decimals)))


def _is_as_fine(match: Match, typed: float, decimals: int | None) -> bool:
    """Whether a number is another step's value to the decimals typed: 0.0720 is not 0.07248."""
    if decimals is None:
        return True
    worlds, tree = match.predictions.worlds, match.prediction.tree
    off = min(abs(typed - evaluate(tree, world)) for world in worlds[:-1] or worlds)
    return off <= 10.0**-decimals + NOISE


def _cut_off(predictions: Predictions, decimals: int) -> Iterator[Prediction]:
    """The values of other steps cut off, not rounded, after more decimals than they need."""
    scale = 10.0**decimals
    for other in predictions.others:
        cut = tuple(
            replace(path, value=math.trunc(path.value * scale) / scale)
            for path in other.paths
            if decimals > natural_places(path.value)
        )
        if cut:
            yield replace(other, paths=cut)


def two_mistakes(asked: Asked, typed: float, decimals: int | None) -> list[Match]:
    """The pairs of mistakes it fits, best first."""
    ranks: dict[int, int] = {}
    composing = _composing(asked)

    def near(predictions: Predictions) -> Iterator[Prediction]:
        # The values in between worked again are left out: their pairs would say little more.
        if predictions in composing:
            for rank, prediction in predictions.pairs_near(typed, 0.06 + 0.02 * abs(typed)):
                ranks.setdefault(id(prediction), rank)
                yield prediction

    found: dict[Identity, Match] = {}
    for match in _fitting(asked, typed, decimals, near):
        found.setdefault(match.identity, match)
    wrong = bool(asked.wrong_earlier)
    return sorted(
        found.values(),
        key=lambda m: (m.level, wrong and not m.own, ranks[id(m.prediction)]),
    )


def _composing(asked: Asked) -> list[Predictions]:
    """Those whose pairs are looked at."""
    every = asked.all_predictions
    return list(dict.fromkeys(predictions for predictions, _ in (every[0], every[-1])))


def outdoes_chance(asked: Asked, typed: float, decimals: int | None) -> bool:
    """Whether a number that two mistakes give is far likelier to be theirs than chance."""
    pairs = sum(len(predictions.pairs) for predictions in _composing(asked))
    return coincidence.outdone(pairs, typed, _places(asked, decimals), asked.right.scale)


def _places(asked: Asked, decimals: int | None) -> int:
    return max(3, asked.quantity.places) if decimals is None else decimals


def _room(asked: Asked, decimals: int | None) -> float:
    """How many less likely explanations than a mistake of the step's own may still be told."""
    right = asked.right
    whole = coincidence.room(asked.quantity.places, _places(asked, decimals), right.scale)
    neighbours = sum(other.near > 1 for other in right.others)
    return whole - 1.3 * len(right.singles) - neighbours
