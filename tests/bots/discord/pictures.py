"""What people see in Discord, as pictures: `python -m tests.bots.discord.pictures docs` renders those of the README."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import FloatRect, Page, async_playwright
from simcord import Env

from db.postgres import pool
from db.postgres.database import Database
from tests import postgres
from tests.bots.discord.world import Process, World, answer, prepared

WIDTH, HEIGHT = 960, 780
CONVERSATION = FloatRect(x=256, y=124, width=704, height=HEIGHT - 264)


@asynccontextmanager
async def seen(world: World) -> AsyncIterator[Page]:
    """The channel in a browser, as bob sees it."""
    preview = world.env.preview(world.channel, viewers=[world.bob], layout="channel", width=WIDTH, height=HEIGHT)
    async with preview, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        await page.goto(preview.url)
        await page.get_by_role("button", name="1").or_(page.get_by_role("button", name="Again")).first.wait_for()
        await page.wait_for_timeout(1500)
        yield page
        await browser.close()


async def card(world: World) -> None:
    """A kick in the channel."""
    await world.kick(world.ada, "deep 808 florb", seed=7)


async def browser(world: World) -> None:
    """Presets in the channel."""
    for seed, prompt in enumerate(("deep 808", "hit house", "hard techno", "gabber", "tight 909", "soft")):
        await world.ada.click(await world.kick(prompt=prompt, seed=seed), label="Save")
    for row in await world.parts.database.fetch("SELECT preset_name FROM presets_preset"):
        await world.ada.slash(world.channel, "presets share", name=row["preset_name"])
    for message in world.posted():
        await world.moderator().delete(message)
    answer(await world.bob.slash(world.channel, "presets browse"))


async def render(server: pool.Target, folder: Path) -> None:
    """Both pictures, each in a world of its own."""
    for scene in (card, browser):
        async with postgres.new_database(server) as target, pool.open_pool(target) as connections:
            parts = Process(Database(connections))
            env = Env(parts.client(), shard_count=1)
            env.backend.bot_user.name = "Kickbot"
            await env.start()
            with env.time_context():
                world = await prepared(parts, env)
                await scene(world)
                async with seen(world) as page:
                    await page.screenshot(path=folder / f"discord-{scene.__name__}.png", clip=CONVERSATION)
                await env.shutdown()


if __name__ == "__main__":
    with postgres.server() as running:
        asyncio.run(render(running, Path(sys.argv[1])))
