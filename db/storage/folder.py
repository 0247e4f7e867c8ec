"""The folder in which sounds and pictures are kept where there is no bucket."""

import asyncio
import errno
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from core import errors
from db.storage import atomic_write, object_path

P = ParamSpec("P")
T = TypeVar("T")

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


async def open_folder(folder: Path, base_url: str | Callable[[], str]) -> "FolderFiles":
    """The files in `folder`, which is made where it is missing and rid of what a killed process left half-written."""
    files = FolderFiles(folder, base_url)
    await files.sweep()
    return files


class FolderFiles:
    """Keeps objects as files below a folder (see `core.files.Files`)."""

    def __init__(self, folder: Path, base_url: str | Callable[[], str]) -> None:
        """Serve as the store of `folder`.

        `base_url` is where `/files/...` is served; a function where the port is known only once the server listens.
        """
        self._folder = folder
        self._aside = folder / ".incoming"
        self._base_url = base_url

    async def store(self, path: str, data: bytes) -> None:
        await _in_thread(self._write, object_path.checked(path), data)

    async def fetch(self, path: str) -> bytes | None:
        return await _in_thread(self._read, object_path.checked(path))

    async def exists(self, path: str) -> bool:
        return await _in_thread(self._find_whole, object_path.checked(path)) is not None

    async def copy(self, source: str, target: str) -> None:
        data = await self.fetch(source)
        if data is None:
            raise errors.SoundGone(detail=f"copying {source}: nothing is kept there")
        await self.store(target, data)

    async def remove(self, paths: list[str]) -> None:
        await _in_thread(self._unlink, [object_path.checked(path) for path in paths])

    def url(self, path: str) -> str:
        base = self._base_url if isinstance(self._base_url, str) else self._base_url()
        return f"{base.rstrip('/')}/files/{object_path.checked(path)}"

    def find(self, path: str) -> Path | None:
        """Where the file of `path` lies, None where there is none or `path` is of no shape of ours. Reads the disk."""
        if not object_path.fits(path):
            return None
        file = self._folder / path
        # A link would lead to files that are nobody's kick.
        if file.parent.is_symlink() or file.is_symlink() or not file.is_file():
            return None
        return file

    def _find_whole(self, path: str) -> Path | None:
        """As `find`; OSError where the folder itself is not there, a disk that is not mounted, say."""
        self._aside.stat()
        return self.find(path)

    async def sweep(self) -> None:
        """Remove what a killed process left half-written."""
        await _in_thread(self._sweep)

    def _write(self, path: str, data: bytes) -> None:
        file = self._folder / path
        self._aside.mkdir(parents=True, exist_ok=True)
        _refuse_link(file.parent)
        if not file.parent.is_dir():
            file.parent.mkdir(exist_ok=True)
            atomic_write.sync_folder(self._folder)
        atomic_write.write_whole(file, data, self._aside)

    def _read(self, path: str) -> bytes | None:
        file = self.find(path)
        try:
            return None if file is None else file.read_bytes()
        except FileNotFoundError:
            return None

    def _unlink(self, doomed: list[str]) -> None:
        for path in doomed:
            file = self._folder / path
            _refuse_link(file.parent)
            file.unlink(missing_ok=True)

    def _sweep(self) -> None:
        self._aside.mkdir(parents=True, exist_ok=True)
        atomic_write.sweep(self._aside)


def _refuse_link(folder: Path) -> None:
    """OSError where `folder` leads out of the store."""
    if folder.is_symlink():
        raise OSError(f"{folder} is a symbolic link")


async def _in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do `work` on the disk without holding up the event loop; `errors.StorageFailed` where the disk refuses it."""
    try:
        return await asyncio.to_thread(work, *args, **kwargs)
    except OSError as error:
        kind = errors.StorageFull if error.errno in NO_ROOM else errors.StorageFailed
        raise kind(detail=f"{type(error).__name__}: {error}") from error
