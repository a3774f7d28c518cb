"""What a bot says about itself and how it wants its updates: commands, descriptions, webhook."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from tests.telegram_server import limits
from tests.telegram_server.chats import Chats
from tests.telegram_server.entities import units
from tests.telegram_server.params import Params
from tests.telegram_server.posts import Json
from tests.telegram_server.refusal import RefusedError, bad_request

Method = Callable[[Chats, Params], Any]


def get_me(state: Chats, _params: Params) -> Json:
    """The bot itself."""
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }
    return {**state.bot, **abilities, "can_connect_to_business": False, "has_main_web_app": False}


def _list_key(params: Params) -> str:
    scope = params.json("scope") or {"type": "default"}
    kind = str(scope.get("type"))
    where = f"chat {scope.get('chat_id')}" if kind.startswith("chat") else kind
    return f"{where} {params.text('language_code')}"


def set_my_commands(state: Chats, params: Params) -> bool:
    """Sets the command menu of a scope."""
    lists = state.settings.get("commands", {})
    given = limits.commands(params)
    state.keep_settings(commands={**lists, _list_key(params): given})
    return True


def get_my_commands(state: Chats, params: Params) -> list[Json]:
    """The command menu of a scope."""
    return list(state.settings.get("commands", {}).get(_list_key(params), []))


def delete_my_commands(state: Chats, params: Params) -> bool:
    """Removes the command menu of a scope."""
    lists = dict(state.settings.get("commands", {}))
    lists.pop(_list_key(params), None)
    state.keep_settings(commands=lists)
    return True


def about(name: str, most: int) -> tuple[Method, Method]:
    """The pair of methods that set and get one text about the bot."""

    def set_about(state: Chats, params: Params) -> bool:
        if units(params.text(name)) > most:
            raise bad_request(f"bot {name.replace('_', ' ')} is too long")
        key = f"{name} {params.text('language_code')}"
        state.keep_settings(**{key: params.text(name)})
        return True

    def get_about(state: Chats, params: Params) -> Json:
        return {name: state.settings.get(f"{name} {params.text('language_code')}", "")}

    return set_about, get_about


def set_chat_menu_button(state: Chats, params: Params) -> bool:
    """Sets what the menu button does; the local chat always shows the commands."""
    state.keep_settings(menu_button=params.json("menu_button") or {"type": "default"})
    return True


def get_chat_menu_button(state: Chats, _params: Params) -> Json:
    """What the menu button does."""
    return dict(state.settings.get("menu_button", {"type": "default"}))


def set_webhook(state: Chats, params: Params) -> bool:
    """Stores where updates should be pushed; an empty address goes back to polling."""
    url, secret = params.text("url"), params.text("secret_token")
    if problem := url and _problem_with(url, local=state.local):
        raise bad_request(f"bad webhook: {problem}")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    state.updates.interrupt("setWebhook request")
    state.webhook_error = ""
    if params.flag("drop_pending_updates"):
        drop_updates(state)
    if "allowed_updates" in params:
        state.updates.allowed = set(params.json("allowed_updates") or [])
    keys = ("url", "secret_token", "max_connections")
    state.keep_settings(webhook={key: params.text(key) for key in keys} if url else {})
    state.updates.arrived.set()
    return True


def _problem_with(url: str, *, local: bool) -> str:
    """Why updates cannot be pushed to an address; a server with `--local` takes any."""
    parts = urlsplit(url)
    if local and parts.scheme in {"http", "https"} and parts.hostname:
        return ""
    if parts.scheme != "https":
        return "An HTTPS URL must be provided for webhook"
    if (parts.port or 443) not in {80, 88, 443, 8443}:
        return "Webhook can be set up only on ports 80, 88, 443 or 8443"
    try:
        address = ipaddress.ip_address(parts.hostname or "")
    except ValueError:
        known = "." in (parts.hostname or "") and not (parts.hostname or "").endswith(".invalid")
        return "" if known else "Failed to resolve host: Name or service not known"
    return "" if address.is_global else f"IP address {address} is reserved"


def delete_webhook(state: Chats, params: Params) -> bool:
    """Goes back to polling."""
    if params.flag("drop_pending_updates"):
        drop_updates(state)
    state.keep_settings(webhook={})
    return True


def drop_updates(state: Chats) -> None:
    """Forgets every pending update."""
    state.confirm(state.updates.next_id)


def get_webhook_info(state: Chats, _params: Params) -> Json:
    """Where updates are pushed, and how many wait."""
    info: Json = {
        "url": state.settings.get("webhook", {}).get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(state.updates.pending),
    }
    if state.webhook_error:
        info |= {"last_error_date": state.now(), "last_error_message": state.webhook_error}
    return info


async def get_updates(state: Chats, params: Params) -> list[Json]:
    """The updates the bot has not confirmed yet; waits for the first one when told to."""
    if state.settings.get("webhook"):
        raise RefusedError(
            409,
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        )
    state.confirm(params.whole("offset"))
    if "allowed_updates" in params:
        state.updates.allowed = set(params.json("allowed_updates") or [])
    timeout_s = float(min(params.whole("timeout"), 50))
    return await state.updates.wait(params.whole("limit", 100), timeout_s)
