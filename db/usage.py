"""How many kicks an account has made in a day."""


def used(account: str, subject: str, day: str) -> str:
    """An SQL expression for it: our own count, or while there is none yet, what the web app counts by its rows.

    The values are placeholders: of the account, of its row of usage and of the day.
    """
    return f"""
    coalesce(
        (SELECT used FROM kickbot.usage WHERE subject = {subject} AND day = {day}), {web_made(account, day)}
    )"""


def web_made(account: str, day: str) -> str:
    """An SQL expression for the account's kicks that the web app itself has made on that day."""
    return f"""(
        SELECT count(*)::int FROM public.kickgen_generatedkick k
        LEFT JOIN kickbot.kick_detail d ON d.kick_id = k.id
        WHERE k.user_id = {account} AND k.created_at = {day} AND coalesce(d.web_made, true)
    )"""
