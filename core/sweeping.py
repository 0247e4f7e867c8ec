"""Removing what is no longer needed: expired takes, files without a row, old rows."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from logging import getLogger

from core import days, errors, files
from core.stores.sweepings import Sweepings

log = getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sweeper:
    """Sweeps now and then. Only paths recorded in our own tables are removed: others share the bucket.

    `keep_days` is how long closed jobs, messages and usage are kept; `every` is in seconds.
    """

    sweepings: Sweepings
    files: files.Files
    keep_days: int = 120
    every: float = 900
    clock: days.Clock = days.now

    async def run(self) -> None:
        """Sweep until cancelled."""
        while True:
            try:
                await self.sweep()
            except Exception:
                log.warning("sweeping stopped and is tried again later", exc_info=True)
            await asyncio.sleep(self.every)

    async def sweep(self) -> None:
        """Sweep once. Killed in the middle, the next sweep does the rest."""
        moment = self.clock()
        await self.sweepings.expire_takes(moment)
        await self.sweepings.forget_old(moment, self.keep_days)
        await self.sweepings.refresh_shares()
        await self.empty_trash()

    async def empty_trash(self) -> None:
        """Remove the files whose time has come. Killed in the middle, the next sweep does the rest."""
        moment = self.clock()
        while paths := await self.sweepings.trash(moment, count=100):
            removed = paths if await self._remove(paths) else [path for path in paths if await self._remove([path])]
            if not removed:
                raise errors.StorageFailed(detail=f"{paths[0]} and others cannot be removed")
            await self.sweepings.emptied(removed)
            await self.sweepings.postpone(list(set(paths).difference(removed)), moment + timedelta(days=1))

    async def _remove(self, paths: list[str]) -> bool:
        try:
            await self.files.remove(paths + [files.picture_path(path) for path in paths])
        except errors.StorageFailed as error:
            log.warning("%s of the trash stay for now: %s", len(paths), error.detail)
            return False
        return True
