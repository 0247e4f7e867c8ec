"""Why there is no line to a server: its name, its port, the way there, or something else that listens."""

import errno
import os
import re
import socket

from db.postgres import supabase
from db.postgres.diagnosis import Diagnosis, is_host, place
from db.postgres.target import Target

NO_WAY = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}
BEFORE_TLS = "error response during SSL exchange"
"""asyncpg's words; what the error says it keeps back."""

WHERE = ("DB_HOST", "DB_PORT")


def diagnose(error: OSError | UnicodeError, target: Target) -> Diagnosis:
    """Why nobody answered there."""
    if target.host.startswith("/"):
        return _socket(error, target)
    if isinstance(error, (socket.gaierror, UnicodeError)):
        return _unresolved(error, target)
    return _unanswered(error, target) or _hung_up(error, target)


def _unanswered(error: OSError, target: Target) -> Diagnosis | None:
    """Nobody took the call."""
    numbers = _numbers(error)
    if isinstance(error, TimeoutError) or errno.ETIMEDOUT in numbers:
        return _no_way(f"{place(target)} does not answer in time", target)
    if errno.ECONNREFUSED in numbers:
        return _nobody(target)
    if found := [number for number in numbers if number in NO_WAY]:
        return _no_way(f"there is no way from here to {place(target)} ({os.strerror(found[0])})", target)
    return None


def _hung_up(error: OSError, target: Target) -> Diagnosis:
    if BEFORE_TLS in str(error):
        said = f"{place(target)} ended the connection with an error, and before it was encrypted"
        return Diagnosis((), said, "The log of the server, or of its pooler, says why: often it is full, or starting.")
    if isinstance(error, ConnectionError):
        return hung_up(target)
    said = f"this machine makes no connection to {place(target)} ({error.strerror or type(error).__name__})"
    return Diagnosis((), said, "Look at its limits (files that are open, memory) and at its firewall.")


def hung_up(target: Target) -> Diagnosis:
    """Somebody listens there, who ended the connection without a word that can be understood."""
    remedy = f"Perhaps something other than PostgreSQL listens there: look at both. {supabase.SHOWN}."
    return Diagnosis(WHERE, f"{place(target)} ended the connection without an answer", remedy)


def _socket(error: Exception, target: Target) -> Diagnosis:
    numbers = _numbers(error)
    said = f"{place(target)}: {os.strerror(numbers[0]) if numbers else 'no answer in time'}"
    remedy = "DB_HOST is the folder of the server's socket and DB_PORT the end of the socket's name; start the server, "
    return Diagnosis(WHERE, said, remedy + "and let this user into the folder.")


def _unresolved(error: Exception, target: Target) -> Diagnosis:
    if not is_host(target.host):
        remedy = "Only the name goes there, without scheme, user, port and path; the port goes into DB_PORT."
        return Diagnosis(("DB_HOST",), "this is no name of a host", remedy)
    reason = error.strerror if isinstance(error, OSError) else "a part of it is empty or too long"
    said = f'the name "{target.host}" does not resolve ({reason})'
    remedy = f"Look at how it is written. {supabase.SHOWN}."
    if isinstance(error, OSError) and error.errno == socket.EAI_AGAIN:
        remedy = "No name server answers this machine: look at its network, then at how the name is written."
    return _direct(said, target) or Diagnosis(("DB_HOST",), said, remedy)


def _no_way(said: str, target: Target) -> Diagnosis:
    remedy = "Look at both, at this machine's network and at firewalls on the way; a pooler is also silent while it "
    return _direct(said, target) or Diagnosis(WHERE, said, f"{remedy}waits for a server of its own. {supabase.SHOWN}.")


def _nobody(target: Target) -> Diagnosis:
    remedy = "Look at both, and whether the server runs. PostgreSQL mostly listens at 5432, Supabase's transaction "
    return Diagnosis(
        ("DB_PORT", "DB_HOST"),
        f"nobody listens at {place(target)} (connection refused)",
        f"{remedy}pooler at {supabase.TRANSACTION_PORT}.",
    )


def _direct(said: str, target: Target) -> Diagnosis | None:
    """Of the server of one project, which has an IPv6 address and no other unless that is paid for."""
    project = supabase.project(target)
    if project is None:
        return None
    remedy = (
        "This is the project's own server, which is reached over IPv6 only. Take the pooler: its host ends in "
        f"pooler.supabase.com, with DB_PORT={supabase.TRANSACTION_PORT} and DB_USER=postgres.{project}. "
        f"{supabase.SHOWN}."
    )
    return Diagnosis(("DB_HOST",), said, remedy)


def _numbers(error: Exception) -> list[int]:
    """The numbers of what went wrong: where a name has several addresses, asyncio tells of all in one text."""
    number = getattr(error, "errno", None)
    return [number] if number else [int(found) for found in re.findall(r"\[Errno (\d+)\]", str(error))]
