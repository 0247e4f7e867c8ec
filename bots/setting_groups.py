"""Settings that belong together: each of these functions raises `HalfSet` where some are set without the others.

They are given what is chosen, by name: what is not set, or as it is by itself, is left out.
"""

from collections.abc import Mapping

from pydantic import SecretStr

Chosen = Mapping[str, object]


class HalfSet(ValueError):
    """A group of settings is half set, or says two things at once; `name` is the setting to look at."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(problem)
        self.name = name


def check(chosen: Chosen) -> None:
    """Check all groups."""
    _database(chosen)
    _files(chosen)
    _modal(chosen)
    _slack_tokens(chosen)
    _slack(chosen)


def _database(chosen: Chosen) -> None:
    _needs(chosen, "db_host", "db_user", "db_password", "secret_key")
    for name in ("db_user", "db_password", "db_port", "db_name", "db_ssl", "db_ssl_ca"):
        _needs(chosen, name, "db_host", why="; without it Kickbot would keep a database of its own")
    if "db_ssl" in chosen and "db_ssl_ca" in chosen:
        raise HalfSet("DB_SSL", "says not to verify what DB_SSL_CA says to verify; set one of them")
    if "db_ssl_ca" in chosen and str(chosen["db_host"]).startswith("/"):
        raise HalfSet("DB_SSL_CA", "verifies nothing where DB_HOST is the folder of a socket; set one of them")


def _files(chosen: Chosen) -> None:
    """Files of a shared database are where everybody reaches them: in the bucket, or behind an address."""
    if "db_host" in chosen and "supabase_url" not in chosen and "kickbot_files" not in chosen:
        raise HalfSet("DB_HOST", "needs SUPABASE_URL too, or else KICKBOT_FILES (a folder) and PUBLIC_URL")
    if "db_host" in chosen and "kickbot_files" in chosen:
        _needs(chosen, "kickbot_files", "public_url", why=", under which others reach the files")
    if "supabase_url" in chosen and "kickbot_files" in chosen:
        raise HalfSet("KICKBOT_FILES", "says to keep files in a folder, SUPABASE_URL in a bucket; set one of them")
    _needs(chosen, "supabase_url", "supabase_service_key", "db_host")
    _needs(chosen, "supabase_service_key", "supabase_url")


def _modal(chosen: Chosen) -> None:
    _needs(chosen, "modal_token_id", "modal_token_secret")
    _needs(chosen, "modal_token_secret", "modal_token_id")


def _slack(chosen: Chosen) -> None:
    _needs(chosen, "slack_client_id", "slack_client_secret", "slack_signing_secret")
    _needs(chosen, "slack_client_secret", "slack_client_id")
    bot, app, signed, many = (
        f"slack_{name}" in chosen for name in ("bot_token", "app_token", "signing_secret", "client_id")
    )
    if bot and not (app or signed):
        raise HalfSet("SLACK_BOT_TOKEN", "needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) too")
    if bot and many:
        raise HalfSet("SLACK_CLIENT_ID", "lets many workspaces install the app; SLACK_BOT_TOKEN is for one alone")
    if signed and not (bot or many):
        problem = "needs SLACK_BOT_TOKEN too, or SLACK_CLIENT_ID where many workspaces install the app"
        raise HalfSet("SLACK_SIGNING_SECRET", problem)
    _needs(chosen, "slack_app_token", "slack_bot_token")


def _slack_tokens(chosen: Chosen) -> None:
    """Each token begins with what it is."""
    bot, app = (_text(chosen.get(f"slack_{name}_token")) for name in ("bot", "app"))
    if bot.startswith("xapp-") and app.startswith("xoxb-"):
        raise HalfSet("SLACK_BOT_TOKEN", "and SLACK_APP_TOKEN are swapped: a bot token is xoxb-, an app's xapp-")
    if bot.startswith("xapp-"):
        raise HalfSet("SLACK_BOT_TOKEN", "is an app token (xapp-), which goes into SLACK_APP_TOKEN; a bot's is xoxb-")
    if bot.startswith("xoxp-"):
        raise HalfSet("SLACK_BOT_TOKEN", "is a user's token (xoxp-); the bot's begins with xoxb-")
    if app.startswith("xoxb-"):
        raise HalfSet("SLACK_APP_TOKEN", "is a bot token (xoxb-), which goes into SLACK_BOT_TOKEN; an app's is xapp-")


def _needs(chosen: Chosen, name: str, *others: str, why: str = "") -> None:
    missing = [other for other in others if other not in chosen]
    if name in chosen and missing:
        raise HalfSet(name.upper(), f"needs {missing[0].upper()} too{why}")


def _text(token: object) -> str:
    return token.get_secret_value() if isinstance(token, SecretStr) else ""
