"""What a language folder holds, as pydantic models: the lesson's shape, and the words of the chat.

The field descriptions are the authoring reference: an unknown key, a wrong type or a missing field
is an author's error with its file and place.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,23}$")]
"""A permanent id: it never changes meaning, because learners' records hold it."""

Text: TypeAlias = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""Telegram HTML with `{quantity}` slots."""

Condition: TypeAlias = tuple[str, Literal["<", ">", "=", "!="], str]
"""Two ids or numbers compared, as in `["O.activation", "<", "target"]`."""


Words: TypeAlias = tuple[str, ...]

SIGNS = ("positive", "negative", "zero")
"""What the `sign` of a slot may be."""


class Model(BaseModel):
    """A strict, frozen table."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Card(Model):
    """A step to read; a button goes on."""

    kind: Literal["card"]
    id: Id
    text: Text
    readings: tuple[Id, ...] = ()
    """Readings of the trace to show, those that apply (`readings.toml`)."""
    button: Text | None = None
    """What the button says, if not the usual words."""


class NumberStep(Model):
    """A step that asks for one quantity."""

    kind: Literal["number"]
    id: Id
    quantity: str
    ask: Text
    right: Text | None = None
    """Said after the confirmation, before the next step."""
    look: Text | None = None
    """The first hint, where the one for this kind of quantity does not fit."""
    picture: bool = False
    """Whether it is asked under the network's picture: where a new neuron begins."""
    sigmoid_table: bool = False
    """Whether the sigmoid table is offered."""
    branch: Id | None = None


class Option(Model):
    """One button of a choice."""

    id: Id
    label: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    also: tuple[Text, ...] = ()
    """The same in other words, as a learner may type it; in lower case."""
    right_if: tuple[Condition, ...] | Literal["never"]
    """Right when every condition holds; exactly one option of a choice is right."""
    reply: Text
    """Said when it is picked: why it is right, or what it overlooks."""


class ChoiceStep(Model):
    """A step answered by a button."""

    kind: Literal["choice"]
    id: Id
    label: str
    """What the step is about, for the heading."""
    ask: Text
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=6)]
    look: Text
    """The first hint; the second names what to compare."""
    rule: Text
    branch: Id | None = None


class DirectionStep(Model):
    """A step that asks which way a weight should move."""

    kind: Literal["direction"]
    id: Id
    quantity: str
    ask: Text
    right: Text
    branch: Id | None = None


class WatchStep(Model):
    """A step in which the network trains while the learner watches, as often as they press."""

    kind: Literal["watch"]
    id: Id
    text: Text
    train_biases: bool


class OfferStep(Model):
    """A fork: take an optional branch, or pass."""

    kind: Literal["offer"]
    id: Id
    ask: Text
    take: Text
    pass_: Annotated[Text, Field(alias="pass")]
    opens: Id
    """The branch whose steps follow when taken."""


Step: TypeAlias = Annotated[
    Card | NumberStep | ChoiceStep | DirectionStep | OfferStep | WatchStep,
    Field(discriminator="kind"),
]


class Section(Model):
    """One part of the lesson: a file of its own."""

    id: Id
    title: Text
    example: Id
    free: bool = False
    """Without scaffolding: a doubted number may be kept, several values may be sent at once."""
    table: tuple[str, ...] = ()
    """Ids shown as a table whose gaps are the section's number steps."""
    step: Annotated[tuple[Step, ...], Field(min_length=1)]


class Example(Model):
    """One example to trace."""

    inputs: dict[str, float]
    target: float | tuple[float, ...]


class LessonFile(Model):
    """`lesson.toml`: the network and what the lesson is made of."""

    id: Id
    title: Annotated[Text, StringConstraints(max_length=50)]
    about: Text
    """What it is, in a sentence; `{steps}` is how many steps it has."""
    learning_rate: Annotated[float, Field(gt=0)]
    network: dict[str, object]
    examples: Annotated[dict[Id, Example], Field(min_length=1)]
    sections: Annotated[tuple[str, ...], Field(min_length=1)]
    """File names, in order."""
    done: Text
    """The closing message; its slots are the summary's counts."""


class KindHints(Model):
    """Words for one kind of quantity."""

    name: Text
    """As in a heading: `weighted sum`."""
    look: Text
    rule: Text


class HintFile(Model):
    """`hints.toml`: the ladder for each kind of quantity."""

    kinds: dict[str, KindHints]
    at_mistake: Text
    """The first hint after a diagnosed mistake: its `{place}`, and the `{piece}` to work out."""
    gap: Text
    worked: Text
    direction: Text
    """The third hint at a direction step, with its `{gradient}`."""
    strike: Text
    """The third hint at a choice: one wrong option named, `{label}`."""
    last: Text
    """Said when the ladder has ended."""
    slower: Text
    pencil: Text
    """Under a sigmoid worked out, where 0.5 + z / 4 is near enough: `{z}` and its `{value}`."""
    between: dict[str, Text]
    """How to read `{z}`, or its `{size}`, between two lines of a table, by function and sign."""
    lookup: Text
    """Under a value worked out, what the table gives: its `{line}` and its `{value}`."""
    offer_pieces: Text
    """Said when a step may be broken into its pieces."""
    piece: Text
    """Asks one piece: `{number}`, `{count}` and its `{formula}`."""
    piece_single: Text
    """Asks the piece of a step that has no other: its `{formula}`."""
    together: Text
    """Said when all pieces are found."""
    together_single: Text
    """Said when the only piece is found."""


