"""What an answered set changes in a learner's records, and how they are stored."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.learning.mastery import Response, after, before
from bot.learning.practised import LOOKED_BACK, Answer, Practised
from bot.learning.progress import progress
from engine.mistakes import MISTAKES
from engine.practice import SKILLS

NOW = datetime(2026, 3, 28, 18, 30, tzinfo=UTC)
TODAY = date(2026, 3, 28)

answer = st.builds(
    Answer,
    st.sampled_from(SKILLS),
    st.sampled_from(Response),
    st.lists(st.sampled_from(MISTAKES), max_size=2, unique=True).map(tuple),
    st.frozensets(st.sampled_from(MISTAKES), max_size=6),
)
sets = st.lists(st.lists(answer, min_size=1, max_size=5), max_size=12)


def sums(*outcomes: Response, made: tuple[str, ...] = ()) -> list[Answer]:
    """A set of weighted sums."""
    possible = frozenset({"dropped_sign", "left_to_right"})
    return [Answer("weighted_sum", outcome, made, possible) for outcome in outcomes]


def played(*played: list[Answer], hours: int = 5) -> Practised:
    """The records after some sets, some hours apart."""
    practised, now = Practised(), NOW
    for answers in played:
        practised = practised.with_set(answers, now, now.date())
        now += timedelta(hours=hours)
    return practised


def test_knowing_is_traced_answer_by_answer() -> None:
    """A set of two sums moves mastery twice; the review once."""
    practised = played(sums(Response.RIGHT, Response.WRONG))
    once = after("weighted_sum", before("weighted_sum"), Response.RIGHT)
    known = practised.skill("weighted_sum")
    assert known.known == after("weighted_sum", once, Response.WRONG)
    assert (known.tries, known.right) == (2, 1)
    assert known.card is not None
    assert known.card.due - known.card.last == 600


def test_difficulty_grows_with_mastery_and_yields() -> None:
    """Up a rung after a clean set when mastered; down after one that did not go right."""
    clean, failed = sums(Response.RIGHT, Response.RIGHT), sums(Response.RIGHT, Response.WRONG)
    levels = [
        played(*history).skill("weighted_sum").level
        for history in (
            [clean],
            [clean, clean],
            [clean, clean, failed],
            [clean, clean, failed, failed],
            [failed] * 6,
            [clean] * 12,
        )
    ]
    assert levels == [2, 3, 2, 1, 1, 7]


def test_a_mistake_is_kept_once_it_was_made() -> None:
    """Occasions alone start nothing; after the first time, each one is remembered."""
    before_it = played(sums(Response.RIGHT))
    assert before_it.mistakes == {}
    wrong, right = sums(Response.WRONG, made=("dropped_sign",)), sums(Response.RIGHT)
    missed = played(wrong, wrong, right, right, right, right).mistakes["dropped_sign"]
    assert (missed.skill, missed.times, missed.recent) == ("weighted_sum", 2, "110000")
    assert missed.trend == (2 / 3, 0)
    assert "left_to_right" not in played(wrong).mistakes


def test_a_mistake_that_was_avoided_comes_up_later() -> None:
    """Its card is due soon after it was made, and days later once it was avoided."""
    wrong, right = sums(Response.WRONG, made=("dropped_sign",)), sums(Response.RIGHT)
    made, avoided = (played(*h).mistakes["dropped_sign"] for h in ([wrong], [wrong, right]))
    assert made.card.due - made.card.last == 600
    assert avoided.card.due - avoided.card.last >= 86400


@given(sets)
def test_records_survive_storage(history: list[list[Answer]]) -> None:
    """JSON and back is the same, and stays small: no more than 2 kB for skills and mistakes met."""
    practised = played(*history)
    text = json.dumps(practised.to_data())
    assert Practised.from_data(json.loads(text)) == practised
    entries = len(practised.skills) + len(practised.mistakes)
    assert len(text) <= 120 + 8 * len(practised.days) + (110 + LOOKED_BACK) * entries


def test_records_of_another_version_are_read() -> None:
    """Nothing at all, or skills that are no more, do no harm."""
    assert Practised.from_data({}) == Practised()
    old = '{"v":1,"n":3,"s":{"juggling":[0.5,1,1,1,0,null],"relu":[0.5,1,1,1,0,null]}}'
    assert list(Practised.from_data(json.loads(old)).skills) == ["relu"]


def test_an_empty_set_changes_nothing() -> None:
    """Stopped before the first answer."""
    assert Practised().with_set([], NOW, TODAY) == Practised()


def test_progress_ranks_what_goes_wrong_and_forgives_pauses() -> None:
    """Bars for all skills, the mistakes of late first, and days that a pause does not erase."""
    often = sums(Response.WRONG, made=("dropped_sign",))
    seldom = sums(Response.WRONG, made=("left_to_right",))
    practised = played(seldom, often, often, hours=24)
    shown = progress(practised, NOW + timedelta(days=2), TODAY + timedelta(days=2))
    assert [name for name, _ in shown.mistakes] == ["dropped_sign", "left_to_right"]
    assert [bar.skill for bar in shown.bars] == list(SKILLS)
    assert {bar.skill for bar in shown.bars if bar.tries} == {"weighted_sum"}
    assert (shown.days.this_week, shown.days.in_a_row, shown.days.all) == (3, 3, 3)
    later = progress(practised, NOW + timedelta(days=30), TODAY + timedelta(days=30))
    assert (later.days.this_week, later.days.in_a_row, later.days.all) == (0, 0, 3)
    assert later.sets == 3
