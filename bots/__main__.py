"""The `kickbot` command."""

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from bots import logs, misspelt, output, setting_files, settings
from bots.cli import chat, model, run, signals, slack_manifest, start_block, warm
from bots.composition import discord_platform
from bots.composition.kickbot import open_database
from core import errors
from db.postgres import migrate

log = logging.getLogger(__name__)


def main(words: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status."""
    try:
        asked = _asked(words)
        demo = asked.command == "demo"
        env_file = None if demo else setting_files.env_file()
        read = settings.read(env_file, None if demo else setting_files.modal_file())
        quiet = asked.command in ("demo", "chat")
        logs.set_up(read.log_format, logging.DEBUG if read.debug else logging.WARNING if quiet else logging.INFO)
        for name, meant in misspelt.found(env_file).items():
            log.warning("%s is no setting of Kickbot and counts for nothing; perhaps %s is meant", name, meant)
        if asked.command == "model":
            return _model(asked, read)
        return asyncio.run(signals.obeyed(_run(asked, read, env_file)))
    except errors.OutputLost as lost:
        if lost.closed:
            return 128 + signal.SIGPIPE
        return _refused(lost)
    except errors.KickbotError as error:
        return _refused(error)
    except KeyboardInterrupt:
        return 130


def _told(error: errors.KickbotError) -> str:
    """What whoever runs Kickbot reads; of a database that is out of reach only why, as the sentence is for chats."""
    if isinstance(error, errors.DatabaseUnavailable) and not isinstance(error, errors.AnswerLost) and error.detail:
        return f"the database cannot be used. {error.detail}"
    return "\n".join(part.rstrip() for part in (str(error), error.detail) if part)


def _refused(error: errors.KickbotError) -> int:
    sys.stderr.write(f"kickbot: {_told(error)}\n")
    return 2


def _asked(words: Sequence[str] | None) -> argparse.Namespace:
    """What the words ask for. Help ends the program, once it is written."""
    try:
        return _parser().parse_args(words)
    except SystemExit:
        output.write("")
        raise


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kickbot", description="Kick drums in chat: /kick hit house makes a new one.")
    parser.add_argument("--version", action="version", version=f"kickbot {metadata.version('kickbot')}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("demo", help="make a kick with what this machine has, then chat (ignores .env)")
    chat_command = commands.add_parser("chat", help="chat with Kickbot in this terminal")
    chat_command.add_argument(
        "-c", dest="lines", action="append", metavar="LINE", help="run this line and leave (repeatable)"
    )
    chat_command.add_argument("--json", action="store_true", help="one JSON object for each reply")
    chat_command.add_argument(
        "--as", dest="speaker", metavar="NAME", help="speak as somebody else, who has another account"
    )
    chat_command.add_argument("--play", action="store_true", help="play each kick, where a player is found")
    chat_command.add_argument(
        "--save", dest="folder", type=Path, metavar="FOLDER", help="write the WAV of each kick that is shown there"
    )
    commands.add_parser("run", help="serve HTTP and every platform that has a token")
    commands.add_parser("discord-sync", help="tell Discord which commands there are: once, and after an update")
    manifest_command = commands.add_parser(
        "slack-manifest", help="print what to paste where Slack asks for an app's manifest"
    )
    manifest_command.add_argument(
        "--command", dest="slash", metavar="NAME", help="the slash command (default: SLACK_COMMAND)"
    )
    manifest_command.add_argument(
        "--mode", choices=("socket", "http"), default="socket", help="how Slack is to reach Kickbot"
    )
    commands.add_parser("migrate", help="bring the database up to date")
    model_command = commands.add_parser("model", help="the diffusion model's weights on this machine")
    model_command.add_argument("action", choices=("download", "convert", "info"))
    model_command.add_argument(
        "path", nargs="?", type=Path, help="convert: the folder of published files; info: a model file"
    )
    model_command.add_argument("target", nargs="?", type=Path, help="convert: the file to write")
    model_command.add_argument("--half", action="store_true", help="store float16, half the size")
    warm_command = commands.add_parser("warm", help="keep a container on Modal awake: 2h, 90m, or off")
    warm_command.add_argument("span", metavar="TIME")
    return parser


async def _run(asked: argparse.Namespace, read: settings.Settings, env_file: Path | None) -> int:
    match asked.command:
        case "demo":
            return await chat.demo(read)
        case "chat":
            return await chat.chat(read, _wishes(asked))
        case "run":
            return await run.run(read, env_file)
        case _:
            return await _manage(asked, read)


def _wishes(asked: argparse.Namespace) -> chat.Wishes:
    return chat.Wishes(tuple(asked.lines or ()), asked.json, asked.play, asked.speaker, asked.folder)


async def _manage(asked: argparse.Namespace, read: settings.Settings) -> int:
    match asked.command:
        case "discord-sync":
            return await discord_platform.sync(read)
        case "slack-manifest":
            return slack_manifest.run(read, asked.slash, asked.mode)
        case "warm":
            return await warm.run(read, asked.span)
        case _:
            return await _migrate(read)


def _model(asked: argparse.Namespace, read: settings.Settings) -> int:
    """Nothing of it needs an orderly end, and the libraries that it waits in may hear of no signal: any ends it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return model.run(read, asked.action, asked.path, asked.target, half=asked.half)


async def _migrate(read: settings.Settings) -> int:
    async with open_database(read) as database:
        done = await migrate.migrate(database)
    for migration in done:
        output.write(f"applied {migration.name}\n")
    output.write(f"The database is up to date: {start_block.database(read)}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
