"""The settings, and the exact words for those that cannot be used."""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy.engine import make_url

from bot.logs import redact
from bot.settings import Settings, SettingsError, load, misspelt
from bot.startup import telegram
from bot.storage import SqlStore
from tests.fakes.dialogue import EchoDialogue

EXAMPLE = Path(__file__).parents[3] / ".env.example"
TOKEN = "123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    proxies = [f"{kind}_proxy" for kind in ("all", "http", "https", "no")]
    for name in (*Settings.model_fields, *proxies):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("DATA_FOLDER", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


def complaint(monkeypatch: pytest.MonkeyPatch, **variables: str) -> str:
    """What is said about some settings."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load(("de", "en"))
    return str(caught.value)


def test_nothing_needs_to_be_set() -> None:
    """Without any setting the bot runs in the local chat."""
    settings = load(("en",))
    assert settings.token is None
    assert settings.bot_id == 0
    assert settings.telegram_api_base_url == "https://api.telegram.org"
    assert settings.database().endswith("/data/local.sqlite3")
    assert settings.secrets() == ()


def test_the_env_file_is_read_and_empty_means_not_set(tmp_path: Path) -> None:
    """The example file itself is a valid `.env`."""
    text = EXAMPLE.read_text(encoding="utf-8")
    (tmp_path / ".env").write_text(
        text.replace("TELEGRAM_BOT_TOKEN=", f"TELEGRAM_BOT_TOKEN={TOKEN}")
    )
    settings = load(("en",))
    assert settings.token == TOKEN
    assert settings.bot_id == 123456789
    assert settings.database().endswith("/data/telegram-123456789.sqlite3")
    assert settings.secrets() == (TOKEN,)


def test_another_file_is_read_where_one_is_named(tmp_path: Path) -> None:
    """As it is written, whatever a shell would make of it; one that is not there is told."""
    url = "postgresql://me@/bot?host=/run/postgresql&connect_timeout=5&application_name=a$b"
    (tmp_path / ".env").write_text("LOG_LEVEL=ERROR\n")
    (tmp_path / "bot.env").write_text(f"DATABASE_URL={url}\n")
    settings = load(("en",), tmp_path / "bot.env")
    assert (settings.database(), settings.log_level) == (url, "INFO")
    with pytest.raises(SettingsError, match="there is no file"):
        load(("en",), tmp_path / "none.env")


def test_what_the_file_sets_is_used_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What looks like a shell's variable in a password is a part of it; the environment wins."""
    monkeypatch.setenv("HOME", "/elsewhere")
    secret, address = "x${HOME}$HOME-0123456789", "postgresql://bot:a${b}c@host/bot"
    (tmp_path / ".env").write_text(
        f"DATABASE_URL={address}\nTELEGRAM_PROXY_URL='http://me:{secret}@proxy'\nLOG_LEVEL=ERROR\n"
    )
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    settings = load(("en",))
    assert settings.database() == address
    assert settings.proxy() == f"http://me:{secret}@proxy"
    assert settings.log_level == "DEBUG"


def test_the_desktops_language_is_not_the_bot_s(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many desktops set `LANGUAGE`, for gettext: it is theirs."""
    monkeypatch.setenv("LANGUAGE", "de:en_GB:en")
    assert load(("de", "en")).bot_language == "en"


def test_misspelt_keys_are_told(tmp_path: Path) -> None:
    """Those of the file that look like settings, without their values; those of others are not."""
    (tmp_path / ".env").write_text(
        "TELEGRAM_BOT_TOKN=nobody-should-see\nLANGUAGE=de\nBOT_TOKEN=x\nlog_level=INFO\n"
        "export DATABASE_URI=x\nPOSTGRES_PASSWORD=x\nCOMPOSE_PROFILES=x\nEDITOR=vi\n"
    )
    assert misspelt() == [
        "TELEGRAM_BOT_TOKN is no setting: did you mean TELEGRAM_BOT_TOKEN?",
        "LANGUAGE is no setting: did you mean BOT_LANGUAGE?",
        "BOT_TOKEN is no setting: did you mean TELEGRAM_BOT_TOKEN?",
        "DATABASE_URI is no setting: did you mean DATABASE_URL?",
    ]
    assert misspelt(EXAMPLE) == []


def test_the_example_names_every_setting_and_no_other() -> None:
    """With the defaults as they are."""
    named = dict(re.findall(r"^([A-Z_]+)=(.*)$", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE))
    assert list(named) == [name.upper() for name in Settings.model_fields]
    for name, value in named.items():
        if value:
            assert value == str(Settings.model_fields[name.lower()].default)


def test_a_token_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither when it is malformed nor in the settings' own text."""
    for bad in ("my-secret-token", "12345:short", f"bot{TOKEN}"):
        said = complaint(monkeypatch, TELEGRAM_BOT_TOKEN=bad)
        assert said == (
            f"TELEGRAM_BOT_TOKEN does not look like a bot token ({len(bad)} characters, not shown)"
            ": copy it from @BotFather; it is a number, a colon, and about 35 letters and digits"
        )
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    assert TOKEN not in repr(load(("en",)))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL is 'LOUD': use one of DEBUG, INFO, WARNING, ERROR"),
        ("LOG_FORMAT", "xml", "LOG_FORMAT is 'xml': use one of text, json"),
        (
            "OWNER_CHAT_ID",
            "@me",
            "OWNER_CHAT_ID is '@me': use the number of your own chat, as /export names it",
        ),
        (
            "OWNER_CHAT_ID",
            "-100123",
            "OWNER_CHAT_ID is '-100123': use the number of your own chat, as /export names it",
        ),
        ("BOT_LANGUAGE", "xx", "BOT_LANGUAGE is 'xx': use one of de, en"),
        (
            "LOCAL_CHAT_PORT",
            "99999",
            "LOCAL_CHAT_PORT is '99999': use a whole number from 0 to 65535 (0 takes a free port)",
        ),
        (
            "LOCAL_CHAT_PORT",
            "web",
            "LOCAL_CHAT_PORT is 'web': use a whole number from 0 to 65535 (0 takes a free port)",
        ),
        *(
            (
                "TELEGRAM_API_BASE_URL",
                value,
                (
                    "TELEGRAM_API_BASE_URL is no address (not shown, it may hold a secret): give "
                    "one like https://api.telegram.org or http://127.0.0.1:8081"
                ),
            )
            for value in ("api.telegram.org", "http://host:port", "ftp://me:hush@host")
        ),
        (
            "DATA_FOLDER",
            "~nobody-of-that-name/data",
            "DATA_FOLDER is '~nobody-of-that-name/data': there is no such user here",
        ),
        (
            "LESSONS_FOLDER",
            "~nobody-of-that-name",
            "LESSONS_FOLDER is '~nobody-of-that-name': there is no such user here",
        ),
        (
            "WEBHOOK_LISTEN",
            "127.0.0.1:²",
            "WEBHOOK_LISTEN is '127.0.0.1:²': give an address and a port, like 127.0.0.1:8080",
        ),
        (
            "TELEGRAM_BOT_TOKEN",
            f"{'9' * 9999}:{'A' * 35}",
            (
                "TELEGRAM_BOT_TOKEN does not look like a bot token (10035 characters, not shown): "
                "copy it from @BotFather; it is a number, a colon, and about 35 letters and digits"
            ),
        ),
        (
            "OWNER_CHAT_ID",
            "9" * 9999,
            (
                f"OWNER_CHAT_ID is '{'9' * 59}…: use the number of your own chat, "
                "as /export names it"
            ),
        ),
        (
            "TELEGRAM_PROXY_URL",
            "ftp://me:hush@proxy",
            (
                "TELEGRAM_PROXY_URL (not shown, it may hold a password) is not the address of a "
                "proxy: give one like http://127.0.0.1:3128 or socks5://127.0.0.1:1080"
            ),
        ),
        (
            "HTTPS_PROXY",
            "ftp://me:hush@proxy",
            "HTTPS_PROXY or ALL_PROXY (not shown) is not the address of a proxy",
        ),
        ("SENDS_PER_SECOND", "0", "SENDS_PER_SECOND is '0': use a number above 0"),
        (
            "CHAT_SENDS_PER_SECOND",
            "fast",
            "CHAT_SENDS_PER_SECOND is 'fast': use a number above 0",
        ),
        (
            "DATABASE_URL",
            "mysql://me:secret@db/bot",
            (
                "DATABASE_URL is not a database address (not shown, it may hold a password): it "
                "begins with sqlite:/// or postgresql://"
            ),
        ),
        (
            "WEBHOOK_LISTEN",
            "8080",
            "WEBHOOK_LISTEN is '8080': give an address and a port, like 127.0.0.1:8080",
        ),
        (
            "METRICS_LISTEN",
            "127.0.0.1:http",
            "METRICS_LISTEN is '127.0.0.1:http': give an address and a port, like 127.0.0.1:8080",
        ),
        (
            "WEBHOOK_SECRET",
            "too short",
            "WEBHOOK_SECRET (not shown) has 16 to 256 characters, of A-Z, a-z, 0-9, _ and -",
        ),
        (
            "LESSONS_FOLDER",
            "/dev/null",
            "LESSONS_FOLDER is '/dev/null': it is no folder; name one with lessons",
        ),
        (
            "DATA_FOLDER",
            "/proc/nowhere",
            (
                "DATA_FOLDER is '/proc/nowhere': it cannot be made (No such file or directory); "
                "name a folder the bot may write to"
            ),
        ),
        (
            "DATA_FOLDER",
            "/dev/null",
            (
                "DATA_FOLDER is '/dev/null': it cannot be made (File exists); "
                "name a folder the bot may write to"
            ),
        ),
    ],
)
def test_each_bad_setting_has_its_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    """The variable, what it was, and what is allowed."""
    assert complaint(monkeypatch, **{name: value}) == said


