"""What people do in the storm. One more thing is one more function, and a line in `ACTIONS`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random

from core import errors
from db.postgres.database import Database
from tests.chaos.members import CODE, CONFIRM, Member

PROMPTS = ("hit house", "deep 808", "house", "deep house 808", "hit house count:3", "808 count:3")


@dataclass(frozen=True)
class Scene:
    """Who does something, with whom beside them, and what chance decides; `database` says what there is to name."""

    database: Database
    me: Member
    others: list[Member]
    random: Random

    async def pick(self, table: str) -> str | None:
        """One of one's own, or what others share, such as `preset:12`."""
        who = self.me.person
        try:
            found = await self.database.fetch(OWN[table], who.platform, who.realm, who.id)
        except errors.DatabaseUnavailable:
            return None
        return str(self.random.choice(found)["ref"]) if found else None


async def kick(scene: Scene) -> None:
    await scene.me.kick(scene.random.choice(PROMPTS))


async def save(scene: Scene) -> None:
    await scene.me.save()


async def unsave(scene: Scene) -> None:
    await scene.me.unsave()


async def share(scene: Scene) -> None:
    if preset := await scene.pick("preset"):
        await scene.me.say(f"share {preset}")


async def unshare(scene: Scene) -> None:
    if preset := await scene.pick("preset"):
        await scene.me.say(f"unshare {preset}")


async def take_up(scene: Scene) -> None:
    if preset := await scene.pick("shared"):
        await scene.me.take_up(preset)


async def rename(scene: Scene) -> None:
    if preset := await scene.pick("preset"):
        await scene.me.say(f"rename {preset}, Mine {scene.random.randrange(5)}")


async def delete_kick(scene: Scene) -> None:
    if ref := await scene.pick(scene.random.choice(("take", "kick"))):
        answer = await scene.me.delete(ref)
        if answer.confirm:
            await scene.me.agree(answer)


async def delete_preset(scene: Scene) -> None:
    if preset := await scene.pick("preset"):
        answer = await scene.me.say(f"presets delete {preset}")
        if answer.confirm:
            await scene.me.agree(answer)


async def link(scene: Scene) -> None:
    other = scene.random.choice(scene.others)
    if code := (await scene.me.say("account link", CODE)).code:
        answer = await other.say(f"account link {code}", CONFIRM)
        if answer.confirm:
            await other.agree(answer)


async def unlink(scene: Scene) -> None:
    await scene.me.say("account unlink")


async def forget(scene: Scene) -> None:
    answer = await scene.me.say("account forget", CONFIRM)
    if answer.confirm:
        await scene.me.agree(answer)


Action = Callable[[Scene], Awaitable[None]]

ACTIONS: dict[Action, int] = {
    kick: 24,
    save: 24,
    unsave: 4,
    share: 12,
    unshare: 2,
    take_up: 12,
    rename: 6,
    delete_kick: 6,
    delete_preset: 3,
    link: 6,
    unlink: 3,
    forget: 1,
}
"""How often each is done, beside the others."""

MINE = """(
    SELECT account_id FROM kickbot.identity WHERE platform = $1 AND realm = $2 AND external_id = $3
)"""

OWN = {
    "take": f"SELECT 'take:' || id AS ref FROM kickbot.take WHERE account_id = {MINE} ORDER BY id",
    "kick": f"SELECT 'kick:' || id AS ref FROM public.kickgen_generatedkick WHERE user_id = {MINE} ORDER BY id",
    "preset": f"SELECT 'preset:' || id AS ref FROM public.presets_preset WHERE user_id = {MINE} ORDER BY id",
    "shared": f"SELECT 'preset:' || preset_id AS ref FROM kickbot.share WHERE platform = $1 AND account_id <> {MINE}",
}
