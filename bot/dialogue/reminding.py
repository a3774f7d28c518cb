"""Reminders of practice: asked for, changed, ended, and what one says when its time has come."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.dialogue.actions import Do, button_data
from bot.dialogue.buttons import Keyboard
from bot.dialogue.class_data import About
from bot.dialogue.class_dates import written
from bot.dialogue.class_parts import part_title
from bot.dialogue.class_reminding import is_today, soonest, waiting, with_next
from bot.dialogue.effects import Button
from bot.dialogue.formatting import paragraphs, with_minus
from bot.dialogue.hours import (
    ASKED,
    answer_in,
    hour_in,
    speaks_of_time,
    zone_meant,
    zones_called,
)
from bot.dialogue.met import hardest, met, practised
from bot.dialogue.reply import Moment, Reply, saying, staying
from bot.dialogue.state import State
from bot.learning.choose import Why, choose
from bot.learning.reminders import Reminder, next_due, still_welcome, today, zone_named
from content.messages import Label
from content.templates import Html

_IN_A_ROW = 4
_WEST = 11 * 60 + 30
"""Minutes behind UTC from which on a clock is taken to be ahead of it."""
LONGEST_ZONE = 40
"""No time zone has a longer name; more of what was typed is not repeated."""


def remind(moment: Moment) -> Reply:
    """The command: an hour and a time zone, `off`, or nothing to hear how it stands."""
    asked = moment.intent.text.strip()
    if not asked:
        return _open(staying(moment, _how(moment)))
    if _ends(moment, asked):
        had = bool(moment.state.learner.reminder)
        off = moment.state.but(reminder="")
        said = (moment.book.say.remind_off if had else moment.book.say.remind_none)()
        return staying(moment, said, state=off).before(soonest(off, None))
    known, words = chosen(moment.state), moment.book.typed.hour_words
    understood = answer_in(asked, ASKED, words, bare=True)
    hour, zone = hour_in(understood or asked)
    if hour is None and known is not None and zone_named(zone_meant(asked, words)) is not None:
        return _set(moment, known.at, asked)
    odd = hour is not None and not (asked[0].isdigit() or _may_name(zone))
    if not understood and (odd or speaks_of_time(zone or asked, words)):
        return _open(staying(moment, moment.book.say.remind_unclear()))
    if hour is None:
        wordy = not any(letter.isdigit() for letter in asked)
        how = _how(moment) if wordy else moment.book.say.remind_unclear()
        return _open(staying(moment, how))
    if not zone and known is None:
        return _ask_zone(moment, hour)
    return _set(moment, hour, zone or (known.zone if known else ""), typed=bool(zone))


def answered(moment: Moment) -> Reply:
    """A time, a zone or `off` typed right after the question; see `hours.answer_in`."""
    asked, typed = moment.state.pending.hour_asked, moment.intent.text.strip()
    moment = replace(moment, state=moment.state.but(hour_asked=""))
    if asked in ("", ASKED) or _ends(moment, typed):
        return remind(moment)
    hour = time.fromisoformat(asked)
    if not typed:  # a place
        again = _ask_zone(moment, hour)
        return again.opening(moment.book.say.remind_place())
    there, zone = hour_in(typed)
    if there is not None and zone:
        return remind(moment)
    if there is not None:
        minutes = sum(letter.isdigit() for letter in typed) > 2
        where = _zone_where(there, moment.time, step=30 if minutes else 60)
        return _set(moment, hour, where, typed=False)
    if speaks_of_time(typed, moment.book.typed.hour_words):
        again = _ask_zone(moment, hour)
        unclear = moment.book.say.remind_zone_unclear()
        return again.opening(unclear)
    return _set(moment, hour, typed)


def _open(reply: Reply, asked: str = ASKED) -> Reply:
    """The same reply, after which what it asks for may be typed as it is."""
    return replace(reply, state=reply.state.but(hour_asked=asked))


def _ends(moment: Moment, typed: str) -> bool:
    words = moment.book.typed.hour_words
    return typed.casefold() in (*words.off, *words.off_too)


def _may_name(zone: str) -> bool:
    """Whether what stands beside an hour may be meant as a place: no word, or a capital first."""
    return not zone or not zone[0].isalpha() or not zone[0].islower() or "/" in zone


def _no_zone(moment: Moment, hour: time, zone: str) -> Reply:
    said = moment.book.say.remind_no_zone(zone=zone[:LONGEST_ZONE])
    return _open(staying(moment, said), f"{hour:%H:%M}")


def _which_zone(moment: Moment, hour: time, letters: str) -> Reply:
    """The zones that some letters may stand for, one button each."""
    zones = zones_called(letters, moment.book.typed.hour_words)
    buttons = tuple(
        Button(with_minus(zone), button_data(moment.state, Do.REMIND, f"{hour:%H:%M} {zone}"))
        for zone in zones
    )
    said = moment.book.say.remind_zones(name=letters.upper(), hour=f"{hour:%H:%M}")
    return _open(saying(moment.state, said, (buttons,)), f"{hour:%H:%M}")


def _zone_where(there: time, now: datetime, step: int) -> str:
    """The distance from UTC where it is some time now, to the nearest `step` in minutes."""
    ahead = (there.hour - now.hour) * 60 + there.minute - now.minute
    ahead = (round(ahead / step) * step + _WEST) % (24 * 60) - _WEST
    hours, minutes = divmod(abs(ahead), 60)
    return f"UTC{'-' if ahead < 0 else '+'}{hours}" + (f":{minutes}" if minutes else "")


def reminded(moment: Moment) -> Reply:
    """The time has come: what is worth a few minutes today, and when to come back next."""
    state, now = moment.state, moment.time
    reminder, asked = chosen(state), datetime.fromisoformat(moment.intent.text)
    if is_today(state, now):
        of_class = bool(state.learner.class_due == asked.timestamp())
        if (reply := _of_classes(moment)) is not None:
            return reply
        attended = (one.about for one in moment.classroom.attended)
        state = with_next(state, attended, now)
        if reminder is None or (of_class and not _is_hour(reminder, asked)):
            return Reply(state, (soonest(state, next_practice(state, now)),))
    if reminder is None:
        return Reply(state)
    welcome = still_welcome(asked, now)
    last = now if welcome else _last(state)
    due = soonest(state, next_due(reminder, now, last))
    if not welcome:
        return Reply(state, (due,))
    after = state.but(reminded=now.timestamp())
    said = paragraphs(_today(moment), moment.book.say.remind_how_off())
    buttons = [moment.view.button(Label.practice, Do.PRACTICE)]
    if moment.at_step:
        buttons.append(moment.view.button(Label.here, Do.HERE))
    return saying(after, said, (tuple(buttons),)).before(due)


def next_practice(state: State, now: datetime) -> datetime | None:
    """When practice reminds a learner next; None without a reminder."""
    reminder = chosen(state)
    return next_due(reminder, now, _last(state)) if reminder else None


def _of_classes(moment: Moment) -> Reply | None:
    """What classes remind of today, instead of practice; None where there is nothing."""
    state, now = moment.state, moment.time
    last, zone = _last(state), state.learner.zone
    classes = waiting(state, moment.classroom.attended, now)
    if not classes or (last is not None and today(last, zone) == today(now, zone)):
        return None
    attended = (one.about for one in moment.classroom.attended)
    after = with_next(state.but(reminded=now.timestamp()), attended, now)
    said = (_of_class(moment, about) for about in classes)
    rows = tuple(
        (moment.view.button(Label.next, Do.CLASS, f"begin {about.id}"),) for about in classes[:1]
    )
    return saying(after, paragraphs(*said), rows).before(soonest(after, next_practice(after, now)))


def _of_class(moment: Moment, about: About) -> str:
    words, book = moment.book.classes, moment.book
    date = written(about.due, book.language) if about.due else ""
    part = part_title(moment.main, about.part)
    return words.reminder(name=about.name, part=part, due=words.due(date=date))


def _is_hour(reminder: Reminder, at: datetime) -> bool:
    """Whether a time is that of a learner's reminder of practice."""
    there = at.astimezone(zone_named(reminder.zone) or UTC)
    return (there.hour, there.minute) == (reminder.at.hour, reminder.at.minute)


