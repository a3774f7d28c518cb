"""The bot as a process, with the echo in place of the lesson: `python -m tests.fakes.echo_bot`."""

from __future__ import annotations

import sys

from bot.__main__ import main
from tests.fakes.dialogue import EchoDialogue

if __name__ == "__main__":
    sys.exit(main(make_tutor=lambda _language: EchoDialogue()))
