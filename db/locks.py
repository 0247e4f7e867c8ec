"""In which order transactions lock what they share, so that no two wait for one another.

1. Whose account an identity has (`identities.turn`), identities, users: each by id.
2. Jobs, by id.
3. Presets, kicks, takes: each by id.
4. Shares by id, and behind them the sounds whose saves are counted: see the triggers.
5. Usage: of accounts by name, of the place, of all.
6. The trash.

Whoever needs several takes them in this order. What is deleted along with something comes behind it here, as the web
app, which knows nothing of this, locks first what it deletes and then what goes with that. Sweeping leaves alone what
somebody holds. Where two cross all the same, as the web app's deletion of a user may cross a merge, PostgreSQL ends
one, which is begun again: see `Database.change`.
"""

from collections.abc import Iterable

from db.postgres.database import Transaction


async def library(transaction: Transaction, account: int, other: int) -> None:
    """Hold presets and kicks of both accounts, and the shares of `account` and of all that it shares or has saved."""
    await transaction.execute(PRESETS, account, other)
    await transaction.execute(KICKS, account, other)
    await transaction.execute(SHARES, account, other)


async def shown(transaction: Transaction, account: int, presets: Iterable[int], kick: int | None = None) -> None:
    """Hold presets of the account with their shares, and the shares of what was saved as that kick."""
    await transaction.execute(SHOWN, account, [str(preset) for preset in presets], kick)


PRESETS = "SELECT FROM public.presets_preset WHERE user_id IN ($1, $2) ORDER BY id FOR UPDATE"

KICKS = "SELECT FROM public.kickgen_generatedkick WHERE user_id IN ($1, $2) ORDER BY id FOR UPDATE"

SHARES = """
SELECT FROM kickbot.share WHERE account_id IN ($1, $2)
    OR origin IN (SELECT origin FROM kickbot.saved WHERE account_id = $1)
    OR origin IN (SELECT origin FROM kickbot.share WHERE account_id = $1)
ORDER BY id FOR UPDATE
"""

# The shares are sorted before the first is locked, and for that the presets must have been.
SHOWN = """
WITH held AS (
    SELECT id FROM public.presets_preset WHERE user_id = $1 AND id = ANY($2::text[]::bigint[]) ORDER BY id FOR UPDATE
)
SELECT FROM kickbot.share WHERE preset_id IN (SELECT id FROM held)
    OR origin IN (SELECT origin FROM kickbot.saved WHERE account_id = $1 AND kick_id = $3)
ORDER BY id FOR UPDATE
"""
