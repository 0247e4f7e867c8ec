"""The Web API's methods, as far as a bot like ours calls them."""

from collections.abc import Awaitable, Callable
from typing import Any

from tests.fakes.slack import checking
from tests.fakes.slack.world import Channel, Message, Refusal, Token, World

Arguments = dict[str, Any]
Method = Callable[[World, Token, Arguments], Awaitable[Arguments]]


async def auth_test(world: World, token: Token, arguments: Arguments) -> Arguments:
    return {"team_id": token.team, "user_id": token.user, "bot_id": token.bot, "team": "Drums", "user": "kickbot"}


async def post_message(world: World, token: Token, arguments: Arguments) -> Arguments:
    message = _posted(world, token, _writable(world, token, arguments), arguments)
    return {"channel": message.channel, "ts": message.ts, "message": {"text": message.text}}


async def post_ephemeral(world: World, token: Token, arguments: Arguments) -> Arguments:
    channel = _writable(world, token, arguments)
    if arguments["user"] not in channel.members:
        raise Refusal("user_not_in_channel")
    message = Message(
        world.ts(), channel.id, token.user, checking.text(arguments.get("text", "")),
        checking.blocks(arguments.get("blocks")), arguments.get("thread_ts"), arguments["user"],
    )  # fmt: skip
    world.ephemerals.append(message)
    return {"message_ts": message.ts}


async def update(world: World, token: Token, arguments: Arguments) -> Arguments:
    channel = _writable(world, token, arguments)
    message = channel.messages.get(arguments["ts"])
    if message is None:
        raise Refusal("message_not_found")
    if message.user != token.user:
        raise Refusal("cant_update_message")
    text, blocks = checking.text(arguments.get("text", "")), checking.blocks(arguments.get("blocks"))
    message.versions.append(message.text)
    message.text, message.blocks = text, blocks
    return {"channel": channel.id, "ts": message.ts, "text": text}


async def delete(world: World, token: Token, arguments: Arguments) -> Arguments:
    channel = _writable(world, token, arguments)
    if arguments["ts"] not in channel.messages:
        raise Refusal("message_not_found")
    del channel.messages[arguments["ts"]]
    return {"channel": channel.id, "ts": arguments["ts"]}


async def join(world: World, token: Token, arguments: Arguments) -> Arguments:
    channel = world.channels.get(arguments["channel"])
    if channel is None or channel.kind == "private":
        raise Refusal("channel_not_found")
    if channel.kind == "im":
        raise Refusal("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refusal("is_archived")
    channel.members.add(token.user)
    return {"channel": {"id": channel.id}}


async def add_reaction(world: World, token: Token, arguments: Arguments) -> Arguments:
    message = _message(world, token, arguments["channel"], arguments["timestamp"])
    users = message.reactions.setdefault(arguments["name"], [])
    if token.user in users:
        raise Refusal("already_reacted")
    users.append(token.user)
    return {}


async def get_reactions(world: World, token: Token, arguments: Arguments) -> Arguments:
    message = _message(world, token, arguments["channel"], arguments["timestamp"])
    reactions = [{"name": name, "users": users, "count": len(users)} for name, users in message.reactions.items()]
    return {"type": "message", "message": {"ts": message.ts, "reactions": reactions}}


async def user_info(world: World, token: Token, arguments: Arguments) -> Arguments:
    if arguments["user"] not in world.users:
        raise Refusal("user_not_found")
    return {"user": world.users[arguments["user"]]}


async def publish_view(world: World, token: Token, arguments: Arguments) -> Arguments:
    view = arguments["view"]
    if view.get("type") != "home":
        raise Refusal("invalid_arguments")
    checking.blocks(view["blocks"], "view")
    world.views[arguments["user_id"]] = view
    return {"view": view}


def _writable(world: World, token: Token, arguments: Arguments) -> Channel:
    """The channel to write to. A user's id stands for the conversation with them."""
    name = arguments["channel"]
    if name in world.users:
        opened = f"D-{name}"
        if opened not in world.channels:
            world.channel(f"-{name}", "im", name, token.user)
        name = opened
    channel = world.channels.get(name)
    if channel is None or (channel.kind != "public" and token.user not in channel.members):
        raise Refusal("channel_not_found")
    if channel.archived:
        raise Refusal("is_archived")
    if token.user not in channel.members:
        raise Refusal("not_in_channel")
    if channel.restricted:
        raise Refusal("restricted_action")
    return channel


def _posted(world: World, token: Token, channel: Channel, arguments: Arguments) -> Message:
    text, blocks = checking.text(arguments.get("text", "")), checking.blocks(arguments.get("blocks"))
    if not text and not blocks:
        raise Refusal("no_text")
    message = Message(world.ts(), channel.id, token.user, text, blocks, arguments.get("thread_ts"))
    channel.messages[message.ts] = message
    return message


def _message(world: World, token: Token, channel: str, ts: str) -> Message:
    found = world.channels[channel].messages.get(ts) if channel in world.channels else None
    if found is None:
        raise Refusal("message_not_found")
    return found


METHODS: dict[str, tuple[str | None, Method]] = {
    "auth.test": (None, auth_test),
    "chat.postMessage": ("chat:write", post_message),
    "chat.postEphemeral": ("chat:write", post_ephemeral),
    "chat.update": ("chat:write", update),
    "chat.delete": ("chat:write", delete),
    "conversations.join": ("channels:join", join),
    "reactions.add": ("reactions:write", add_reaction),
    "reactions.get": ("reactions:read", get_reactions),
    "users.info": ("users:read", user_info),
    "views.publish": (None, publish_view),
}
