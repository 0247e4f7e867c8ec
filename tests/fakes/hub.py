"""A loopback model hub that answers `huggingface_hub` as the real one does for a repository with large files.

The hub names a file's commit, ETag and size and sends on to storage on another host, which knows ranges. Both are this
server: the storage goes by the name `localhost`.
"""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote


@dataclass(frozen=True)
class Asked:
    """One request; `start` is where the wanted range starts."""

    method: str
    path: str
    start: int = 0


@dataclass
class Hub:
    """One repository at one commit. `files` is content by path; what is set while it runs counts from then on."""

    repo: str
    commit: str
    files: dict[str, bytes]
    branches: tuple[str, ...] = ("main",)
    asked: list[Asked] = field(default_factory=list)
    cut_after: int | None = None
    status: int | None = None
    silent: threading.Event | None = None
    port: int = 0

    @property
    def endpoint(self) -> str:
        """What `HF_ENDPOINT` would say."""
        return f"http://127.0.0.1:{self.port}"

    def contents_asked_for(self) -> list[str]:
        """The paths whose content was asked for, in order."""
        names = {f"/storage/{digest(content)}": name for name, content in self.files.items()}
        return [names[asked.path] for asked in self.asked if asked.method == "GET" and asked.path in names]

    @contextmanager
    def running(self) -> Iterator["Hub"]:
        """Serve on a free port of this machine."""
        handler = type("Handler", (_Handler,), {"hub": self})
        with ThreadingHTTPServer(("127.0.0.1", self.port), handler) as server:
            self.port = server.server_port
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
            thread.start()
            try:
                yield self
            finally:
                server.shutdown()
                thread.join()


def digest(content: bytes) -> str:
    """By which storage knows a content."""
    return hashlib.sha256(content).hexdigest()


class _Handler(BaseHTTPRequestHandler):
    """Of HTTP 1.0, so that no connection outlives the hub."""

    hub: Hub

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep quiet."""

    def _answer(self) -> None:
        path = unquote(self.path.partition("?")[0])
        start = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").removesuffix("-"))
        self.hub.asked.append(Asked(self.command, path, start))
        if self.hub.silent is not None:
            self.hub.silent.wait(30)
        elif self.hub.status is not None:
            self._send(self.hub.status, {})
        elif path.startswith("/storage/"):
            self._stored(path.removeprefix("/storage/"), start)
        elif path.startswith("/api/models/"):
            self._info(path.removeprefix("/api/models/"))
        else:
            self._resolve(path.removeprefix("/"))

    def _info(self, path: str) -> None:
        repo, _, revision = path.partition("/revision/")
        if repo != self.hub.repo:
            self._refuse(401, "RepoNotFound")
        elif revision and not self._known(revision):
            self._refuse(404, "RevisionNotFound")
        else:
            about = {"id": repo, "sha": self.hub.commit, "siblings": [{"rfilename": name} for name in self.hub.files]}
            self._send(200, {"Content-Type": "application/json"}, json.dumps(about).encode())

    def _resolve(self, path: str) -> None:
        repo, _, rest = path.partition("/resolve/")
        revision, _, name = rest.partition("/")
        if repo != self.hub.repo:
            self._refuse(401, "RepoNotFound")
        elif not self._known(revision):
            self._refuse(404, "RevisionNotFound")
        elif name not in self.hub.files:
            self._refuse(404, "EntryNotFound")
        else:
            content = self.hub.files[name]
            about = {
                "X-Repo-Commit": self.hub.commit,
                "X-Linked-ETag": f'"{digest(content)}"',
                "X-Linked-Size": str(len(content)),
                "Location": f"http://localhost:{self.hub.port}/storage/{digest(content)}",
            }
            self._send(302, about)

    def _stored(self, wanted: str, start: int) -> None:
        content = next(content for content in self.hub.files.values() if digest(content) == wanted)
        headers = {"ETag": f'"{wanted}"', "Accept-Ranges": "bytes"}
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        self._send(206 if start else 200, headers, content[start:], self.hub.cut_after)
        self.hub.cut_after = None

    def _known(self, revision: str) -> bool:
        return revision in (self.hub.commit, *self.hub.branches)

    def _refuse(self, status: int, code: str) -> None:
        self._send(status, {"X-Error-Code": code, "X-Repo-Commit": self.hub.commit})

    def _send(self, status: int, headers: dict[str, str], body: bytes = b"", cut_after: int | None = None) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body[:cut_after])
