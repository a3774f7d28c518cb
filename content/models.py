"""What a lesson's folder holds, as pydantic models; the words around lessons: `word_files.py`.

The field descriptions are the authoring reference: an unknown key, a wrong type or a missing field
is an author's error with its file and place. It is longer than most files as the reference of all.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, Self, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
    model_validator,
)

from content.picture_names import named_picture
from content.word_lists import WordList

ID = r"^[a-z][a-z0-9_]{0,23}$"
ID_RULE = "an id has small letters, digits and _, begins with a letter, and is at most 24 long"
Id: TypeAlias = Annotated[str, StringConstraints(pattern=ID)]
"""A permanent id: it never changes meaning, because learners' records hold it."""

Number: TypeAlias = Annotated[float, Strict()]
"""A number as TOML writes it, not one in quotes."""

Flag: TypeAlias = Annotated[bool, Strict()]
"""`true` or `false`, not in quotes."""

Text: TypeAlias = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""Telegram HTML with `{quantity}` slots."""


class Texts(WordList):
    """Some such texts."""

    __slots__ = ()
    word = Text


Condition: TypeAlias = tuple[str, Literal["<", ">", "=", "!="], str]
"""Two ids or numbers compared, as in `["O.activation", "<", "target"]`."""


Picture: TypeAlias = Annotated[str, AfterValidator(named_picture)]
"""What a step is asked under: one of `picture_names.KINDS`, two of them of a name."""


def _picture(said: str | bool) -> str | bool:  # noqa: FBT001 - as a lesson writes it
    """A picture's name, or whether it is the network's."""
    return named_picture(said) if isinstance(said, str) else said


class Model(BaseModel):
    """A strict, frozen table."""

    model_config = ConfigDict(extra="forbid", frozen=True, cache_strings="none")

    @classmethod
    def __pydantic_init_subclass__(cls, **_: object) -> None:
        """Lets Python know the fields before there are instances: see `content.sharing.settled`."""
        first = cls.__new__(cls)
        for name in cls.model_fields:
            object.__setattr__(first, name, None)


class StepModel(Model):
    """What the steps of every kind have. A kind is a model here, in `AnyStep`."""

    counts: ClassVar[bool]
    """Whether steps of the kind are numbered: those that are answered right or wrong."""

    id: Id
    branch: Id | None = None
    """The branch it belongs to; a step of none is met by everybody."""


class Card(StepModel):
    """A step to read; a button goes on."""

    counts = False
    kind: Literal["card"]
    text: Text
    observations: tuple[Id, ...] = ()
    """Observations on the trace to show, those that apply (`observations.toml`)."""
    button: Text | None = None
    """What the button says, if not the usual words."""
    picture: Picture | None = None
    """The picture it stands under."""


_ONCE = {"sigmoid_table": "lookup_table"}
"""What fields were called in lessons written before."""


class NumberStep(StepModel):
    """A step that asks for one quantity, or for what an author's own formula comes to."""

    counts = True
    kind: Literal["number"]
    quantity: str = ""
    """An id of the trace; of a formula it is the step's own."""
    formula: str | None = None
    """Ids and numbers, as in `target - O.activation`, instead of a quantity."""
    label: str = ""
    """What a formula is called: in the heading, and where other formulas write it."""
    ask: Text
    right: Text | None = None
    """Said after the confirmation, before the next step."""
    decimals: Annotated[int, Field(ge=0, le=9, strict=True)] | None = None
    """How many decimals are asked for, if not as many as the number calls for."""
    tolerance: Annotated[Number, Field(ge=0)] = 0.0
    """How far an answer may be off, besides what rounding allows."""
    look: Text | None = None
    """The first hint, where the one for this kind of quantity does not fit; so with the others."""
    rule: Text | None = None
    gap: Text | None = None
    worked: Text | None = None
    """The last hint: who has seen it has been shown the number."""
    picture: Annotated[str | bool, AfterValidator(_picture)] = False
    """The picture it is asked under; true is the network's: where a new neuron begins."""
    lookup_table: Flag = False
    """Whether the printed table of its function (sigmoid, tanh, ln) is offered."""
    if_slipped: Id | None = None
    """The branch that follows where it was not right at once and without help."""
    if_smooth: Id | None = None
    """The branch that follows where it was."""

    @model_validator(mode="after")
    def _of_one(self) -> Self:
        """A quantity, or a formula with what it is called; not both."""
        if self.formula is None:
            if not self.quantity:
                raise ValueError("needs a quantity, or a formula")
            if self.label:
                raise ValueError("a label goes with a formula; a quantity has its own")
        elif self.quantity not in ("", self.id):
            raise ValueError("asks for a quantity, or for a formula, not for both")
        elif not self.label:
            raise ValueError("a formula needs a label: what it is called")
        return self

    @model_validator(mode="before")
    @classmethod
    def _named(cls, data: Any) -> Any:  # noqa: ANN401 - whatever an author wrote
        """What a formula comes to goes by the id of its step; a table by the name it has now."""
        if not isinstance(data, dict):
            return data
        data = {_ONCE.get(key, key): value for key, value in data.items()}
        if "formula" in data and "quantity" not in data:
            data["quantity"] = data.get("id", "")
        return data


class Guess(Model):
    """One button of a guess."""

    id: Id
    label: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    also: Texts = Texts()
    """The same in other words, as a learner may type it; in lower case."""
    true_if: tuple[Condition, ...] = ()
    """What makes a guess come true; a choice's right option has conditions of its own."""


