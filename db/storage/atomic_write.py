"""Files that appear whole or not at all, even when the process is killed or the power goes while they are written.

A file is written in a folder aside, synced, and moved to its place. The writer holds a lock on it meanwhile, which the
kernel lets go of when the process dies: so a later start can tell what a dead process left from what a living one
writes, with no clock and no process ids.
"""

import fcntl
import os
import tempfile
from pathlib import Path


def write_whole(target: Path, data: bytes, aside: Path) -> None:
    """Put `data` at `target`, replacing what is there; the folder `aside` is in the same file system."""
    partial, descriptor = _begin(aside)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(descriptor)
            partial.replace(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` outlast a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sweep(aside: Path) -> None:
    """Remove from `aside` what no living process is writing."""
    for partial in aside.iterdir():
        try:
            descriptor = os.open(partial, os.O_RDONLY | os.O_NOFOLLOW)
        except FileNotFoundError:
            continue
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            partial.unlink(missing_ok=True)
        except BlockingIOError:
            continue
        finally:
            os.close(descriptor)


def _begin(aside: Path) -> tuple[Path, int]:
    """A new, locked file in `aside`: its path and its open descriptor."""
    while True:
        descriptor, name = tempfile.mkstemp(dir=aside)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        # A sweep of another process may have got the lock, and removed the file, between the two lines above.
        if os.fstat(descriptor).st_nlink:
            return Path(name), descriptor
        os.close(descriptor)
