"""Pictures in the learner's language: its words, its numbers, its letters, its direction."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.pictures.captions import caption
from bot.pictures.data import Drawn, scene_of, template_data
from bot.pictures.painter import Press
from bot.pictures.requests import BarGroup, Bars, Sheet, Working, key
from bot.pictures.scene import SMALL
from bot.pictures.scripts import about, in_lines
from content.bidi import isolated
from content.counting import Counting
from content.numbers import Numbers
from content.paper.scripts import setting
from content.picture_words import Captions, Labels
from content.written import languages
from tests.bot.pictures.figures import outside, overlapping, said_on, texts_on
from tests.bot.pictures.requests import CHANGE, curve, full_diagram, learning, sheet
from tests.fakes.words import LABELS
from tests.lesson import BOOK, LIBRARY

WORDS: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "words.toml").read_text(encoding="utf-8")
)
POINT = re.compile(r"(?<![\w.])\d+\.(?!\d{3}(?!\d))\d")


@cache
def labels(tag: str) -> Labels:
    """The words on pictures in a language: those it has, or those that were written for tests."""
    if tag in languages():
        return LIBRARY[tag].labels
    said = dict(WORDS[tag]["labels"])
    texts: dict[str, Any] = {**said, "activations": tuple(said["activations"].items())}
    return replace(LABELS, **texts, language=tag)


def pictures(tag: str) -> dict[str, Drawn]:
    """One of each kind, with a language's words wherever words stand."""
    said, more = labels(tag), WORDS.get(tag, {})
    sigmoid = said.activation("sigmoid")
    asked = replace(curve("O.activation"), across=said.sum, up=sigmoid, labels=said)
    slope = replace(curve("wO2.updated"), up=said.loss, labels=said)
    outputs = tuple((replace(one, name=said.prediction), at) for one, at in CHANGE.outputs)
    loss = replace(CHANGE.loss, name=said.loss)
    learnt = learning(500)
    biases = tuple(
        (said.said("owned", owner=name.removesuffix(".bias"), word=said.bias), text)
        if name.endswith(".bias")
        else (name, text)
        for name, text in learnt.weights
    )
    bars = tuple((name, 97 - 31 * at) for at, name in enumerate(more.get("bars", ["sums"])))
    return {
        "diagram": replace(full_diagram(), title=more.get("title", ""), labels=said),
        "summed up": replace(full_diagram("loss"), labels=said),
        "curve": asked,
        "slope": slope,
        "change": replace(CHANGE, outputs=outputs, loss=loss, labels=said),
        "learning": replace(
            learnt,
            title=more.get("title", learnt.title),
            result=more.get("result", learnt.result),
            weights=biases,
            labels=said,
        ),
        "bars": Bars((BarGroup(more.get("heading", "Skills"), bars, "%", 100, 95),), "A", tag),
    }


TAGS = sorted({*WORDS, *languages()})


@pytest.mark.parametrize("tag", TAGS)
def test_a_phone_shows_every_language(tag: str) -> None:
    """Longer words and other letters overlap nothing, stay on the page, and can be read."""
    for name, request in pictures(tag).items():
        texts = texts_on(request)
        assert overlapping(texts) == [], name
        assert outside(request, texts) == [], name
        assert all(min(text.sizes) >= SMALL for text in texts), name


@pytest.mark.parametrize("tag", [tag for tag in TAGS if Numbers.of(tag).decimal == ","])
def test_every_number_has_the_decimal_mark_of_its_language(tag: str) -> None:
    """On diagrams, axes, tables, weights and scales; the groups and the percent sign likewise."""
    for name, request in pictures(tag).items():
        assert [text for text in said_on(request) if POINT.search(text)] == [], name
    assert "0,6" in said_on(pictures(tag)["diagram"])
    assert Numbers.of(tag).percent(0.97) in said_on(pictures(tag)["bars"])
    assert "(0,6; 0,7)" in said_on(pictures(tag)["learning"])


def test_a_large_network_is_summed_up_with_counted_nouns() -> None:
    """What the label counts has the plural form and the groups of the language."""
    nouns = {"weight": {"one": "{count} вес", "few": "{count} веса", "other": "{count} весов"}}
    texts = {**BOOK.pictures.labels, "weights": "{count:weight}: слои"}
    russian = Labels.of(texts, Counting(nouns, Numbers.of("ru")))
    assert russian.said("weights", count="1,002") == "1002 веса: слои"
    assert hash(russian) == hash(Labels.of(texts, Counting(nouns, Numbers.of("ru"))))


