"""Playing a kick on this machine, with whatever player is installed."""

import asyncio
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

PLAYERS = (
    ("afplay",),
    ("pw-play",),
    ("paplay",),
    ("aplay", "-q"),
    ("play", "-q"),
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "quiet"),
    ("mpv", "--no-video", "--really-quiet"),
)


@dataclass(frozen=True, slots=True)
class Player:
    """A program that plays a sound file named behind `command`."""

    command: tuple[str, ...]

    async def play(self, sound: bytes, name: str) -> None:
        """Play to the end. A player that fails (no sound card, say) is as good as none."""
        with tempfile.TemporaryDirectory(prefix="kickbot-") as folder:
            file = Path(folder) / name
            await asyncio.to_thread(file.write_bytes, sound)
            process = await asyncio.create_subprocess_exec(
                *self.command,
                str(file),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
            )
            try:
                await process.wait()
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()


def find() -> Player | None:
    """The first player that is installed, None where there is none."""
    for command in PLAYERS:
        if program := shutil.which(command[0]):
            return Player((program, *command[1:]))
    return None
