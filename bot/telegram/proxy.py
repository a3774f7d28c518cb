"""Reaching Telegram through a proxy: HTTP, HTTPS or SOCKS."""

from __future__ import annotations

import ssl
from typing import Any
from urllib.parse import unquote, urlsplit

from aiohttp_socks import ProxyConnector
from python_socks import ProxyType

from bot.telegram.request import NotConnectedError

PORTS = {"http": 80, "https": 443}
SOCKS_PORT = 1080


class Proxied(ProxyConnector):
    """An aiohttp connector that goes through a proxy, which also looks up names.

    Args:
        proxy: its address, with a user and a password where it wants them.
        connections: how many connections may be open at the same time.
    """

    def __init__(self, proxy: str, connections: int) -> None:
        parts = urlsplit(proxy)
        kind = ProxyType.SOCKS5
        if parts.scheme in PORTS:
            kind = ProxyType.HTTP
        elif parts.scheme.startswith("socks4"):
            kind = ProxyType.SOCKS4
        super().__init__(
            host=parts.hostname or "",
            port=parts.port or PORTS.get(parts.scheme, SOCKS_PORT),
            proxy_type=kind,
            username=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            rdns=True,
            proxy_ssl=ssl.create_default_context() if parts.scheme == "https" else None,
            limit=connections,
        )

    async def _connect_via_proxy(self, *given: Any, **named: Any) -> Any:  # noqa: ANN401 - passed on
        try:
            return await super()._connect_via_proxy(*given, **named)
        except Exception as error:
            # Whatever it was, no request has gone out; its text may quote the proxy's address.
            raise NotConnectedError(f"no connection ({type(error).__name__})") from None
