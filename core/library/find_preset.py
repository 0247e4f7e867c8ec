"""Which preset somebody means."""

from core import errors, refs
from core.answers import commands
from core.answers.commands import Verb
from core.library.browsing import Listed
from core.people import Place
from core.stores.presets import PresetRows
from core.text import readable


async def preset(rows: PresetRows, account: int | None, place: Place, which: str) -> Listed:
    """The preset with that ref or name that the account sees in `place`; its own goes before others'.

    Raises `errors.NoSuchPreset`, and `errors.SeveralPresets` where a name alone does not tell.
    """
    which = readable(which)
    ref = refs.parse(which)
    if ref is not None:
        found = await rows.find(account or 0, place, ref.id) if ref.kind == "preset" else None
        return existing(found)
    named = await rows.named(account or 0, place, which)
    if len(named) > 1:
        raise errors.SeveralPresets(name=which, which=", ".join(f"{one.preset.ref} by {one.maker}" for one in named))
    return existing(named[0] if named else None)


async def own(rows: PresetRows, account: int | None, place: Place, which: str, verb: Verb) -> Listed:
    """The account's own preset with that ref or name, which may be changed, as `verb` would.

    Raises `errors.NothingNamed`, `errors.NoSuchPreset`, `errors.OperatorsPreset`.
    """
    if not which:
        raise errors.NothingNamed(usage=commands.line(verb))
    found = await preset(rows, account, place, which)
    if found.preset.operators:
        raise errors.OperatorsPreset(name=found.preset.name)
    if not found.mine:
        raise errors.NoSuchPreset
    return found


def existing(found: Listed | None) -> Listed:
    """What was found. Raises `errors.NoSuchPreset`."""
    if found is None:
        raise errors.NoSuchPreset
    return found
