"""Tells by which name a user who is listed nowhere speaks in the console."""

from bots.cli import chat
from tests import unlisted

if __name__ == "__main__":
    unlisted.become()
    print(chat.user_name())
