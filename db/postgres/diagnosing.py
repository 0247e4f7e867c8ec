"""What keeps Kickbot from its database: which settings to look at, what was answered, and what to do."""

import ssl

import asyncpg

from db.postgres import answers, supabase, trust, unreached
from db.postgres.diagnosis import Diagnosis, place, quoted
from db.postgres.target import Target

CLOSED = "connection was closed in the middle of operation"
"""asyncpg's words for a connection that ended; what the server had said stands behind them."""


def diagnose(error: Exception, target: Target) -> Diagnosis:
    """Why asyncpg, which raised `error`, made no connection to `target`."""
    said = quoted(str(error), target).removeprefix(CLOSED).lstrip(": ")
    if target.is_embedded:
        answered = f"the embedded PostgreSQL in {target.host} is out of reach ({said or type(error).__name__})"
        return Diagnosis((), answered, "The next connection starts it where it is gone; its log and ours say more.")
    if problem := trust.problem(error):
        return _untrusted(error, problem, target)
    if isinstance(error, (OSError, UnicodeError)):
        return unreached.diagnose(error, target)
    if isinstance(error, asyncpg.ConnectionDoesNotExistError) and not said:
        return unreached.hung_up(target)
    return answers.diagnose(said, getattr(error, "sqlstate", None), target)


def doubt(target: Target) -> Diagnosis | None:
    """What is set in a way that works, and not for long."""
    if not supabase.is_pooler(target) or target.port != supabase.SESSION_PORT:
        return None
    answered = f"{place(target)} is Supabase's session pooler, which has few connections and keeps each for one process"
    return Diagnosis(("DB_PORT",), answered, f"The transaction pooler's port is {supabase.TRANSACTION_PORT}.")


def _untrusted(error: Exception, problem: str, target: Target) -> Diagnosis:
    answered = f"{place(target)} was told no password, as {problem}"
    match error:
        case ssl.SSLCertVerificationError(verify_code=code) if code in trust.UNKNOWN_AUTHORITY:
            where = "Project Settings > Database > SSL Configuration"
            remedy = f"Supabase gives the right one under {where}; else somebody answers in the server's place."
            return Diagnosis(("DB_SSL_CA",), answered, remedy)
        case ssl.SSLCertVerificationError(verify_code=code) if code in (trust.OTHER_NAME, trust.OTHER_ADDRESS):
            return Diagnosis(("DB_HOST",), answered, "Write the host as its certificate has it.")
        case ssl.SSLCertVerificationError():
            return Diagnosis((), answered, "Look at this machine's clock, then have the server renew its certificate.")
        case _:
            remedy = "Have the server take TLS, unless something other than PostgreSQL listens there: look at both."
            return Diagnosis(unreached.WHERE, answered, remedy)
