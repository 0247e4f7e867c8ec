"""A process killed at every step of a save or a deletion: it can be asked again, and nothing is left dangling."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

from core import files, replies
from db import pool
from tests import postgres
from tests.children import CHILDREN
from tests.core.library import doomed
from tests.core.library.shop import DRAWN, PATHS, Shop
from tests.core.people import actor

BOB = actor("bob")

Step = Callable[[Shop], Awaitable[None]]


async def test_a_save_of_anothers_kick(postgres_server: pool.Target, tmp_path: Path) -> None:
    async def check(shop: Shop) -> None:
        saved = await shop.say("bob", "save take:1")
        assert isinstance(saved, replies.Saved)
        assert (await shop.desk.library.kicks(BOB)).kept == 1
        assert len((await shop.desk.presets.mine(BOB)).entries) == 1

    async def nothing(shop: Shop) -> None:
        """Bob has nothing yet."""

    steps = await _killed_everywhere(postgres_server, tmp_path, nothing, "save take:1", check)
    assert steps > 10, "every call of a save was a step"


async def test_a_save_that_is_taken_back(postgres_server: pool.Target, tmp_path: Path) -> None:
    async def saved(shop: Shop) -> None:
        await shop.say("bob", "save take:1")

    async def check(shop: Shop) -> None:
        await shop.desk.library.unsave(BOB, (await shop.takes.recent(1, 1))[0].ref)
        assert (await shop.desk.library.kicks(BOB)).kept == 0

    assert await _killed_everywhere(postgres_server, tmp_path, saved, "unsave", check) > 4


async def test_a_deletion(postgres_server: pool.Target, tmp_path: Path) -> None:
    async def saved(shop: Shop) -> None:
        await shop.say("bob", "save take:1")
        await shop.database.execute("DELETE FROM presets_preset")

    async def check(shop: Shop) -> None:
        for kick in (await shop.desk.library.kicks(BOB)).library:
            assert isinstance(await shop.say("bob", f"delete {kick.ref}"), replies.Deleted)
        assert (await shop.desk.library.kicks(BOB)).kept == 0

    assert await _killed_everywhere(postgres_server, tmp_path, saved, "delete kick:1", check) > 6


async def _killed_everywhere(
    server: pool.Target, folder: Path, before: Step, line: str, check: Callable[[Shop], Awaitable[None]]
) -> int:
    """Let bob say `line` in processes killed at one step each until one is done; how many steps there were."""
    step, ended = 0, -signal.SIGKILL
    while ended == -signal.SIGKILL:
        step += 1
        files = folder / f"{line.split(maxsplit=1)[0]}-{step}"
        async with postgres.new_database(server) as target:
            async with doomed.opened(target, files) as shop:
                assert (await shop.kick("ada")).id == 1
                await before(shop)
            ended = await _life(target, files, step, line)
            async with doomed.opened(target, files) as shop:
                await check(shop)
                await _nothing_dangles(shop, files)
    assert ended == 0
    return step


async def _nothing_dangles(shop: Shop, folder: Path) -> None:
    """After the sweep that comes when copies are no longer waited for."""
    await shop.pass_time(hours=2)
    await shop.sweeper.sweep()
    sounds = {row["path"] for row in await shop.database.fetch(PATHS)}
    pictures = {files.picture_path(row["path"]) for row in await shop.database.fetch(DRAWN)}
    assert _there(folder) == sounds | pictures
    assert await shop.database.fetchval("SELECT count(*) FROM kickbot.trash") == 0


def _there(folder: Path) -> set[str]:
    return {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}


async def _life(target: pool.Target, files: Path, at: int, line: str) -> int:
    child = CHILDREN.Process(target=doomed.live, args=(target, files, at, line))
    child.start()
    await asyncio.to_thread(child.join)
    assert child.exitcode is not None
    return child.exitcode
