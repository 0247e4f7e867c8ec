"""`admin`: what those who manage a workspace set for it."""

from bots.slack import markup, sheets
from bots.slack.sheets import Sheet
from bots.slack.surface import Surface
from core import errors
from core.people import Actor
from core.rules import Rules

VERB = "admin"
USAGE = (
    "`admin limit 50` lets all together make 50 kicks a day, `admin limit off` as many as each may. "
    "`admin here on` lets me answer in this channel, and only where I am let; `admin here off` takes it back; "
    "`admin everywhere` lets me answer in every channel."
)


def meant(text: str) -> bool:
    """Whether that is a command about the rules."""
    return text.lower().split()[:1] == [VERB]


async def answer(here: Surface, actor: Actor, text: str) -> Sheet:
    """Set what is asked, and tell the rules. Raises `errors.NotAdmin`, `errors.NoPlace`."""
    places = here.places
    match text.lower().split()[1:]:
        case []:
            return _told(await places.rules(actor.place))
        case ["limit", "off"]:
            return _told(await places.set_limit(actor, None))
        case ["limit", number] if number.isascii() and number.isdecimal() and 0 < int(number) <= 1_000_000:
            return _told(await places.set_limit(actor, int(number)))
        case ["here", "on" | "off" as state]:
            return _told(await places.set_channel(actor, actor.place.channel, allowed=state == "on"))
        case ["everywhere"]:
            return _told(await places.open_everywhere(actor))
        case _:
            raise errors.UnknownCommand(command=text)


def _told(rules: Rules) -> Sheet:
    channels = ", ".join(f"<#{channel}>" for channel in sorted(rules.channels)) or "every channel"
    limit = f"{rules.daily_limit} a day, all together" if rules.daily_limit else "as many as each may make"
    return sheets.told(f"I answer in {channels}.\nKicks: {markup.text(limit)}.", sheets.small(USAGE))
