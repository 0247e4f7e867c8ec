"""Jobs' messages: the placeholder, the card, the refusal, by whatever way is still open."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from logging import getLogger

import discord

from bots.discord import parcels, troubles
from bots.discord.cards import SAVE
from bots.discord.parcels import Parcel
from bots.discord.sheets import Sheet
from bots.discord.troubles import Trouble
from bots.discord.ways import Ways
from core.files import Files
from core.jobs import Address, Job
from core.people import Place

log = getLogger(__name__)

WAITS = (2.0, 10.0)
"""Seconds before a request that may work later is made again."""

NOT_THIS_TIME = "No kick this time."

ELSEWHERE = "This kick could not be posted where you asked for it, so here it is:"

Way = Callable[[Parcel], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Shown:
    """That nothing more is to be done. `message` is None where none of the place shows it."""

    message: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """Shows what becomes of jobs. `limits` are the bytes that a file may have where an interaction said so, by job."""

    ways: Ways
    files: Files
    limits: dict[int, int] = field(default_factory=dict)

    async def progress(self, job: Job, text: str) -> bool:
        """Tell in the placeholder how far it is; False where there is no placeholder (any more)."""
        address = job.address
        if not (address.placeholder and address.token):
            return False
        try:
            await self.ways.edit_by_token(address, Parcel(Sheet(text)))
        except troubles.FAILURES as error:
            return troubles.of(error) is Trouble.LATER
        return True

    async def show(self, job: Job, sheet: Sheet, gone: str, limit: int | None = None) -> Shown | None:
        """Show the sheet by whatever way is open; None where there is none, but may be one in a while.

        `gone` is the text that the asker is told where somebody has removed the placeholder; `limit` is in bytes.
        """
        parcel, later = await parcels.pack(sheet, self.files, limit or self._limit(job)), False
        async for way in self._open_ways(job):
            try:
                return Shown(str(await _through(way, parcel)))
            except troubles.FAILURES as error:
                log.info("job %s is shown by another way: %s", job.id, error)
                if troubles.of(error) is Trouble.GONE:
                    await self.tell(job, gone)
                    return Shown()
                later = later or troubles.of(error) is Trouble.LATER
        directly = replace(parcel, sheet=replace(sheet, text=f"{ELSEWHERE}\n{sheet.text}"))
        if await self.write(job.asker_id, directly):
            return Shown()
        log.warning("job %s could not be shown%s; its kick is kept", job.id, " now" if later else "")
        return None if later else Shown()

    async def refuse(self, job: Job, text: str) -> None:
        """Remove the placeholder and tell the asker why, and nobody else. The text is in Discord's markup."""
        address = job.address
        if address.placeholder and address.token:
            # Discord takes the first follow-up for the answer itself, public as that is, until there is one.
            with suppress(*troubles.FAILURES):
                await self.ways.edit_by_token(address, Parcel(Sheet(NOT_THIS_TIME)))
        await self.tell(job, text)
        if address.placeholder:
            await self._remove_placeholder(address)

    async def tell(self, job: Job, text: str) -> None:
        """Tell the asker alone, in the place or by a direct message. The text is in Discord's markup."""
        sheet = Sheet(text)
        if job.address.token:
            with suppress(*troubles.FAILURES):
                followup = self.ways.followup(job.address.token)
                await followup.send(ephemeral=True, wait=True, **Parcel(sheet).send())
                return
        if not await self.write(job.asker_id, Parcel(sheet)):
            log.warning("the asker of job %s was not told: %s", job.id, text)

    async def invite(self, place: Place, message: str) -> None:
        """Put 💾 below a card, for others to do the same, where the bot may."""
        if self.ways.may_react(place):
            with suppress(*troubles.FAILURES):
                await self.ways.channel(place).get_partial_message(int(message)).add_reaction(SAVE)

    async def write(self, user: str, parcel: Parcel) -> bool:
        """Write to somebody directly; False where that is not allowed."""
        with suppress(*troubles.FAILURES):
            await _through(lambda parcel: self.ways.write(user, parcel), parcel)
            return True
        return False

    async def _open_ways(self, job: Job) -> AsyncIterator[Way]:
        """The ways to the job's place, the best first. An answer of an interaction has no nonce: where there is
        nothing to edit, a post of the bot is better."""
        address, reaches = job.address, self.ways.reaches(job.address.place)
        if address.token and (address.placeholder or not reaches):
            yield lambda parcel: self.ways.edit_by_token(address, parcel)
        if address.placeholder and reaches:
            yield lambda parcel: self.ways.edit_in_channel(address, parcel)
        if reaches:
            yield lambda parcel: self.ways.post(address, parcel, f"kick-{job.id}")

    async def _remove_placeholder(self, address: Address) -> None:
        number = int(address.placeholder or 0)
        with suppress(*troubles.FAILURES):
            await self.ways.followup(address.token or "").delete_message(number)
            return
        if self.ways.reaches(address.place):
            with suppress(*troubles.FAILURES):
                await self.ways.channel(address.place).get_partial_message(number).delete()

    def _limit(self, job: Job) -> int:
        """What the server allows, for a job that was taken over."""
        guild = self.ways.client.get_guild(int(job.address.place.id)) if job.address.place.id else None
        return guild.filesize_limit if guild else discord.utils.DEFAULT_FILE_SIZE_LIMIT_BYTES


async def _through(way: Way, parcel: Parcel) -> int:
    """Send it by that way: again in a while where that may help, without files where those are refused."""
    waits = list(WAITS)
    while True:
        try:
            return await way(parcel)
        except troubles.FAILURES as error:
            trouble = troubles.of(error)
            if trouble is Trouble.LATER and waits:
                await asyncio.sleep(waits.pop(0))
            elif trouble in (Trouble.TOO_LARGE, Trouble.FORBIDDEN) and parcel.attached:
                parcel = parcel.bare
            else:
                raise
