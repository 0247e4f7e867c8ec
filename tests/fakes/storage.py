"""Supabase Storage on the loopback: keeps objects in memory and answers as the hosted service's own source does.

Nearly every refusal is HTTP 400 whose body tells the status that is meant; a public object needs no key.
"""

import asyncio
import base64
import json
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import unquote
from uuid import uuid4

from aiohttp import hdrs, web

MOMENT = "2026-01-02T03:04:05.678Z"


def legacy_key(role: str) -> str:
    """A key as Supabase made them first: a JWT that claims a role."""
    parts = ({"alg": "HS256", "typ": "JWT"}, {"iss": "supabase", "ref": "loopback", "role": role})
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join([*encoded, "c2lnbmF0dXJl"])


@dataclass(frozen=True)
class Kept:
    """An object and what an upload said of it."""

    data: bytes
    content_type: str
    cache_control: str


@dataclass(frozen=True)
class Bucket:
    public: bool = True
    file_size_limit: int | None = None
    allowed_mime_types: list[str] | None = None


@dataclass(frozen=True)
class Seen:
    """A request as it came in."""

    method: str
    path: str
    headers: dict[str, str]


class Refusal(Exception):
    """Storage says no: `status` is what it means, the response itself says 400."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


Fault = Callable[[web.Request], Awaitable[web.StreamResponse | None]]


@dataclass
class StorageServer:
    """`async with StorageServer() as server:` serves at `server.url`; `objects` is keyed `{bucket}/{path}`.

    What is `cached` is still read when it is removed.
    """

    service_key: str = field(default_factory=lambda: legacy_key("service_role"))
    secret_key: str = "sb_secret_loopback_0123456789"
    anon_key: str = "anonymous-by-its-looks-a-key-like-any-other"
    buckets: dict[str, Bucket] = field(default_factory=dict)
    objects: dict[str, Kept] = field(default_factory=dict)
    cached: dict[str, Kept] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    url: str = ""
    _faults: deque[Fault] = field(default_factory=deque)
    _runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[self._answer], client_max_size=64 * 2**20)
        app.add_routes(
            [
                web.post("/storage/v1/bucket", self._create_bucket),
                web.get("/storage/v1/bucket/{bucket}", self._get_bucket),
                web.post("/storage/v1/object/copy", self._copy),
                web.post("/storage/v1/object/upload/sign/{bucket}/{path:.+}", self._sign_upload),
                web.get("/storage/v1/object/public/{bucket}/{path:.+}", self._read_public),
                web.get("/storage/v1/object/info/{bucket}/{path:.+}", self._tell),
                web.get("/storage/v1/object/{bucket}/{path:.+}", self._read),
                web.post("/storage/v1/object/{bucket}/{path:.+}", self._upload),
                web.delete("/storage/v1/object/{bucket}", self._remove),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._runner
        await self._runner.cleanup()

    def fail(self, status: int = 500, *, times: int = 1, body: str | None = None) -> None:
        """The next requests are refused: with storage's own JSON, or with `body` as a gateway before it would."""

        async def fault(request: web.Request) -> web.StreamResponse:
            await request.read()
            if body is not None:
                return web.Response(status=status, text=body)
            told = {"statusCode": str(status), "error": "InternalError", "message": "injected"}
            return web.json_response(told, status=status if status in (429, 500) else 400)

        self._faults.extend([fault] * times)

    def cut(self, *, times: int = 1) -> None:
        """The next requests are done, but their connections break before the answer."""

        async def fault(request: web.Request) -> web.StreamResponse:
            await self._dispatch(request, request.match_info.handler)
            assert request.transport
            request.transport.abort()
            return web.Response()

        self._faults.extend([fault] * times)

    def delay(self, seconds: float, *, times: int = 1) -> None:
        """The next requests are answered late."""

        async def fault(request: web.Request) -> None:
            await asyncio.sleep(seconds)

        self._faults.extend([fault] * times)

    @web.middleware
    async def _answer(
        self, request: web.Request, handler: Callable[..., Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        self.seen.append(Seen(request.method, request.path, dict(request.headers)))
        if self._faults:
            response = await self._faults.popleft()(request)
            if response is not None:
                return response
        return await self._dispatch(request, handler)

    async def _dispatch(
        self, request: web.Request, handler: Callable[..., Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        public = request.path.startswith("/storage/v1/object/public/")
        api_key = request.headers.get("apikey", "")
        if not public and not api_key:
            return web.json_response({"message": "No API key found in request"}, status=401)
        if not public and api_key not in (self.service_key, self.secret_key, self.anon_key):
            told = {
                "message": "Invalid API key",
                "hint": "Double check your Supabase `anon` or `service_role` API key.",
            }
            return web.json_response(told, status=401)
        try:
            if not public and request.headers.get(hdrs.AUTHORIZATION) != f"Bearer {api_key}":
                raise Refusal(403, "Unauthorized", "Invalid Compact JWS")
            return await handler(request)
        except Refusal as refusal:
            told = {"statusCode": str(refusal.status), "error": refusal.code, "message": str(refusal)}
            return web.json_response(told, status=400)

    async def _get_bucket(self, request: web.Request) -> web.Response:
        name = request.match_info["bucket"]
        # Row-level security shows the anonymous key no bucket at all.
        if name not in self.buckets or self._is_anonymous(request):
            raise Refusal(404, "Bucket not found", "Bucket not found")
        bucket = self.buckets[name]
        told = {"id": name, "name": name, "owner": "", "created_at": MOMENT, "updated_at": MOMENT, **vars(bucket)}
        return web.json_response(told)

    async def _create_bucket(self, request: web.Request) -> web.Response:
        wanted = await request.json()
        self._refuse_anonymous(request)
        if wanted["id"] in self.buckets:
            raise Refusal(409, "Duplicate", "The resource already exists")
        limits = {name: wanted.get(name) for name in ("file_size_limit", "allowed_mime_types")}
        self.buckets[wanted["id"]] = Bucket(public=wanted.get("public", False), **limits)
        return web.json_response({"name": wanted["id"]})

    async def _sign_upload(self, request: web.Request) -> web.Response:
        key = self._key(request)
        self._refuse_anonymous(request)
        if key in self.objects and request.headers.get("x-upsert") != "true":
            raise Refusal(409, "Duplicate", "The resource already exists")
        return web.json_response({"url": f"/object/upload/sign/{key}?token=signed", "token": "signed"})

    async def _upload(self, request: web.Request) -> web.Response:
        key = self._key(request)
        form = await request.post()
        part, cache = form["file"], form["cacheControl"]
        assert isinstance(part, web.FileField)
        kept = Kept(part.file.read(), part.content_type, f"max-age={cache!s}")
        part.file.close()
        self._refuse_anonymous(request)
        bucket = self.buckets[request.match_info["bucket"]]
        if bucket.allowed_mime_types is not None and kept.content_type not in bucket.allowed_mime_types:
            raise Refusal(415, "invalid_mime_type", f"mime type {kept.content_type} is not supported")
        if bucket.file_size_limit is not None and len(kept.data) > bucket.file_size_limit:
            raise Refusal(413, "Payload too large", "The object exceeded the maximum allowed size")
        if key in self.objects and request.headers.get("x-upsert") != "true":
            raise Refusal(409, "Duplicate", "The resource already exists")
        self.objects[key] = kept
        return web.json_response({"Id": str(uuid4()), "Key": key})

    async def _read(self, request: web.Request) -> web.Response:
        key = self._key(request)
        if self._is_anonymous(request):
            raise Refusal(404, "not_found", "Object not found")
        return self._object(key, request)

    async def _tell(self, request: web.Request) -> web.Response:
        key = self._key(request)
        if key not in self.objects or self._is_anonymous(request):
            raise Refusal(404, "not_found", "Object not found")
        return web.json_response({"name": request.match_info["path"], "size": len(self.objects[key].data)})

    async def _read_public(self, request: web.Request) -> web.Response:
        key = self._key(request)
        if not self.buckets[request.match_info["bucket"]].public:
            raise Refusal(404, "Bucket not found", "Bucket not found")
        return self._object(key, request)

    async def _copy(self, request: web.Request) -> web.Response:
        wanted = await request.json()
        bucket = wanted["bucketId"]
        source, target = f"{bucket}/{wanted['sourceKey']}", f"{bucket}/{wanted['destinationKey']}"
        self._refuse_anonymous(request)
        if source not in self.objects:
            raise Refusal(404, "not_found", "Object not found")
        if target in self.objects and request.headers.get("x-upsert") != "true":
            raise Refusal(409, "Duplicate", "The resource already exists")
        self.objects[target] = self.objects[source]
        return web.json_response({"Id": str(uuid4()), "Key": target})

    async def _remove(self, request: web.Request) -> web.Response:
        bucket, prefixes = request.match_info["bucket"], (await request.json())["prefixes"]
        if not prefixes:
            raise Refusal(400, "Error", "body/prefixes must NOT have fewer than 1 items")
        # Row-level security hides the rows, so that the anonymous key removes nothing, without an error.
        there = [name for name in prefixes if f"{bucket}/{name}" in self.objects and not self._is_anonymous(request)]
        for name in there:
            del self.objects[f"{bucket}/{name}"]
        return web.json_response([{"name": name, "bucket_id": bucket} for name in there])

    def _object(self, key: str, request: web.Request) -> web.Response:
        kept = self.objects.get(key) or self.cached.get(key)
        if kept is None:
            raise Refusal(404, "not_found", "Object not found")
        part = request.http_range
        whole = part.start is None
        data = kept.data if whole else kept.data[part]
        headers = {hdrs.CONTENT_TYPE: kept.content_type, hdrs.CACHE_CONTROL: f"public, {kept.cache_control}"}
        if not whole:
            start = part.start if part.start >= 0 else len(kept.data) - len(data)
            headers[hdrs.CONTENT_RANGE] = f"bytes {start}-{start + len(data) - 1}/{len(kept.data)}"
        if "download" in request.query:
            headers[hdrs.CONTENT_DISPOSITION] = f'attachment; filename="{request.query["download"]}"'
        return web.Response(body=data, status=200 if whole else 206, headers=headers)

    def _key(self, request: web.Request) -> str:
        bucket, path = request.match_info["bucket"], unquote(request.match_info["path"])
        if bucket not in self.buckets:
            raise Refusal(404, "Bucket not found", "Bucket not found")
        return f"{bucket}/{path}"

    def _is_anonymous(self, request: web.Request) -> bool:
        return request.headers["apikey"] == self.anon_key

    def _refuse_anonymous(self, request: web.Request) -> None:
        if self._is_anonymous(request):
            raise Refusal(403, "Unauthorized", "new row violates row-level security policy")