def test_captions_leave_numbers_to_the_edge_but_separate_them_there() -> None:
    """What is said is turned once, when it is sent; what a learner typed never is."""
    captions = Captions(BOOK.pictures.caption, Counting(BOOK.counted.nouns, Numbers.of("de")))
    said = caption(replace(full_diagram(), labels=labels("de")), captions)
    assert "x1 0.6; x2 0.7" in said
    assert "x1 0,6; x2 0,7" in Numbers.of("de").turned(said)
    typed = Sheet(full_diagram(""), (Working("0.5", ("0.6 × 0.4 = 0,24",)),))
    whole = Numbers.of("de").turned(caption(typed, captions))
    assert "0,5: 0.6 × 0.4 = 0,24" in whole


def test_a_number_that_was_typed_stands_on_a_diagram_as_it_was_typed() -> None:
    """And the marks that keep it are not drawn, nor is there room for them."""
    german = full_diagram("")
    numbers, found = Numbers.of("de"), dict(german.found)
    found["O.sum"] = f"{numbers.kept('1,252')}?"
    said = said_on(replace(german, found=tuple(found.items()), labels=labels("de")))
    assert "1,252?" in said
    assert about(numbers.kept("1,252"), SMALL) == pytest.approx(about("1,252", SMALL))


def test_a_sheet_turns_what_the_tutor_heads_it_with_only() -> None:
    """Lines stand as whoever made the sheet has them: they may be typed."""
    german = replace(sheet(1).diagram, labels=replace(LABELS, language="de"))
    request = Sheet(german, (Working("x1 = 0.6", ("0.6 × 0.4 = 0,24",)),), "0.1", "0.2")
    _, data = template_data(request)
    assert (data["title"], data["note"]) == ("0,1", "0,2")
    assert data["workings"] == [
        {"heading": "x1 = 0,6", "lines": [("0.6 × 0.4 = 0,24", False)]},
    ]


def test_formulas_keep_their_direction_among_words_from_the_right() -> None:
    """Each stretch of Latin letters, digits and signs is isolated; plain formulas are untouched."""
    assert isolated("0.6 × 0.4 = 0.24") == "0.6 × 0.4 = 0.24"
    said = isolated("الهدف: x1 = −0.6 (0.6, 0.7).")
    assert said == "\u2067الهدف: \u2066x1 = −0.6 (0.6, 0.7)\u2069.\u2069"
    assert isolated("97% صحيح").startswith("\u2067\u206697%\u2069 ")


def test_lines_begin_at_the_right_in_arabic() -> None:
    """Headings, bars and the legend; the network itself keeps its direction."""
    arabic, english = pictures("ar")["diagram"], pictures("en")["diagram"]

    def place(request: Drawn, word: str) -> float:
        return next(text.middle[0] for text in texts_on(request) if word in text.said)

    for name in ("x1", "x2", "H1", "H2", "wO1"):
        assert place(arabic, name) == pytest.approx(place(english, name), abs=2)
    assert place(arabic, "وزن موجب") > 335 / 2 > place(english, "positive weight")
    bars = texts_on(pictures("ar")["bars"])
    assert next(text for text in bars if "%" in text.said).x < 335 / 2


def test_every_language_s_letters_have_a_font() -> None:
    """No word of a picture has a box in it: each of its letters differs from what has no letter."""
    press = Press()
    for tag in TAGS:
        box = press.printed(Bars((), "\U000e0fff", tag))
        letters = {letter for word in _words(labels(tag)) for letter in word if letter.isalpha()}
        for letter in sorted(letters - set(map(chr, range(128))))[::5]:
            assert press.printed(Bars((), letter, tag)) != box, (tag, letter)


def _words(said: Labels) -> list[str]:
    return [text for name in said.__slots__ if isinstance(text := getattr(said, name), str)]


def test_text_breaks_where_its_language_does() -> None:
    """At spaces, or between Chinese characters, and never before a full stop."""
    assert in_lines("一二三四五六。七八", 10, 65) == ["一二三四五", "六。七八"]
    assert in_lines("5\u00a0000 steps more", 10, 62) == ["5\u00a0000 steps", "more"]
    assert about("损失", 10) > 2 * about("lo", 10) * 0.8


def test_the_language_is_part_of_a_picture_s_name() -> None:
    """The same numbers in two languages are two pictures, and are remembered apart."""
    bars = Bars((BarGroup("A", (("b", 1),)),), "T")
    assert key(bars) != key(replace(bars, language="de"))
    chosen = [scene_of(replace(bars, language=tag)).data()["fonts"] for tag in ("en", "zh-Hans")]
    assert [name for name in chosen[1] if name not in chosen[0]] == ["Noto Sans CJK SC"]
    assert setting("tlh-nobody")["lang"] == "tlh"
