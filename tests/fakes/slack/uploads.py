"""Files: a place to send bytes to, then sharing, which happens a while after Slack says that it has."""

from aiohttp import web

from tests.fakes.slack.methods import Arguments, Method, _writable
from tests.fakes.slack.world import File, Message, Refusal, Token, World


async def get_upload_url(world: World, token: Token, arguments: Arguments) -> Arguments:
    file = File(f"F{next(world.numbers):04d}", arguments["filename"], int(arguments["length"]))
    file.shares_after = world.shares_after
    world.files[file.id] = file
    return {"upload_url": f"{world.address}/upload/{file.id}", "file_id": file.id}


async def complete_upload(world: World, token: Token, arguments: Arguments) -> Arguments:
    found = []
    for each in arguments["files"]:
        file = world.files.get(each["id"])
        if file is None or len(file.data) != file.length:
            raise Refusal("file_not_found")
        channel = arguments.get("channel_id")
        if channel:
            file.channel = _writable(world, token, {"channel": channel}).id
        file.thread_ts, file.completed = arguments.get("thread_ts"), True
        found.append({"id": file.id, "title": each.get("title", ""), "shares": {}})
    return {"files": found}


async def file_info(world: World, token: Token, arguments: Arguments) -> Arguments:
    file = world.files.get(arguments["file"])
    if file is None or file.deleted or not file.completed:
        raise Refusal("file_not_found")
    file.asked += 1
    if file.message is None and file.shares_after is not None and file.asked > file.shares_after:
        _share(world, token, file)
    shares = {}
    if file.message is not None:
        kind = "public" if world.channels[file.channel].kind == "public" else "private"
        shares = {kind: {file.channel: [{"ts": file.message.ts, "thread_ts": file.thread_ts}]}}
    return {"file": {"id": file.id, "shares": shares}}


async def delete_file(world: World, token: Token, arguments: Arguments) -> Arguments:
    file = world.files.get(arguments["file"])
    if file is None or file.deleted:
        raise Refusal("file_deleted")
    file.deleted = True
    if file.message is not None:
        world.channels[file.channel].messages.pop(file.message.ts, None)
    return {}


def routes(world: World) -> list[web.RouteDef]:
    """Where the bytes go."""

    async def upload(request: web.Request) -> web.Response:
        file = world.files[request.match_info["file"]]
        file.data = await request.read()
        return web.Response(text=f"OK - {len(file.data)}")

    return [web.post("/upload/{file}", upload)]


def _share(world: World, token: Token, file: File) -> None:
    file.message = Message(world.ts(), file.channel, token.user, "", [], file.thread_ts, file=file.id)
    world.channels[file.channel].messages[file.message.ts] = file.message


METHODS: dict[str, tuple[str | None, Method]] = {
    "files.getUploadURLExternal": ("files:write", get_upload_url),
    "files.completeUploadExternal": ("files:write", complete_upload),
    "files.info": ("files:read", file_info),
    "files.delete": ("files:write", delete_file),
}
