"""Settings are read once, and a wrong one is named in one sentence."""

from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest

from bot.desk import options
from bot.settings import Settings, load_settings, make_database_folder, setting_rows
from briefs.errors import DatabaseUnavailableError, SettingError
from briefs.store import Store
from briefs.store.database import file_of
from briefs.summary import SUMMARISERS


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch, tmp_path):
    for row in setting_rows():
        monkeypatch.delenv(row.name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_without_any_setting_everything_has_its_default():
    settings = load_settings()
    assert settings.discord_token is None
    assert settings.database_url == "sqlite:///data/debrief.db"
    assert (settings.briefing_stories, settings.briefing_sentences, settings.briefing_words) == (5, 3, None)


def test_what_is_set_for_sources_reaches_the_desk(monkeypatch):
    settings = {"FIRST_ARTICLES": "5", "CATCH_UP_ARTICLES": "50", "HOST_SPACING": "0.5", "POLL_MINUTES": "30"}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    chosen = options(load_settings())
    assert (chosen.first_articles, chosen.catch_up, chosen.host_spacing) == (5, 50, 0.5)
    assert chosen.poll_every == timedelta(minutes=30)


@pytest.mark.parametrize(
    ("name", "value"),
    [("FIRST_ARTICLES", "-1"), ("CATCH_UP_ARTICLES", "0"), ("HOST_SPACING", "nan"), ("FEEDS_PER_SERVER", "many")],
)
def test_a_wrong_setting_for_sources_is_named(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingError, match=f"{name} must be a "):
        load_settings()


def test_the_environment_goes_before_the_env_file(monkeypatch):
    Path(".env").write_text("BRIEFING_STORIES=3\nPOLL_MINUTES=30\n", encoding="utf-8")
    monkeypatch.setenv("BRIEFING_STORIES", "7")
    settings = load_settings()
    assert (settings.briefing_stories, settings.poll_minutes) == (7, 30)


def test_an_empty_setting_is_as_if_it_were_not_there(monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", "")
    monkeypatch.setenv("BRIEFING_WORDS", "")
    assert load_settings().discord_token is None


def test_the_blanks_around_a_pasted_token_do_not_count(monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", " a-token\n")
    assert load_settings().discord_token.get_secret_value() == "a-token"
    monkeypatch.setenv("DISCORD_TOKEN", "  ")
    assert load_settings().discord_token is None


def test_an_env_file_that_is_no_text_is_told(monkeypatch):
    Path(".env").write_bytes(b"POLL_MINUTES=\xff\n")
    with pytest.raises(SettingError, match=r"\.env cannot be read; make it a text file in UTF-8"):
        load_settings()


def test_networks_are_listed_with_commas(monkeypatch):
    monkeypatch.setenv("FETCH_ALLOW", "10.1.0.0/16, fd00::/8")
    assert load_settings().fetch_allow == (ip_network("10.1.0.0/16"), ip_network("fd00::/8"))


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("BRIEFING_STORIES", "many", "BRIEFING_STORIES must be a whole number from 1 to 20, not 'many'."),
        ("BRIEFING_STORIES", "0", "BRIEFING_STORIES must be a whole number from 1 to 20, not '0'."),
        ("SUMMARISER", "gpt", "SUMMARISER must be one of lex-rank, text-rank"),
        ("FETCH_ALLOW", "10.1", "FETCH_ALLOW must be networks, each by its first address, such as 10.1.0.0/16"),
        ("FETCH_ALLOW", "10.0.0.1/8", "FETCH_ALLOW must be networks, each by its first address"),
        ("DISCORD_API_URL", "http://", "DISCORD_API_URL must be an http or https address"),
        ("DISCORD_API_URL", "http://a b", "DISCORD_API_URL must be an http or https address"),
        ("DISCORD_API_URL", "discord.com", "DISCORD_API_URL must be an http or https address"),
        ("DISCORD_GATEWAY_URL", "https://x", "DISCORD_GATEWAY_URL must be a ws or wss address"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL must be one of debug, info, warning, error, not 'loud'."),
        ("LANGUAGE_PIPELINE", "../evil", "LANGUAGE_PIPELINE must be the name of an installed spaCy package"),
        (
            "CONTACT",
            "me\nX-Header: 1",
            "CONTACT must be an address or a page in plain ASCII letters, without line breaks",
        ),
    ],
)
def test_a_wrong_setting_is_one_sentence_that_names_it(monkeypatch, name, value, sentence):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingError) as caught:
        load_settings()
    assert str(caught.value).startswith(sentence)
    assert caught.value.setting == name


def test_a_wrong_database_address_does_not_show_its_password(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://debrief:hunter2@db/debrief")
    with pytest.raises(SettingError, match="DATABASE_URL must be a database address") as caught:
        load_settings()
    assert "hunter2" not in str(caught.value)


def test_the_token_is_not_shown_by_the_settings(monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", "very-secret")
    assert "very-secret" not in repr(load_settings())


def test_the_database_folder_is_made(tmp_path):
    make_database_folder(f"sqlite:///{tmp_path}/new/folder/debrief.db")
    assert (tmp_path / "new" / "folder").is_dir()


def test_a_database_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DatabaseUnavailableError, match="set DATABASE_URL to a writable place"):
        make_database_folder(f"sqlite:///{tmp_path}/file/sub/debrief.db")


def test_only_an_sqlite_file_has_a_folder():
    assert file_of("sqlite:///data/debrief.db") == Path("data/debrief.db")
    assert file_of("sqlite:////var/debrief.db") == Path("/var/debrief.db")
    assert [file_of(url) for url in ("sqlite://", "sqlite:///:memory:", "postgresql://db/debrief")] == [None] * 3


@pytest.mark.parametrize(
    "address", ["sqlite:///{}/my%20data/debrief.db", "sqlite+pysqlite:///{}/data/debrief.db?timeout=3"]
)
def test_the_folder_is_made_for_the_file_that_the_database_opens(address, tmp_path):
    address = address.format(tmp_path)
    make_database_folder(address)
    Store.open(address).close()
    assert file_of(address).is_file()


def test_every_summariser_named_by_the_setting_is_known_to_the_desk():
    accepted = Settings.model_fields["summariser"].annotation.__args__
    assert set(accepted) == set(SUMMARISERS)
