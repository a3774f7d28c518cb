"""The ladder of hints: where to look, the rule, the rule with one gap, the worked line.

After a diagnosed mistake the ladder starts at that mistake. At a choice the third rung strikes out
a wrong option. Clicking fast is slowed once, never blocked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.dialogue.judging import discreet, question
from bot.dialogue.reply import Moment, Reply, staying
from content.models import ChoiceStep, DirectionStep, NumberStep
from engine.diagnosis import Kind, diagnose
from engine.reading import Reading
from engine.scaffold import pieces, with_pieces
from engine.trace import Trace

FAST_S = 4.0
"""Hints asked for closer together than this are slowed."""

FAST_FROM = 2
"""From this rung on."""


def hint(moment: Moment) -> Reply:
    """The next rung for the step in hand."""
    state, book = moment.state, moment.book
    if state.hints and state.wrong != state.pointed and (aimed := _at_mistake(moment)):
        pointed = state.but(pointed=state.wrong, hinted_at=moment.now, looking=None)
        return staying(moment, aimed, state=pointed)
    rungs = _rungs(moment)
    if state.hints >= len(rungs):
        return staying(moment, rungs[-1], book.fill(book.hints.last, _trace(moment)))
    fast = state.hints >= FAST_FROM and moment.now - state.hinted_at < FAST_S
    if fast and not state.slowed:
        slowed = state.but(slowed=True)
        return staying(moment, book.fill(book.hints.slower, _trace(moment)), state=slowed)
    after = state.but(
        hints=state.hints + 1,
        hinted_at=moment.now,
        pointed=state.wrong,
        slowed=False,
        looking=None,
    )
    return staying(moment, rungs[state.hints], state=after)


def first_hint(moment: Moment) -> str:
    """Where to look at the step in hand, as HTML."""
    return _rungs(moment)[0]


def hint_at_piece(moment: Moment) -> Reply:
    """The hint for one piece: its own operation, with the rule."""
    asked, state = question(moment), moment.state
    parts = pieces(asked.seen, asked.quantity)
    if state.piece is None or state.piece >= len(parts):
        return hint(moment)
    trace = with_pieces(asked.seen, asked.quantity)
    name = parts[state.piece].id
    words = moment.book.kind_hints(trace, name)
    slots = moment.book.hint_slots(trace, name)
    said = moment.book.fill(f"{words.look} {words.rule}", trace, slots)
    return staying(moment, said, state=state.but(looking=None))


def _trace(moment: Moment) -> Trace:
    return moment.speaker().trace


def _rungs(moment: Moment) -> list[str]:
    book, step, trace = moment.book, moment.place.step, _trace(moment)
    if isinstance(step, ChoiceStep):
        rungs = [book.fill(step.look, trace), book.fill(step.rule, trace)]
        return [*rungs, *_strike(moment)]
    assert isinstance(step, NumberStep | DirectionStep)
    words, slots = book.kind_hints(trace, step.quantity), book.hint_slots(trace, step.quantity)
    if isinstance(step, DirectionStep):
        owner = trace[step.quantity].owner
        slots["gradient"] = trace[f"{owner}.gradient"].text
        if moment.speaker().gives_gradient:
            said = book.say("direction_overlooks_gradient", owner=owner)
            return [said, *_filled(moment, (book.hints.direction,), slots)]
        return _filled(moment, (words.look, words.rule, book.hints.direction), slots)
    templates = (step.look or words.look, words.rule, book.hints.gap, book.hints.worked)
    first, rule, *others = _filled(moment, templates, slots)
    rule = f"{rule} {book.between(trace, step.quantity)}".strip()
    return [_at_mistake(moment) or first, rule, *others]


def _filled(moment: Moment, templates: Sequence[str], slots: Mapping[str, str]) -> list[str]:
    return [moment.book.fill(template, _trace(moment), slots) for template in templates]


def _at_mistake(moment: Moment) -> str:
    """The first rung after a diagnosed mistake: the place where it happened."""
    if not isinstance(moment.place.step, NumberStep):
        return ""
    asked = question(moment)
    if not moment.state.wrong:
        return ""
    reading = moment.book.read(asked.trace, asked.quantity, moment.state.wrong, asked.own)
    if not isinstance(reading, Reading):
        return ""
    verdict = discreet(asked, diagnose(asked.trace, asked.quantity, reading, asked.own))
    if verdict.kind is not Kind.MISTAKE:
        return ""
    return moment.book.mistake_hint(verdict, asked.trace)


def _strike(moment: Moment) -> list[str]:
    """One wrong option named, not the one picked last."""
    speaker, book = moment.speaker(), moment.book
    wrong = [option for option in speaker.options() if option != speaker.right_option()]
    fresh = [option for option in wrong if option != moment.state.wrong]
    label = speaker.label((fresh or wrong)[0])
    return [book.fill(book.hints.strike, _trace(moment), {"label": label})]
