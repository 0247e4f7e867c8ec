"""`kickbot warm 2h` and `kickbot warm off`."""

from contextlib import AsyncExitStack

from bots import output
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
            output.write("The kick machine may sleep again.\n")
            return 0
        dollars = warming.cost(length.total_seconds() / 3600)
        output.write(f"One T4 kept awake for {span} costs about {dollars:.2f} dollars.\n")
        until = await keeping.warm(length)
        output.write(f"The kick machine is awake until {until:%H:%M} UTC; `kickbot run` lets it sleep then.\n")
    return 0
