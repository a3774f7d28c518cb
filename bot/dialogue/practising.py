"""Practice without end: sets chosen by what is weakest and due, and what they say of mastery."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from bot.dialogue.actions import FULL
from bot.dialogue.formatting import paragraphs
from bot.dialogue.generated_lessons import GeneratedLesson, PracticeSet, book_for, practice_set
from bot.dialogue.path import on_course
from bot.dialogue.reply import Moment, Reply, asking, saying, staying
from bot.dialogue.state import Outcome, State
from bot.learning.choose import Why, choose
from bot.learning.mastery import Response
from bot.learning.practised import Answer, Practised
from bot.learning.reminders import today
from content.models import DirectionStep, NumberStep
from engine.practice import FULL_TRACE, possible, skill_of


def practised(state: State) -> Practised:
    """What is known of the learner's practice."""
    return Practised.from_data(state.learner.knowledge)


def start(moment: Moment) -> Reply:
    """The next set: what is due or weakest, or a whole training step where that was asked for."""
    choice = choose(practised(moment.state), moment.time)
    number = moment.state.learner.drawn + 1
    moment = replace(moment, state=moment.state.but(drawn=number))
    seed = _seed(moment.learner, choice.skill, choice.difficulty, number)
    asked = moment.intent.text.casefold()
    if any(word in asked for word in (FULL, *moment.book.chat.full_words)):
        skill, mistake, why = FULL_TRACE, "", ""
    else:
        skill, mistake = choice.skill, choice.mistake
        named = moment.book.mistake_name(mistake) if mistake else ""
        practice = moment.book.practice
        why = {
            Why.MISTAKE_DUE: practice.why_mistake_due(mistake=named),
            Why.SKILL_DUE: practice.why_skill_due(),
            Why.WEAKEST: practice.why_weakest(),
            Why.HARDER: practice.why_harder(),
        }[choice.why]
    set_ = practice_set(skill, choice.difficulty, seed, number, mistake)
    return enter(moment, set_, why)


def _seed(*identity: object) -> str:
    """What a set is drawn from: the same for the same learner, skill and count of sets."""
    return hashlib.sha256("/".join(map(str, identity)).encode()).hexdigest()[:12]


def enter(moment: Moment, lesson: GeneratedLesson, *before: str) -> Reply:
    """Into a made lesson; the written one waits where it is."""
    book = book_for(moment.main, lesson)
    inside = _left(moment).into(lesson, book.lesson.places[0].id)
    return asking(replace(moment, state=inside, book=book), inside, *before)


def finish(moment: Moment, state: State, summary: str, *before: str) -> Reply:
    """The end of a set: its count, what it says of the skill, and what may follow."""
    after = learned(moment, state)
    done = after.at("").but(looking=None)
    said = paragraphs(*before, summary, _known(moment, after))
    return saying(done, said, moment.at(done).view.keyboard())


def learned(moment: Moment, state: State) -> State:
    """The state with what the answers of the lesson in hand say of the learner's skills."""
    answers = []
    lesson = moment.book.lesson
    for place in lesson.places:
        record, step = state.records.get(place.id), place.step
        if record is None or not isinstance(step, NumberStep | DirectionStep) or not record.tries:
            continue
        trace = lesson.trace(place)
        skill = skill_of(trace.network, step.quantity)
        if skill is None:
            continue
        outcome = Response.RIGHT if record.tries == 1 else Response.WRONG
        if record.hints or record.outcome is not Outcome.SOLVED:
            helped = record.tries == 1 and record.outcome is not Outcome.KEPT
            outcome = Response.HINTED if helped else Response.WRONG
        answers.append(Answer(skill, outcome, record.made, possible(trace, step.quantity)))
    now = moment.time
    aimed = state.lesson.mistake if isinstance(state.lesson, PracticeSet) else ""
    day = today(now, state.learner.zone)
    known = practised(state).with_set(answers, now, day, aimed=aimed)
    return state.but(knowledge=known.to_data())


def _known(moment: Moment, state: State) -> str:
    """How likely the skill of the set is known now."""
    set_ = state.lesson
    if not isinstance(set_, PracticeSet) or set_.skill == FULL_TRACE:
        return ""
    known = practised(state).skill(set_.skill)
    skill, practice = moment.book.generated.skills[set_.skill], moment.book.practice
    if known.mastered:
        return practice.mastered(skill=skill)
    return practice.known(skill=skill, percent=f"{100 * known.known:.0f}")


def _left(moment: Moment) -> State:
    """The state with what a made lesson that is left under way says of the skills."""
    state = moment.state
    under_way = state.detour and state.hand.step and state.records
    return learned(moment, state) if under_way else state


def at_home(moment: Moment) -> Moment:
    """The same in the written lesson, where it was left."""
    back = on_course(_left(moment).homewards(), moment.main.lesson)
    return replace(moment, state=back, book=moment.main)


def stop(moment: Moment) -> Reply:
    """Out of practice, with the score, and back to where the lesson was."""
    if not moment.state.detour:
        return staying(moment, moment.book.practice.nothing())
    home = at_home(moment)
    said = home.book.practice.back()
    if not home.at_step:
        return staying(home, said)
    return asking(home, home.state, said, opening=False)
