"""`python -m content translate`: how far a language is, and what to mend."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import BinaryIO, TextIO

import tomli_w

from content.commands.command import Command, Refused
from content.gathering import Gathering
from content.translating import Texts, note, report
from content.written import AUTHORS, DEFAULT_LESSON, FOLDER, is_tag, written_lessons

MOST = 5
"""So many of the texts that a file lacks are shown."""


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("language", metavar="LANG", help="its tag: de, pt-BR, …")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="the content, if elsewhere")
    parser.add_argument(
        "--write",
        action="store_true",
        help="add what is missing to the files of the language, in English, to be translated there",
    )
    parser.add_argument(
        "--done",
        action="store_true",
        help="note that all of it is translated from what English says now",
    )


def _run(options: argparse.Namespace, lines: BinaryIO, out: TextIO) -> None:
    del lines
    language, folder = options.language, options.folder
    if not is_tag(language) or language == AUTHORS:
        raise Refused(f"{language}: is no tag of a language to translate into, such as de or pt-BR")
    written = written_lessons(folder, (), DEFAULT_LESSON, Gathering())
    if options.done:
        note(folder, language, written)
    found = report(folder, language, written)
    if options.write:
        for file, texts in found.missing.items():
            _add(folder / language / file, texts)
    for file, texts in found.missing.items():
        does = "added, in English" if options.write else "missing"
        print(f"{language}/{file}: {len(texts)} {does}", file=out)
        for at, text in list(texts.items())[: 0 if options.write else MOST]:
            print(f"  {at} = {' '.join(text.split())[:60]}", file=out)
    for file, count in found.alike.items():
        print(f"{language}/{file}: {count} as in English", file=out)
    for line in found.slots:
        print(f"{language}/{line}", file=out)
    for line in found.changed:
        print(f"{language}/{line}: has changed in English since", file=out)
    missing = sum(map(len, found.missing.values()))
    print(f"{language}: {found.count - missing} of {found.count} texts", file=out)


def _add(at: Path, texts: Texts) -> None:
    """Adds texts to a language's file, which keeps what it has."""
    data = (Gathering().data(at, at.name) if at.exists() else None) or {}
    for where, text in texts.items():
        *tables, key = where.split(".")
        table = data
        for name in tables:
            table = table.setdefault(name, {})
        table[key] = text
    at.parent.mkdir(exist_ok=True)
    at.write_text(tomli_w.dumps(data, multiline_strings=True), encoding="utf-8")


COMMAND = Command(
    name="translate",
    help="say what a language still lacks, or has that no longer fits",
    options=_options,
    run=_run,
    details="Where a text is missing, English is spoken. docs/translating.md leads through it all.",
)
