"""Files over HTTP: whole and in parts, conditional, named, and never anything but a stored object."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import aiohttp
import pytest
from yarl import URL

from bots.web import app, media, options
from core import files
from db.storage import folder
from tests.bots.web import raw
from tests.bots.web.conftest import Serve

DATA = bytes(range(256)) * 4000


@pytest.fixture
async def store(tmp_path: Path) -> folder.FolderFiles:
    return await folder.open_folder(tmp_path / "files", "")


@pytest.fixture
async def site(store: folder.FolderFiles, serve: Serve) -> str:
    return await serve(app.web_app(options.WebOptions("http://localhost"), {}, [media.routes(store.find)]))


@pytest.fixture
async def link(store: folder.FolderFiles, site: str) -> str:
    """Where a stored sound is served."""
    path = files.sound_path(7, uuid4())
    await store.store(path, DATA)
    return site + store.url(path)


async def test_a_sound_is_served_whole(link: str, client: aiohttp.ClientSession) -> None:
    async with client.get(link) as response:
        assert response.status == 200
        assert await response.read() == DATA
        assert response.headers["Content-Type"] == "audio/wav"
        assert response.headers["Content-Length"] == str(len(DATA))
        assert response.headers["Cache-Control"] == "public, max-age=3600"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Accept-Ranges"] == "bytes"
        assert "Content-Disposition" not in response.headers


async def test_a_picture_has_its_own_type(store: folder.FolderFiles, link: str, client: aiohttp.ClientSession) -> None:
    picture = files.picture_path(link.partition("/files/")[2])
    await store.store(picture, b"\x89PNG")
    async with client.get(link.replace(".wav", ".png")) as response:
        assert response.headers["Content-Type"] == "image/png"
        assert await response.read() == b"\x89PNG"


async def test_head_tells_the_same_without_the_data(link: str, client: aiohttp.ClientSession) -> None:
    async with client.get(link) as whole, client.head(link) as head:
        assert head.status == 200
        assert await head.read() == b""
        for name in ("Content-Type", "Content-Length", "ETag", "Last-Modified", "Cache-Control"):
            assert head.headers[name] == whole.headers[name]


@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        ("bytes=0-0", slice(0, 1)),
        ("bytes=0-", slice(0, None)),
        ("bytes=100-199", slice(100, 200)),
        ("bytes=1023990-", slice(1023990, None)),
        ("bytes=1023990-9999999", slice(1023990, None)),
        ("bytes=-500", slice(-500, None)),
        ("bytes=-9999999", slice(0, None)),
    ],
)
async def test_a_part_is_served(link: str, client: aiohttp.ClientSession, wanted: str, part: slice) -> None:
    start, stop, _ = part.indices(len(DATA))
    async with client.get(link, headers={"Range": wanted}) as response:
        assert response.status == 206
        assert await response.read() == DATA[part]
        assert response.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{len(DATA)}"
        assert response.headers["Content-Type"] == "audio/wav"


@pytest.mark.parametrize("wanted", ["bytes=1024000-", "bytes=1024000-1024001", "bytes=5-2", "bytes=x-y"])
async def test_a_part_that_is_not_there_is_refused(link: str, client: aiohttp.ClientSession, wanted: str) -> None:
    async with client.get(link, headers={"Range": wanted}) as response:
        assert response.status == 416
        assert response.headers["Content-Range"] == f"bytes */{len(DATA)}"
        assert await response.read() == b""


async def test_what_a_client_has_is_not_sent_again(link: str, client: aiohttp.ClientSession) -> None:
    async with client.get(link) as first:
        tag, moment = first.headers["ETag"], first.headers["Last-Modified"]
    for condition in ({"If-None-Match": tag}, {"If-None-Match": "*"}, {"If-Modified-Since": moment}):
        async with client.get(link, headers=condition) as again:
            assert again.status == 304
            assert await again.read() == b""
            assert again.headers["ETag"] == tag
    for condition in ({"If-None-Match": '"other"'}, {"If-Modified-Since": "Thu, 01 Jan 2015 00:00:00 GMT"}):
        async with client.get(link, headers=condition) as again:
            assert again.status == 200
    async with client.get(link, headers={"If-Match": '"other"'}) as mismatch:
        assert mismatch.status == 412


async def test_a_replaced_file_has_another_tag(
    store: folder.FolderFiles, link: str, client: aiohttp.ClientSession
) -> None:
    async with client.get(link) as first:
        tag = first.headers["ETag"]
    await store.store(link.partition("/files/")[2], b"another kick")
    async with client.get(link, headers={"If-None-Match": tag}) as again:
        assert again.status == 200
        assert await again.read() == b"another kick"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("kick_hit-house_F1_burkhard.wav", 'filename="kick_hit-house_F1_burkhard.wav"'),
        ("kick C#1 +3.wav", 'filename="kick C#1 +3.wav"'),
        ("kick", 'filename="kick.wav"'),
        ("kick.exe", 'filename="kick.exe.wav"'),
        ("/etc/passwd", 'filename="passwd.wav"'),
        ("..\\..\\boot.wav", 'filename="boot.wav"'),
        ('a"; filename=b.exe', 'filename="a__ filename_b.exe.wav"'),
        ("a\r\nSet-Cookie: b=c", 'filename="a__Set-Cookie_ b_c.wav"'),
        ("günther.wav", "filename=\"g_nther.wav\"; filename*=UTF-8''g%C3%BCnther.wav"),
        ("k" * 300, f'filename="{"k" * 100}.wav"'),
    ],
)
async def test_a_download_is_named(link: str, client: aiohttp.ClientSession, name: str, told: str) -> None:
    async with client.get(link, params={"download": name}) as response:
        assert response.headers["Content-Disposition"] == f"attachment; {told}"
        assert "Set-Cookie" not in response.headers
        assert response.headers["Content-Type"] == "audio/wav"
        assert await response.read() == DATA


@pytest.mark.parametrize("name", ["", ".", "...", "/", " "])
async def test_a_download_without_a_name_takes_the_files_own(
    link: str, client: aiohttp.ClientSession, name: str
) -> None:
    async with client.get(link, params={"download": name}) as response:
        assert response.headers["Content-Disposition"] == f'attachment; filename="{link.rpartition("/")[2]}"'


async def test_any_page_may_play_it(link: str, client: aiohttp.ClientSession) -> None:
    async with client.get(link, headers={"Origin": "https://anyone.example", "Range": "bytes=0-9"}) as response:
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Content-Range" in response.headers["Access-Control-Expose-Headers"]
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    asked = {"Origin": "https://anyone.example", "Access-Control-Request-Method": "GET"}
    async with client.options(link, headers=asked | {"Access-Control-Request-Headers": "range"}) as response:
        assert response.status == 204
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Range" in response.headers["Access-Control-Allow-Headers"]


async def test_nothing_is_changed_over_http(link: str, client: aiohttp.ClientSession) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        async with client.request(method, link, data=b"other") as response:
            assert response.status == 405
    async with client.get(link) as response:
        assert await response.read() == DATA


async def test_what_is_not_there_is_not_found(site: str, client: aiohttp.ClientSession) -> None:
    async with client.get(f"{site}/files/{files.sound_path(7, uuid4())}") as response:
        assert response.status == 404
        assert await response.json() == {"error": "Not Found"}
        assert "max-age" not in response.headers.get("Cache-Control", "")


@pytest.mark.parametrize(
    "target",
    [
        b"/files/../secret.wav",
        b"/files/7/../../secret.wav",
        b"/files/%2e%2e/secret.wav",
        b"/files/%2e%2e%2fsecret.wav",
        b"/files/7/%2e%2e/%2e%2e/secret.wav",
        b"/files/7%2f..%2f..%2fsecret.wav",
        b"/files/%252e%252e/secret.wav",
        b"/files/..%5csecret.wav",
        b"/files//SECRET",
        b"/files/SECRET",
        b"/files/%00",
        b"/files/KEPT%00.png",
        b"/files/KEPT%0a",
        b"/files/KEPT/",
        b"/files/KEPT/..",
        b"/files/./KEPT.gz",
        b"/files/7",
        b"/files/7/",
        b"/files/",
        b"/files",
        b"/files/.incoming/tmprest",
        b"/files/.incoming",
        b"/files/LINKED",
        b"/files/7/\xff\xfe.wav",
        b"//files/KEPT",
        b"/FILES/KEPT",
    ],
)
async def test_no_trick_leads_to_anything_else(
    store: folder.FolderFiles, site: str, link: str, tmp_path: Path, target: bytes
) -> None:
    kept = link.partition("/files/")[2]
    secret, linked = tmp_path / "secret.wav", files.sound_path(7, uuid4())
    secret.write_bytes(b"SECRET DATA")
    (tmp_path / "files" / linked).symlink_to(secret)
    (tmp_path / "files" / ".incoming" / "tmprest").write_bytes(b"SECRET DATA")
    for word, path in ((b"KEPT", kept), (b"LINKED", linked), (b"SECRET", str(secret))):
        target = target.replace(word, path.encode())
    answer = await raw.ask(site, target)
    assert raw.status(answer) in (400, 404), answer
    assert b"SECRET DATA" not in answer
    assert DATA[:1000] not in answer
    assert str(tmp_path).encode() not in answer


async def test_dots_that_lead_back_to_the_file_lead_nowhere_else(site: str, link: str) -> None:
    kept = link.partition("/files/")[2]
    answer = await raw.ask(site, f"/files/9/../{kept}".encode())
    assert raw.status(answer) == 404


async def test_a_raw_nul_is_refused(site: str, link: str) -> None:
    answer = await raw.ask(site, b"/files/" + link.partition("/files/")[2].encode() + b"\x00")
    assert raw.status(answer) == 400


async def test_an_absolute_target_is_the_same_file(site: str, link: str) -> None:
    answer = await raw.ask(site, link.encode(), b"Range: bytes=0-9", host=str(URL(site).authority).encode())
    assert raw.status(answer) == 206
    assert answer.endswith(DATA[:10])


async def test_a_slow_disk_holds_up_nothing_else(site: str, link: str, client: aiohttp.ClientSession) -> None:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
    gate = threading.Event()
    occupied = asyncio.create_task(asyncio.to_thread(gate.wait))
    waiting = asyncio.create_task(client.get(link))
    for _ in range(20):
        async with client.get(f"{site}/healthz") as alive:
            assert alive.status == 200
    assert not waiting.done()
    gate.set()
    async with await waiting as response:
        assert await response.read() == DATA
    await occupied


async def test_looking_for_a_file_is_done_in_a_thread(serve: Serve, client: aiohttp.ClientSession) -> None:
    looked_in: list[int] = []

    def find(path: str) -> Path | None:
        looked_in.append(threading.get_ident())
        return None

    site = await serve(app.web_app(options.WebOptions("http://localhost"), {}, [media.routes(find)]))
    async with client.get(f"{site}/files/anything"):
        pass
    assert len(looked_in) == 1
    assert threading.get_ident() not in looked_in


async def test_many_read_at_once(link: str, client: aiohttp.ClientSession) -> None:
    async def part(number: int) -> bytes:
        async with client.get(link, headers={"Range": f"bytes={number * 1000}-{number * 1000 + 999}"}) as response:
            return await response.read()

    assert b"".join(await asyncio.gather(*(part(number) for number in range(200)))) == DATA[:200_000]
