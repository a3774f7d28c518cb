"""Typst: data and a template in, a PDF or a picture out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, TypeAlias

from content.paper.scripts import EAST_ASIAN

TEMPLATES = Path(__file__).parent / "templates"
TEMPLATE = "worksheet.typ"
"""The one for worksheets and their keys."""
FONTS = ("manimgx_fonts", "manimgx_fonts_cjk")
"""Packages with fonts: of most of the world's letters, and of those of East Asia."""
PPI = 130
"""1.8 pixels of a picture for each of a phone 335 pixels wide."""

Format: TypeAlias = Literal["png", "pdf"]


def font_folders(packages: Sequence[str] = FONTS) -> list[Path]:
    """Where the fonts are that came with this; those of the system are left alone."""
    found = (find_spec(name) for name in packages)
    return [Path(spec.origin).parent for spec in found if spec and spec.origin]


def templates(*folders: Path) -> dict[str, bytes]:
    """The templates of some folders by name, those for worksheets among them."""
    return {
        file.name: file.read_bytes()
        for folder in (TEMPLATES, *folders)
        for file in folder.iterdir()
        if file.suffix == ".typ"
    }


def main_file(template: str) -> bytes:
    """Typst's main file: the template at work on the data."""
    return f'#import "{template}": draw\n#draw(json("data.json"))'.encode()


class Press:
    """Typst with some templates and the fonts, for one thread at a time.

    Args:
        folders: where more templates are than those for worksheets.
        packages: what has the fonts.
    """

    def __init__(self, *folders: Path, packages: Sequence[str] = FONTS) -> None:
        import typst  # noqa: PLC0415 - it takes a while, which nobody should wait for

        found = font_folders(packages)
        self._compiler = typst.Compiler(font_paths=found, ignore_system_fonts=True)
        self._templates = templates(*folders)
        self._east_asian = len(found) == len(FONTS)

    def printed(self, template: str, data: dict[str, Any], format_: Format = "pdf") -> bytes:
        """A PDF, or a picture of the one page there is.

        Args:
            template: its file's name.
            data: what it draws.
            format_: which of the two.

        Raises:
            ValueError: it cannot be drawn as it is asked for, or its letters have no font here.
        """
        written = json.dumps(data, ensure_ascii=False, allow_nan=False)
        if not self._east_asian and EAST_ASIAN.search(written):
            package = FONTS[1].replace("_", "-")
            raise ValueError(f"no font here has East Asian letters: pip install {package}")
        # Data as a file, not as `sys_inputs`, with which Typst would build its library anew.
        files = {
            **self._templates,
            "main.typ": main_file(template),
            "data.json": written.encode(),
        }
        printed = self._compiler.compile(  # type: ignore[type-var] # its types know of one file
            files, format=format_, ppi=PPI
        )
        assert isinstance(printed, bytes)
        return printed
