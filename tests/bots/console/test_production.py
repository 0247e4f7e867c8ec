"""The same program with production's settings: a pooler in front of the database, and the bucket."""

import io
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
import soundfile

from db.postgres import pool
from tests.bots.console import chatting
from tests.fakes.storage import StorageServer


@pytest.fixture
async def storage() -> AsyncIterator[StorageServer]:
    async with StorageServer() as server:
        yield server


@pytest.fixture
def settings(empty_target: pool.Target, pgbouncer: pool.Target, storage: StorageServer) -> dict[str, str]:
    """Everything that production sets; the database is new."""
    target = replace(pgbouncer, name=empty_target.name)
    return {
        "DB_HOST": target.host,
        "DB_PORT": str(target.port),
        "DB_NAME": target.name,
        "DB_USER": target.user,
        "DB_PASSWORD": target.password or "any",
        "SUPABASE_URL": storage.url,
        "SUPABASE_SERVICE_KEY": storage.secret_key,
        "SECRET_KEY": "a secret of the tests",
    }


async def test_from_an_empty_database_to_a_kick_in_the_bucket(
    data: Path, settings: dict[str, str], storage: StorageServer
) -> None:
    for command in (("run",), ("chat", "-c", "kick hit house")):
        refused = await chatting.kickbot(data, *command, **settings)
        assert refused.status == 2
        assert "kickbot migrate" in refused.err
    migrated = await chatting.kickbot(data, "migrate", **settings)
    assert migrated.status == 0, migrated.err
    assert "applied 0001_shared_tables" in migrated.out

    made = await chatting.kickbot(data, "chat", "--json", "-c", "kick hit house", "-c", "save", **settings)
    assert made.status == 0, made.out + made.err
    kick = made.replies[0]
    assert kick["audioUrl"] == f"{storage.url}/storage/v1/object/public/generated-kicks/{kick['path']}"
    async with aiohttp.ClientSession() as http, http.get(kick["audioUrl"]) as answer:
        assert answer.status == 200
        assert soundfile.info(io.BytesIO(await answer.read())).subtype == "PCM_24"
    assert storage.objects[f"generated-kicks/{kick['path']}"].cache_control == "max-age=3600"
    assert not sounds(data), "production keeps no files here"


async def test_the_anonymous_key_ends_the_start_with_one_sentence(
    data: Path, settings: dict[str, str], storage: StorageServer
) -> None:
    await chatting.kickbot(data, "migrate", **settings)
    wrong = settings | {"SUPABASE_SERVICE_KEY": storage.anon_key}
    refused = await chatting.kickbot(data, "chat", "-c", "help", **wrong)
    assert refused.status == 2
    assert refused.err.startswith("kickbot: SUPABASE_SERVICE_KEY")
    assert storage.anon_key not in refused.err


async def test_a_database_that_is_away_ends_the_start_with_one_sentence(data: Path, settings: dict[str, str]) -> None:
    refused = await chatting.kickbot(data, "chat", "-c", "help", **settings | {"DB_PORT": "9"})
    assert refused.status == 2
    assert refused.err.startswith("kickbot: the database cannot be used. DB_PORT or DB_HOST: nobody listens at ")
    assert refused.err.count("\n") == 1


def sounds(folder: Path) -> list[Path]:
    """The sound files anywhere in the folder."""
    return list(folder.rglob("*.wav"))


async def test_files_of_that_database_in_a_folder_that_is_named(data: Path, settings: dict[str, str]) -> None:
    folder = data / "elsewhere"
    named = {name: value for name, value in settings.items() if not name.startswith("SUPABASE")}
    named |= {"KICKBOT_FILES": str(folder), "PUBLIC_URL": "https://kick.example"}
    await chatting.kickbot(data, "migrate", **named)
    made = await chatting.kickbot(data, "chat", "--json", "-c", "kick hit house", **named)
    kick = made.replies[0]
    assert kick["audioUrl"] == f"https://kick.example/files/{kick['path']}"
    assert sounds(data) == [folder / kick["path"]]