def test_all_problems_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line each."""
    said = complaint(monkeypatch, LOG_LEVEL="LOUD", LOCAL_CHAT_PORT="x", TELEGRAM_BOT_TOKEN="x")
    assert [line.split()[0] for line in said.splitlines()] == [
        "TELEGRAM_BOT_TOKEN",
        "LOG_LEVEL",
        "LOCAL_CHAT_PORT",
    ]


def test_an_address_is_tidied(monkeypatch: pytest.MonkeyPatch) -> None:
    """With or without the slash, with or without `/bot`; a level in any case."""
    monkeypatch.setenv("LOG_LEVEL", "debug")
    for given in ("http://h:1", "http://h:1/", "http://h:1/bot/"):
        monkeypatch.setenv("TELEGRAM_API_BASE_URL", given)
        settings = load(("en",))
        assert settings.telegram_api_base_url == "http://h:1"
        assert settings.log_level == "DEBUG"


def test_a_database_url_wins_over_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """And its password is a secret."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:hush@db/bot")
    settings = load(("en",))
    assert settings.database() == "postgresql://me:hush@db/bot"
    assert settings.secrets() == ("postgresql://me:hush@db/bot", "me:hush@", "hush")


def test_the_proxy_is_the_one_that_is_set_or_the_environments(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The usual variables, but not to this computer, nor where `NO_PROXY` says so."""
    assert load(("en",)).proxy() is None
    for name, value, proxy in (
        ("ALL_PROXY", "socks5h://me:hush@h:1080", "socks5h://me:hush@h:1080"),
        ("HTTP_PROXY", "http://other:1", "socks5h://me:hush@h:1080"),
        ("https_proxy", "h:3128", "http://h:3128"),
        ("NO_PROXY", "api.telegram.org", None),
        ("TELEGRAM_API_BASE_URL", "http://bots.example.org", "http://other:1"),
        ("TELEGRAM_API_BASE_URL", "http://127.0.0.1:8081", None),
        ("TELEGRAM_PROXY_URL", "http://me:hush@mine:1", "http://me:hush@mine:1"),
    ):
        monkeypatch.setenv(name, value)
        assert load(("en",)).proxy() == proxy
    assert load(("en",)).secrets() == ("http://me:hush@mine:1", "me:hush@", "hush")
    assert "hush" not in repr(load(("en",)))


def test_the_webhooks_secret_follows_from_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """So every worker has the same; it is a secret, fits Telegram's rules, and does not show."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456789:a-token-nobody-should-see-in-any-log")
    monkeypatch.setenv("WEBHOOK_URL", "https://bot.example.org/updates")
    settings = load(("en",))
    assert re.fullmatch("[0-9a-f]{64}", settings.secret())
    assert settings.secret() in settings.secrets()
    monkeypatch.setenv("WEBHOOK_SECRET", "one-of-my-own-making")
    assert load(("en",)).secret() == "one-of-my-own-making"
    assert "one-of-my-own" not in repr(load(("en",)))


@pytest.mark.parametrize(
    "password", ["hush-hush", "hu@sh-hush", "[hush-hush", "hush℀hush", "hush/hush?", "hush%20hush"]
)
def test_no_part_of_a_password_is_shown(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    """Whatever is in it: neither as it was typed nor as it is read, nor in the settings' text."""
    monkeypatch.setenv("DATABASE_URL", f"postgresql://me:{password}@db.example/bot")
    monkeypatch.setenv("TELEGRAM_API_BASE_URL", "http://me:hush-hush@api.example")
    settings = load(("en",))
    read = make_url(settings.database())
    assert read.host == "db.example"
    given = [password, str(read.password), settings.database(), quote(password)]
    for text in (" ".join(given), repr(settings), str(settings)):
        assert "hush" not in redact(text, settings.secrets())


def test_a_password_of_one_letter_spoils_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is hidden in its address, and other words keep the letter."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:a@db/bot")
    secrets = load(("en",)).secrets()
    assert redact("a part of postgresql://me:a@db/bot", secrets) == "a part of <token>"


@pytest.mark.parametrize("name", ["what?", "100%", "a%20b", "a#b@c"])
async def test_a_data_folder_is_used_as_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    """Also where its name means something in an address."""
    monkeypatch.setenv("DATA_FOLDER", str(tmp_path / name))
    async with SqlStore(load(("en",)).database()):
        assert (tmp_path / name / "local.sqlite3").is_file()


def test_an_env_file_of_another_encoding_has_its_line(tmp_path: Path) -> None:
    """Like every other setting that cannot be used."""
    (tmp_path / ".env").write_bytes("DATA_FOLDER=/tmp/für".encode("latin-1"))
    with pytest.raises(SettingsError, match=r"\.env is no UTF-8 text: save it as UTF-8"):
        load(("en",))


async def test_metrics_without_their_package_have_their_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It says what to install."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("METRICS_LISTEN", "127.0.0.1:0")
    monkeypatch.delitem(sys.modules, "bot.maintenance.metrics", raising=False)
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    async with SqlStore(f"sqlite:///{tmp_path}/bot.sqlite3") as store:
        with pytest.raises(SettingsError, match="METRICS_LISTEN needs the package prometheus"):
            await telegram.run(load(("en",)), store, EchoDialogue(), asyncio.Event())
