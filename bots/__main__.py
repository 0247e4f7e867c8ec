"""The `kickbot` command."""

import argparse
import asyncio
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from bots import logs, serving, settings
from bots.console import start
from bots.opening import open_database
from core import errors
from db import migrate


def main(words: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status."""
    asked = _parser().parse_args(words)
    try:
        read = settings.read(None if asked.command == "demo" else Path(".env"))
        quiet = asked.command in ("demo", "chat")
        logs.set_up(read.log_format, logging.DEBUG if read.debug else logging.WARNING if quiet else logging.INFO)
        return asyncio.run(_run(asked, read))
    except errors.KickbotError as error:
        sys.stderr.write(f"kickbot: {error}\n")
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kickbot", description="Kick drums in chat: /kick hit house makes a new one.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("demo", help="make a kick with what this machine has, then chat (ignores .env)")
    chat = commands.add_parser("chat", help="chat with Kickbot in this terminal")
    chat.add_argument("-c", dest="lines", action="append", metavar="LINE", help="run this line and leave (repeatable)")
    chat.add_argument("--json", action="store_true", help="one JSON object for each reply")
    chat.add_argument("--play", action="store_true", help="play each kick, where a player is found")
    commands.add_parser("run", help="serve HTTP and every platform that has a token")
    commands.add_parser("migrate", help="bring the database up to date")
    return parser


async def _run(asked: argparse.Namespace, read: settings.Settings) -> int:
    match asked.command:
        case "demo":
            return await start.demo(read)
        case "chat":
            return await start.chat(read, asked.lines or [], as_json=asked.json, play=asked.play)
        case "run":
            return await serving.run(read)
        case _:
            return await _migrate(read)


async def _migrate(read: settings.Settings) -> int:
    async with open_database(read) as database:
        done = await migrate.migrate(database)
    for migration in done:
        sys.stdout.write(f"applied {migration.name}\n")
    sys.stdout.write("The database is up to date.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
