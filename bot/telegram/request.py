"""python-telegram-bot's HTTP, on aiohttp and orjson: a tenth of the stock client's cost.

Failures keep the one difference that matters for sending: whether the request can have arrived.
The address of a request holds the bot's token, so no error text here quotes it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import aiohttp
import orjson
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.telegram.incoming import parsed, wait_s

JSON_HEADERS = {"Content-Type": "application/json"}
CONNECT_TIMEOUT_S = 10.0
READ_TIMEOUT_S = 15.0
UPLOAD_TIMEOUT_S = 60.0


class NotConnectedError(NetworkError):
    """There was no connection, so nothing was sent."""


class AnswerLostError(NetworkError):
    """The connection broke after the request had gone out: it may have arrived."""


class AiohttpRequest(BaseRequest):
    """A request object for `ApplicationBuilder.request` and `.get_updates_request`.

    Args:
        connections: how many connections may be open at the same time.
        read_timeout_s: how long to wait for an answer.
        proxy: the address of a proxy to go through.
    """

    def __init__(
        self,
        connections: int = 256,
        read_timeout_s: float = READ_TIMEOUT_S,
        *,
        proxy: str | None = None,
    ) -> None:
        self._connections = connections
        self._read_timeout_s = read_timeout_s
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """How long an answer may take by default, in seconds."""
        return self._read_timeout_s

    async def initialize(self) -> None:
        """Opens the connection pool, also again after a shutdown."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=self._connector(),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    def _connector(self) -> aiohttp.TCPConnector:
        if self._proxy is None:
            return aiohttp.TCPConnector(limit=self._connections)
        from bot.telegram.proxy import Proxied  # noqa: PLC0415 - most do without

        return Proxied(self._proxy, self._connections)

    async def shutdown(self) -> None:
        """Closes every connection."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917 - the signature is python-telegram-bot's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Makes one request.

        Returns:
            The HTTP status and the body.

        Raises:
            NotConnectedError: nothing was sent.
            TimedOut: it was sent, and no answer came in time.
            AnswerLostError: it was sent, and the connection broke before the answer.
        """
        if self._session is None:
            raise NotConnectedError("the connection pool is closed")
        read_s = _given(read_timeout, self._read_timeout_s)
        body: dict[str, Any] = {}
        if request_data is not None and request_data.contains_files:
            body["data"] = _form(request_data)
            read_s = None if read_s is None else max(read_s, UPLOAD_TIMEOUT_S)
        elif request_data is not None:
            body = {"data": orjson.dumps(request_data.parameters), "headers": JSON_HEADERS}
        timeout = _timeout(_given(connect_timeout, CONNECT_TIMEOUT_S), read_s)
        try:
            async with self._session.request(method, url, timeout=timeout, **body) as response:
                status, payload = response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotConnectedError(f"no connection ({type(error).__name__})") from None
        except TimeoutError:
            raise TimedOut from None
        except aiohttp.InvalidURL:
            raise NotConnectedError("the Bot API's address is not a valid one") from None
        except aiohttp.ClientError as error:
            raise AnswerLostError(f"the connection broke ({type(error).__name__})") from None
        if status == 504:
            raise AnswerLostError("Gateway Timeout")
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The JSON of an answer, of which python-telegram-bot can read what it looks at.

        Raises:
            TelegramError: when it is none.
        """
        value = parsed(payload)
        if not isinstance(value, dict):
            raise TelegramError("Invalid server response")
        value["description"] = str(value.get("description") or "")
        match value.pop("parameters", None):
            case {"migrate_to_chat_id": int(chat)}:
                value["parameters"] = {"migrate_to_chat_id": chat}
            case {"retry_after": asked}:
                value["parameters"] = {"retry_after": wait_s(asked)}
        return value


@lru_cache
def _timeout(connect_s: float | None, read_s: float | None) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, sock_connect=connect_s, sock_read=read_s)


def _given(timeout: object, default: float) -> float | None:
    """A timeout in seconds, None for none; the library's own mark stands for the default."""
    if timeout is None:
        return None
    return float(timeout) if isinstance(timeout, int | float) else default


def _form(data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime_type) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime_type)
    return form
