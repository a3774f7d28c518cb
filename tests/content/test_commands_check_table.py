"""`python -m content check --csv`: a class's table in, a row for each answer and a summary out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from content.paper.variants import Topic, Variant, of_lesson, of_skill
from engine.decimals import number_text
from engine.practice import foreseen
from tests.content.running import Ran, refusal, run
from tests.lesson import BOOK, LIBRARY, WORKED, typed

TOPIC = of_lesson(BOOK.lesson)
OUT = "checked.csv"


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has an empty folder to itself."""
    monkeypatch.chdir(tmp_path)


def rows_of(text: str | bytes, *options: str, code: int = 0) -> tuple[list[dict[str, str]], Ran]:
    """What a table comes to: the rows of the one written, and what was printed."""
    raw = text if isinstance(text, bytes) else text.encode()
    Path("class.csv").write_bytes(raw)
    ran = run("check", "--csv", "class.csv", "--out", OUT, *options)
    assert ran.code == code, ran.errors
    written = Path(OUT).read_text(encoding="utf-8-sig")
    first = written.partition("\n")[0]
    separator = max(";\t,", key=first.count)
    return list(csv.DictReader(io.StringIO(written), delimiter=separator)), ran


def right(variant: Variant, numbers: Sequence[str]) -> list[str]:
    """The right answers of some steps of a sheet, as they are typed."""
    asked = [variant.question(number) for number in numbers]
    return [one.problem.trace[one.name].text.replace("−", "-") for one in asked if one]


@cache
def filled() -> str:
    """Sheets 1 to 6 filled in: all right, but for one foreseen wrong answer in each, in turn."""
    steps = [str(one.number) for one in TOPIC.variant(1).questions]
    lines = [["name", "variant", *steps]]
    for number in range(1, 7):
        variant = TOPIC.variant(number)
        answers = right(variant, steps)
        slipped = variant.questions[number - 1]
        answers[number - 1] = wrong(variant, number)
        lines.append([f"Pupil {slipped.number}", str(number), *answers])
    return "\n".join(";".join(line).replace(".", ",") for line in lines) + "\n"


def wrong(variant: Variant, number: int) -> str:
    """The first foreseen wrong answer at a step."""
    asked = variant.questions[number - 1]
    trace = asked.problem.trace
    value = foreseen(trace, asked.name)[0].value
    return number_text(value, max(trace[asked.name].places, 3), exact=True).replace("−", "-")


def test_a_filled_set_of_sheets_goes_through() -> None:
    """Each answer is judged by its own sheet's numbers: one mistake in each, and it is named."""
    rows, ran = rows_of(filled())
    bad = [row for row in rows if row["verdict"] not in ("correct", "carried_forward")]
    assert len(rows) == 6 * len(TOPIC.variant(1).questions)
    assert [(row["name"], row["step"]) for row in bad] == [
        (f"Pupil {number}", str(number)) for number in range(1, 7)
    ]
    for number, row in enumerate(bad, 1):
        asked = TOPIC.variant(number).questions[number - 1]
        made = foreseen(asked.problem.trace, asked.name)[0].made[0][0]
        assert (row["verdict"], row["mistakes"]) == ("mistake", made)
    assert ran.out.startswith(f"{len(rows)} answers: {len(rows) - 6} right, 6 not right")


@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_same_in_every_language(language: str) -> None:
    """Verdicts are the same; what is said is in the language asked for."""
    english, (theirs, ran) = rows_of(filled())[0], rows_of(filled(), "--language", language)
    assert [row["verdict"] for row in theirs] == [row["verdict"] for row in english]
    assert [row["feedback"] for row in theirs] != [row["feedback"] for row in english]
    assert LIBRARY[language].mistake_name("dropped_sign") in ran.out


@pytest.mark.parametrize(
    ("separator", "decimal", "encoding"),
    [(";", ",", "utf-8-sig"), ("\t", ",", "utf-16"), (",", ".", "utf-8"), (";", ",", "cp1252")],
)
def test_spreadsheets_save_it_in_many_ways(separator: str, decimal: str, encoding: str) -> None:
    """Separator, decimal mark and encoding are seen from the file; names come back whole."""
    answers = [one.replace(".", decimal) for one in right(TOPIC.variant(4), ["1", "3", "5"])]
    lines = [["Name", "Variant", "1", "3", "5"], ["Zoë", "4", *answers]]
    text = "".join(separator.join(line) + "\r\n" for line in lines)
    rows, _ = rows_of(text.encode(encoding))
    assert {row["Name"] for row in rows} == {"Zoë"}
    assert [row["verdict"] for row in rows] == ["correct"] * 3


