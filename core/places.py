"""What the admins of a server or workspace have set for it: where Kickbot answers, and how much a day."""

from dataclasses import dataclass, replace

from core import errors
from core.people import Actor, Place
from core.rules import Rules
from core.stores import places as stores


@dataclass(frozen=True, slots=True)
class Places:
    """Reads and sets the rules of places."""

    store: stores.Places

    async def rules(self, place: Place) -> Rules:
        """The rules of the place."""
        return Rules() if place.private else await self.store.rules(place.platform, place.id)

    async def check(self, place: Place) -> None:
        """Raise `errors.ChannelClosed` where Kickbot is not to answer."""
        if not (await self.rules(place)).open(place):
            raise errors.ChannelClosed

    async def set_limit(self, actor: Actor, daily_limit: int | None) -> Rules:
        """Let all together make so many kicks a day; None lifts it. Raises `errors.NotAdmin`, `errors.NoPlace`."""
        return await self._set(actor, replace(await self.rules(actor.place), daily_limit=daily_limit))

    async def set_channel(self, actor: Actor, channel: str, *, allowed: bool) -> Rules:
        """Answer in that channel too, or no longer. With none left it answers in all again.

        Raises `errors.NotAdmin`, `errors.NoPlace`.
        """
        rules = await self.rules(actor.place)
        channels = rules.channels | {channel} if allowed else rules.channels - {channel}
        return await self._set(actor, replace(rules, channels=channels))

    async def open_everywhere(self, actor: Actor) -> Rules:
        """Answer in every channel. Raises `errors.NotAdmin`, `errors.NoPlace`."""
        return await self._set(actor, replace(await self.rules(actor.place), channels=frozenset()))

    async def _set(self, actor: Actor, rules: Rules) -> Rules:
        if actor.place.private:
            raise errors.NoPlace
        if not actor.admin:
            raise errors.NotAdmin
        await self.store.set_rules(actor.place.platform, actor.place.id, rules)
        return rules
