"""The secret from which all keys are made: set by the operator, else made once and kept."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from bots.settings import Settings
from core import errors

NAME = "secret_key"


def secret_key(settings: Settings) -> str:
    """`SECRET_KEY`; without it, what is kept in `KICKBOT_DATA` for nobody but its owner to read. Reads the disk.

    Raises `errors.BadSetting`.
    """
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    file = settings.kickbot_data / NAME
    try:
        if not file.exists():
            _make(file)
        if file.stat().st_mode & 0o077:
            file.chmod(0o600)
        kept = file.read_text(encoding="utf-8", errors="replace").strip()
    except OSError as error:
        raise errors.BadSetting(name="KICKBOT_DATA", problem=f"{file} cannot be used", detail=repr(error)) from error
    if not kept:
        raise errors.BadSetting(name="KICKBOT_DATA", problem=f"{file} is empty; without it a new one is made")
    return kept


def _make(file: Path) -> None:
    """Make the file, whole or not at all; of two processes at once the later one finds the earlier one's."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, partial = tempfile.mkstemp(dir=file.parent, prefix=f".{NAME}-")
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as written:
            written.write(secrets.token_urlsafe(48))
            written.flush()
            os.fsync(descriptor)
        with suppress(FileExistsError):
            os.link(partial, file)
    finally:
        Path(partial).unlink()
