"""An author's mistakes: each is named with its file, its place and the rule, all at once."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from content.errors import ContentError
from content.loader import FILES, load
from content.written import FOLDER, folders_in, languages, lesson_folders
from tests.lesson import typed

BROKEN = Path(__file__).with_name("broken.toml").read_text("utf-8")
for name in ("H1.sum", "w12.product"):  # numbers of the lesson, where an author typed them
    BROKEN = BROKEN.replace(f"<{name}>", typed(f"{{{name}}}"))
CASES = {case["name"]: case for case in tomllib.loads(BROKEN)["case"]}


def error_of(folder: Path, *names: str) -> str:
    """The whole error text of the English content with some cases' things broken."""
    home = folder / "en"
    shutil.copytree(FOLDER / "en", home)
    for case in map(CASES.__getitem__, names):
        path = home / case["file"]
        text = path.read_text(encoding="utf-8")
        assert case["old"] in text, f"{case['old']!r} is not in {path.name}"
        path.write_text(text.replace(case["old"], case["new"], 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load("en", folder=folder)
    return str(caught.value)


@pytest.mark.parametrize("name", CASES)
def test_a_mistake_is_named_with_its_place(name: str, tmp_path: Path) -> None:
    """The whole error text of one broken thing says where it is and what to mend."""
    assert error_of(tmp_path, name) == CASES[name]["error"].strip()


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    """Two broken files give both lines, sorted."""
    names = ["an offer that opens nothing", "a quantity that is not in the network"]
    lines = [line for name in names for line in CASES[name]["error"].strip().splitlines()]
    assert error_of(tmp_path, *names).splitlines() == sorted(lines)


def test_a_language_without_files_speaks_as_the_authors_do(tmp_path: Path) -> None:
    """What nobody has translated yet falls back, text by text."""
    shutil.copytree(FOLDER / "en", tmp_path / "en")
    (tmp_path / "xx").mkdir()
    assert load("xx", folder=tmp_path).chat == load("en", folder=tmp_path).chat


def test_english_is_there() -> None:
    """English is a language, and its content loads."""
    assert "en" in languages()
    assert load("en").lesson.total() == 36


def test_an_empty_folder_of_a_language_is_one(tmp_path: Path) -> None:
    """Its name says that it is one, so all that it lacks is listed; other folders are none."""
    for name in ("de", "pt-BR", "zh_Hant", "commands", "__pycache__", ".git", "EN"):
        (tmp_path / name).mkdir()
    (tmp_path / "fr").write_text("no folder")
    assert languages(tmp_path) == ("de", "pt-BR", "zh_Hant")
    with pytest.raises(ContentError) as caught:
        load("de", folder=tmp_path)
    missing = {problem.file for problem in caught.value.problems}
    words = {f"en/{name}.toml" for name in FILES.values()}
    assert missing == {*words, "en/build_a_network/lesson.toml"}


def test_every_lesson_folder_is_found(tmp_path: Path) -> None:
    """A folder beside the lessons is a lesson: it is loaded, or what it lacks is said."""
    home = tmp_path / "en"
    shutil.copytree(FOLDER / "en", home)
    folders = lesson_folders(tmp_path)
    assert set(folders) == {path.name for path in home.iterdir() if path.is_dir()}
    assert len(load("en", folder=tmp_path).lessons) == len(folders)
    (home / "another").mkdir()
    with pytest.raises(ContentError) as caught:
        load("en", folder=tmp_path)
    assert str(caught.value) == "en/another/lesson.toml: file: is missing"


def test_a_file_that_no_section_names_is_told(tmp_path: Path) -> None:
    """What an author wrote and forgot to list is named; an editor's hidden file is not theirs."""
    home = tmp_path / "en"
    shutil.copytree(FOLDER / "en", home)
    (home / "perceptron" / ".#1_perceptron.toml").write_text("half a file")
    (home / "perceptron" / "notes.txt").write_text("for me")
    assert load("en", folder=tmp_path).lessons
    shutil.copy(home / "perceptron" / "7_learned.toml", home / "perceptron" / "8_more.toml")
    with pytest.raises(ContentError) as caught:
        load("en", folder=tmp_path)
    sections = "1_perceptron, 2_first, 3_mistake, 4_third, 5_again, 6_edge, 7_learned"
    rule = f"is no section; sections in lesson.toml: {sections}"
    assert str(caught.value) == f"en/perceptron/8_more.toml: file: {rule}"


def test_a_new_learner_begins_with_the_first_lesson() -> None:
    """The first lesson keeps its id and its place, and every lesson can be taken in hand."""
    book = load("en")
    assert next(iter(book.lessons)) == book.lesson.id == "bn"
    for name in book.lessons:
        assert book.with_lesson(name).lesson.id == name


def test_a_lesson_may_lie_elsewhere(tmp_path: Path) -> None:
    """A lesson in an author's own folder is loaded beside the others, and may be in hand."""
    own = tmp_path / "lessons" / "mine"
    shutil.copytree(FOLDER / "en" / "greenhouse", own)
    shutil.copytree(FOLDER / "en", tmp_path / "en", ignore=shutil.ignore_patterns("greenhouse"))
    (found,) = folders_in(own.parent)
    book = load("en", lesson="mine", folder=tmp_path, further=[found])
    assert [*book.lessons] == ["bn", "perceptron", "three_classes", "greenhouse"]
    assert book.lesson.id == "greenhouse"
