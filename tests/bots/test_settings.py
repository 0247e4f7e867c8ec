"""Settings: read once, and wrong ones named."""

import re
from pathlib import Path

import pytest

from bots import misspelt, setting_files, settings
from core import errors

REAL = {
    "DB_HOST": "pooler.example",
    "DB_USER": "postgres.ref",
    "DB_PASSWORD": "hunter2",
    "SUPABASE_URL": "https://ref.supabase.co",
    "SUPABASE_SERVICE_KEY": "sb_secret_1",
    "SECRET_KEY": "k",
}


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in settings.Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def read(monkeypatch: pytest.MonkeyPatch, **values: str) -> settings.Settings:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return settings.read(None)


def test_nothing_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch).db_host is None
    assert read(monkeypatch).db_port == 6543
    assert read(monkeypatch).kickbot_daily_limit == 10


def test_an_empty_value_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, DB_HOST="", PORT="").port == 8000


def test_reads_an_env_file_under_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text("PORT=9000\nKICKBOT_DAILY_LIMIT=3\nSOMETHING_ELSE=1\n")
    monkeypatch.setenv("PORT", "9001")
    both = settings.read(env)
    assert (both.port, both.kickbot_daily_limit) == (9001, 3)


def test_a_whole_production_group_is_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, **REAL).db_name == "postgres"