def test_a_comma_is_a_decimal_comma_where_the_table_has_them() -> None:
    """`1,252` is no question of thousands in a table of 0,5."""
    rows, _ = rows_of("variant;1;3\n1;1,252;0,5\n")
    assert rows[0]["answer"] == "1,252"
    assert "1.252" in rows[0]["feedback"]


def test_one_row_for_each_answer() -> None:
    """Named by number or id; a pupil's own earlier values count, another's do not."""
    own = typed("{H1.sum!dropped_sign}")
    text = (
        "name,step,answer,mood\n"
        f"Ada,H1.sum,{own},calm\nAda,h1.activation,{own},calm\nBen,H1.activation,{own},calm\n"
        f'Ben,O.sum,"{typed("{O.sum}")}",\n'
    )
    rows, ran = rows_of(text)
    assert [row["verdict"] for row in rows] == [
        "mistake",
        "carried_forward",
        rows[2]["verdict"],
        "correct",
    ]
    assert rows[2]["verdict"] not in ("correct", "carried_forward")
    assert [row["mood"] for row in rows] == ["calm", "calm", "calm", ""]
    assert WORKED["H1.sum"].text in rows[0]["value"]
    assert "a minus dropped 1" in ran.out


def test_each_row_of_a_sheet_is_a_pupil_of_its_own() -> None:
    """One pupil's wrong number makes no other's right, though neither has a name."""
    own = typed("{H1.sum!dropped_sign}")
    rows, _ = rows_of(f'H1.sum,H1.activation\n"{own}","{own}"\n,"{own}"\n')
    verdicts = [row["verdict"] for row in rows]
    assert verdicts[:3] == ["mistake", "carried_forward", "blank"]
    assert verdicts[3] not in ("correct", "carried_forward")


def test_sheets_on_a_skill_are_summed_up_by_number() -> None:
    """They ask different quantities under one number, which is one step all the same."""
    topic = of_skill(BOOK, "gradient", 1)
    lines = ["variant,1"] + [f"{n},{right(topic.variant(n), ['1'])[0]}" for n in range(1, 9)]
    assert len({topic.variant(n).questions[0].id for n in range(1, 9)}) > 1
    _, ran = rows_of("\n".join(lines), "--skill", "gradient")
    assert re.search(r"^ +1 +8 / 8$", ran.out, re.MULTILINE)


@pytest.mark.parametrize("variant", ["²", "-1", "0", "1.5", "9" * 5000, "٣"])
def test_numbers_that_no_sheet_has(variant: str) -> None:
    """They are told, whatever digits they are of."""
    rows, ran = rows_of(f"variant,1\n{variant},0.5\n", "--variant", "1", code=1)
    assert rows == []
    assert "line 2: variant: needs the number printed on the sheet" in ran.errors
    assert len(ran.errors) < 200


def test_bad_rows_are_named_and_the_others_done() -> None:
    """Each with its line, also after a cell of two lines; the exit code is 1."""
    fine = right(TOPIC.variant(2), ["1"])[0]
    text = (
        f'name,variant,1\n"Ada\nB.",2,{fine}\nBen,two,{fine}\nCleo,,{fine}\n\n'
        f"Dan,2,{fine},7\nEve,2,{fine}\n"
    )
    rows, ran = rows_of(text, code=1)
    assert [row["name"] for row in rows] == ["Ada\nB.", "Eve"]
    note, *said = ran.errors.splitlines()
    assert note == "content check: class.csv: passed through, not judged: name"
    told = [line.removeprefix("content check: class.csv, ") for line in said]
    assert told == [
        "line 4: variant: needs the number printed on the sheet, not 'two'",
        "line 5: variant: is left out; it is the number printed on the sheet",
        "line 7: has more cells than the 3 columns",
    ]
    assert ran.out.startswith("2 answers: 2 right")


def test_a_step_that_no_sheet_has_is_named() -> None:
    """A number past the last, or an id misspelt in a row."""
    rows, ran = rows_of("variant,step,answer\n1,99,0.5\n1,H1.smu,0.5\n1,2,\n", code=1)
    assert [row["verdict"] for row in rows] == ["blank"]
    assert "line 2: this sheet has no step '99'" in ran.errors
    assert "line 3: this sheet has no step 'h1.smu'" in ran.errors.lower()


def test_the_option_stands_for_the_column() -> None:
    """`--variant` and `--set` say it for all rows; the set has other numbers."""
    first, other = TOPIC.variant(3), TOPIC.variant(3, "b")
    asked = ["1", "3", "4"]
    text = f"name,1,3,4\nAda,{','.join(right(other, asked))}\n"
    rows, _ = rows_of(text, "--variant", "3", "--set", "b")
    assert [row["verdict"] for row in rows] == ["correct"] * 3
    assert right(first, asked) != right(other, asked)


