"""The platforms on which somebody can be, whichever of them this process serves."""

from bots.discord import platform as discord
from bots.slack import platform as slack
from core.identities import Platform, Platforms
from core.people import WEB

PLATFORMS = Platforms(
    {
        discord.PLATFORM: discord.CALLED,
        slack.PLATFORM: slack.CALLED,
        WEB: Platform("the web"),
    }
)
