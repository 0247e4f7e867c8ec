"""Somebody in Discord, which is SimCord's: what they do is emitted to whoever is connected."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from re import Pattern
from typing import Any

from discord import AppCommandOptionType, InteractionType
from simcord import ChannelHandle, Env, GuildHandle, MemberActor, interactions
from simcord.backend import serializers
from simcord.backend.models import Interaction, Message

from core.answers import commands
from core.people import Person
from tests.chaos.members import ANY, Answer

ANSWERED_WITHIN = 3.0
SAVE = "💾"
OPTIONS = {
    "presets rename": ("name", "new_name"),
    "account link": ("code",),
    "account unlink": ("name",),
}
"""How the options of commands are called that have others than `name`, or need none."""


@dataclass(frozen=True)
class InDiscord:
    """A member of the server. Of their commands some are told twice."""

    env: Env
    guild: GuildHandle
    channel: ChannelHandle
    member: MemberActor
    random: Random

    @property
    def person(self) -> Person:
        return Person("discord", "", str(self.member.id), self.member.name)

    async def kick(self, text: str) -> None:
        prompt, _, count = text.partition(" count:")
        options = [_option("prompt", prompt)]
        if count:
            options.append({"name": "count", "type": AppCommandOptionType.integer.value, "value": int(count)})
        self._command({"name": "kick", "options": options}, times=self.random.choice((1, 1, 2)))

    async def say(self, line: str, wanted: Pattern[str] = ANY) -> Answer:
        invocation = commands.parse(line)
        root, _, verb = invocation.verb.partition(" ")
        names = OPTIONS.get(invocation.verb, ("name",))
        values = invocation.rest.split(", ") if invocation.rest else []
        options = [_option(name, value) for name, value in zip(names, values, strict=False)]
        if verb:
            options = [{"name": verb, "type": AppCommandOptionType.subcommand.value, "options": options}]
        return await self._answer(self._command({"name": root, "options": options}))

    async def agree(self, answer: Answer) -> None:
        for custom_id in _custom_ids(answer.message):
            if answer.confirm and answer.confirm in custom_id:
                await self._press(answer.message, custom_id)

    async def delete(self, ref: str) -> Answer:
        return await self._pressed_in("kicks", f"delete {ref}")

    async def take_up(self, ref: str) -> None:
        await self._pressed_in("browse", f"save {ref}")

    async def save(self) -> None:
        self._react(reacted=False)

    async def unsave(self) -> None:
        self._react(reacted=True)

    async def _pressed_in(self, listing: str, does: str) -> Answer:
        """The answer to a button of a list, if it is on the first page."""
        listed = await self.say(listing)
        for custom_id in _custom_ids(listed.message):
            if custom_id.endswith(does):
                return await self._press(listed.message, custom_id)
        return Answer()

    def _react(self, *, reacted: bool) -> None:
        """Turn 💾 on a card where it stands as said."""
        message = self._card(lambda one: reacted == (self.member.id in _reacted(one)))
        if message is not None:
            backend = self.env.backend
            backend.set_reaction(message.channel_id, message.id, SAVE, self.member.id, reacted=not reacted)

    def _card(self, fits: Callable[[Message], bool]) -> Message | None:
        messages = self.env.backend.messages[self.channel.id].values()
        found = [one for one in messages if one.attachments and fits(one)]
        return self.random.choice(found) if found else None

    def _command(self, data: dict[str, Any], times: int = 1) -> Interaction:
        return self._emit(InteractionType.application_command, {"id": "1", "type": 1, **data}, times=times)

    async def _press(self, message: Message, custom_id: str) -> Answer:
        shown = dict(serializers.message_payload(self.env.backend, message))
        data = {"custom_id": custom_id, "component_type": 2}
        record = self._emit(InteractionType.component, data, source=message.id, message=shown)
        return await self._answer(record)

    def _emit(
        self, kind: InteractionType, data: dict[str, Any], times: int = 1, source: int | None = None, **more: Any
    ) -> Interaction:
        record, payload = interactions.base_payload(
            self.env.backend,
            type=kind.value,
            channel_id=self.channel.id,
            guild_id=self.guild.id,
            user_id=self.member.id,
            data=data,
        )
        record.source_message_id = source
        for _ in range(times):
            self.env.backend.emit("INTERACTION_CREATE", payload | more)
        return record

    async def _answer(self, record: Interaction) -> Answer:
        """What the interaction was answered with, in private."""
        backend = self.env.backend
        end = asyncio.get_running_loop().time() + ANSWERED_WITHIN
        while asyncio.get_running_loop().time() < end:
            shown = backend.messages[record.channel_id].get(record.message_id or 0)
            if shown is not None and record.responded and not record.loading:
                return Answer("\n".join([shown.content, json.dumps(shown.components)]), shown)
            await asyncio.sleep(0.02)
        return Answer()


def _option(name: str, value: str) -> dict[str, Any]:
    return {"name": name, "type": AppCommandOptionType.string.value, "value": value}


def _reacted(message: Message) -> list[int]:
    reaction = message.reaction_for(SAVE)
    return reaction.user_ids if reaction else []


def _custom_ids(message: Message | None) -> list[str]:
    rows = message.components if message is not None else []
    return [one["custom_id"] for row in rows for one in row.get("components", ()) if "custom_id" in one]
