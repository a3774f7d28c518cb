"""Practice without end: sets chosen by what is weakest and due, and what they say of mastery."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.dialogue.lessons import PracticeSet, book_for
from bot.dialogue.reply import Moment, Reply, asking, staying
from bot.dialogue.speech import paragraphs
from bot.dialogue.state import How, State
from bot.learning.choose import choose
from bot.learning.mastery import Outcome
from bot.learning.progress import progress
from bot.learning.records import Answer, Missed, Practised
from content.models import DirectionStep, NumberStep
from content.templates import Html
from engine.practice import FULL_TRACE, possible, skill_of

MOST_MISTAKES = 3
"""How many mistakes /progress names."""


def practised(state: State) -> Practised:
    """What is known of the learner's practice."""
    return Practised.from_json(state.knowledge) if state.knowledge else Practised()


def _time(moment: Moment) -> datetime:
    return datetime.fromtimestamp(moment.now, UTC)


def start(moment: Moment) -> Reply:
    """The next set: what is due or weakest, or a whole training step where that was asked for."""
    known, now = practised(moment.state), _time(moment)
    choice = choose(known, now)
    seed = f"{now:%y%m%d%H%M%S}"
    number = int(moment.now) % 1_000_000
    if "full" in moment.intent.text:
        set_ = PracticeSet(FULL_TRACE, choice.difficulty, seed, number)
        why = ""
    else:
        set_ = PracticeSet(choice.skill, choice.difficulty, seed, number, choice.mistake)
        mistake = moment.book.made_mistake(choice.mistake) if choice.mistake else ""
        why = moment.book.made_text(f"why_{choice.why}", mistake=mistake)
    return enter(moment, set_.name, why)


def enter(moment: Moment, name: str, *before: str) -> Reply:
    """Into a made lesson; the written one waits where it is."""
    state = moment.state
    if state.parked and state.step and state.records:
        state = learned(moment, state)
    parked = state.parked or replace(state, knowledge="", looking=None).to_json()
    book = book_for(moment.main, name)
    inside = State(
        name,
        book.lesson.places[0].id,
        run=state.run,
        parked=parked,
        knowledge=state.knowledge,
    )
    return asking(replace(moment, state=inside, book=book), inside, *before)


def finish(moment: Moment, state: State, summary: str, *before: str) -> Reply:
    """The end of a set: its count, what it says of the skill, and what may follow."""
    after = learned(moment, state)
    done = replace(after.at(""), looking=None)
    said = paragraphs(*before, summary, _known(moment, after))
    return Reply(done, said, keyboard=moment.speaker(done).keyboard())


def learned(moment: Moment, state: State) -> State:
    """The state with what the answers of the lesson in hand say of the learner's skills."""
    answers = []
    lesson = moment.book.lesson
    for place in lesson.places:
        record, step = state.records.get(place.id), place.step
        if record is None or not isinstance(step, NumberStep | DirectionStep):
            continue
        trace = lesson.trace(place)
        skill = skill_of(trace.network, step.quantity)
        if skill is None:
            continue
        outcome = Outcome.RIGHT if record.tries == 1 else Outcome.WRONG
        if record.hints or record.how is not How.SOLVED:
            outcome = Outcome.HINTED if record.tries == 1 else Outcome.WRONG
        answers.append(Answer(skill, outcome, record.made, possible(trace, step.quantity)))
    now = _time(moment)
    set_ = PracticeSet.of(state.lesson)
    aimed = set_.mistake if set_ is not None else ""
    known = practised(state).with_set(answers, now, now.date(), aimed=aimed)
    return replace(state, knowledge=known.to_json())


def _known(moment: Moment, state: State) -> str:
    """How likely the skill of the set is known now."""
    set_ = PracticeSet.of(state.lesson)
    if set_ is None or set_.skill == FULL_TRACE:
        return ""
    known = practised(state).skill(set_.skill)
    key = "mastered" if known.mastered else "known"
    skill = moment.book.made.skills[set_.skill]
    return moment.book.made_text(key, skill=skill, percent=f"{100 * known.known:.0f}")


def stop(moment: Moment) -> Reply:
    """Out of practice, with the score, and back to where the lesson was."""
    state, book = moment.state, moment.book
    if not state.parked:
        return staying(moment, book.made_text("nothing"))
    under_way = state.step and state.records
    after = learned(moment, state) if under_way else state
    back = replace(State.from_json(state.parked), knowledge=after.knowledge)
    home = replace(moment, state=back, book=moment.main)
    said = home.book.made_text("back")
    if not home.at_step:
        return staying(home, said)
    return asking(home, back, said, opening=False)


def show_progress(moment: Moment) -> Reply:
    """Skills, what goes wrong most and how that changed, days of practice."""
    book, now = moment.book, _time(moment)
    found = progress(practised(moment.state), now, now.date())
    tried = [bar for bar in found.bars if bar.tries]
    if not tried:
        return staying(moment, book.made_text("no_progress"))
    width = max(len(book.made.skills[bar.skill]) for bar in tried)
    lines = [
        f"{book.made.skills[bar.skill]:<{width}} {_bar(bar.known)} {100 * bar.known:3.0f} %"
        + (" ✓" if bar.mastered else "")
        for bar in tried
    ]
    table = book.fill("<pre>{lines}</pre>", book.any_trace, {"lines": "\n".join(lines)})
    wrong = [
        book.made_text(
            f"often_{_trend(missed)}",
            mistake=Html(book.made_mistake(name)),
            times=str(missed.times),
        )
        for name, missed in found.mistakes[:MOST_MISTAKES]
    ]
    days = book.made_text(
        "days", week=str(found.days.this_week), all=str(found.days.all), sets=str(found.sets)
    )
    return staying(moment, paragraphs(table, "\n".join(wrong), days))


def _trend(missed: Missed) -> str:
    """Whether a mistake has become rarer: `less`, `same` or `more`; `new` where it is too early."""
    if missed.trend is None:
        return "new"
    older, newer = missed.trend
    return "less" if newer < older else "more" if newer > older else "same"


BAR = 10


def _bar(known: float) -> str:
    full = round(BAR * known)
    return "█" * full + "░" * (BAR - full)
