"""Where a recorded message is: it is recorded under its channel also where it stands in a thread of that."""

from collections.abc import Iterator

import discord

from bots.discord import api_errors
from bots.discord.api_errors import ErrorKind
from core.chat.removals import Removal
from core.messages import Posted


async def delete(client: discord.AutoShardedClient, posted: Posted) -> Removal:
    """Delete the message; one that is gone, or whose channel is, is done with."""
    for message in _candidates(client, posted):
        try:
            await message.delete()
        except api_errors.FAILURES as error:
            if api_errors.classify(error) is ErrorKind.LATER:
                return Removal.LATER
            if api_errors.classify(error) is not ErrorKind.GONE and not api_errors.closed(error):
                return Removal.REFUSED
        else:
            return Removal.DONE
    return Removal.DONE


async def fetch(client: discord.AutoShardedClient, posted: Posted) -> discord.Message | None:
    """The message as it is now; None where it is gone or out of reach."""
    for message in _candidates(client, posted):
        try:
            return await message.fetch()
        except api_errors.FAILURES as error:
            if api_errors.classify(error) is not ErrorKind.GONE:
                return None
    return None


def _candidates(client: discord.AutoShardedClient, posted: Posted) -> Iterator[discord.PartialMessage]:
    """The message in its thread. Where it is not known whether it was in one: in the channel, then in each thread
    that was begun before it and went on after it."""
    number, message = int(posted.channel), int(posted.message)
    if posted.thread is not None:
        thread = client.get_channel(int(posted.thread))
        known = thread if isinstance(thread, discord.Thread) else client.get_partial_messageable(int(posted.thread))
        yield known.get_partial_message(message)
        return
    channel = client.get_channel(number)
    yield client.get_partial_messageable(number).get_partial_message(message)
    if isinstance(channel, discord.TextChannel | discord.ForumChannel):
        for thread in channel.threads:
            if thread.id <= message <= (thread.last_message_id or message):
                yield thread.get_partial_message(message)
