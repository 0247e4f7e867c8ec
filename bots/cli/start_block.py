"""What `kickbot run` says when it starts: with what it runs, so that nobody takes one database for another."""

from collections.abc import Iterator
from pathlib import Path

from bots.settings import Settings

SHORTEST_KEY = 32
"""Bytes; HMAC with SHA-256 wants as many."""


def text(settings: Settings, *, env_file: Path | None, engine: str, address: str, listening: str) -> str:
    """All of it in one block, and nothing that is secret. `engine` is the one that was chosen."""
    told = {
        "settings": "the environment" if env_file is None else f"the environment, then {env_file}",
        "database": database(settings),
        "files": _files(settings, address),
        "engine": f"{engine} (KICK_ENGINE={settings.kick_engine})",
        "platforms": ", ".join(_platforms(settings)) or "none",
        "address": f"{address}, listening at {listening}, port {settings.port}",
        "limits": _limits(settings),
    }
    return "\n".join(["Kickbot runs with", *(f"  {name:<11}{value}" for name, value in told.items())])


def warnings(settings: Settings) -> Iterator[str]:
    """What can be meant so, but hardly is."""
    if not any(_platforms(settings)):
        yield (
            "no platform has a token, so nobody can ask for a kick here: set DISCORD_TOKEN, or SLACK_BOT_TOKEN and "
            "SLACK_APP_TOKEN"
        )
    key = settings.secret_key
    if key is not None and (length := len(key.get_secret_value().encode())) < SHORTEST_KEY:
        yield (
            f"SECRET_KEY is short ({length} bytes), so it can be guessed from what it signs: a longer one is needed, "
            "the same here and in the web app"
        )


def database(settings: Settings) -> str:
    """Which one it is."""
    if settings.db_host is None:
        return f"a PostgreSQL of Kickbot's own for {settings.kickbot_data} (DB_HOST is not set)"
    return f"{settings.db_name} at {settings.db_host}, port {settings.db_port}, as {settings.db_user}"


def _files(settings: Settings, address: str) -> str:
    if settings.supabase_url is not None:
        return f"the bucket at {settings.supabase_url}"
    return f"{settings.files_folder}, at {address.rstrip('/')}/files"


def _platforms(settings: Settings) -> Iterator[str]:
    if settings.discord_token is not None:
        yield f"Discord (/{settings.discord_command.strip().removeprefix('/')})"
    if settings.slack_bot_token is None and settings.slack_client_id is None:
        return
    ways = {
        "Socket Mode": settings.slack_app_token,
        "HTTP": settings.slack_signing_secret,
        "many workspaces": settings.slack_client_id,
    }
    said = ", ".join(way for way, setting in ways.items() if setting is not None)
    yield f"Slack (/{settings.slack_command.strip().removeprefix('/')}; {said})"


def _limits(settings: Settings) -> str:
    return (
        f"{settings.kickbot_daily_limit} kicks a day for an account and {settings.kickbot_global_limit} for all "
        f"together, {settings.kickbot_keep_limit} kept in a library, takes for {settings.kickbot_take_days} days"
    )
