"""The settings: environment variables, or a file of them, `.env` in the working directory.

An empty value counts as not set. A setting that cannot be used stops the bot with one line that
names it, what it was (never the token), and what is allowed.
"""

from __future__ import annotations

import difflib
import hmac
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import platformdirs
from dotenv import dotenv_values
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

APP = "build-a-network"
ENV_FILE = Path(".env")
ALIKE = 0.65
"""How much a key has to be like a setting's name to be told: `BOT_TOKEN` is."""
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
FORMATS = ("text", "json")
PROXIES = ("http", "https", "socks4", "socks4a", "socks5", "socks5h", "socks")
_TOKEN = re.compile(r"[0-9]{5,16}:[A-Za-z0-9_-]{30,}")
_PASSWORD = re.compile(r"([\w+]+://[^:/@]*:)(.*)@(?=[^@]*$)", re.DOTALL)


class SettingsError(Exception):
    """Settings that cannot be used; the text has one line for each."""


def _token(value: SecretStr) -> SecretStr:
    if not _TOKEN.fullmatch(value.get_secret_value()):
        length = len(value.get_secret_value())
        raise ValueError(
            f"does not look like a bot token ({length} characters, not shown): "
            "copy it from @BotFather; it is a number, a colon, and about 35 letters and digits"
        )
    return value


def _address(value: str) -> str:
    try:
        parts = urlsplit(value)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ValueError(
            "is no address (not shown, it may hold a secret): give one like "
            "https://api.telegram.org or http://127.0.0.1:8081"
        )
    return value


def _api(value: str) -> str:
    return _address(value).rstrip("/").removesuffix("/bot")


def _level(value: str) -> str:
    if value.upper() not in LEVELS:
        raise ValueError(f"is {value!r}: use one of {', '.join(LEVELS)}")
    return value.upper()


def _format(value: str) -> str:
    if value.lower() not in FORMATS:
        raise ValueError(f"is {value!r}: use one of {', '.join(FORMATS)}")
    return value.lower()


def _listen(value: str) -> str:
    host, _, port = value.rpartition(":")
    if not host.strip("[]") or not re.fullmatch("[0-9]{1,5}", port) or int(port) > 65535:
        raise ValueError(f"is {_short(value)}: give an address and a port, like 127.0.0.1:8080")
    return value


def _proxy(value: SecretStr) -> SecretStr:
    if not _usable_proxy(value.get_secret_value()):
        raise ValueError(
            "(not shown, it may hold a password) is not the address of a proxy: "
            "give one like http://127.0.0.1:3128 or socks5://127.0.0.1:1080"
        )
    return value


def _usable_proxy(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in PROXIES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _webhook_secret(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", value.get_secret_value()):
        raise ValueError("(not shown) has 16 to 256 characters, of A-Z, a-z, 0-9, _ and -")
    return value


def database_address(value: str) -> str:
    """The address of a database, as it is.

    Raises:
        ValueError: when it is none; the text does not show it.
    """
    if not re.match(r"(?:sqlite|postgresql)(?:\+\w+)?://", value):
        raise ValueError(
            "is not a database address (not shown, it may hold a password): it begins with "
            "sqlite:/// or postgresql://"
        )
    return _PASSWORD.sub(lambda found: f"{found[1]}{found[2].replace('@', '%40')}@", value)


def _folder(value: Path) -> Path:
    try:
        return value.expanduser()
    except RuntimeError:
        raise ValueError(f"is {_short(str(value))}: there is no such user here") from None


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:60]}…"


def _secret_parts(address: str) -> list[str]:
    """What of an address no output may show: who logs in, in every way it may be written."""
    found = _PASSWORD.match(address)
    if found is None:
        return []
    login = found[0].partition("://")[2]
    return [address, login, found[2], unquote(found[2]), *found[2].split("%40"), quote(found[2])]


