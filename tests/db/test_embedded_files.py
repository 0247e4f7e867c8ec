"""Where an embedded server's files lie, and files that cannot be used."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from core import errors
from db import embedded, program
from tests import postgres
from tests.db.users import Users, in_and_out

ROOT = os.geteuid() == 0


async def test_a_folder_with_a_long_and_strange_name(folder: Path) -> None:
    strange = folder / ("a 'quoted' \"name\" $HOME `x` é " + "long" * 20)
    async with embedded.embedded(strange) as target:
        assert len(target.host) < 90
        assert await postgres.ask(target, "SHOW data_directory") == str(strange / "server" / "data")
    if Path(target.host) != strange / "server":
        shutil.rmtree(target.host)


async def test_data_of_another_version(folder: Path) -> None:
    await in_and_out(folder)
    (folder / "server" / "data" / "PG_VERSION").write_text("17\n")
    with pytest.raises(errors.DatabaseUnusable, match="made by PostgreSQL 17"):
        await in_and_out(folder)


async def test_data_that_cannot_be_used(folder: Path) -> None:
    await in_and_out(folder)
    (folder / "server" / "data" / "global" / "pg_control").unlink()
    with pytest.raises(errors.DatabaseUnusable, match="PostgreSQL does not start, see"):
        await in_and_out(folder)
    (folder / "file").touch()
    with pytest.raises(errors.DatabaseUnusable):
        await in_and_out(folder / "file")


def modes(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mode for path in (folder, *folder.parents)}


async def test_a_private_home_stays_private(folder: Path) -> None:
    """Root's server runs as `nobody`: its data then lie elsewhere."""
    private = folder / "private"
    private.mkdir(0o700)
    before = modes(private)
    async with embedded.embedded(private / "postgres") as target:
        server = Path(target.host)
        assert server.is_relative_to(program.FOLDER_FOR_ROOT if ROOT else private)
        assert modes(server)[server] & 0o777 == 0o700
    assert modes(private) == before
    if ROOT:
        shutil.rmtree(server.parent)


def test_the_place_elsewhere_is_kept_to(folder: Path) -> None:
    private, elsewhere = folder / "private", folder / "elsewhere"
    private.mkdir(0o700)
    home = program.home(private, elsewhere)
    assert home.is_relative_to(elsewhere if ROOT else private)
    if ROOT:
        home.mkdir(parents=True)
    private.chmod(0o755)
    assert program.home(private, elsewhere) == home
    assert program.home(folder, elsewhere) == folder


def program_of(process: int) -> Path:
    return Path(f"/proc/{process}/exe").readlink()


async def test_programs_in_a_private_place(folder: Path, users: Users) -> None:
    """As in a virtual environment in root's home: `nobody` runs a copy."""
    package = program.package()
    private = folder / "private"
    private.mkdir(0o700)
    for part in (package, package.with_name(f"{package.name}.libs")):
        (private / part.name).symlink_to(part)
    user = await users.start(PYTHONPATH=os.pathsep.join([str(private), *sys.path]))
    assert program_of(user.server).is_relative_to(folder if ROOT else package)
    await user.leave()
