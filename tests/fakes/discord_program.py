"""`kickbot` whose Discord is at another address: `python -m tests.fakes.discord_program ADDRESS WORDS...`."""

import sys

from discord.http import Route

from bots.__main__ import main

if __name__ == "__main__":
    Route.BASE = sys.argv[1]
    sys.exit(main(sys.argv[2:]))
