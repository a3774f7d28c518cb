"""Is a sentence true of a page? The judge's verdict on the tutor's."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.truth.claims import CLAIMS, OF_ANY_MISTAKE, Heard
from tests.truth.facts import Numbers
from tests.truth.learner import Worked
from tests.truth.page import Page
from tests.truth.sentences import taken_apart
from tests.truth.tree import NotArithmeticError, names
from tests.truth.tutor import Said


@dataclass(frozen=True)
class Falsehood:
    """A sentence that is false of the page, with the reason."""

    claim: str
    why: str


def falsehoods(
    worked: Worked, said: Said, numbers: Numbers, *, strict: bool = False
) -> list[Falsehood]:
    """What is false in what the tutor said to an answer.

    Args:
        worked: the answer.
        said: what the tutor said.
        numbers: of the network and example.
        strict: whether a thing that stands on the page must not be missed, though the result does
            not follow from it: “not yet squared” of `(1 − 0.563)² = 0.437`.
    """
    facts = numbers.at(worked.quantity, worked.own)
    known = dict(worked.spoken)
    try:
        page = Page(worked.typed, known, facts.spans, facts.short, strict=strict)
    except NotArithmeticError:
        return [Falsehood("page", "the judge cannot read the page")]
    if said.verdict == "correct" and not said.sentence:
        return _confirmed(page, worked)
    if not said.sentence:
        return []
    ids = tuple(id_ for id_, _ in said.mistakes)
    sentence = taken_apart(said.sentence, ids)
    if sentence is None:
        return [Falsehood("no claim", "the judge does not know this sentence")]
    where = said.mistakes[0][1] if said.mistakes else ""
    working = () if "slip" in ids else said.working  # which does not lead to the typed number
    heard = Heard(sentence, where, working, page, facts, known)
    found = _judged(heard)
    for part, (_, place) in zip(sentence.parts, said.mistakes, strict=False):
        found += [
            Falsehood(f"{sentence.key}: {one.claim}", one.why)
            for one in _judged(replace(heard, sentence=part, where=place, working=(), joint=True))
        ]
    return found


def _judged(heard: Heard) -> list[Falsehood]:
    key = heard.sentence.key
    claims = CLAIMS.get(key, OF_ANY_MISTAKE)
    return [Falsehood(key, why) for claim in claims for why in claim(heard)]


def _confirmed(page: Page, worked: Worked) -> list[Falsehood]:
    """A weight that stays, or goes the wrong way, is no right new weight."""
    step, result = worked.case.steps[worked.quantity], page.result
    if step.kind != "updated" or result is None:
        return []
    old = worked.case.given[names(step.tree)[0]]
    moves = [worked.case.values(own=own)[step.id] - old for own in ({}, worked.own)]
    if all(abs(move) > 1e-9 and (result.value - old) * move <= 0 for move in moves):
        return [Falsehood("correct", "the weight did not move the way it should")]
    return []