def chosen(state: State) -> Reminder | None:
    """What the learner chose; None without a reminder. A zone nobody knows any more is UTC."""
    hour, _, zone = state.learner.reminder.partition(" ")
    known = zone if zone_named(zone) is not None else "UTC"
    return Reminder(time.fromisoformat(hour), known) if hour else None


def _set(moment: Moment, hour_there: time, named: str, *, typed: bool = True) -> Reply:
    """The reminder set, in the zone that was named; what one that was typed means is said."""
    words, now = moment.book.typed.hour_words, moment.time
    reminder = Reminder(hour_there, zone_meant(named, words) if typed else named)
    if zone_named(reminder.zone) is None:
        several = zones_called(named, words)
        ask = _which_zone if several else _no_zone
        return ask(moment, hour_there, named)
    due = next_due(reminder, now, _last(moment.state))
    there = due.astimezone(zone_named(reminder.zone))
    days = (there.date() - now.astimezone(zone_named(reminder.zone)).date()).days
    say = moment.book.say
    message = {0: say.remind_set_today, 1: say.remind_set_tomorrow}.get(days, say.remind_set)
    hour = f"{reminder.at:%H:%M}"
    after = moment.state.but(reminder=f"{hour} {reminder.zone}")
    said = message(hour=hour, zone=_zone_text(moment, reminder.zone))
    if typed and moment.intent.callback is None and "/" not in reminder.zone:
        zone = with_minus(reminder.zone)
        if zones_called(named, words):
            fixed = say.remind_letters(name=named.upper(), zone=zone, hour=hour)
        else:
            fixed = say.remind_fixed(zone=zone, hour=hour)
        return staying(moment, said, fixed, state=after).before(soonest(after, due))
    return staying(moment, said, state=after).before(soonest(after, due))


