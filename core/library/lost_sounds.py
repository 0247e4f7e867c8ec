"""Takes that may have lost their sound to the web app, which deletes files as well: looked up once."""

from core import errors, files
from core.kicks import Take
from core.stores.takes import Doubts


async def look_up(take: Take, store: files.Files, rows: Doubts) -> None:
    """Look for the take's sound where it is doubted that it is there; drop the take where it is not.

    Raises `errors.SoundGone` then, and `errors.StorageFailed` where it cannot be told; it stays doubted so.
    """
    if take.doubted is None:
        return
    there = await store.exists(take.path)
    await rows.settle(take, there=there)
    if not there:
        raise errors.SoundGone(detail=f"nothing is kept at {take.path}")
