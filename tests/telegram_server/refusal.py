"""How the local Telegram says no: the error Telegram would answer, as an exception inside."""

from __future__ import annotations

from typing import Any


class RefusedError(Exception):
    """A call Telegram answers with `"ok": false`.

    Args:
        code: the HTTP status and `error_code`.
        description: Telegram's wording, prefix included.
        parameters: Telegram's `parameters`, such as `{"retry_after": 3}`.
    """

    def __init__(
        self, code: int, description: str, parameters: dict[str, Any] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_answer(self) -> dict[str, Any]:
        """The JSON body Telegram would send."""
        answer = {"ok": False, "error_code": self.code, "description": self.description}
        return answer | ({"parameters": self.parameters} if self.parameters else {})


class NoAnswerError(Exception):
    """A call that gets no answer: the connection drops, it comes too late, or a page comes instead.

    Args:
        seconds: how long the caller is kept waiting; 0 drops the connection at once.
        page: what a proxy answers instead, with a 200.
    """

    def __init__(self, seconds: float = 0.0, page: bytes | None = None) -> None:
        super().__init__(f"no answer within {seconds} s" if seconds else "connection dropped")
        self.seconds, self.page = seconds, page


def bad_request(problem: str) -> RefusedError:
    """A 400 with Telegram's prefix.

    >>> bad_request("chat not found").as_answer()
    {'ok': False, 'error_code': 400, 'description': 'Bad Request: chat not found'}
    """
    return RefusedError(400, f"Bad Request: {problem}")