def _ask_zone(moment: Moment, hour: time) -> Reply:
    """What time is it there? One button for each whole hour from UTC."""
    now = moment.time
    buttons = []
    for offset in range(-11, 13):
        there = now + timedelta(hours=offset)
        argument = f"{hour:%H:%M} UTC{offset:+d}"
        buttons.append(Button(f"{there:%H:%M}", button_data(moment.state, Do.REMIND, argument)))
    rows: Keyboard = tuple(
        tuple(buttons[i : i + _IN_A_ROW]) for i in range(0, len(buttons), _IN_A_ROW)
    )
    said = moment.book.say.remind_zone(hour=f"{hour:%H:%M}")
    return _open(saying(moment.state, said, rows), f"{hour:%H:%M}")


def _how(moment: Moment) -> str:
    reminder = chosen(moment.state)
    if reminder is None:
        return moment.book.say.remind_how()
    zone = _zone_text(moment, reminder.zone)
    return moment.book.say.remind_is(hour=f"{reminder.at:%H:%M}", zone=zone)


def _zone_text(moment: Moment, zone: str) -> str:
    """A zone as learners read it; a plain distance from UTC is called their time."""
    return zone if "/" in zone else moment.book.say.remind_your_time()


def _today(moment: Moment) -> str:
    """What is due, or where the lesson waits, or what would help most."""
    book, now = moment.book, moment.time
    choice = choose(
        practised(moment.state),
        now,
        learned=met(moment.state, moment.main),
        most=hardest(moment.state),
    )
    skill = Html(book.generated.skills[choice.skill])
    if choice.why is Why.MISTAKE_DUE and choice.mistake:
        return book.say.remind_mistake(mistake=Html(book.mistake_name(choice.mistake)))
    if choice.why in (Why.SKILL_DUE, Why.MISTAKE_DUE):
        return book.say.remind_skill(skill=skill)
    if moment.at_step and not moment.state.detour:
        return book.say.remind_lesson(place=Html(moment.step.where()))
    return book.say.remind_practice(skill=skill)


def _last(state: State) -> datetime | None:
    return datetime.fromtimestamp(state.learner.reminded, UTC) if state.learner.reminded else None
