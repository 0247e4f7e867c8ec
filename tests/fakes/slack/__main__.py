"""Serves a small Slack in a process of its own, so that what it does costs the bot nothing: `PEOPLE` in one channel."""

import asyncio
import sys

from tests.fakes.slack import server
from tests.fakes.slack.world import Token, World

PEOPLE = 100


async def main() -> None:
    """Print the address, and serve until the end of input."""
    world = World()
    world.tokens["xoxb-1"] = Token("T1", "UBOT", "B1")
    people = [f"U{number}" for number in range(PEOPLE)]
    for user in people:
        world.person(user, user.lower())
    world.channel("general", "public", "UBOT", *people)
    async with server.served(world):
        print(world.address, flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
