"""Sounds written to files, where somebody wants them."""

import asyncio
import errno
import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

from core import errors, refs
from core.text import readable

SUFFIX = ".wav"


def parted(text: str) -> tuple[str, Path]:
    """Which sound, empty for the last one shown, and where to: "take:5, ~/kicks", with either part left out."""
    text = readable(text)
    which, comma, where = (part.strip() for part in text.partition(","))
    if not comma or _unquoted(text) != text:
        which, where = ("", text) if _is_place(text) else (text, "")
    return which, Path(_unquoted(where))


def made(folder: Path) -> Path:
    """The folder, which is there from now on. Raises `errors.NotWritten`. Writes to the disk."""
    try:
        folder = folder.expanduser()
        folder.mkdir(parents=True, exist_ok=True)
    except RuntimeError as error:
        raise errors.NotWritten(path=folder, problem="there is no such home folder") from error
    except OSError as error:
        raise errors.NotWritten(path=folder, problem=error.strerror) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise errors.NotWritten(path=folder, problem=os.strerror(errno.EACCES))
    return folder


async def written(sound: bytes, name: str, where: Path) -> Path:
    """The file that holds the sound from now on: `where` itself, or a file called `name` in that folder.

    Nothing is overwritten: in a folder a name that is taken is numbered. Raises `errors.NotWritten`.
    """
    return await asyncio.to_thread(_written, sound, name, where)


def _written(sound: bytes, name: str, where: Path) -> Path:
    if where.suffix.lower() == SUFFIX and not _is_folder(where):
        where = made(where.parent) / where.name
        candidates: Iterator[Path] = iter([where])
    else:
        folder = made(where)
        stem = name.removesuffix(SUFFIX)
        candidates = (folder / (f"{stem}-{number}{SUFFIX}" if number > 1 else name) for number in count(1))
    for file in candidates:
        try:
            if _is_new(file, sound) or file.read_bytes() == sound:
                return file.absolute()
        except OSError as error:
            raise errors.NotWritten(path=file, problem=error.strerror) from error
    raise errors.NotWritten(path=where, problem="there is another file of that name")


def _is_new(file: Path, sound: bytes) -> bool:
    """Write the file, whole or not at all; False where there is one."""
    try:
        with file.open("xb") as writing:
            writing.write(sound)
    except FileExistsError:
        return False
    except OSError:
        with suppress(OSError):
            file.unlink()
        raise
    return True


def _is_place(text: str) -> bool:
    """Whether it is rather a place on the disk than the name of a kick."""
    if not text or refs.parse(text):
        return False
    bare = _unquoted(text)
    return (
        bare != text
        or bare.startswith(("~", "."))
        or os.sep in bare
        or bare.lower().endswith(SUFFIX)
        or _is_folder(Path(bare))
    )


def _is_folder(path: Path) -> bool:
    with suppress(OSError, RuntimeError):
        return path.expanduser().is_dir()
    return False


def _unquoted(text: str) -> str:
    """The text without the quotes around it that a shell would want."""
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text
