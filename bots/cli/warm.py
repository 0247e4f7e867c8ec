"""`kickbot warm 2h` and `kickbot warm off`."""

import sys
from contextlib import AsyncExitStack

from bots.composition.engines import open_modal
from bots.composition.kickbot import bring_up_to_date, open_database
from bots.settings import Settings
from core.making import warmth
from db.workers import Vocabularies, Warmths
from gpu import deployed
from gpu.engines import warming


async def run(settings: Settings, span: str) -> int:
    """Keep a container of the worker awake for a while, its cost told first; or let it sleep."""
    length = None if span == "off" else warmth.span(span)
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database(settings))
        await bring_up_to_date(settings, database)
        engine = await open_modal(settings, Vocabularies(database), stack)
        keeping = warmth.Warmth(deployed.APP, Warmths(database), warming.Warmer(engine))
        if length is None:
            await keeping.cool()
            sys.stdout.write("The kick machine may sleep again.\n")
            return 0
        dollars = warming.cost(length.total_seconds() / 3600)
        sys.stdout.write(f"One T4 kept awake for {span} costs about {dollars:.2f} dollars.\n")
        sys.stdout.flush()
        until = await keeping.warm(length)
        sys.stdout.write(f"The kick machine is awake until {until:%H:%M} UTC; `kickbot run` lets it sleep then.\n")
    return 0