@pytest.mark.parametrize("lesson", ["greenhouse", "perceptron", "three_classes"])
def test_any_lesson(lesson: str) -> None:
    """Sheets of the other lessons, filled in rightly, are right, in words and numbers."""
    topic = of_lesson(BOOK.lessons[lesson])
    assert_right(topic, "--lesson", lesson)


def test_a_skill() -> None:
    """Four problems on one sheet: its steps by number, over all of them."""
    assert_right(of_skill(BOOK, "hidden_delta", 2), "--skill", "hidden_delta", "--difficulty", "2")


def assert_right(topic: Topic, *options: str) -> None:
    """Two sheets with the right answers come back right."""
    steps = [str(one.number) for one in topic.variant(1).questions]
    lines = [",".join(["variant", *steps])]
    lines += [",".join([str(n), *right(topic.variant(n), steps)]) for n in (1, 2)]
    rows, _ = rows_of("\n".join(lines), *options)
    assert len(rows) == 2 * len(steps)
    assert {row["verdict"] for row in rows} == {"correct"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty; it needs a row of headings"),
        ("name,mood\nAda,calm\n", "no column is headed with a step's number or id"),
    ],
)
def test_what_is_no_table_is_refused(text: str, said: str) -> None:
    """With one line, exit code 2, and nothing written."""
    Path("class.csv").write_text(text, encoding="utf-8")
    assert said in refusal("check", "--csv", "class.csv", "--out", OUT)
    assert not Path(OUT).exists()


def test_files_that_are_not_there_are_refused() -> None:
    """The one to read, and the folder to write to; and one option needs the other."""
    assert "can't be read" in refusal("check", "--csv", "none.csv", "--out", OUT)
    Path("class.csv").write_text("variant,1\n1,0.5\n", encoding="utf-8")
    assert "can't be written" in refusal("check", "--csv", "class.csv", "--out", "no/where.csv")
    assert "need each other" in refusal("check", "--csv", "class.csv")


def test_lines_know_the_numbers_of_a_sheet() -> None:
    """JSON lines too: by variant, set, and the step's number or id; notes come back."""
    variant = TOPIC.variant(5, "b")
    (first, second) = right(variant, ["1", "H2.sum"])
    lines = [
        {"variant": 5, "set": "b", "quantity": 1, "typed": first, "name": "Ada"},
        {"variant": 5, "set": "b", "quantity": "H2.sum", "typed": second, "id": 7},
    ]
    answers = run("check", lines=lines).objects
    assert [one["verdict"] for one in answers] == ["correct", "correct"]
    assert (answers[0]["name"], answers[1]["id"]) == ("Ada", 7)
    told = refusal("check", lines=[{"variant": 5, "inputs": [1, 2], "quantity": 1, "typed": "0"}])
    assert "inputs: stands beside variant" in told
    told = refusal("check", lines=[{"variant": 0, "quantity": 1, "typed": "0"}])
    assert "variant: needs a number from 1 up" in told


def test_a_table_is_never_written_over_what_was_typed() -> None:
    """One file for both is refused before anything is written."""
    Path("class.csv").write_text("variant;1\n1;0,25\n")
    said = refusal("check", "--csv", "class.csv", "--out", "./class.csv")
    assert "need files of their own" in said
    assert Path("class.csv").read_text() == "variant;1\n1;0,25\n"


@pytest.mark.parametrize("layout", ["a row for each pupil", "a row for each answer"])
def test_each_pupil_gets_their_marks(layout: str) -> None:
    """One row, with their own columns and what they had right, whichever way it was typed."""
    first, second = right(TOPIC.variant(1), ["1", "2"])
    table = f"name;variant;1;2\nAda;1;{first};{second}\nBen;1;{first};\n"
    if layout == "a row for each answer":
        rows = (("Ada", "1", first), ("Ada", "2", second), ("Ben", "1", first), ("Ben", "2", ""))
        table = "name;variant;step;answer\n" + "".join(
            f"{name};1;{step};{answer}\n" for name, step, answer in rows
        )
    rows_of(table, "--marks", "marks.csv")
    assert Path("marks.csv").read_text("utf-8-sig").splitlines() == [
        "name;variant;correct;carried forward;not right;blank;of",
        "Ada;1;2;0;0;0;2",
        "Ben;1;1;0;0;1;2",
    ]


def test_a_column_that_is_not_judged_is_told() -> None:
    """So a heading with a slip in it, and a forgotten sheet number, are not passed over."""
    step = WORKED["H1.sum"].text
    _, ran = rows_of(f"name;Blatt;H1.sum\nAda;3;{step}\n")
    assert "passed through, not judged: name, Blatt" in ran.errors
    assert "no column is headed variant" in ran.errors
