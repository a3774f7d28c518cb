"""The files of words around the lessons, as pydantic models.

`Takes` beside a text says which slots it has. The tables `say`, `buttons`, `practice`, `own` and
`caption` are declared message by message, in `messages.py` and `picture_words.py`.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field, StringConstraints

from content.message import Takes
from content.models import Id, Model, Text
from engine.diagnosis.slots import SLOTS

Words: TypeAlias = tuple[str, ...]

SIGNS = ("positive", "negative", "zero")
"""What the `sign` of a slot may be."""

Hint: TypeAlias = Annotated[
    Text, Takes(may=("symbol", "owner", "formula", "numbers", "gap", "working"))
]
"""A text about the quantity asked for."""


class KindHints(Model):
    """Words for one kind of quantity."""

    name: Annotated[Text, Takes()]
    """As in a heading: `weighted sum`."""
    look: Hint
    rule: Hint


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


class CommandWords(Model):
    """One command of the menu."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
    description: Annotated[str, StringConstraints(min_length=1, max_length=256)]


class HourWords(Model):
    """What people write around an hour, and how they speak of time."""

    off: tuple[str, ...] = ()
    """Ends the reminder."""
    off_too: tuple[str, ...] = ()
    """The same behind the command, because elsewhere it means something else."""
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
    zones: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """What a time zone, or a distance from UTC, is called besides its own name."""


class AroundAnswers(Model):
    """What learners write around a number or an option, in lower case."""

    noise: Words
    """Means nothing: laughter, faces."""
    fillers: Words
    """Opens a text and changes nothing: "so", "well"."""
    hedges: Words
    """Says that something is only thought: "maybe", "I guess"."""
    tags: Words
    """Ends a guess: "so it is up, right?"."""
    checks: Words
    """Makes a question of what they end: "that means down, doesn't it"."""
    favours: Words
    """Asks for what follows as a favour: "can I see"."""
    pleases: Words
    """Ends such a favour: "now", "please"."""
    either: str
    """Stands between two of which only one is true."""
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
    leads: Words
    """Stands right before an answer that ends a sentence: "my calculator says 0.45"."""
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


class PracticeWords(Model):
    """What a learner calls a set of practice that is no skill."""

    full: Words
    """A whole training step."""
    mixed: Words
    """Several skills."""
    harder: Words
    """Networks with one more thing in them."""
    around: Words
    """What may stand around any of these: "give me a whole step"."""


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
    not_text: dict[str, str]
    """Words for what is not text: sticker, photo, voice, …."""
    intents: dict[str, tuple[str, ...]]
    """Plain words that mean a command, in lower case without punctuation."""
    direction_words: dict[str, tuple[str, ...]]
    """What a learner may type for each direction."""
    practice_words: PracticeWords
    """What asks for a set of practice that is no skill, in lower case."""
    hour_words: HourWords
    """What a learner may write about an hour, in lower case."""
    ordinals: tuple[tuple[str, ...], ...]
    """What the first, the second, … option is called by its place."""
    around_answers: AroundAnswers
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


class ObservationsFile(Model):
    """`observations.toml`: a text for each observation that can be made on a trace."""

    observation: dict[Id, Text]


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
    caption: dict[str, Text]


class GeneratedFile(Model):
    """`generated.toml`: the patterns of lessons that are made; the file explains its slots."""

    ask: dict[str, Text]
    right: dict[str, Text]
    practice: dict[str, Text]
    own: dict[str, Text]
    skills: dict[str, Text]
    rungs: dict[str, Text]
    """What each difficulty of practice brings."""
    mistakes: dict[str, Text]
    """Every mistake in a few words, for looking back at it."""


class Echo(Model):
    """An answer said back as it was read."""

    reading: Annotated[Text, Takes("reading")]


class ReadWordsFile(Model):
    """`reading.toml`: why an answer could not be read, and the echo of one that was."""

    problem: Annotated[dict[str, Text], Takes(may=("piece",))]
    echo: Echo
