"""Removing what is no longer needed: expired takes, files without a row, old rows."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from logging import getLogger
from uuid import UUID, uuid4

from core import errors, files
from core.library import lost_sounds
from core.stores.sweepings import OLD, Sweepings

log = getLogger(__name__)

Step = Callable[[], Awaitable[bool]]
"""Does one batch of some work; whether there may be more of it now."""

STUCK = 3
"""So many files of a batch that cannot be removed may each have cost its time: the rest is for the next batch."""


@dataclass(frozen=True, slots=True)
class Sweeper:
    """Sweeps now and then, one process at a time. Only paths recorded in our own tables are removed: others share
    the bucket.

    A step takes up to `rows` rows or `files_at_once` files in one batch. `every` is in seconds; so is `lease`, after
    which another process takes over from one that was killed, and which is longer than any batch.
    """

    sweepings: Sweepings
    files: files.Files
    rows: int = 500
    files_at_once: int = 100
    every: float = 900
    lease: float = 300
    worker: UUID = field(default_factory=uuid4)

    def steps(self) -> dict[str, Step]:
        """What is done, by what it is called in the log, in this order: files are thrown away before they go."""
        rows = self.sweepings
        return {
            "expired takes": partial(rows.expire_takes, self.rows),
            "takes whose sound may be gone": self.look_up_takes,
            "jobs that nobody goes on with": partial(rows.end_jobs, self.rows),
            **{what: partial(rows.forget, what, self.rows) for what in OLD},
            "places that were left": partial(rows.leave_places, self.rows),
            "the operator's presets": partial(rows.list_operators, self.rows),
            "shares": self._refresh_shares(),
            "files": self.empty_trash,
        }

    async def run(self) -> None:
        """Sweep until cancelled, where no process of this database has done so for `every` seconds."""
        while True:
            try:
                await self.sweep(rest=self.every)
            except Exception:
                log.warning("sweeping is tried again later", exc_info=True)
            await asyncio.sleep(min(self.every, self.lease))

    async def sweep(self, rest: float = 0) -> None:
        """Sweep, unless another process does or has done less than `rest` seconds ago.

        A step that fails is left to the next sweep and keeps no other from its work; so is what is left by a process
        that is killed.
        """
        if not await self.sweepings.lead(self.worker, self.lease, rest):
            return
        for name, step in self.steps().items():
            more = True
            while more:
                more = await self._more(name, step)
                if not await self.sweepings.lead(self.worker, self.lease):
                    log.warning("another process sweeps by now")
                    return
        await self.sweepings.swept(self.worker)

    async def _more(self, name: str, step: Step) -> bool:
        try:
            return await step()
        except Exception:
            log.warning("%s are swept later", name, exc_info=True)
            return False

    def _refresh_shares(self) -> Step:
        """A step that goes on where it has come to, so that a sweep looks at each share once."""
        after = 0

        async def refresh() -> bool:
            nonlocal after
            reached = await self.sweepings.refresh_shares(self.rows, after)
            after = reached or after
            return reached is not None

        return refresh

    async def look_up_takes(self) -> bool:
        """Look for the sounds of takes of which that is doubted; whether there may be more.

        Raises `errors.StorageFailed` where storage is away.
        """
        doubted = await self.sweepings.doubted(self.files_at_once)
        for take in doubted:
            with suppress(errors.SoundGone):
                await lost_sounds.look_up(take, self.files, self.sweepings)
        return len(doubted) == self.files_at_once

    async def empty_trash(self) -> bool:
        """Remove a batch of the files whose time has come; whether there may be more.

        Raises `errors.StorageFailed` where storage is away.
        """
        due = await self.sweepings.trash(self.files_at_once)
        if not due.paths:
            return due.more
        if await self._remove(due.paths):
            await self.sweepings.emptied(due.paths)
            return due.more
        return await self._remove_one_by_one(due.paths) or due.more

    async def _remove_one_by_one(self, paths: list[str]) -> bool:
        """Something among `paths` cannot be removed: it makes way for the others, for a day; whether some are left."""
        removed: list[str] = []
        stuck: list[str] = []
        for path in paths:
            (removed if await self._remove([path]) else stuck).append(path)
            if len(stuck) == STUCK:
                break
        await self.sweepings.emptied(removed)
        if len(stuck) < len(paths):
            await self.sweepings.postpone(stuck, days=1)
        if not removed:
            raise errors.StorageFailed(detail=f"{paths[0]} and others cannot be removed")
        return len(removed) + len(stuck) < len(paths)

    async def _remove(self, paths: list[str]) -> bool:
        try:
            await self.files.remove(paths + [files.picture_path(path) for path in paths])
        except errors.StorageFailed as error:
            log.warning("%s of the trash stay for now: %s", len(paths), error.detail)
            return False
        return True
