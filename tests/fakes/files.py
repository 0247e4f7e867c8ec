"""Files in memory."""

import asyncio
from dataclasses import dataclass, field

from core import errors


@dataclass
class MemoryFiles:
    """`core.files.Files` in a dictionary; `broken` makes every call fail, `refuse` those for an ending; nothing more
    goes into what is `full`; what is `stuck` cannot be removed, and what `hangs` answers no removal. `removals` counts
    those that were asked for."""

    objects: dict[str, bytes] = field(default_factory=dict)
    broken: bool = False
    full: bool = False
    refuse: str | None = None
    slow_sounds: bool = False
    stuck: set[str] = field(default_factory=set)
    hangs: bool = False
    removals: int = 0

    async def store(self, path: str, data: bytes) -> None:
        self._check()
        if self.refuse and path.endswith(self.refuse):
            raise errors.StorageFailed
        if self.full:
            raise errors.StorageFull
        if self.slow_sounds and path.endswith(".wav"):
            await asyncio.sleep(0.05)
        self.objects[path] = data

    async def fetch(self, path: str) -> bytes | None:
        self._check()
        return self.objects.get(path)

    async def exists(self, path: str) -> bool:
        self._check()
        return path in self.objects

    async def copy(self, source: str, target: str) -> None:
        self._check()
        if source not in self.objects:
            raise errors.SoundGone(detail=f"nothing at {source}")
        self.objects[target] = self.objects[source]

    async def remove(self, paths: list[str]) -> None:
        self.removals += 1
        if self.hangs:
            await asyncio.Event().wait()
        self._check()
        if self.stuck.intersection(paths):
            raise errors.StorageFailed
        for path in paths:
            self.objects.pop(path, None)

    def url(self, path: str) -> str:
        return f"memory:{path}"

    def _check(self) -> None:
        if self.broken:
            raise errors.StorageFailed