@pytest.mark.parametrize("missing", ["DB_USER", "DB_PASSWORD", "SUPABASE_URL", "SUPABASE_SERVICE_KEY", "SECRET_KEY"])
def test_a_half_set_production_group_ends_the_start(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    with pytest.raises(errors.BadSetting, match=missing):
        read(monkeypatch, **{name: value for name, value in REAL.items() if name != missing})


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"SUPABASE_URL": "https://ref.supabase.co", "SUPABASE_SERVICE_KEY": "k"}, "DB_HOST"),
        ({"MODAL_TOKEN_ID": "ak-1"}, "MODAL_TOKEN_SECRET"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN"),
        ({"SLACK_CLIENT_ID": "1"}, "SLACK_CLIENT_SECRET"),
        (
            {"SLACK_BOT_TOKEN": "b", "SLACK_CLIENT_ID": "1", "SLACK_CLIENT_SECRET": "s", "SLACK_SIGNING_SECRET": "s"},
            "SLACK_CLIENT_ID",
        ),
        ({"DB_SSL_CA": "ca.crt"}, "DB_SSL_CA"),
        ({"DB_SSL": "unverified"}, "DB_SSL"),
        ({"DB_USER": "postgres.ref"}, "DB_HOST"),
        ({"DB_PASSWORD": "hunter2", "DB_USER": "postgres.ref"}, "DB_HOST"),
        ({"DB_PORT": "5432"}, "DB_HOST"),
        ({"DB_NAME": "kicks"}, "DB_HOST"),
        (REAL | {"DB_SSL": "require"}, "DB_SSL"),
        (REAL | {"DB_SSL": "unverified", "DB_SSL_CA": "ca.crt"}, "DB_SSL"),
        (REAL | {"DB_HOST": "/run/postgresql", "DB_SSL_CA": "ca.crt"}, "DB_SSL_CA"),
        ({"PORT": "99999"}, "PORT"),
        ({"KICK_ENGINE": "magic"}, "KICK_ENGINE"),
        ({"KICKBOT_DAILY_LIMIT": "0"}, "KICKBOT_DAILY_LIMIT"),
        ({"PUBLIC_URL": "kickbot.example"}, "PUBLIC_URL"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, values: dict[str, str], named: str) -> None:
    with pytest.raises(errors.BadSetting) as wrong:
        read(monkeypatch, **values)
    assert named in str(wrong.value)
    assert "\n" not in str(wrong.value)


def test_modals_own_file_counts_where_no_tokens_are_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "modal.toml"
    assert settings.read(None, file).modal_token_id is None
    file.write_text(
        '[old]\ntoken_id = "ak-1"\ntoken_secret = "as-1"\n'
        '[now]\ntoken_id = "ak-2"\ntoken_secret = "as-2"\nactive = true\n'
    )
    found = settings.read(None, file)
    assert found.modal_token_id == "ak-2"
    assert found.modal_token_secret is not None
    assert found.modal_token_secret.get_secret_value() == "as-2"
    monkeypatch.setenv("MODAL_TOKEN_ID", "ak-3")
    monkeypatch.setenv("MODAL_TOKEN_SECRET", "as-3")
    assert settings.read(None, file).modal_token_id == "ak-3"
    monkeypatch.undo()
    file.write_text("token_secret = as-9")
    with pytest.raises(errors.BadSetting) as wrong:
        settings.read(None, file)
    assert "as-9" not in str(wrong.value)


def test_secrets_are_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "hunter2" not in repr(read(monkeypatch, **REAL))
    monkeypatch.setenv("DB_PORT", "hunter3")
    with pytest.raises(errors.BadSetting) as wrong:
        settings.read(None)
    assert "hunter" not in str(wrong.value)


def test_the_example_names_every_setting_and_no_other() -> None:
    example = (Path(__file__).parent.parent.parent / ".env.example").read_text(encoding="utf-8")
    named = {line.partition("=")[0].lower() for line in example.splitlines() if "=" in line and line[0] != "#"}
    assert named == set(settings.Settings.model_fields)


def test_the_example_shows_what_is_taken_where_nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    example = settings.read(Path(__file__).parent.parent.parent / ".env.example")
    assert example == read(monkeypatch)


LOWEST = {
    "DB_PORT": "1",
    "PORT": "0",
    "KICKBOT_DAILY_LIMIT": "1",
    "KICKBOT_KEEP_LIMIT": "1",
    "KICKBOT_GLOBAL_LIMIT": "1",
    "KICKBOT_TAKE_DAYS": "1",
    "KICKBOT_LEASE_SECONDS": "1",
    "KICK_CONNECT_SECONDS": "0.01",
    "KICK_RESULT_SECONDS": "0.01",
}


def test_the_least_that_a_setting_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = read(monkeypatch, **REAL | LOWEST).model_dump()
    assert {name: taken[name.lower()] for name in LOWEST} == {name: float(value) for name, value in LOWEST.items()}


@pytest.mark.parametrize("name", LOWEST)
def test_less_than_the_least_is_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    less = float(LOWEST[name]) - (0.01 if "." in LOWEST[name] else 1)
    with pytest.raises(errors.BadSetting, match=f"^{name}: "):
        read(monkeypatch, **{name: f"{less:g}"})


@pytest.mark.parametrize("name", ["PUBLIC_URL", "SLACK_API_URL"])
@pytest.mark.parametrize(
    ("url", "good"), [("https://a.example", True), ("http://a", True), ("a.example", False), ("ftp://a", False)]
)
def test_an_address_begins_with_http(monkeypatch: pytest.MonkeyPatch, name: str, url: str, good: bool) -> None:
    if good:
        assert read(monkeypatch, **{name: url}).model_dump()[name.lower()] == url
        return
    with pytest.raises(errors.BadSetting, match=f"^{name}: "):
        read(monkeypatch, **{name: url})


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"MODAL_TOKEN_SECRET": "as-1"}, "MODAL_TOKEN_ID"),
        ({"SLACK_CLIENT_SECRET": "s", "SLACK_SIGNING_SECRET": "s"}, "SLACK_CLIENT_ID"),
        ({"SLACK_CLIENT_ID": "1", "SLACK_CLIENT_SECRET": "s"}, "SLACK_SIGNING_SECRET"),
        ({"SUPABASE_SERVICE_KEY": "k"}, "SUPABASE_URL"),
        ({"SLACK_SIGNING_SECRET": "s"}, "SLACK_BOT_TOKEN too, or SLACK_CLIENT_ID"),
        ({"LOG_FORMAT": "yaml"}, "LOG_FORMAT"),
        ({"KICK_FALLBACK": "perhaps"}, "KICK_FALLBACK: must be true or false$"),
    ],
)
def test_every_half_of_a_group_names_the_other(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], named: str
) -> None:
    with pytest.raises(errors.BadSetting, match=named):
        read(monkeypatch, **values)


