"""Where the real database is, and how its server proves that it is the one meant: a part of the composition root."""

import base64
import re
import ssl
from logging import getLogger
from pathlib import Path

from bots.settings import Settings
from core import errors
from db.postgres import diagnosing
from db.postgres.pool import SYSTEM, Target

CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", re.DOTALL)
BEGINNING = "-----BEGIN "
BREAKS = re.compile(r"\s|\\[nr]")
"""Of a line, real ones or as a hosting dashboard keeps them that has one line for a value."""

UNVERIFIED = (
    "the certificate of the database's server is not verified, so whoever takes its place is told the password: set "
    "DB_SSL_CA to the authority's certificate (Supabase: Project Settings > Database > SSL Configuration, "
    '"Download certificate"), or DB_SSL=unverified to leave it so'
)

log = getLogger(__name__)


def target(settings: Settings, host: str) -> Target:
    """The database at `host`; warns of a server that nobody verifies, and of doubts. Raises `errors.BadSetting`."""
    found = Target(
        host=host,
        port=settings.db_port,
        name=settings.db_name,
        user=settings.db_user or "",
        password=settings.db_password.get_secret_value() if settings.db_password else "",
        ca=None if settings.db_ssl_ca is None else authority(settings.db_ssl_ca),
    )
    if found.ca is None and settings.db_ssl is None and not found.is_here:
        log.warning(UNVERIFIED)
    if doubt := diagnosing.doubt(found):
        log.warning("%s", doubt)
    return found


def authority(setting: str) -> str:
    """The certificates that `DB_SSL_CA` holds or names, as PEM text, or `SYSTEM`. Raises `errors.BadSetting`."""
    if setting.strip() == SYSTEM:
        return SYSTEM
    text = setting if BEGINNING in setting else _read(setting)
    try:
        certificates = [base64.b64decode(BREAKS.sub("", found), validate=True) for found in CERTIFICATE.findall(text)]
        pem = "".join(ssl.DER_cert_to_PEM_cert(certificate) for certificate in certificates)
        ssl.create_default_context().load_verify_locations(cadata=pem)
    except (ValueError, ssl.SSLError):
        raise errors.BadSetting(name="DB_SSL_CA", problem="holds no certificate in PEM form that can be used") from None
    return pem


def _read(path: str) -> str:
    try:
        return Path(path.strip()).expanduser().read_text(encoding="utf-8", errors="replace")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "that is no path"
        problem = f"is neither a certificate nor `system`, and as a file it cannot be read ({reason})"
        raise errors.BadSetting(name="DB_SSL_CA", problem=problem) from None
