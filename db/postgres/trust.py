"""Why a database's server is not trusted: what the driver raises before it has sent anything, in words."""

import ssl

# From OpenSSL's x509_vfy.h; Python's module does not name them.
NOT_YET_VALID, EXPIRED, OTHER_NAME, OTHER_ADDRESS = 9, 10, 62, 64
UNKNOWN_AUTHORITY = (18, 19, 20, 21)

NO_TLS = "rejected SSL upgrade"
"""How asyncpg says that a server takes no encrypted connections; the error's class says nothing of it."""


def problem(error: BaseException) -> str | None:
    """What keeps the server from being trusted, None where the error is of another kind."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _of_certificate(error)
    if isinstance(error, ssl.SSLError):
        return "its server does not speak TLS as it should"
    return "its server takes no encrypted connections" if NO_TLS in str(error) else None


def _of_certificate(error: ssl.SSLCertVerificationError) -> str:
    match error.verify_code:
        case code if code in UNKNOWN_AUTHORITY:
            return "the certificate of its server is not from an authority in DB_SSL_CA"
        case code if code in (OTHER_NAME, OTHER_ADDRESS):
            return "the certificate of its server is for another host than DB_HOST"
        case code if code == EXPIRED:
            return "the certificate of its server has expired"
        case code if code == NOT_YET_VALID:
            return "the certificate of its server is not valid yet"
        case _:
            return f"the certificate of its server does not pass ({error.verify_message})"