class Settings(BaseSettings):
    """What can be set. The field names in capitals are the variables."""

    model_config = SettingsConfigDict(
        env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    telegram_bot_token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    telegram_api_base_url: Annotated[str, AfterValidator(_api)] = Field(
        default="https://api.telegram.org", repr=False
    )
    telegram_proxy_url: Annotated[SecretStr, AfterValidator(_proxy)] | None = None
    sends_per_second: float = Field(default=28.0, gt=0, allow_inf_nan=False)
    chat_sends_per_second: float = Field(default=1.0, gt=0, allow_inf_nan=False)
    owner_chat_id: int | None = Field(default=None, gt=0, lt=2**53)
    data_folder: Annotated[Path, AfterValidator(_folder)] = Path(
        platformdirs.user_data_dir(APP, appauthor=False)
    )
    database_url: Annotated[str, AfterValidator(database_address)] | None = Field(
        default=None, repr=False
    )
    webhook_url: Annotated[str, AfterValidator(_address)] | None = None
    webhook_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] | None = None
    webhook_listen: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:8080"
    metrics_listen: Annotated[str, AfterValidator(_listen)] | None = None
    bot_language: str = "en"
    lessons_folder: Annotated[Path, AfterValidator(_folder)] | None = None
    log_level: Annotated[str, AfterValidator(_level)] = "INFO"
    log_format: Annotated[str, AfterValidator(_format)] = "text"
    local_chat_port: int = Field(default=8765, ge=0, le=65535)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - pydantic's signature
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment goes before what is given; that is what `load` read from the file."""
        return env_settings, init_settings

    @property
    def token(self) -> str | None:
        """The bot's token, if there is one."""
        secret = self.telegram_bot_token
        return None if secret is None else secret.get_secret_value()

    @property
    def bot_id(self) -> int:
        """The bot's own id, which its token begins with; 0 for the local chat."""
        return int(self.token.partition(":")[0]) if self.token else 0

    def proxy(self) -> str | None:
        """The proxy on the way to Telegram: as set, or as the environment names it.

        What the environment names is for elsewhere where the Bot API is on this computer.
        """
        if self.telegram_proxy_url is not None:
            return self.telegram_proxy_url.get_secret_value()
        api = urlsplit(self.telegram_api_base_url)
        if api.hostname in {"127.0.0.1", "localhost", "::1"} or proxy_bypass(api.netloc):
            return None
        named = getproxies()
        found = named.get(api.scheme) or named.get("all")
        return found if found is None or "://" in found else f"http://{found}"

    def secret(self) -> str:
        """The webhook's secret: as set, or one that follows from the token."""
        if self.webhook_secret is not None:
            return self.webhook_secret.get_secret_value()
        key = (self.token or "").encode()
        return hmac.new(key, b"the webhook of build-a-network", "sha256").hexdigest()

    def database(self) -> str:
        """The database's address: as set, or a file of the bot's own in the data folder."""
        if self.database_url is not None:
            return self.database_url
        name = f"telegram-{self.bot_id}" if self.token else "local"
        return f"sqlite:///{quote(str(self.data_folder / name))}.sqlite3"

    def other_files(self) -> list[Path]:
        """The databases of other bots in the data folder, where this one's is a file there."""
        mine = self.database().removeprefix("sqlite:///")
        there = [] if self.database_url else sorted(self.data_folder.expanduser().glob("*.sqlite3"))
        return [one for one in there if str(one) != mine]

    def secrets(self) -> tuple[str, ...]:
        """What no output may show, the longest first."""
        found = [self.token or "", self.secret() if self.webhook_url and self.token else ""]
        for address in (self.database_url, self.telegram_api_base_url, self.proxy()):
            found += _secret_parts(address or "")
        return tuple(sorted({one for one in found if one}, key=len, reverse=True))


def listening(value: str) -> tuple[str, int]:
    """An address to listen at, as host and port.

    >>> listening("[::1]:80")
    ('::1', 80)
    """
    host, _, port = value.rpartition(":")
    return host.strip("[]"), int(port)


def load(languages: Sequence[str], env_file: Path | None = None) -> Settings:
    """Reads and checks the settings.

    Args:
        languages: those the content has.
        env_file: the file to read beside the environment; without one, `.env` if it is there.

    Raises:
        SettingsError: with one line per problem.
    """
    if env_file is not None and not env_file.is_file():
        raise SettingsError(f"there is no file {env_file}")
    file = env_file or ENV_FILE
    try:
        settings = Settings(**{key.lower(): value for key, value in _in(file).items() if value})
    except ValidationError as error:
        raise SettingsError("\n".join(map(_line, error.errors()))) from None
    except UnicodeDecodeError:
        raise SettingsError(f"{file} is no UTF-8 text: save it as UTF-8") from None
    except OSError as error:
        raise SettingsError(f"{file} cannot be read: {error.strerror}") from None
    problems = []
    if settings.bot_language not in languages:
        known = ", ".join(languages)
        problems.append(f"BOT_LANGUAGE is {settings.bot_language!r}: use one of {known}")
    own = settings.lessons_folder
    if own is not None and not own.is_dir():
        problems.append(f"LESSONS_FOLDER is {str(own)!r}: it is no folder; name one with lessons")
    if (proxy := settings.proxy()) and not _usable_proxy(proxy):
        problems.append("HTTPS_PROXY or ALL_PROXY (not shown) is not the address of a proxy")
    if problem := _folder_problem(settings.data_folder):
        problems.append(f"DATA_FOLDER is {str(settings.data_folder)!r}: {problem}")
    if problems:
        raise SettingsError("\n".join(problems))
    return settings


def misspelt(env_file: Path | None = None) -> list[str]:
    """A line for each key of the file that is no setting and looks like one, without its value.

    Args:
        env_file: as for `load`, which has read it.
    """
    known = [name.upper() for name in Settings.model_fields]
    lines = []
    for key in _in(env_file or ENV_FILE):
        if key.upper() not in known:
            meant = difflib.get_close_matches(key.upper(), known, 1, ALIKE)
            lines += [f"{key} is no setting: did you mean {one}?" for one in meant]
    return lines


def _in(env_file: Path) -> dict[str, Any]:
    """What a file sets, each value as it is written: a password may hold `${`."""
    return dotenv_values(env_file, interpolate=False)


def _line(error: ErrorDetails) -> str:
    name = str(error["loc"][0]).upper()
    message, given = str(error["msg"]).removeprefix("Value error, "), _short(error["input"])
    if name == "LOCAL_CHAT_PORT":
        message = f"is {given}: use a whole number from 0 to 65535 (0 takes a free port)"
    if name.endswith("SENDS_PER_SECOND"):
        message = f"is {given}: use a number above 0"
    if name == "OWNER_CHAT_ID":
        message = f"is {given}: use the number of your own chat, as /export names it"
    return f"{name} {message}"


def _folder_problem(folder: Path) -> str | None:
    """Why nothing can be kept in a folder, None if all is well; the folder is made."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        return f"it cannot be made ({error.strerror}); name a folder the bot may write to"
    if not os.access(folder, os.W_OK | os.X_OK):
        return "the bot may not write there; name a folder it may write to"
    return None
