"""A process that is killed while it saves, takes back or deletes; `test_killed.py` runs it as a child."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.answers import commands
from core.refs import Ref
from db.postgres import pool
from db.postgres.database import Database
from db.storage import folder
from tests.core.doomed import Fuse
from tests.core.library.shop import Shop
from tests.core.people import actor
from tests.fakes.channels import Board


@asynccontextmanager
async def opened(target: pool.Target, files: Path, fuse: Fuse | None = None) -> AsyncIterator[Shop]:
    """A shop with its files in a folder; with a fuse that burns at the calls of stores and files."""
    async with pool.open_pool(target, size=2) as connections:
        store: Any = await folder.open_folder(files, "http://localhost")
        shop = Shop(Database(connections), files=store)
        shop.channels = board(files)
        if fuse is not None:
            shop.channels = fuse.around(shop.channels, "remove")
            shop.presets = fuse.around(shop.presets, "delete")
            shop.files = fuse.around(store, "copy", "remove")
            shop.people = fuse.around(shop.people, "enrol")
            shop.kicks = fuse.around(shop.kicks, "source", "set_aside", "keep", "undo", "doomed", "delete")
        shop.open()
        yield shop


def board(files: Path) -> Any:
    """The channel in which kicks are shown, beside the files."""
    return Board(files.with_name(f"{files.name}-board"))


def live(target: pool.Target, files: Path, at: int, line: str) -> None:
    """Bob says `line`; killed at step `at`, or done."""
    asyncio.run(_live(target, files, at, line))


async def _live(target: pool.Target, files: Path, at: int, line: str) -> None:
    async with opened(target, files, Fuse(at)) as shop:
        invocation = commands.parse(line)
        if line.startswith("unsave"):
            await shop.desk.library.unsave(actor("bob"), Ref("take", 1))
        elif line.startswith("take-down"):
            await shop.desk.library.take_down(replace(actor("bob"), moderator=True), "shown")
        else:
            await shop.desk.answer(actor("bob"), invocation)
