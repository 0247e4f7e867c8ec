"""What the admins of a server or workspace set for it: where Kickbot answers, and how much a day."""

import re
from dataclasses import dataclass, replace

from core import errors
from core.answers import replies
from core.people import Actor, Place, PlaceSettings
from core.stores.place_settings import PlaceSettingsRows

MOST_A_DAY = 1_000_000
NUMBER = re.compile(r"[0-9]{1,7}", re.ASCII)


@dataclass(frozen=True, slots=True)
class PlaceSettingsCommands:
    """Reads and sets the settings of places. What sets raises `errors.NotAdmin` and `errors.NoPlace`."""

    rows: PlaceSettingsRows

    async def answer(self, actor: Actor, rest: str) -> replies.Settings:
        """Set what `rest` asks for, if anything, and tell what is set: see the command's usage.

        Raises `errors.UnknownCommand` for what cannot be set, too.
        """
        match rest.lower().split():
            case []:
                settings = await self.of(actor.place)
            case ["limit", "off"]:
                settings = await self.set_limit(actor, None)
            case ["limit", number] if NUMBER.fullmatch(number) and 0 < int(number) <= MOST_A_DAY:
                settings = await self.set_limit(actor, int(number))
            case ["here", "on" | "off" as state]:
                settings = await self.set_channel(actor, actor.place.channel, allowed=state == "on")
            case ["channel", channel, "on" | "off" as state]:
                settings = await self.set_channel(actor, channel, allowed=state == "on")
            case ["everywhere"]:
                settings = await self.open_everywhere(actor)
            case _:
                raise errors.UnknownCommand(command=f"settings {rest}")
        return replies.Settings(settings)

    async def of(self, place: Place) -> PlaceSettings:
        """The settings of the place."""
        return PlaceSettings() if place.private else await self.rows.find(place.platform, place.id)

    async def check(self, place: Place) -> None:
        """Raise `errors.ChannelClosed` where Kickbot is not to answer."""
        if not (await self.of(place)).open(place):
            raise errors.ChannelClosed

    async def set_limit(self, actor: Actor, daily_limit: int | None) -> PlaceSettings:
        """Let all together make so many kicks a day; None lifts it."""
        return await self._set(actor, replace(await self.of(actor.place), daily_limit=daily_limit))

    async def set_channel(self, actor: Actor, channel: str, *, allowed: bool) -> PlaceSettings:
        """Answer in that channel too, or no longer. With none left it answers in all again."""
        settings = await self.of(actor.place)
        channels = settings.channels | {channel} if allowed else settings.channels - {channel}
        return await self._set(actor, replace(settings, channels=channels))

    async def open_everywhere(self, actor: Actor) -> PlaceSettings:
        """Answer in every channel."""
        return await self._set(actor, replace(await self.of(actor.place), channels=frozenset()))

    async def _set(self, actor: Actor, settings: PlaceSettings) -> PlaceSettings:
        if actor.place.private:
            raise errors.NoPlace
        if not actor.admin:
            raise errors.NotAdmin
        await self.rows.replace(actor.place.platform, actor.place.id, settings)
        return settings
