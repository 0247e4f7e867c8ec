"""Sounds and pictures out of a folder, as public media: in parts, cached, played from any page."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from aiohttp import web

Find = Callable[[str], Path | None]

HEADERS = {
    "Cache-Control": "public, max-age=3600",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Accept-Ranges, Content-Disposition, Content-Length, Content-Range, ETag",
    "Cross-Origin-Resource-Policy": "cross-origin",
    # A browser that opens the file itself shows it in a page of its own making.
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'",
}
PREFLIGHT = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Range, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}
CONTENT_TYPES = {".wav": "audio/wav", ".png": "image/png"}


def routes(find: Find) -> list[web.RouteDef]:
    """`/files/{path}`. `find` says where the file of a path lies, None where there is none; it may read the disk.

    With `?download=name.wav` a browser saves it under that name instead of playing it.
    """

    async def serve(request: web.Request) -> web.StreamResponse:
        file = await asyncio.to_thread(find, request.match_info["path"])
        if file is None:
            raise web.HTTPNotFound
        headers = {**HEADERS, "Content-Type": CONTENT_TYPES[file.suffix]}
        if "download" in request.query:
            headers["Content-Disposition"] = attachment(request.query["download"], file)
        return web.FileResponse(file, headers=headers)

    async def preflight(request: web.Request) -> web.Response:
        return web.Response(status=204, headers=PREFLIGHT)

    return [web.get("/files/{path:.+}", serve), web.options("/files/{path:.+}", preflight)]


def attachment(name: str, file: Path) -> str:
    """A Content-Disposition that saves `file` as `name`, of which only harmless characters and no folder are left.

    The suffix is the file's own. Names beyond ASCII are told in the second form (RFC 6266, RFC 5987).
    """
    stem = re.split(r"[/\\]", name)[-1].removesuffix(file.suffix)
    stem = re.sub(r"[^\w .#+-]", "_", stem)[:100].strip(" .") or file.stem
    plain = re.sub(r"[^\x20-\x7e]", "_", stem)
    encoded = "" if stem.isascii() else f"; filename*=UTF-8''{quote(stem + file.suffix)}"
    return f'attachment; filename="{plain}{file.suffix}"{encoded}'