@pytest.mark.parametrize(
    "values",
    [
        {"SLACK_BOT_TOKEN": "b", "SLACK_APP_TOKEN": "a"},
        {"SLACK_BOT_TOKEN": "b", "SLACK_SIGNING_SECRET": "s"},
        {"SLACK_CLIENT_ID": "1", "SLACK_CLIENT_SECRET": "s", "SLACK_SIGNING_SECRET": "s"},
        {"MODAL_TOKEN_ID": "ak", "MODAL_TOKEN_SECRET": "as"},
        {"DISCORD_TOKEN": "t"},
    ],
)
def test_whole_groups_are_fine(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> None:
    read(monkeypatch, **values)


@pytest.mark.parametrize(
    ("bot", "app", "told"),
    [
        ("xapp-hush", "xoxb-hush", "SLACK_BOT_TOKEN: and SLACK_APP_TOKEN are swapped: "),
        ("xapp-hush", None, "SLACK_BOT_TOKEN: is an app token "),
        ("xapp-hush", "xapp-hush", "SLACK_BOT_TOKEN: is an app token "),
        ("xoxp-hush", "xapp-hush", "SLACK_BOT_TOKEN: is a user's token "),
        ("xoxb-hush", "xoxb-hush", "SLACK_APP_TOKEN: is a bot token "),
        (None, "xoxb-hush", "SLACK_APP_TOKEN: is a bot token "),
    ],
)
def test_tokens_of_slack_in_each_others_place(
    monkeypatch: pytest.MonkeyPatch, bot: str | None, app: str | None, told: str
) -> None:
    given = {"SLACK_BOT_TOKEN": bot, "SLACK_APP_TOKEN": app}
    with pytest.raises(errors.BadSetting, match=f"^{re.escape(told)}") as refused:
        read(monkeypatch, **{name: token for name, token in given.items() if token})
    assert "hush" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CORS_ALLOWED_ORIGINS", "https://a.example, b.example:3000"),
        ("PUBLIC_URL", "b.example:3000"),
        ("SUPABASE_URL", "b.example:3000"),
    ],
)
def test_an_address_without_its_scheme_is_told_with_it(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    with pytest.raises(errors.BadSetting, match=r"'b\.example:3000' lacks its scheme: write https://b\.example:3000$"):
        read(monkeypatch, **{name: value})


def test_a_home_folder_is_written_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    taken = read(monkeypatch, KICKBOT_DATA="~/kb", KICKBOT_FILES="~/kb/sounds")
    assert (taken.kickbot_data, taken.kickbot_files) == (tmp_path / "kb", tmp_path / "kb" / "sounds")
    for name in ("KICKBOT_DATA", "KICKBOT_FILES"):
        with pytest.raises(errors.BadSetting, match=f"^{name}: ~nobody-such/kb names a home folder"):
            read(monkeypatch, **{"KICKBOT_DATA": "kb", "KICKBOT_FILES": "kb"} | {name: "~nobody-such/kb"})


def test_a_file_of_settings_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_bytes("DISCORD_COMMAND=küche".encode("latin-1"))
    with pytest.raises(errors.BadSetting, match=r"\.env: this file of settings is no UTF-8 text$"):
        settings.read(env)


def test_which_file_of_settings_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    here, project, named = (tmp_path / name for name in ("here", "project", "named"))
    for folder in (here, project, named):
        folder.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("KICKBOT_ENV_FILE", raising=False)
    (project / ".env").touch()
    assert setting_files.env_file(project) is None, "a folder of packages is no project"
    (project / "pyproject.toml").touch()
    assert setting_files.env_file(project) == project / ".env"
    (here / ".env").touch()
    assert setting_files.env_file(project) == here / ".env"
    monkeypatch.setenv("KICKBOT_ENV_FILE", "")
    assert setting_files.env_file(project) == here / ".env"
    (named / "production").touch()
    for name in ("../named/production", str(named / "production"), "~/named/production"):
        monkeypatch.setenv("KICKBOT_ENV_FILE", name)
        found = setting_files.env_file(project)
        assert found is not None
        assert found.samefile(named / "production")
    for name in ("nothing", str(named), "~nobody-such/.env"):
        monkeypatch.setenv("KICKBOT_ENV_FILE", name)
        with pytest.raises(errors.BadSetting, match=r"^KICKBOT_ENV_FILE: "):
            setting_files.env_file(project)


def test_the_projects_own_folder_is_looked_at() -> None:
    assert (setting_files.PROJECT / "README.md").exists()


def test_a_list_is_parted_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = read(monkeypatch, ALLOWED_HOSTS=" a.example, .b.example,, ", TRUSTED_PROXIES="")
    assert taken.listed("allowed_hosts") == ("a.example", ".b.example")
    assert taken.listed("trusted_proxies") == ()


def test_a_modal_file_without_a_usable_profile_gives_no_tokens(tmp_path: Path) -> None:
    file = tmp_path / "modal.toml"
    file.write_text("[empty]\nactive = true\n[half]\ntoken_id = 'ak-1'\n")
    found = settings.read(None, file)
    assert found.modal_token_id == "ak-1", "a profile without a token is none"
    assert found.modal_token_secret is not None


HIGHEST = {
    "DB_PORT": "65535",
    "PORT": "65535",
    "KICKBOT_DAILY_LIMIT": "10000",
    "KICKBOT_KEEP_LIMIT": "10000",
    "KICKBOT_GLOBAL_LIMIT": "1000000",
    "KICKBOT_TAKE_DAYS": "36500",
    "KICKBOT_LEASE_SECONDS": "3600",
    "KICK_CONNECT_SECONDS": "3600",
    "KICK_RESULT_SECONDS": "86400",
}


def test_the_most_that_a_setting_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = read(monkeypatch, **REAL | HIGHEST).model_dump()
    assert {name: taken[name.lower()] for name in HIGHEST} == {name: float(value) for name, value in HIGHEST.items()}


@pytest.mark.parametrize(
    ("name", "choices"), [("LOG_FORMAT", "text or json"), ("KICK_ENGINE", "auto, modal, diffusion or synth")]
)
def test_what_is_none_of_the_choices_is_told_with_them(
    monkeypatch: pytest.MonkeyPatch, name: str, choices: str
) -> None:
    with pytest.raises(errors.BadSetting) as refused:
        read(monkeypatch, **{name: "yaml"})
    assert str(refused.value) == f"{name}: must be {choices}"


@pytest.mark.parametrize("name", HIGHEST)
def test_what_is_no_such_number_is_told_with_the_range(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for value in (str(int(HIGHEST[name]) + 1), "-1", "3000000000", "many", "nan", "inf", "9" * 5000):
        with pytest.raises(errors.BadSetting) as refused:
            read(monkeypatch, **{name: value})
        least = "from [01]" if "." not in LOWEST[name] else "above 0, up"
        assert re.fullmatch(rf"{name}: must be a (whole )?number {least} to {HIGHEST[name]}", str(refused.value))


def test_every_number_has_bounds() -> None:
    numbers = [name for name, field in settings.Settings.model_fields.items() if field.annotation in (int, float)]
    assert {name.upper() for name in numbers} == HIGHEST.keys() == LOWEST.keys()


GOOD = {
    "DISCORD_COMMAND": ["kick", "/kick", "Boom", "küche", "kick_drum-2", "k" * 32],
    "SLACK_COMMAND": ["kickdrum", "/kick", "kick_drum-2", "k" * 31],
    "ALLOWED_HOSTS": ["*", "kick.example", ".kick.example, LOCALHOST", "127.0.0.1,[::1],::1", "my_host"],
    "CORS_ALLOWED_ORIGINS": ["https://a.example", "http://localhost:5173, https://b.example/", "http://[::1]:3000"],
    "HOST": ["0.0.0.0", "::", "::1", "localhost", "my_host.example"],
    "PUBLIC_URL": ["https://kick.example", "http://localhost:8000/", "https://Kick.Example", "http://[::1]:8000"],
    "TRUSTED_PROXIES": ["127.0.0.1", "10.0.0.0/8, 2001:db8::/32", "10.1.2.3/8"],
    "KICK_MODEL": ["zhinit/kick-gen-v1", "a/b.c", "/", "~"],
    "KICK_MODEL_REVISION": ["main", "v1.0", "refs/pr/1", "0" * 40],
}

BAD = {
    "DISCORD_COMMAND": ["/", "kick drum", "kick!", "k" * 33, "//kick"],
    "SLACK_COMMAND": ["/", "kick drum", "Kick", "küche", "k" * 32, "kick!"],
    "ALLOWED_HOSTS": ["https://kick.example", "kick.example:8000", "kick.example/path", "a b", "*.kick.example"],
    "CORS_ALLOWED_ORIGINS": ["*", "a.example", "https://a.example/path", "https://*.example", "https://a.example:99999"],
    "HOST": ["0.0.0.0:8000", "http://0.0.0.0", "[::1]", "a b", "a..b", "h" * 64, "0.0.0.0,::"],
    "PUBLIC_URL": ["kick.example", "https://", "https://kick.example/path", "https://u:p@kick.example", "https://a b",
                   "https://kick.example:port", "https://kick.example?x=1", "ftp://kick.example", "https://[::1"],
    "TRUSTED_PROXIES": ["proxy.example", "10.0.0.0/40", "10.0.0.1:80"],
    "KICK_MODEL": [
        "kick-gen-v1-that-is-nowhere",
        "/nowhere/model.safetensors",
        "a/b/c",
        "https://hub.example/a/b",
        "~nobody-of-that-name/model",
        f"/{'m' * 300}/model",
    ],
    "KICK_MODEL_REVISION": ["-main", "a b", "..", "../main", "/main", "m" * 256],
}  # fmt: skip


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in GOOD.items() for value in values])
def test_text_that_is_as_it_must_be(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    assert read(monkeypatch, **{name: value}).model_dump()[name.lower()] == value


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in BAD.items() for value in values])
def test_text_that_would_fail_later_ends_the_start(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    with pytest.raises(errors.BadSetting, match=f"^{name}: ") as refused:
        read(monkeypatch, **{name: value})
    assert "\n" not in str(refused.value)


def test_files_of_a_shared_database_in_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    database = {name: value for name, value in REAL.items() if not name.startswith("SUPABASE")}
    with pytest.raises(errors.BadSetting, match=r"^DB_HOST: .*SUPABASE_URL too, or else KICKBOT_FILES .* PUBLIC_URL"):
        read(monkeypatch, **database)
    with pytest.raises(errors.BadSetting, match=r"^KICKBOT_FILES: needs PUBLIC_URL"):
        read(monkeypatch, **database, KICKBOT_FILES=str(tmp_path))
    taken = read(monkeypatch, **database, KICKBOT_FILES=str(tmp_path), PUBLIC_URL="https://kick.example")
    assert taken.kickbot_files == tmp_path
    with pytest.raises(errors.BadSetting, match=r"^KICKBOT_FILES: .*SUPABASE_URL"):
        read(monkeypatch, **REAL)


def test_misspelt_ones_are_found_and_others_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text(
        "KICKBOT_DAYLY_LIMIT=3\nDISCORD_TOKENN=secret\nkickbot_take_day=1\nKICKBOT_LIMIT=1\n"
        "DB_SSL_CA=x\nDJANGO_SECRET_KEY=s\nVITE_API_URL=u\nHOSTNAME=h\nKICKBOT_WORKER_HUB=h\nKICKBOT_TEST_STRICT=1\n"
    )
    monkeypatch.setenv("SLACK_BOT_TOKKEN", "secret")
    assert misspelt.found(env) == {
        "DISCORD_TOKENN": "DISCORD_TOKEN",
        "KICKBOT_DAYLY_LIMIT": "KICKBOT_DAILY_LIMIT",
        "KICKBOT_LIMIT": "KICKBOT_KEEP_LIMIT",
        "KICKBOT_TAKE_DAY": "KICKBOT_TAKE_DAYS",
        "SLACK_BOT_TOKKEN": "SLACK_BOT_TOKEN",
    }
    assert misspelt.found(None) == {"SLACK_BOT_TOKKEN": "SLACK_BOT_TOKEN"}


OTHERS = (
    "SLACK_WEBHOOK_URL SLACK_CHANNEL MODAL_SERVER_URL MODAL_ENVIRONMENT MODAL_TASK_ID SUPABASE_ANON_KEY "
    "SUPABASE_JWT_SECRET DISCORD_CLIENT_ID DISCORD_GUILD_ID DB_ENGINE DB_POOL_SIZE KICK_TOKEN KICKBOT_ENV_FILE"
)


def test_a_name_that_begins_like_ours_is_told_with_the_nearest(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    meant = {
        "DB_PASS": "DB_PASSWORD",
        "DB_USERNAME": "DB_USER",
        "DB_SSLMODE": "DB_SSL",
        "KICKBOT_DAILYLIMIT": "KICKBOT_DAILY_LIMIT",
        "KICKBOT_MYSTERY": "KICKBOT_DATA",
        "KICK_ENGIN": "KICK_ENGINE",
        "SLACK_TOKEN": "SLACK_BOT_TOKEN",
        "SUPABASE_KEY": "SUPABASE_SERVICE_KEY",
    }
    env.write_text("".join(f"{name}=x\n" for name in (*meant, *OTHERS.split())))
    assert misspelt.found(env) == meant


def test_what_is_set_as_it_should_be_is_not_asked_about(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text("SLACK_TOKEN=another-programs\nSLACK_BOT_TOKEN=x\nKICKBOT_DATAS=x\nKICKBOT_DATA=x\n")
    assert misspelt.found(env) == {"KICKBOT_DATAS": "KICKBOT_DATA"}
