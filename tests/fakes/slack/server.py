"""Slack's side of HTTP: the Web API, response URLs, uploads, Socket Mode."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from tests.fakes.slack import checking, methods, sockets, uploads
from tests.fakes.slack.world import Failure, Message, Refusal, Token, World

METHODS = {**methods.METHODS, **uploads.METHODS}
CLIENT = ("client-1", "client-secret-1")


@asynccontextmanager
async def served(world: World) -> AsyncIterator[sockets.Sockets]:
    """Serve the world at `world.address`; the API's base is that with `/api/`."""
    lines = sockets.Sockets(world)
    app = web.Application()
    app.add_routes([web.route("*", "/api/{method}", _api(world)), web.post("/hooks/{team}/{number}", _hook(world))])
    app.add_routes([*uploads.routes(world), web.get("/link", lines.connect)])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        world.address = f"http://127.0.0.1:{site.port}"
        yield lines
    finally:
        await runner.cleanup()


def _api(world: World) -> Any:
    async def answer(request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        arguments = await _arguments(request)
        world.calls.append((name, arguments))
        if world.failures[name]:
            failure = world.failures[name].popleft()
            if failure.hangs:
                await asyncio.sleep(60)
            if failure.until is not None:
                await failure.until.wait()
            if failure.lost:
                await _done(world, request, name, arguments)
            return _failed(failure)
        try:
            return web.json_response({"ok": True, **await _done(world, request, name, arguments)})
        except Refusal as refusal:
            return web.json_response(refusal.answer)

    return answer


async def _done(world: World, request: web.Request, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if name == "apps.connections.open":
        if bearer not in world.app_tokens:
            raise Refusal("invalid_auth")
        return {"url": f"{world.address.replace('http', 'ws', 1)}/link?ticket={world.ticket()}&app_id=A1"}
    if name == "oauth.v2.access":
        return _installed(world, request, arguments)
    token = _token(world, bearer)
    if name not in METHODS:
        raise Refusal("unknown_method", req_method=name)
    scope, method = METHODS[name]
    if scope is not None and scope not in token.scopes:
        raise Refusal("missing_scope", needed=scope, provided=",".join(sorted(token.scopes)))
    return await method(world, token, arguments)


def _installed(world: World, request: web.Request, arguments: dict[str, Any]) -> dict[str, Any]:
    given = request.headers.get("Authorization", "").removeprefix("Basic ")
    client = tuple(base64.b64decode(given).decode().split(":")) if given else ()
    if client != CLIENT:
        raise Refusal("bad_client_secret")
    if arguments.get("code") not in world.codes:
        raise Refusal("invalid_code")
    bearer = world.codes.pop(arguments["code"])
    token = world.tokens[bearer]
    return {
        "access_token": bearer,
        "token_type": "bot",
        "scope": ",".join(sorted(token.scopes)),
        "bot_user_id": token.user,
        "app_id": "A1",
        "team": None if world.organization else {"id": token.team, "name": "Drums"},
        "enterprise": {"id": "E1", "name": "Percussion"} if world.organization else None,
        "authed_user": {"id": "U-installer"},
        "is_enterprise_install": world.organization,
    }


def _token(world: World, bearer: str) -> Token:
    if not bearer:
        raise Refusal("not_authed")
    if bearer not in world.tokens:
        raise Refusal("invalid_auth" if not bearer.startswith("revoked") else "token_revoked")
    return world.tokens[bearer]


def _failed(failure: Failure) -> web.Response:
    if failure.status == 429:
        headers = {"Retry-After": str(failure.retry_after or 1)}
        return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
    if failure.status != 200:
        return web.Response(status=failure.status, text="upstream error", content_type="text/html")
    return web.json_response({"ok": False, "error": failure.error})


async def _arguments(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(await request.json())
    found: dict[str, Any] = {**request.query, **{name: str(value) for name, value in (await request.post()).items()}}
    for name in ("files", "blocks", "view"):
        if isinstance(found.get(name), str):
            found[name] = json.loads(found[name])
    return found


def _hook(world: World) -> Any:
    async def answer(request: web.Request) -> web.Response:
        body = await request.json()
        world.calls.append(("hook", body))
        hook = world.hooks.get(f"{request.match_info['team']}/{request.match_info['number']}")
        if world.failures["hook"]:
            return _failed(world.failures["hook"].popleft())
        if hook is None or hook.left == 0:
            return web.Response(status=404, text="used_url")
        hook.left -= 1
        try:
            text, blocks = checking.text(body.get("text", "")), checking.blocks(body.get("blocks"))
        except Refusal as refusal:
            return web.Response(status=400, text=str(refusal))
        if body.get("delete_original") and hook.message is not None:
            world.channels[hook.channel].messages.pop(hook.message.ts, None)
        elif body.get("replace_original") and hook.message is not None:
            hook.message.versions.append(hook.message.text)
            hook.message.text, hook.message.blocks = text, blocks
        else:
            public = body.get("response_type") == "in_channel"
            message = Message(world.ts(), hook.channel, hook.bot, text, blocks, body.get("thread_ts"))
            message.ephemeral = None if public else hook.user
            if public:
                world.channels[hook.channel].messages[message.ts] = message
            else:
                world.ephemerals.append(message)
        return web.Response(text="ok")

    return answer
