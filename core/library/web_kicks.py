"""Kicks that the web app made: nothing is known of them until they are measured and drawn."""

import asyncio
from dataclasses import dataclass, replace

from core import errors, files
from core.kicks import Kick
from core.people import Place
from core.refs import Ref
from core.sound import measuring, picture, reading
from core.sound.measuring import Facts
from core.stores.library import LibraryRows


@dataclass(frozen=True, slots=True)
class Appraiser:
    """Measures what has not been measured yet."""

    rows: LibraryRows
    files: files.Files

    async def appraised(self, account: int, place: Place, ref: Ref, kick: Kick) -> Kick:
        """The kick that the account sees behind `ref`, with its facts noted and its picture beside its file.

        What cannot be read as a sound has neither, nor has what lies elsewhere. Raises `errors.SoundGone` where the
        file is.
        """
        if kick.sound.measured or not kick.sound.audible:
            return kick
        audio = await self.files.fetch(kick.sound.path)
        if audio is None:
            raise errors.SoundGone
        facts, drawn = await asyncio.to_thread(_appraise, audio)
        beside = files.picture_path(kick.sound.path)
        if drawn:
            await self.files.store(beside, drawn)
        if not await self.rows.measured(account, place, ref, facts):
            await self.files.remove([beside])
            raise errors.NoSuchTake
        return replace(kick, sound=replace(kick.sound, facts=facts, measured=True))


def _appraise(audio: bytes) -> tuple[Facts | None, bytes | None]:
    try:
        samples = reading.read(audio)
    except errors.BadSound:
        return None, None
    facts = measuring.measure(samples)
    return facts, picture.draw(samples, facts)