class Option(Guess):
    """One button of a choice."""

    reply: Text
    """Said when it is picked: why it is right, or what it overlooks."""
    right_if: tuple[Condition, ...] | Literal["never"]
    """Right when every condition holds; one option of a choice is right, unless it has several."""


class ChoiceStep(StepModel):
    """A step answered by a button."""

    counts = True
    kind: Literal["choice"]
    label: str
    """What the step is about, for the heading."""
    shows: tuple[str, ...] = ()
    """Quantities that its question tells: pictures show them from then on."""
    ask: Text
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=6)]
    several: Flag = False
    """Whether more than one option may be right: any of those that are is taken."""
    look: Text
    """The first hint; the second names what to compare."""
    rule: Text
    gap: Text | None = None
    """The third hint, instead of a wrong option struck out."""
    picture: Picture | None = None
    if_slipped: Id | None = None
    if_smooth: Id | None = None


class GuessStep(StepModel):
    """A guess before something is seen: no answer is wrong, and none is counted."""

    counts = False
    kind: Literal["guess"]
    ask: Text
    seen_at: Id
    """The step whose end shows what is true: then the guess is spoken of."""
    picture: Picture | None = None
    options: Annotated[tuple[Guess, ...], Field(min_length=2, max_length=4)]


class ExploreStep(StepModel):
    """A weight on two buttons: what the output and the loss do when it is nudged.

    With it the example also has `<weight>.nudged`, `<weight>.nudged.loss` and `<weight>.slope`.
    """

    counts = False
    kind: Literal["explore"]
    weight: str
    """A weight or a bias."""
    by: Annotated[Number, Field(gt=0)] = 0.1
    """How far one press moves it."""
    ask: Text


class WordsStep(StepModel):
    """A question answered in the learner's own words: kept on their sheet, not judged."""

    counts = False
    kind: Literal["words"]
    label: str
    """What stands above it on the sheet."""
    ask: Text
    picture: Picture | None = None
    thanks: Text
    """Said when they have written something."""


class DirectionStep(StepModel):
    """A step that asks which way a weight should move."""

    counts = True
    kind: Literal["direction"]
    quantity: str
    ask: Text
    right: Text
    look: Text | None = None
    rule: Text | None = None
    gap: Text | None = None
    """The hints in order, where the usual ones do not fit."""
    picture: Picture | None = None
    if_slipped: Id | None = None
    if_smooth: Id | None = None


class WatchStep(StepModel):
    """A step in which the network trains while the learner watches, as often as they press."""

    counts = False
    kind: Literal["watch"]
    text: Text
    train_biases: Flag
    task: str = ""
    """What it is trained for, as `x1 + x2 > 1`; a mean of the inputs above a half if left out."""


class OfferStep(StepModel):
    """A fork: take an optional branch, or pass."""

    counts = False
    kind: Literal["offer"]
    ask: Text
    take: Text
    pass_: Annotated[Text, Field(alias="pass")]
    opens: Id
    """The branch whose steps follow when taken."""
    picture: Picture | None = None


AnyStep: TypeAlias = (
    Card
    | NumberStep
    | ChoiceStep
    | GuessStep
    | DirectionStep
    | ExploreStep
    | OfferStep
    | WatchStep
    | WordsStep
)


class Section(Model):
    """One part of the lesson: a file of its own."""

    id: Id
    title: Text
    example: Id
    free: Flag = False
    """Without scaffolding: a doubted number may be kept, several values may be sent at once."""
    table: tuple[str, ...] = ()
    """Ids shown as a table whose gaps are the section's number steps."""
    end: Text | None = None
    """Said when the last step of the section is done: what was just done, in a line."""
    step: Annotated[
        tuple[Annotated[AnyStep, Field(discriminator="kind")], ...], Field(min_length=1)
    ]

    @property
    def aside(self) -> bool:
        """Whether it is of an optional branch alone: then it belongs to the part before it."""
        return all(step.branch for step in self.step)


class Example(Model):
    """One example to trace."""

    inputs: dict[str, Number]
    target: Number | tuple[Number, ...]
    after: Id | None = None
    """The example whose step the network has taken before this one; None where it is as given."""


class Term(Model):
    """One word explained."""

    words: Annotated[tuple[str, ...], Field(min_length=1)]
    """The word and its other forms, in lower case."""
    title: Text
    text: Text


class LessonFile(Model):
    """`lesson.toml`: the network and what the lesson is made of."""

    id: Id
    title: Annotated[Text, StringConstraints(max_length=50)]
    about: Text
    """What it is, in a sentence; `{steps}` and `{minutes}` are how long it is."""
    order: Number | None = None
    """Where it stands in `/lessons`: the smaller, the earlier; those without come last."""
    needs: tuple[Id, ...] = ()
    """The lessons that come first, by their ids; nobody is kept out."""
    learning_rate: Annotated[Number, Field(gt=0)]
    network: dict[str, object]
    examples: Annotated[dict[Id, Example], Field(min_length=1)]
    sections: Annotated[tuple[str, ...], Field(min_length=1)]
    """File names, in order."""
    glossary: dict[Id, Term] = Field(default_factory=dict)
    """Words explained while the lesson is in hand, before those of `glossary.toml`."""
    done: Text
    """The closing message; its slots are the summary's counts."""
