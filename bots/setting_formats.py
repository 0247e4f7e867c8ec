"""What settings that are text must look like, so that a wrong one ends the start and not some later request.

Each function takes a value and returns it; it raises ValueError with what is wrong, the value's parts at most.
"""

import re
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

NAME = re.compile(r"[a-z0-9_-][a-z0-9._-]*|[0-9a-f:.]*:[0-9a-f:.]*")
HOST = re.compile(rf"\*|\.?(?:{NAME.pattern})|\[[0-9a-f:.]*\]")
BASE = re.compile(r"https?://[^/\s]\S*")
REPOSITORY = re.compile(r"\w[\w.-]{0,95}/\w[\w.-]{0,95}", re.ASCII)
REVISION = re.compile(r"\w[\w./-]{0,254}", re.ASCII)
SLACK_COMMAND = re.compile(r"[a-z0-9_-]{1,31}")


def parts(text: str) -> tuple[str, ...]:
    """The parts of a list, parted by commas."""
    return tuple(part for part in (part.strip() for part in text.split(",")) if part)


def discord_command(text: str) -> str:
    """A name that Discord takes for a slash command."""
    name = text.strip().removeprefix("/")
    if not (0 < len(name) <= 32 and all(letter.isalnum() or letter in "-_'" for letter in name)):
        raise ValueError("must be a command of 1 to 32 letters, digits, - and _, with or without a slash")
    return text


def slack_command(text: str) -> str:
    """A name that Slack takes for a slash command."""
    if not SLACK_COMMAND.fullmatch(text.strip().removeprefix("/")):
        raise ValueError(
            "must be a command of 1 to 31 small letters (a to z), digits, - and _, with or without a slash"
        )
    return text


def hosts(text: str) -> str:
    """Names without scheme, port and path."""
    for part in parts(text):
        if not HOST.fullmatch(part.lower()):
            raise ValueError(
                f"{part!r} is no host name such as kick.example or .kick.example, without port and path; "
                "letters beyond a to z are written in punycode (xn--)"
            )
    return text


def origins(text: str) -> str:
    """Schemes and hosts of pages."""
    for part in parts(text):
        if _lacks_scheme(part):
            raise ValueError(f"{part!r} lacks its scheme: write https://{part}")
        if not _is_address(part):
            raise ValueError(f"{part!r} is no origin such as https://example.com, without a path")
    return text


def address(text: str) -> str:
    """A scheme and a host."""
    if _lacks_scheme(text):
        raise ValueError(f"{text!r} lacks its scheme: write https://{text}")
    if not _is_address(text):
        raise ValueError(
            "must be an address such as https://kick.example, without a path; letters beyond a to z are written in "
            "punycode (xn--)"
        )
    return text


def base(text: str) -> str:
    """An address that others begin with, with a path or without."""
    if not BASE.fullmatch(text):
        raise ValueError("must begin with https:// or http:// and a host")
    return text


def host(text: str) -> str:
    """A name or an address of this machine, to listen at."""
    try:
        known = bool(ip_address(text) if ":" in text else NAME.fullmatch(text.lower()) and text.encode("idna"))
    except ValueError:
        known = False
    if not known:
        problem = "is no name or address of this machine such as 0.0.0.0 or ::1, without scheme, brackets and port"
        raise ValueError(f"{text!r} {problem}")
    return text


def folder(path: Path) -> Path:
    """A folder; `~` is the home folder, and written out from here on."""
    try:
        return path.expanduser()
    except RuntimeError:
        raise ValueError(f"{path} names a home folder that this machine does not know; write the whole path") from None


def networks(text: str) -> str:
    """Addresses and networks."""
    for part in parts(text):
        try:
            ip_network(part, strict=False)
        except ValueError:
            raise ValueError(f"{part!r} is neither an address nor a network such as 10.0.0.0/8") from None
    return text


def model(text: str) -> str:
    """A repository on the hub, or something that is on this machine."""
    try:
        known = REPOSITORY.fullmatch(text) is not None or Path(text).expanduser().exists()
    except (OSError, RuntimeError) as error:
        raise ValueError(f"is no file or folder that can be looked at here ({error})") from None
    if not known:
        raise ValueError("is neither a model on the hub, such as zhinit/kick-gen-v1, nor a file or folder here")
    return text


def revision(text: str) -> str:
    """A branch, a tag or a commit."""
    if not REVISION.fullmatch(text) or ".." in text:
        raise ValueError("must be a branch, a tag or a commit of the model: letters, digits, ., _, - and /")
    return text


def _lacks_scheme(text: str) -> bool:
    """Whether it would be an address with `https://` before it."""
    return _is_address(f"https://{text}")


def _is_address(text: str) -> bool:
    """Whether it is a scheme, a host and perhaps a port, and nothing else."""
    try:
        split = urlsplit(text)
        host, port = split.hostname or "", split.port
    except ValueError:
        return False
    whole = text.removesuffix("/").lower() == f"{split.scheme}://{split.netloc}".lower() and "@" not in split.netloc
    return whole and split.scheme in ("http", "https") and port != 0 and bool(NAME.fullmatch(host))
