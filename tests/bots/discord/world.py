"""A simulated Discord with the real bot in it, on the real core."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any

import discord
from simcord import ChannelHandle, Env, GuildHandle, InteractionResult, MemberActor, ResponseMessage, interactions
from simcord.backend import serializers
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bots.chat.notifications import Notifications
from bots.composition import services
from bots.discord import start
from bots.discord.client import KickbotClient
from core.chat.services import Services
from core.engine import Engine
from core.files import Files
from core.making.studio import Limits
from db.accounts.notifications import NotificationRows
from db.postgres.database import Database
from gpu.synth.engine import SynthEngine
from tests.core.people import KEYS
from tests.fakes.discord_payloads import Payloads
from tests.fakes.files import MemoryFiles

SAVE = "💾"


@dataclass
class Process:
    """What a process of Kickbot is made of, and how another one is started on the same."""

    database: Database
    engine: Engine = field(default_factory=SynthEngine)
    files: Files = field(default_factory=MemoryFiles)
    limits: Limits = field(default_factory=lambda: Limits(daily=1000))
    keep: int = 30
    notifications: Notifications = field(init=False)

    def __post_init__(self) -> None:
        self.notifications = Notifications(NotificationRows(self.database))

    def services(self) -> Services:
        studio = services.studio(self.database, self.engine, self.files, KEYS, self.limits)
        rows, clearing = services.Rows.from_database(self.database, KEYS), services.clearing(self.database, self.files)
        return services.services(rows, studio, clearing, KEYS, keep=self.keep)

    def client(self) -> KickbotClient:
        """A new process's."""
        return KickbotClient(self.services(), self.notifications, "kick")