class CommandWords(Model):
    """One command of the menu."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
    description: Annotated[str, StringConstraints(min_length=1, max_length=256)]


class HourWords(Model):
    """What people write around an hour, and how they speak of time."""

    around: tuple[str, ...] = ()
    """Stands beside an hour, and beside no other number."""
    days: tuple[str, ...] = ()
    """The same, and speaks of time also without an hour."""
    aside: tuple[str, ...] = ()
    """Stands around a time or a place, and around other answers too."""
    morning: tuple[str, ...] = ()
    """Says that an hour is before noon."""
    evening: tuple[str, ...] = ()
    """Says that an hour from 1 to 11 is after noon."""
    vague: tuple[str, ...] = ()
    """Speaks of time, but of no hour that is sure."""
    zones: dict[str, tuple[str, ...]] = {}
    """What a time zone, or a distance from UTC, is called besides its own name."""


class HeardWords(Model):
    """What learners write around a number or an option, in lower case."""

    noise: Words
    """Means nothing: laughter, faces."""
    fillers: Words
    """Opens a text and changes nothing: "so", "well"."""
    hedges: Words
    """Says that something is only thought: "maybe", "I guess"."""
    tags: Words
    """Ends a guess: "so it is up, right?"."""
    guesses: Words
    """Opens a guess, no question, where only a number or an option follows: "is it 0.3?"."""
    modals: Words
    """The same, where the very number or the very words of an option follow: "should fall"."""
    subjects: Words
    """Makes a question of it between a modal and the option: "should it fall"."""
    asks: Words
    """Makes a question of a text wherever it stands: "no idea why"."""
    denials: Words
    """Says that what is named is not meant."""
    joints: Words
    """Parts one clause from the next: "because", "so"."""
    others: Words
    """What else than the weight asked about may rise or fall."""
    than: str
    """The word of a comparison."""
    comparatives: dict[str, str]
    """Compared words, each with its plain one: "lower" is "low"."""
    those: Words
    """Stands for an option: "neither one"."""
    small: Words
    """Tells no option from another."""


class ChatFile(Model):
    """`chat.toml`: everything the bot says that is not the lesson."""

    description: Annotated[Text, StringConstraints(max_length=512)]
    short_description: Annotated[Text, StringConstraints(max_length=120)]
    commands: tuple[CommandWords, ...]
    names: dict[str, str]
    """How formulas write each kind of quantity: the keys of `engine.trace.NAMES`."""
    directions: dict[str, str]
    """The words for increase, decrease and no change."""
    signs: dict[str, str]
    """The words for positive, negative and zero."""
    buttons: dict[str, Annotated[str, StringConstraints(min_length=1, max_length=40)]]
    say: dict[str, Text]
    kinds: dict[str, str]
    """Words for what is not text: sticker, photo, voice, …."""
    intents: dict[str, tuple[str, ...]]
    """Plain words that mean a command, in lower case without punctuation."""
    direction_words: dict[str, tuple[str, ...]]
    """What a learner may type for each direction."""
    hour_words: HourWords
    """What a learner may write about an hour, in lower case."""
    ordinals: tuple[tuple[str, ...], ...]
    """What the first, the second, … option is called by its place."""
    heard: HeardWords
    """What stands around answers, and makes questions."""
    place_words: tuple[str, ...]
    """What may stand around such a word."""
    question_words: tuple[str, ...]
    """Words that open a question."""
    questions: tuple[str, ...]
    """Patterns of a question about a word, with `{term}`."""


class Term(Model):
    """One word explained."""

    words: Annotated[tuple[str, ...], Field(min_length=1)]
    """The word and its other forms, in lower case."""
    title: Text
    text: Text


class GlossaryFile(Model):
    """`glossary.toml`."""

    term: tuple[Term, ...]


class ReadingsFile(Model):
    """`readings.toml`: a text for each reading that `content.readings` can find in a trace."""

    reading: dict[Id, Text]


class MistakeWords(Model):
    """What is said about one mistake; the slots are explained in `mistakes.toml`."""

    text: Text
    plain: Text
    """Said instead when `text` would show the right answer."""
    short: Text
    """A clause, for two mistakes made together."""


class MistakesFile(Model):
    """`mistakes.toml`."""

    say: dict[str, Text]
    mistakes: dict[str, MistakeWords]


class PicturesFile(Model):
    """`pictures.toml`: the words on and under the pictures; the file explains their slots."""

    labels: dict[str, str | dict[str, str]]
    caption: dict[str, Text]


class MadeFile(Model):
    """`made.toml`: the patterns of lessons that are made; the file explains its slots."""

    ask: dict[str, Text]
    right: dict[str, Text]
    practice: dict[str, Text]
    own: dict[str, Text]
    skills: dict[str, Text]
    mistakes: dict[str, Text]
    """Every mistake in a few words, for looking back at it."""


class ReadWordsFile(Model):
    """`reading.toml`: why an answer could not be read, and the echo of one that was."""

    problem: dict[str, Text]
    echo: dict[str, Text]
