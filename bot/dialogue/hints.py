"""The ladder of hints: where to look, the rule, the rule with one gap, the worked line.

After a diagnosed mistake the ladder starts at that mistake. Clicking fast is slowed once, never
blocked. The rungs are the step's own (`steps`).
"""

from __future__ import annotations

from bot.dialogue.reply import Moment, Reply, staying

FAST_S = 4.0
"""Hints asked for closer together than this are slowed."""

FAST_FROM = 2
"""From this rung on."""


def hint(moment: Moment) -> Reply:
    """The next rung for the step in hand."""
    state, hand, book, step = moment.state, moment.state.hand, moment.book, moment.step
    if hand.hints and hand.wrong != hand.pointed and (aimed := step.hint_at_mistake()):
        pointed = state.but(pointed=hand.wrong, hinted_at=moment.now, looking=None)
        return staying(moment, aimed, state=pointed)
    rungs = step.hints()
    if hand.hints >= len(rungs):
        return staying(moment, rungs[-1], book.fill(book.hints.last, step.trace))
    fast = hand.hints >= FAST_FROM and moment.now - hand.hinted_at < FAST_S
    if fast and not hand.slowed:
        slowed = state.but(slowed=True)
        return staying(moment, book.fill(book.hints.slower, step.trace), state=slowed)
    after = state.but(
        hints=hand.hints + 1,
        hinted_at=moment.now,
        pointed=hand.wrong,
        slowed=False,
        looking=None,
    )
    return staying(moment, rungs[hand.hints], state=after)


def hint_at_piece(moment: Moment) -> Reply:
    """The hint for one piece: its own operation, with the rule."""
    said = moment.step.hints()
    if len(said) > 1:  # the pieces are to be put together: the ladder of the whole
        return hint(moment)
    return staying(moment, *said, state=moment.state.but(looking=None))