@dataclass
class World:
    """A server with a channel, the bot, and ada, who made the server, among others."""

    parts: Process
    env: Env
    payloads: Payloads
    guild: GuildHandle
    channel: ChannelHandle
    ada: MemberActor
    bob: MemberActor

    @property
    def client(self) -> KickbotClient:
        return running(self.env)

    def member(self, name: str) -> MemberActor:
        """One more member."""
        return self.guild.add_member(self.env.create_user(name))

    def moderator(self, **permissions: bool) -> MemberActor:
        """One more member, who may remove messages, or what else is said."""
        role = self.guild.create_role(
            "staff", permissions=discord.Permissions(**permissions or {"manage_messages": True})
        )
        return self.guild.add_member(self.env.create_user("mo"), roles=[role])

    async def click_at_once(self, member: MemberActor, message: Any, custom_id: str, times: int) -> None:
        """Press a button several times before the bot gets round to any of it."""
        backend = self.env.backend
        stored = backend.get_message(message.channel_id, message.id)
        for _ in range(times):
            data = {"custom_id": custom_id, "component_type": discord.ComponentType.button.value}
            record, payload = interactions.base_payload(
                backend,
                type=discord.InteractionType.component.value,
                channel_id=message.channel_id,
                guild_id=self.guild.id,
                user_id=member.id,
                data=data,
            )
            record.source_message_id = message.id
            shown = dict(serializers.message_payload(backend, stored))
            backend.emit("INTERACTION_CREATE", {**payload, "message": shown})
        await self.env.settle()

    async def while_down(self, happens: Callable[[], object]) -> None:
        """Something happens while no process is there to hear it."""
        feeds = list(self.env.backend.subscribers)
        self.env.backend.subscribers.clear()
        happens()
        self.env.backend.subscribers.extend(feeds)
        await self.restart()

    async def restart(self) -> None:
        """The process is killed and another one starts."""
        client = self.parts.client()
        await self.env.restart_bot(client)
        self.payloads.attach()

    async def thread(self) -> ChannelHandle:
        """A thread in the channel."""
        start = await self.ada.send(self.channel, "kicks here")
        thread = self.env.backend.create_thread(self.channel.id, "kicks", self.ada.id, message_id=start.id)
        await self.env.settle()
        return ChannelHandle(self.env, self.guild, thread)

    async def post(self) -> ChannelHandle:
        """A post in a forum, which is a thread of that."""
        forum = self.guild.create_forum_channel("finished kicks")
        await self.env.settle()
        post = self.env.backend.create_thread(forum.id, "kicks", self.ada.id)
        await self.env.settle()
        return ChannelHandle(self.env, self.guild, post)

    def forget_thread(self, thread: ChannelHandle) -> None:
        """The bot's session was never told of the thread: it is private, or has come back from the archive."""
        known = self.client.get_guild(self.guild.id)
        assert known is not None
        known._remove_thread(self.client.get_channel(thread.id))  # type: ignore[arg-type]

    def forget_channel(self) -> None:
        """The bot's session was never told of the channel: it may not see that."""
        known = self.client.get_guild(self.guild.id)
        assert known is not None
        known._remove_channel(known.get_channel(self.channel.id))  # type: ignore[arg-type]

    def hide(self, channel: ChannelHandle) -> None:
        """The bot may not see the channel any more."""
        backend = self.env.backend
        denied = discord.Permissions(view_channel=True).value
        backend.get_channel(channel.id).overwrites.append(
            Overwrite(backend.bot_user.id, type=OverwriteType.MEMBER, allow=0, deny=denied)
        )

    def close_channel(self) -> None:
        """The bot may not write in the channel any more."""
        backend = self.env.backend
        denied = discord.Permissions(send_messages=True, attach_files=True).value
        backend.get_channel(self.channel.id).overwrites.append(
            Overwrite(backend.bot_user.id, type=OverwriteType.MEMBER, allow=0, deny=denied)
        )

    def remove_bot(self) -> None:
        """The bot is removed from the server."""
        backend = self.env.backend
        del backend.get_guild(self.guild.id).members[backend.bot_user.id]
        backend.emit("GUILD_DELETE", {"id": str(self.guild.id)})

    def posted(self, channel: ChannelHandle | None = None, viewer: MemberActor | None = None) -> list[Any]:
        """What the bot has posted in the channel for all to see."""
        seen = (channel or self.channel).history(viewer=viewer)
        return [message for message in seen if message.author.id == self.env.backend.bot_user.id]

    async def kick(
        self, member: MemberActor | None = None, prompt: str = "hit house", **options: Any
    ) -> ResponseMessage:
        """Somebody's kick, as it is shown."""
        return answer(await (member or self.ada).slash(self.channel, "kick", prompt=prompt, **options))

    def ask(self, member: MemberActor) -> str:
        """`/kick hit house` of a member, without waiting for anything; the interaction's id."""
        backend = self.env.backend
        root = backend.find_command("kick", self.guild.id, type=1)
        assert root is not None
        option = {"name": "prompt", "type": discord.AppCommandOptionType.string.value, "value": "hit house"}
        interaction, payload = interactions.base_payload(
            backend,
            type=discord.InteractionType.application_command.value,
            channel_id=self.channel.id,
            guild_id=self.guild.id,
            user_id=member.id,
            data={"id": root["id"], "name": "kick", "type": 1, "options": [option]},
        )
        backend.emit("INTERACTION_CREATE", payload)
        return str(interaction.id)

    def requests(self, method: str, ending: str = "") -> int:
        """How many requests of that kind the bot has made."""
        return sum(1 for one in self.env.http_requests if one.method == method and one.path.endswith(ending))


async def prepared(parts: Process, env: Env) -> World:
    """The world in the env, in which the bot has started: its commands are registered, people are there."""
    payloads = Payloads(env)
    payloads.install()
    payloads.attach()
    await start.sync(running(env).tree)
    guild = env.create_guild("Kick lab")
    channel = guild.create_text_channel("drums")
    ada, bob = (guild.add_member(env.create_user(name)) for name in ("ada", "bob"))
    return World(parts, env, payloads, guild, channel, ada, bob)


@asynccontextmanager
async def unwatched(process: Process) -> AsyncIterator[World]:
    """A world whose simulator does not watch the bot's tasks and timers: with a hundred that costs far more than they.

    So nothing settles here, and whoever asks waits for what they want to see.
    """
    env = Env(process.client(), shard_count=1)
    env._bot_scope = nullcontext  # type: ignore[assignment, method-assign]
    await env.start()
    with env.time_context():
        world = await prepared(process, env)
        yield world
        await world.client.leave(5)
        await env.shutdown()


def running(env: Env) -> KickbotClient:
    """The bot that is attached now."""
    assert isinstance(env.bot, KickbotClient)
    return env.bot


def answer(result: InteractionResult) -> ResponseMessage:
    """What was answered."""
    assert result.response is not None
    return result.response
