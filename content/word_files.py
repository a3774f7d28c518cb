"""The files of words around the lessons, as pydantic models.

`Takes` beside a text says which slots it has. The tables `say`, `buttons`, `practice`, `own` and
`caption` are declared message by message, in `messages.py` and `picture_words.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Field, StringConstraints

from content.counting import Plural
from content.message import Takes
from content.models import Id, Model, Term, Text
from content.text_table import TextTable
from engine.diagnosis.slots import SLOTS

SIGNS = ("positive", "negative", "zero")
"""What the `sign` of a slot may be."""

Texts: TypeAlias = Annotated[Mapping[str, Text], AfterValidator(TextTable)]
"""Many texts by their names."""

Hint: TypeAlias = Annotated[
    Text, Takes(may=("symbol", "owner", "formula", "numbers", "gap", "working"))
]
"""A text about the quantity asked for."""


class Rungs(Model):
    """The first two hints."""

    look: Hint
    rule: Hint


class KindHints(Rungs):
    """Words for one kind of quantity."""

    name: Annotated[Text, Takes()]
    """As in a heading: `weighted sum`."""
    case: dict[str, Rungs] = Field(default_factory=dict)
    """Said instead in the cases of `content.kinds.CASES`."""


class HintFile(Model):
    """`hints.toml`: the ladder for each kind of quantity."""

    kinds: dict[str, KindHints]
    at_mistake: Annotated[Text, Takes("place", "piece")]
    """The first hint after a diagnosed mistake: its place, and the piece to work out."""
    gap: Annotated[Text, Takes("gap")]
    worked: Annotated[Text, Takes("working")]
    direction: Annotated[Text, Takes("owner", "gradient")]
    """The third hint at a direction step."""
    strike: Annotated[Text, Takes("label")]
    """The third hint at a choice: one wrong option named."""
    last: Annotated[Text, Takes()]
    """Said when the ladder has ended."""
    slower: Annotated[Text, Takes()]
    pencil: Annotated[Text, Takes("z", "value")]
    """Under a sigmoid worked out, where 0.5 + z / 4 is near enough."""
    between: Annotated[
        dict[str, Text], Takes(*("below", "above", "low", "high"), may=("z", "size"))
    ]
    """How to read z, or its size, between two rows of a table, by function and sign."""
    tables: Annotated[dict[str, Text], Takes("table")]
    """Said around the printed table of a function, by function."""
    finer: Annotated[Text, Takes("symbol", "value")]
    """Under a working with a number in more digits than were asked for."""
    lookup: Annotated[Text, Takes("line", "value")]
    """Under a value worked out, what the table gives."""
    offer_pieces: Annotated[Text, Takes()]
    """Said when a step may be broken into its pieces."""
    piece: Annotated[Text, Takes("number", "count", "formula")]
    """Asks one piece."""
    piece_single: Annotated[Text, Takes("formula")]
    """Asks the piece of a step that has no other."""
    together: Annotated[Text, Takes("gap")]
    """Said when all pieces are found."""
    together_single: Annotated[Text, Takes("gap")]
    """Said when the only piece is found."""


def _with_other(forms: dict[Plural, str]) -> dict[Plural, str]:
    if "other" not in forms:
        raise ValueError("needs at least the form `other`")
    return forms


Counted: TypeAlias = Annotated[dict[Plural, Text], AfterValidator(_with_other)]
"""A noun with its number, in each plural form that the language has."""


class ChatFile(Model):
    """`chat.toml`: everything the bot says that is not the lesson."""

    description: Annotated[Text, StringConstraints(max_length=512)]
    short_description: Annotated[Text, StringConstraints(max_length=120)]
    commands: Annotated[
        Mapping[str, Annotated[str, StringConstraints(min_length=1, max_length=256)]],
        AfterValidator(TextTable),
    ]
    """Each command of the menu, described."""
    names: dict[str, str]
    """How formulas write each kind of quantity: the keys of `engine.trace.NAMES`."""
    directions: dict[str, str]
    """The words for increase, decrease and no change."""
    signs: dict[str, str]
    """The words for positive, negative and zero."""
    counted: dict[Id, Counted]
    """What is counted: `{steps:step}` is the count of the slot with this noun."""
    buttons: dict[str, Annotated[str, StringConstraints(min_length=1, max_length=40)]]
    say: Texts
    classes: Texts
    page: Texts
    terminal: Texts
    worksheet: Texts
    not_text: dict[str, str]
    """Words for what is not text: sticker, photo, voice, …."""


class GlossaryFile(Model):
    """`glossary.toml`."""

    term: dict[Id, Term]


class ObservationsFile(Model):
    """`observations.toml`: a text for each observation that can be made on a trace."""

    observation: Annotated[Mapping[Id, Text], AfterValidator(TextTable)]


Sentence: TypeAlias = Annotated[Text, Takes(may=SLOTS)]
"""A sentence about an answer; its slots are explained in `mistakes.toml`."""
Clauses: TypeAlias = Annotated[Text, Takes(may=(*SLOTS, "first", "second"))]
"""One that holds the `short` of two mistakes, or of the first."""


class MistakeWords(Model):
    """What is said about one mistake."""

    text: Sentence
    plain: Sentence
    """Said instead when `text` would show the right answer."""
    short: Sentence
    """A clause, for two mistakes made together."""
    adding: Sentence | None = None
    """Said instead at a change or an update where steps are added; None for `text`."""


class VerdictWords(Model):
    """What is said of an answer besides its one mistake."""

    imprecise: Sentence
    imprecise_cut: Sentence
    imprecise_sigmoid: Sentence
    carried_forward: Sentence
    unexplained: Sentence
    unexplained_digits: Sentence
    unexplained_sigmoid: Sentence
    unexplained_slip: Sentence
    unexplained_slip_plain: Sentence
    unexplained_parts_plain: Sentence
    unexplained_digits_sign: Sentence
    unexplained_number: Sentence
    unexplained_name: Sentence
    unexplained_unmoved: Sentence
    unexplained_setup: Sentence
    unexplained_parts: Sentence
    unexplained_work: Sentence
    unexplained_early: Sentence
    unfinished: Sentence
    unfinished_but: Sentence
    unfinished_open: Sentence
    unfinished_long: Sentence
    unfinished_name: Sentence
    unfinished_part: Sentence
    partial: Sentence
    set_up: Clauses
    ambiguous: Sentence
    ambiguous_open: Sentence
    pair: Clauses
    pair_plain: Sentence
    slip_last: Sentence
    slip_inside: Sentence
    slip_sign: Sentence
    slip_somewhere: Sentence
    slip_part: Sentence
    slip_decimal_point: Sentence
    correct_but: Sentence
    direction: Sentence
    direction_open: Sentence


class MistakesFile(Model):
    """`mistakes.toml`."""

    say: VerdictWords
    mistakes: dict[str, MistakeWords]


class PicturesFile(Model):
    """`pictures.toml`: the words on and under the pictures; the file explains their slots."""

    labels: dict[str, str | dict[str, str]]
    caption: Texts


class GeneratedFile(Model):
    """`generated.toml`: the patterns of lessons that are made; the file explains its slots."""

    ask: Texts
    right: Texts
    practice: Texts
    own: Texts
    skills: Texts
    rungs: Texts
    """What each difficulty of practice brings."""
    mistakes: Texts
    """Every mistake in a few words, for looking back at it."""


class Echo(Model):
    """An answer said back as it was read."""

    reading: Annotated[Text, Takes("reading")]


class ReadWordsFile(Model):
    """`reading.toml`: why an answer could not be read, and the echo of one that was."""

    problem: Annotated[Texts, Takes(may=("piece",))]
    paper: Annotated[Texts, Takes(may=("piece",))]
    """Said instead where the answer stood on paper."""
    echo: Echo
