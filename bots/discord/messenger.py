"""The messenger of Discord: jobs' messages, by whatever way is still open."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from logging import getLogger

import discord

from bots.chat.messenger import Done, Outcome, Refused
from bots.chat.wording import Markup
from bots.discord import api_errors, attachments, cards
from bots.discord.api import Api
from bots.discord.api_errors import ErrorKind
from bots.discord.attachments import Payload
from bots.discord.cards import SAVE
from bots.discord.markup import DiscordMarkup
from bots.discord.message import Message
from core.answers.cards import Card
from core.files import Files
from core.jobs import Address, Job
from core.people import Place

log = getLogger(__name__)

WAITS = (2.0, 10.0)
"""Seconds before a request that may work later is made again."""

ASKER_ONLY = "Only whoever asked sees what has become of this."

Way = Callable[[Payload], Awaitable[int]]


@dataclass(slots=True)
class DiscordMessenger:
    """See `bots.chat.messenger.Messenger`. `limits` are the bytes that a file may have where an interaction said so,
    by job.

    Crash windows, beside those of `Delivery`: a process that dies between acknowledging and filing leaves a placeholder
    that Discord itself ends after 15 minutes; between placing several kicks' messages and starting them, one that
    nothing fills. A card that had to be posted anew is not posted twice while Discord still knows its nonce.
    """

    api: Api
    files: Files
    markup: Markup = field(default_factory=DiscordMarkup)
    limits: dict[int, int] = field(default_factory=dict)

    async def place(self, job: Job, text: str) -> Outcome:
        """What was acknowledged is the placeholder; where that is gone, the card is posted anew."""
        return Done(job.address.placeholder)

    async def progress(self, job: Job, text: str) -> None:
        address = job.address
        if address.placeholder and address.token:
            with suppress(*api_errors.FAILURES):
                await self.api.edit_by_token(address, Payload(Message(text)))

    async def show(self, job: Job, card: Card) -> Outcome:
        limit = self.limits.pop(job.id, 0) or self._limit(job)
        payload = await attachments.pack(cards.message(self.markup, card), self.files, limit)
        refused = Refused.FORBIDDEN
        async for way in self._open_ways(job):
            try:
                return Done(self._held(job.address, await _through(way, payload)))
            except api_errors.FAILURES as error:
                log.info("job %s is shown by another way: %s", job.id, error)
                if api_errors.classify(error) is ErrorKind.GONE:
                    return Refused.GONE
                if api_errors.classify(error) is ErrorKind.LATER:
                    refused = Refused.LATER
        return refused

    async def complete(self, job: Job, card: Card, shown: Done) -> None:
        """Nothing: the sound came with the card."""

    async def hand(self, job: Job, card: Card, text: str) -> bool:
        message = cards.message(self.markup, card)
        below = replace(message, text=f"{text}\n{message.text}")
        limit = discord.utils.DEFAULT_FILE_SIZE_LIMIT_BYTES
        payload = await attachments.pack(below, self.files, limit)
        return await self.write(job.asker_id, payload) or await self._answer_alone(job.address, payload)

    async def tell(self, job: Job, kind: str, text: str) -> bool:
        payload = Payload(Message(text))
        if await self._answer_alone(job.address, payload) or await self.write(job.asker_id, payload):
            return True
        log.warning("the asker of job %s was not told: %s", job.id, text)
        return False

    async def remove(self, job: Job) -> None:
        self.limits.pop(job.id, None)
        address = job.address
        if not address.placeholder:
            return
        number = int(address.placeholder)
        if address.token:
            with suppress(*api_errors.FAILURES):
                await self.api.followup(address.token).delete_message(number)
                return
        if self.api.reaches(address.place):
            with suppress(*api_errors.FAILURES):
                await self.api.channel(address.place).get_partial_message(number).delete()

    async def invite(self, place: Place, message: str) -> None:
        if self.api.may_react(place):
            with suppress(*api_errors.FAILURES):
                await self.api.channel(place).get_partial_message(int(message)).add_reaction(SAVE)

    async def write(self, user: str, payload: Payload) -> bool:
        """Write to somebody directly; False where that is not allowed."""
        with suppress(*api_errors.FAILURES):
            await _through(lambda payload: self.api.write(user, payload), payload)
            return True
        return False

    async def _answer_alone(self, address: Address, payload: Payload) -> bool:
        """Answer so that the asker alone sees it; False where the interaction takes nothing more."""
        if not address.token:
            return False
        with suppress(*api_errors.FAILURES):
            followup = self.api.followup(address.token)
            if address.placeholder and not await self._answered(address):
                await followup.send(ASKER_ONLY, ephemeral=True)
            await _through(lambda payload: _sent_alone(followup, payload), payload)
            return True
        return False

    async def _answered(self, address: Address) -> bool:
        """Give the answer itself, which all see. Until there is one Discord takes the first follow-up for it."""
        try:
            await self.api.edit_by_token(address, Payload(Message(ASKER_ONLY)))
        except api_errors.FAILURES as error:
            return api_errors.classify(error) is ErrorKind.GONE
        return True

    async def _open_ways(self, job: Job) -> AsyncIterator[Way]:
        """The ways to the job's place, the best first. An answer of an interaction has no nonce: where there is
        nothing to edit, a post of the bot is better."""
        address, reaches = job.address, self.api.reaches(job.address.place)
        if address.token and (address.placeholder or not reaches):
            yield lambda payload: self.api.edit_by_token(address, payload)
        if address.placeholder and reaches:
            yield lambda payload: self.api.edit_in_channel(address, payload)
        if reaches:
            yield lambda payload: self.api.post(address, payload, f"kick-{job.id}")

    def _held(self, address: Address, message: int) -> str:
        """The message's id; where the bot is no member, what can take it away again is kept."""
        if address.place.outside and address.token:
            self.api.tokens.note(str(message), address.token)
        return str(message)

    def _limit(self, job: Job) -> int:
        """What the server allows, for a job that was taken over."""
        guild = self.api.client.get_guild(int(job.address.place.id)) if job.address.place.id else None
        return guild.filesize_limit if guild else discord.utils.DEFAULT_FILE_SIZE_LIMIT_BYTES


async def _sent_alone(followup: discord.Webhook, payload: Payload) -> int:
    return (await followup.send(ephemeral=True, wait=True, **payload.send())).id


async def _through(way: Way, payload: Payload) -> int:
    """Send it by that way: again in a while where that may help, without files where those are refused."""
    waits = list(WAITS)
    while True:
        try:
            return await way(payload)
        except api_errors.FAILURES as error:
            kind = api_errors.classify(error)
            if kind is ErrorKind.LATER and waits:
                await asyncio.sleep(waits.pop(0))
            elif kind in (ErrorKind.TOO_LARGE, ErrorKind.FORBIDDEN) and payload.attached:
                payload = payload.bare
            else:
                raise
