"""What learners type is understood in every language."""

from __future__ import annotations

import pytest

from engine.reading import Reading, read
from tests.bot.dialogue.hearing import heard, heard_in, languages
from tests.lesson import LIBRARY

LEAST = 0.97
"""What part of what others wrote is understood."""


@pytest.mark.parametrize("language", languages())
def test_nothing_is_taken_for_what_nobody_meant(language: str) -> None:
    """What others wrote for a language is understood or asked for again, and never misread."""
    every = list(heard_in(language))
    assert len(every) > 100
    assert [one for one in every if one.is_misread] == []
    assert sum(one.is_right for one in every) >= LEAST * len(every)


@pytest.mark.parametrize(
    ("language", "typed", "value"),
    [
        *(("fr", "quarante-cinq", 45), ("fr", "zéro virgule quatre-vingt-deux", 0.82)),
        *(("pt-BR", "0, 03", 0.03), ("fr", "0 ,26", 0.26), ("de", "ne 0,03 nicht 0,3", 0.03)),
        *(("tr", "0,86 değil", None), ("pt-BR", "0,26 não é", None), ("fr", "0,", None)),
        *(("pt-BR", "é 0,03 ou 0,3", None), ("de", "0,03 oder 0,3", None)),
        *(("es", "más de 0,9", None), ("fr", "plus de 0,9", None), ("de", "über 0,9", None)),
        *(("pt-BR", "mais que 0,9", None), ("id", "lebih dari 0,9", None)),
        *(("ru", "чуть больше 0,9", None), ("tr", "0,9 dan büyük", None)),
        *(("hi", "0.9 se zyada", None), ("ar", "أكثر من 0.9", None), ("zh-Hans", "大于0.9", None)),
        *(("es", "tomo el 0,7 y", None), ("fr", "je prends le 0,7 et", None)),
        *(("de", "ich nehm die 0,7 und", None), ("ru", "беру 0,24 и", None)),
        *(("id", "0.6 × (−0.5) + 0.7 ×", None), ("tr", "0,3 + 0,7 /", None)),
        *(("fr", "jdirais ,26", 0.26), ("de", "ich glaub ,26", 0.26)),
    ],
)
def test_a_number_is_read_where_just_one_is_meant(
    language: str, typed: str, value: float | None
) -> None:
    """Hyphens and spaces part no number; what is denied, compared with, or left open, is none."""
    found = read(typed, words=LIBRARY[language].heard)
    assert (found.value if isinstance(found, Reading) else None) == value


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        *(("es", "lo de arriba"), ("fr", "celui d'en haut"), ("de", "die formel oben")),
        *(("pt-BR", "aquele ali de cima"), ("id", "yang di atas tadi"), ("tr", "yukarıda yazan")),
        *(("ru", "формула выше"), ("ar", "الصيغة فوق"), ("hi", "ऊपर लिखा था")),
    ],
)
def test_what_stands_above_is_no_direction(language: str, typed: str) -> None:
    """Who points at what is written above has not picked "up"."""
    assert not heard(language, "nudge_wo2", typed, "nothing").is_misread
