"""What servers answer to whoever may not come in, and what to do: the words of PostgreSQL, PgBouncer and Supavisor.

PgBouncer and Supavisor (Supabase's pooler) tell most of it under codes that stand for other troubles too, so it is
the words that decide.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from db.postgres import supabase
from db.postgres.diagnosis import Diagnosis, place
from db.postgres.target import Target


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with one of `words` in it, of a target that is `such`: the settings that it is about, what to do.

    `code` is what PostgreSQL gives it in whatever language, if that is not another's too.
    """

    words: str
    variables: tuple[str, ...]
    remedy: str
    such: Callable[[Target], bool] = lambda _: True
    code: str | None = None

    def is_in(self, said: str, target: Target) -> bool:
        """Whether the server at `target` said this."""
        return re.search(self.words, said, re.IGNORECASE) is not None and self.such(target)


def diagnose(said: str, code: str | None, target: Target) -> Diagnosis:
    """What the server's answer is about, by its words, else by its code."""
    by_words = (answer for answer in KNOWN if answer.is_in(said, target))
    by_code = (answer for answer in KNOWN if code is not None and answer.code == code)
    known = next(by_words, None) or next(by_code, UNKNOWN)
    return Diagnosis(known.variables, f"{place(target)} answers: {said}", known.remedy)


UNKNOWN = Answer("", (), "The log of the server, or of the pooler in front of it, may say more.")

NO_TENANT = (
    r"tenant or user not found|tenant/user .* not found|no tenant identifier|invalid format for user"
    r"|\((ETENANTNOTFOUND|ENOIDENTIFIER|EINVALIDUSERINFO)\)"
)
NOT_AUTHENTICATED = r"(password|SASL|LDAP|PAM|RADIUS|BSD) authentication failed|empty password returned"

KNOWN = (
    Answer(
        NO_TENANT,
        ("DB_USER",),
        f"The project is missing in it: at the pooler it is postgres.PROJECT. {supabase.SHOWN}.",
        lambda target: not supabase.names_project(target),
    ),
    Answer(
        NO_TENANT,
        ("DB_USER", "DB_HOST"),
        "The pooler of that region knows no such project: look at what stands behind the point in DB_USER, at the "
        f"region in DB_HOST, and whether the project is paused. {supabase.SHOWN}.",
    ),
    Answer("user not found in the database", ("DB_USER",), "The project's database has no such user."),
    Answer(
        NOT_AUTHENTICATED,
        ("DB_USER",),
        "This is the project's own server, where the user is postgres alone; only the pooler wants the project in it.",
        lambda target: supabase.project(target) is not None and supabase.names_project(target),
    ),
    Answer(
        NOT_AUTHENTICATED,
        ("DB_PASSWORD", "DB_USER"),
        "One of the two is wrong, and servers do not tell which. Supabase sets a new password under Project Settings > "
        "Database; the web app needs it too then.",
        code="28P01",
    ),
    Answer(
        r"circuit breaker|\(ECIRCUITBREAKER\)|too many (authentication|failed)",
        ("DB_PASSWORD", "DB_USER"),
        "The pooler was asked too often with a wrong one of the two, and takes nobody from this address for some "
        "minutes: end what asks, set both right, and wait.",
    ),
    Answer(
        r'role "[^"]*" does not exist|no such user',
        ("DB_USER",),
        "The server has no such user. Supabase's is postgres, at its pooler postgres.PROJECT.",
    ),
    Answer("is not permitted to log in", ("DB_USER",), "The role may not log in: ALTER ROLE ... LOGIN lets it."),
    Answer(
        "(peer|ident|certificate|gssapi) authentication failed",
        ("DB_USER",),
        "By its pg_hba.conf the server asks for no password but for another proof of who this is: change that there, "
        "or take the name that it expects.",
    ),
    Answer(
        r'database "[^"]*" does not exist|no such database',
        ("DB_NAME",),
        "The server has no such database. Supabase's is postgres.",
        code="3D000",
    ),
    Answer(
        "is not currently accepting connections",
        ("DB_NAME",),
        "This database lets nobody in: take another.",
        code="55000",
    ),
    Answer(
        "permission denied for database",
        ("DB_NAME", "DB_USER"),
        "The user may not enter that database: GRANT CONNECT ON DATABASE lets it, or one of the two is wrong.",
        code="42501",
    ),
    Answer(
        r"no pg_hba\.conf entry|pg_hba\.conf rejects",
        ("DB_USER", "DB_NAME"),
        "The server does not let this user into this database from here: its pg_hba.conf needs a line for that, or one "
        "of the two is wrong.",
        code="28000",
    ),
    Answer(
        r"SSL (connection is )?required|\(ESSLREQUIRED\)",
        ("DB_SSL_CA",),
        "The server takes encrypted connections only. On this machine Kickbot makes such where DB_SSL_CA is set.",
    ),
    Answer(
        r"max clients .*in session mode|MaxClientsInSessionMode|\(EMAXCLIENTSESSION\)",
        ("DB_PORT",),
        f"This is the session pooler, which has few connections and keeps each for one process. Set DB_PORT="
        f"{supabase.TRANSACTION_PORT}, the port of the transaction pooler.",
    ),
    Answer(
        r"too many (clients|connections)|no more connections allowed|max client connections|remaining connection slots",
        (),
        "Nothing is set wrong: others hold all the connections that it has. End some, or allow it more.",
    ),
    Answer(
        r"not in tenant allow_list|\(EADDRNOTALLOWED\)",
        (),
        "The project takes some addresses only, and this machine's is none of them: Supabase sets that under Project "
        "Settings > Database > Network Restrictions.",
    ),
    Answer("No space left on device", (), "Its disk is full: make room there."),
    Answer(
        "starting up|shutting down|in recovery mode|not yet accepting connections",
        (),
        "Nothing is set wrong: it takes connections once it is up.",
    ),
)
"""The first that is in an answer counts."""
