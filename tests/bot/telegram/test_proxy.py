"""Telegram behind a proxy, over real sockets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from telegram import Bot

from bot.telegram.request import AiohttpRequest, NotConnectedError
from tests.fakes.proxy import PASSWORD, USER, proxying
from tests.telegram_server.server import serve
from tests.telegram_server.telegram import LocalTelegram

TOKEN = "123456789:a-token-nobody-should-see-in-any-error"
LOGIN = f"{USER}:{quote(PASSWORD, safe='')}@"


@pytest.fixture
async def api() -> AsyncIterator[str]:
    """A Telegram, by a name that the proxy looks up."""
    telegram = LocalTelegram(clock=lambda: datetime.now(UTC), token=TOKEN)
    server = await serve(telegram)
    yield server.url.replace("127.0.0.1", "localhost")
    await server.close()


def _bot(api: str, proxy: str) -> Bot:
    one, other = AiohttpRequest(proxy=proxy), AiohttpRequest(proxy=proxy)
    return Bot(TOKEN, f"{api}/bot", f"{api}/file/bot", one, other)


@pytest.mark.parametrize("scheme", ["http", "socks5", "socks5h"])
@pytest.mark.parametrize("login", ["", LOGIN], ids=["open", "with a password"])
async def test_calls_go_through_a_proxy(api: str, scheme: str, login: str) -> None:
    """Of either kind, with and without a user and a password; it also looks up the name."""
    async with proxying(login=bool(login)) as proxy:
        async with _bot(api, f"{scheme}://{login}127.0.0.1:{proxy.port}") as bot:
            assert bot.username == "build_a_network_bot"
        said = "CONNECT" if scheme == "http" else "SOCKS"
        assert proxy.reached == [f"{said} localhost"]


@pytest.mark.parametrize("scheme", ["http", "socks5", "socks4"])
async def test_a_proxy_that_does_not_let_it_through_means_that_nothing_was_sent(
    api: str, scheme: str
) -> None:
    """So it is safe to try again; and no text quotes the proxy's password or the token."""
    async with proxying(login=True) as proxy:
        for wrong in (f"127.0.0.1:{proxy.port}", "127.0.0.1:9"):
            bot = _bot(api, f"{scheme}://ann:wrong-password@{wrong}")
            with pytest.raises(NotConnectedError) as caught:
                await bot.initialize()
            assert "wrong-password" not in str(caught.value)
            assert TOKEN not in str(caught.value)
            await bot.shutdown()
