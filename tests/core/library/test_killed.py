"""A process killed at every step of a save or a deletion: it can be asked again, and nothing is left dangling."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

from core import files
from core.answers import replies
from core.refs import Ref
from db.postgres import pool
from tests import postgres
from tests.children import CHILDREN
from tests.core.library import doomed
from tests.core.library.shop import DRAWN, PATHS, Shop
from tests.core.people import actor
from tests.fakes.channels import Board

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
        await _shown(shop, Ref("kick", 1))

    async def check(shop: Shop) -> None:
        kept = (await shop.desk.library.kicks(BOB)).library
        assert _board(shop).shown or not kept, "the row goes before the message"
        for kick in kept:
            assert isinstance(await shop.say("bob", f"delete {kick.ref}"), replies.Deleted)
        assert (await shop.desk.library.kicks(BOB)).kept == 0
        await _taken_down(shop)

    assert await _killed_everywhere(postgres_server, tmp_path, saved, "delete kick:1", check) > 8


async def test_a_deletion_of_a_preset(postgres_server: pool.Target, tmp_path: Path) -> None:
    async def saved(shop: Shop) -> None:
        await shop.say("bob", "save take:1")
        await _shown(shop, Ref("preset", 1))

    async def check(shop: Shop) -> None:
        for entry in (await shop.desk.presets.mine(BOB)).entries:
            assert isinstance(await shop.say("bob", f"presets delete {entry.card.ref}"), replies.Deleted)
        await _taken_down(shop)

    assert await _killed_everywhere(postgres_server, tmp_path, saved, "presets delete preset:1", check) == 5


async def test_a_card_that_a_moderator_takes_down(postgres_server: pool.Target, tmp_path: Path) -> None:
    async def saved(shop: Shop) -> None:
        await _shown(shop, Ref("take", 1), "ada")

    async def check(shop: Shop) -> None:
        await _taken_down(shop)
        assert len(await shop.takes.recent(1, 1)) == 1

    assert await _killed_everywhere(postgres_server, tmp_path, saved, "take-down", check) == 3


def _board(shop: Shop) -> Board:
    board: object = shop.channels
    assert isinstance(board, Board)
    return board


async def _shown(shop: Shop, ref: Ref, whose: str = "bob") -> None:
    """Somebody's own kick or preset stands in the channel."""
    assert await shop.messages.record(await shop.account(whose), BOB.place, "shown", ref)
    _board(shop).post("shown")


async def _taken_down(shop: Shop) -> None:
    """Whatever has become of whoever deleted it, the message goes once somebody serves the channel."""
    await shop.removals.drain(["test-bot"])
    assert _board(shop).shown == set()
    assert await shop.database.fetchval("SELECT count(*) FROM kickbot.removal") == 0


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
