"""The `kickbot` command."""

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from bots import discording, logs, manifesting, misspelt, modelling, serving, settings, signals, warming
from bots.console import start
from bots.opening import open_database
from core import errors
from db.postgres import migrate

log = logging.getLogger(__name__)


def main(words: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status."""
    asked = _parser().parse_args(words)
    try:
        demo = asked.command == "demo"
        read = settings.read(None if demo else Path(".env"), None if demo else Path.home() / ".modal.toml")
        quiet = asked.command in ("demo", "chat")
        logs.set_up(read.log_format, logging.DEBUG if read.debug else logging.WARNING if quiet else logging.INFO)
        for name, meant in misspelt.found(None if demo else Path(".env")).items():
            log.warning("%s is no setting of Kickbot and counts for nothing; perhaps %s is meant", name, meant)
        if asked.command == "model":
            return _model(asked, read)
        return asyncio.run(signals.obeyed(_run(asked, read)))
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
    chat.add_argument("--as", dest="speaker", metavar="NAME", help="speak as somebody else, who has another account")
    chat.add_argument("--play", action="store_true", help="play each kick, where a player is found")
    commands.add_parser("run", help="serve HTTP and every platform that has a token")
    commands.add_parser("discord-sync", help="tell Discord which commands there are: once, and after an update")
    manifest = commands.add_parser("slack-manifest", help="print what to paste where Slack asks for an app's manifest")
    manifest.add_argument("--command", dest="slash", metavar="NAME", help="the slash command (default: SLACK_COMMAND)")
    manifest.add_argument("--mode", choices=("socket", "http"), default="socket", help="how Slack is to reach Kickbot")
    commands.add_parser("migrate", help="bring the database up to date")
    model = commands.add_parser("model", help="the diffusion model's weights on this machine")
    model.add_argument("action", choices=("download", "convert", "info"))
    model.add_argument("path", nargs="?", type=Path, help="convert: the folder of published files; info: a model file")
    model.add_argument("target", nargs="?", type=Path, help="convert: the file to write")
    model.add_argument("--half", action="store_true", help="store float16, half the size")
    warm = commands.add_parser("warm", help="keep a container on Modal awake: 2h, 90m, or off")
    warm.add_argument("span", metavar="TIME")
    return parser


async def _run(asked: argparse.Namespace, read: settings.Settings) -> int:
    match asked.command:
        case "demo":
            return await start.demo(read)
        case "chat":
            return await start.chat(read, asked.lines or [], as_json=asked.json, play=asked.play, speaker=asked.speaker)
        case "run":
            return await serving.run(read)
        case _:
            return await _manage(asked, read)


async def _manage(asked: argparse.Namespace, read: settings.Settings) -> int:
    match asked.command:
        case "discord-sync":
            return await discording.sync(read)
        case "slack-manifest":
            return manifesting.run(read, asked.slash, asked.mode)
        case "warm":
            return await warming.run(read, asked.span)
        case _:
            return await _migrate(read)


def _model(asked: argparse.Namespace, read: settings.Settings) -> int:
    """Nothing of it needs an orderly end, and the libraries that it waits in may hear of no signal: any ends it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return modelling.run(read, asked.action, asked.path, asked.target, half=asked.half)


async def _migrate(read: settings.Settings) -> int:
    async with open_database(read) as database:
        done = await migrate.migrate(database)
    for migration in done:
        sys.stdout.write(f"applied {migration.name}\n")
    sys.stdout.write("The database is up to date.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
