"""What the shells say of themselves is read alone, and is what a loaded language says."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.shell_words import about, shell_words
from tests.languages import content
from tests.lesson import LIBRARY


@pytest.mark.parametrize("language", ["de", "pt-BR"])
def test_it_is_what_the_language_says(language: str) -> None:
    """Commands in their order, descriptions, page and terminal."""
    said, chat = about(language), LIBRARY[language].chat
    assert said.commands == tuple(chat.commands.items())
    assert (said.description, said.short_description) == (chat.description, chat.short_description)
    assert dict(shell_words(language).page) == chat.page


def test_what_a_language_lacks_is_as_in_english(tmp_path: Path) -> None:
    """Text by text; a file that cannot be read lacks everything."""
    folder = content(tmp_path / "content")
    english, german = about("en", folder), about("de", folder)
    assert german.commands[0] == ("start", "Beginnen")
    assert german.commands[1:] == english.commands[1:]
    (folder / "de" / "chat.toml").write_text("[commands", "utf-8")
    assert about("de", folder) == english
