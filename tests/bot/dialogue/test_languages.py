"""Every learner in their own language: found at first, changed at any time, kept all along."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.dialogue.events import Event, Pressed, Reminded, Said
from bot.dialogue.languages import own_name
from bot.dialogue.machine import Machine
from bot.dialogue.state import State
from tests.bot.dialogue.learner import buttons, heard
from tests.bot.dialogue.test_every_event import NOW
from tests.lesson import LIBRARY

MACHINE = Machine(LIBRARY)
OTHERS = [language for language in LIBRARY.languages if language != LIBRARY.default]


class Person:
    """Someone whose app is in some language."""

    def __init__(self, app: str, state: str | None = None) -> None:
        self.app, self.state, self.message, self.now = app, state, 0, NOW

    def says(self, text: str) -> str:
        """What the bot says to a text."""
        self.message += 1
        return self.does(Said(text, self.message, language=self.app))

    def presses(self, do: str) -> str:
        """What the bot says to a press of the first button that does something."""
        found = next(b.data for b in buttons(self.turn) if f".{do}" in b.data)
        return self.does(Pressed(found, "press", 1, language=self.app))

    def does(self, event: Event) -> str:
        """What the bot says to an event."""
        self.now += timedelta(seconds=30)
        self.turn = MACHINE.step(self.state, event, self.now)
        self.state = self.turn.state
        return heard(self.turn)

    @property
    def language(self) -> str:
        """The language they are spoken to in, as their state has it."""
        return State.from_json(self.state).learner.language if self.state else ""


@pytest.mark.parametrize("language", OTHERS)
def test_a_new_learner_is_spoken_to_as_their_app_is(language: str) -> None:
    """Begun, told a mistake, and sent on in that language, with its numbers."""
    person = Person(language)
    book = LIBRARY[language]
    assert book.lesson.title in person.says("/start")
    asked = person.presses("next")
    assert book.lesson["h1_product"].section.title in asked
    assert book.numbers.turned("0.7 × (−0.3)") in asked
    wrong = person.says(book.numbers.turned("0.21"))
    assert "{" not in wrong
    assert wrong not in Person("en", self_state(person)).says("0.21")
    assert book.say.right(value=book.numbers.turned("−0.21")) in person.says("-0.21")
    assert person.language == language


def self_state(person: Person) -> str | None:
    """Where a person is, to go on from in English."""
    assert person.state is not None
    return State.from_json(person.state).but(language="en").to_json()


@pytest.mark.parametrize(
    ("app", "spoken"),
    [
        *[("pt", "pt-BR"), ("pt-br", "pt-BR"), ("pt-PT", "pt-BR"), ("zh-hans", "zh-Hans")],
        *[("zh", "zh-Hans"), ("de-AT", "de"), ("es-419", "es"), ("EN-us", "en"), ("sv", "en")],
        *[("", "en"), ("nonsense!", "en")],
    ],
)
def test_the_nearest_language_is_found(app: str, spoken: str) -> None:
    """By the whole tag, then by its first part; where there is none, the bot's own."""
    assert LIBRARY.nearest(app) == spoken


def test_a_switch_in_the_middle_of_a_step_changes_only_the_words() -> None:
    """The step, its tries, its last wrong answer and all that was done stay."""
    person = Person("de")
    person.says("/start")
    person.presses("next")
    person.says("0,45")
    before = State.from_json(str(person.state))
    person.says("/language")
    assert own_name("es") in [button.label for button in buttons(person.turn)]
    said = person.presses("language.es")
    assert LIBRARY["es"].say.language_is() in said
    assert (
        LIBRARY["es"].lesson["h1_product"].section.title not in said
    )  # the part does not open anew
    after = State.from_json(str(person.state))
    assert after.but(pressed=()) == before.but(language="es", pressed=())
    again = LIBRARY["es"].say.same_again(typed="0,45")
    assert LIBRARY["es"].numbers.turned(again) in person.says("0,45")


@pytest.mark.parametrize("words", ["/language de", "/language Deutsch", "/language german"])
def test_a_language_is_asked_for_by_name(words: str) -> None:
    """By its tag, in itself, or in English."""
    person = Person("en")
    person.says("/start")
    assert LIBRARY["de"].say.language_is() in person.says(words)
    assert person.language == "de"


def test_a_language_chosen_is_kept_over_everything_but_forget() -> None:
    """Another lesson, practice, starting over: the same language; forgotten, the app's again."""
    person = Person("en")
    person.says("/start")
    person.says("/language tr")
    for does in (
        "/practice",
        "/stop",
        "/lessons perceptron",
        "/restart",
        "yes",
        "/network",
        "/where",
    ):
        person.says(does)
        assert person.language == "tr", does
    person.says("/forget")
    assert person.says("yes") == LIBRARY["tr"].say.forgotten()
    assert person.state is None
    assert LIBRARY["en"].lesson.title in person.says("/start")


def test_a_choice_before_the_lesson_is_kept() -> None:
    """Who has not begun, and asks for a language, begins in it."""
    person = Person("en")
    person.says("/language fr")
    assert LIBRARY["fr"].lesson.title in person.says("/start")


def test_who_learnt_before_there_were_languages_goes_on_as_they_did() -> None:
    """A state without a language is spoken to in the bot's own, whatever the app says."""
    state = State.of("bn", "h1_sum").to_json()
    assert "language" not in state
    person = Person("es", state)
    assert LIBRARY["en"].lesson.title in person.says("/where")
    assert person.language == ""


def test_a_reminder_comes_in_the_learner_s_language() -> None:
    """It comes by itself, so the state alone says which."""
    person = Person("ru")
    person.says("/start")
    person.presses("next")
    person.says("/remind 19:00 UTC+3")
    said = person.does(Reminded(NOW + timedelta(days=1)))
    assert re.search("[а-я]", said)
    assert not re.search("[a-z]{5}", re.sub("<[^>]*>|/[a-z]+", "", said).replace("sigmoid", ""))


def test_every_language_says_its_own_name() -> None:
    """On its button in /language, written as its speakers write it."""
    names = [own_name(language) for language in LIBRARY.languages]
    assert {"English", "Español", "Português (Brasil)", "العربية", "हिन्दी", "Türkçe"} <= {*names}
    assert len({*names}) == len(names)


@pytest.mark.parametrize("language", LIBRARY.languages)
def test_english_is_understood_in_every_language(language: str) -> None:
    """Commands in plain English, numbers and directions: who mixes is understood."""
    person = Person(language)
    person.says("/start")
    person.says("next")
    assert State.from_json(str(person.state)).hand.step == "h1_product"
    person.says("hint")
    assert State.from_json(str(person.state)).hand.hints == 1
    person.says("I think it's minus 0.21")
    assert State.from_json(str(person.state)).hand.step == "h1_sum"
