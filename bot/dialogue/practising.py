"""Practice without end: sets of what was met, and what they say of mastery."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import replace

from bot.dialogue.actions import FULL, HARDER, Do, button_data
from bot.dialogue.buttons import Keyboard
from bot.dialogue.effects import Button
from bot.dialogue.formatting import paragraphs
from bot.dialogue.generated_lessons import (
    MIXED,
    GeneratedLesson,
    PracticeSet,
    book_for,
    mixed_set,
    practice_set,
)
from bot.dialogue.met import hardest, met, practised, skill_at
from bot.dialogue.modes import Mode
from bot.dialogue.path import on_course
from bot.dialogue.reply import Moment, Reply, asking, saying, staying
from bot.dialogue.state import Outcome, State
from bot.learning.choose import Choice, Why, choose_several
from bot.learning.mastery import Grasp, Response, grasp
from bot.learning.practised import Answer
from bot.learning.reminders import today
from content.capitals import opened
from content.messages import Label
from engine.practice import EASIEST, FULL_TRACE, HARDEST, LADDER, SKILLS, introduced_at, possible

MIXES, OFFERED = 3, 3
"""So many skills are in a mixed set, and so many are offered by name."""


def start(moment: Moment) -> Reply:
    """The set that was asked for; where none was named, what may be practised."""
    asked, practice = moment.intent.text, moment.book.practice
    able = met(moment.state, moment.main)
    if asked in SKILLS and asked not in able:
        later = introduced_at(asked) > EASIEST
        message = practice.not_met_harder if later else practice.not_met
        return _offering(moment, message(skill=moment.book.generated.skills[asked]))
    if asked == HARDER:
        return _harder(moment)
    if len(able) == 1:
        return _drawn(moment, next(iter(able)), practice.why_first())
    if asked in (MIXED, FULL, *able):
        return _drawn(moment, asked)
    return _offering(moment, practice.choose(skills=_names(moment, able)))


def _names(moment: Moment, skills: frozenset[str]) -> str:
    names = moment.book.generated.skills
    return moment.book.numbers.listed(names[one] for one in SKILLS if one in skills)


def _offering(moment: Moment, said: str) -> Reply:
    """What may be practised, under some words; a name that is typed next is heard."""
    back = moment.view.button(Label.here, Do.HERE)
    if moment.state.detour:
        back = moment.view.button(Label.stop, Do.STOP)
    rows = (*_choices(moment), *([(back,)] if moment.at_step or moment.state.detour else ()))
    return saying(moment.state.but(skill_asked=True), said, rows)


def _choices(moment: Moment) -> Keyboard:
    """A button for a mixed set, for each skill that is most worth it, and for more at once."""
    state, view = moment.state, moment.view
    worth = _worth(moment, OFFERED, met(state, moment.main))
    skills = [
        Button(_titled(moment, one.skill), button_data(state, Do.PRACTICE, one.skill))
        for one in worth
    ]
    if len(skills) == 1:
        return (tuple(skills),)
    buttons = [view.button(Label.mixed, Do.PRACTICE, MIXED), *skills]
    last = [view.button(Label.practice_full, Do.PRACTICE, FULL)]
    if hardest(state) < HARDEST:
        last.append(view.button(Label.harder, Do.PRACTICE, HARDER))
    pairs = tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
    return (*pairs, tuple(last))


def _titled(moment: Moment, skill: str) -> str:
    return opened(moment.book.generated.skills[skill], moment.book.language)


def _worth(moment: Moment, count: int, able: Collection[str]) -> tuple[Choice, ...]:
    """What is most worth practising of some skills, best first."""
    known, most = practised(moment.state), hardest(moment.state)
    return choose_several(known, moment.time, learned=able, most=most, count=count)


def _harder(moment: Moment) -> Reply:
    """A mixed set with one more thing in its networks, which stays from then on."""
    state, practice, rung = moment.state, moment.book.practice, hardest(moment.state) + 1
    if rung > HARDEST:
        return _offering(moment, practice.hardest())
    known = practised(state).raised(met(state, moment.main), rung)
    brings = moment.book.generated.rungs[LADDER[rung - 1].brings]
    higher = moment.at(state.but(knowledge=known.to_data()))
    return _drawn(higher, MIXED, practice.harder(brings=brings))


def _drawn(moment: Moment, asked: str, why: str = "") -> Reply:
    """A new set: of one skill, of several, or a whole training step of what was met."""
    moment = moment.at(_left(moment))
    number = moment.state.learner.drawn + 1
    moment = moment.at(moment.state.but(drawn=number))
    able, most = met(moment.state, moment.main), hardest(moment.state)
    if asked == FULL:
        seed = _seed(moment.learner, FULL_TRACE, most, number)
        whole = practice_set(FULL_TRACE, most, seed, number)
        part = whole.only(able)
        if part.asks:
            said = moment.book.practice.why_part() if part != whole else ""
            return enter(moment, part, said)
    only = {asked} & able
    choices = _worth(moment, MIXES, only or able)
    first = choices[0]
    if len(choices) == 1:
        seed = _seed(moment.learner, first.skill, first.difficulty, number)
        set_ = practice_set(first.skill, first.difficulty, seed, number, first.mistake)
        return enter(moment, set_, why)
    seed = _seed(moment.learner, MIXED, number)
    wanted = [(one.skill, one.difficulty, one.mistake) for one in choices]
    return enter(moment, mixed_set(wanted, seed, number), why or _why(moment, first))


def _why(moment: Moment, choice: Choice) -> str:
    """What speaks for a mixed set."""
    practice = moment.book.practice
    skill = moment.book.generated.skills[choice.skill]
    named = moment.book.mistake_name(choice.mistake) if choice.mistake else ""
    if choice.why is Why.MISTAKE_DUE and named:
        return practice.why_mistake_due(mistake=named)
    if choice.why is Why.HARDER:
        return practice.why_harder()
    due = choice.why in (Why.SKILL_DUE, Why.MISTAKE_DUE)
    return (practice.why_skill_due if due else practice.why_weakest)(skill=skill)


def _seed(*identity: object) -> str:
    """What a set is drawn from: the same for the same learner, skill and count of sets."""
    return hashlib.sha256("/".join(map(str, identity)).encode()).hexdigest()[:12]


def enter(moment: Moment, lesson: GeneratedLesson, *before: str) -> Reply:
    """Into a made lesson; the written one waits where it is."""
    book = book_for(moment.main, lesson)
    inside = _left(moment).into(lesson, book.lesson.places[0].id)
    return asking(replace(moment, state=inside, book=book), inside, *before)


def finish(moment: Moment, state: State, summary: str, *before: str) -> Reply:
    """The end of a set: its count, what it says of its skills, and what may follow."""
    after = learned(moment, state)
    done = after.at("").but(looking=None)
    said = paragraphs(*before, summary, _known(moment, after))
    there = moment.at(done)
    if not isinstance(state.lesson, PracticeSet):
        return saying(done, said, there.view.keyboard())
    *_, home = there.view.keyboard()
    return saying(done.but(skill_asked=True), said, (*_choices(there), home))


def learned(moment: Moment, state: State) -> State:
    """The state with what the answers of the lesson in hand say of the learner's skills."""
    answers = []
    lesson = moment.book.lesson
    for place in lesson.places:
        record, skill = state.records.get(place.id), skill_at(lesson, place)
        if record is None or skill is None or not record.tries:
            continue
        outcome = Response.RIGHT if record.tries == 1 else Response.WRONG
        if record.hints or record.outcome is not Outcome.SOLVED:
            helped = record.tries == 1 and record.outcome is not Outcome.KEPT
            outcome = Response.HINTED if helped else Response.WRONG
        may = possible(lesson.trace(place), getattr(place.step, "quantity", ""))
        answers.append(Answer(skill, outcome, record.made, may))
    now = moment.time
    aimed = state.lesson.mistake if isinstance(state.lesson, PracticeSet) else ""
    day, most = today(now, state.learner.zone), hardest(state)
    known = practised(state).with_set(answers, now, day, aimed=aimed, most=most)
    return state.but(knowledge=known.to_data())


def _known(moment: Moment, state: State) -> str:
    """How well the skills of the set are known now; nothing after a whole step."""
    set_, lesson = state.lesson, moment.book.lesson
    if not isinstance(set_, PracticeSet) or set_.skill == FULL_TRACE:
        return ""
    asked = {skill_at(lesson, place) for place in lesson.places}
    known, practice = practised(state), moment.book.practice
    says = {
        Grasp.NEW: practice.known_new,
        Grasp.SELDOM: practice.known_seldom,
        Grasp.OFTEN: practice.known_often,
        Grasp.NEARLY: practice.known_nearly,
        Grasp.MASTERED: practice.known_mastered,
    }
    return "\n".join(
        says[grasp(known.skill(skill).known)](skill=_titled(moment, skill))
        for skill in SKILLS
        if skill in asked
    )


def _left(moment: Moment) -> State:
    """At home, with what a made lesson that is left under way says of the skills."""
    state = moment.state
    under_way = state.detour and state.hand.step and state.records
    return learned(moment, state).homewards() if under_way else state


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
    if home.mode is Mode.NEW:
        return staying(home, home.book.say.not_started())
    if not home.at_step:
        return staying(home, said)
    return asking(home, home.state, said, opening=False)
