"""What is deployed: its settings, its packages, its imports."""

import asyncio
import json
import os
import re
import subprocess
import sys
from asyncio.subprocess import PIPE, STDOUT
from pathlib import Path

import pytest

from gpu import worker
from tests.fakes.modal_deployments import ModalDeployments
from tests.fakes.modal_server import TOKEN, ModalServer

ROOT = Path(worker.__file__).parents[1]


def modules_after(statement: str) -> set[str]:
    """Names of the modules that are loaded after `statement` in a Python of its own."""
    program = f"{statement}\nimport json, sys\nprint(json.dumps(list(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(json.loads(run.stdout))


def test_whoever_deploys_needs_no_pytorch() -> None:
    assert not {"torch", "safetensors", "huggingface_hub"} & modules_after("import gpu.worker")


def test_the_image_holds_all_that_the_worker_imports() -> None:
    loaded = modules_after("import gpu.worker, gpu.pipeline, gpu.download")
    assert not {"core", "db", "bots", "pydantic", "scipy", "soundfile", "aiohttp.web"} & loaded


def test_the_image_has_the_versions_that_are_tested() -> None:
    pinned = set(re.findall(r"^(\S+==\S+)", (ROOT / "requirements-dev.txt").read_text(), re.MULTILINE))
    pinned |= set(re.findall(r"torch==[\d.]+", (ROOT / "Makefile").read_text()))
    assert set(worker.PACKAGES) <= pinned


async def deploy(folder: Path, **settings: str) -> ModalDeployments:
    """What `modal deploy -m gpu.worker` has Modal do, with these settings."""
    deployments = ModalDeployments()
    server = ModalServer(deployments)
    async with server.listen() as url:
        access = {"MODAL_SERVER_URL": url, "MODAL_TOKEN_ID": TOKEN[0], "MODAL_TOKEN_SECRET": TOKEN[1]}
        environment = {"HOME": str(folder), "PATH": os.environ["PATH"]} | access | settings
        command = [sys.executable, "-m", "modal", "deploy", "-m", "gpu.worker"]
        run = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment, stdout=PIPE, stderr=STDOUT)
        output, _ = await run.communicate()
    assert run.returncode == 0, output.decode()
    assert server.unknown == []
    return deployments


async def test_what_is_deployed_is_what_callers_know(tmp_path: Path) -> None:
    deployed = await deploy(tmp_path)
    assert deployed.published == ["kick-generator-app"]
    assert deployed.functions.keys() == {"KickGenerator.*", "describe"}
    generator = deployed.functions["KickGenerator.*"]
    assert generator.method_definitions.keys() == {"generate", "generate_kick"}
    assert generator.resources.gpu_config.gpu_type == "T4"
    assert (generator.timeout_secs, generator.autoscaler_settings.scaledown_window) == (600, 300)
    assert [mount.mount_path for mount in generator.volume_mounts] == ["/cache"]
    assert generator.checkpointing_enabled
    assert not generator.batch_max_size
    assert not deployed.functions["describe"].resources.gpu_config.count


async def test_containers_and_model_are_settings(tmp_path: Path) -> None:
    deployed = await deploy(
        tmp_path,
        KICKBOT_WORKER_MIN_CONTAINERS="1",
        KICKBOT_WORKER_MAX_CONTAINERS="2",
        KICKBOT_WORKER_CONCURRENCY="3",
        KICKBOT_WORKER_REVISION="abc123",
    )
    generator = deployed.functions["KickGenerator.*"]
    assert (generator.autoscaler_settings.min_containers, generator.autoscaler_settings.max_containers) == (1, 2)
    assert generator.max_concurrent_inputs == 3
    for environment in deployed.environments:
        assert environment["KICKBOT_WORKER_REVISION"] == "abc123"
        assert environment["KICKBOT_WORKER_CONCURRENCY"] == "3"


@pytest.mark.parametrize("text", ["", "7"])
def test_numbers_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("KICKBOT_WORKER_MAX_CONTAINERS", text)
    assert worker.number("MAX_CONTAINERS", 4, 1) == (int(text) if text else 4)


@pytest.mark.parametrize("text", ["0", "-1", "many", "1.5", "²", "1001", "9" * 5000])
def test_a_bad_number_names_its_variable(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("KICKBOT_WORKER_MAX_CONTAINERS", text)
    with pytest.raises(ValueError, match="KICKBOT_WORKER_MAX_CONTAINERS must be a whole number of at least 1"):
        worker.number("MAX_CONTAINERS", 4, 1)
