"""Photos, voices and documents in both directions, and what surrounds them."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from typing import Any

import aiohttp

from tests.sandbox.town import ALICE, BEAT, Town
from web.sandbox.app import DEMO_TOKEN
from web.sandbox.files import MOST_BYTES, FileStore, Upload
from web.sandbox.samples import sample


def picture(colour: int) -> bytes:
    """Make a small PNG."""
    rows = b"".join(b"\0" + bytes([colour] * 3) * 4 for _ in range(4))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 4, 4, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    told = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + told


async def upload(town: Town, method: str, fields: dict[str, str], **files: bytes) -> dict[str, Any]:
    form = aiohttp.FormData(fields)
    for name, content in files.items():
        form.add_field(name, content, filename=f"{name}.bin")
    async with town.http.post(town.address(method), data=form) as response:
        body: dict[str, Any] = await response.json()
        return body


async def test_a_photo_from_a_phone_can_be_downloaded(town: Town) -> None:
    await town.post(f"phones/{ALICE}/send", photo=True, caption="Le banc est cassé")
    message = await town.update("message")
    assert message["caption"] == "Le banc est cassé"
    photo = message["photo"][-1]
    assert (photo["width"], photo["height"]) == (640, 480)
    found = await town.call("getFile", file_id=photo["file_id"])
    assert found["file_unique_id"] == photo["file_unique_id"]
    url = f"{town.url}/file/bot{DEMO_TOKEN}/{found['file_path']}"
    async with town.http.get(url) as response:
        assert await response.read() == sample("photo").content


async def test_voice_and_document_arrive_with_their_facts(town: Town) -> None:
    await town.post(f"phones/{ALICE}/send", voice=True)
    assert (await town.update("message"))["voice"]["duration"] == 2
    content = base64.b64encode(b"date;lieu\n").decode()
    document = {"base64": content, "name": "liste.csv", "mime": "text/csv"}
    await town.post(f"phones/{ALICE}/send", document=document)
    told = (await town.update("message"))["document"]
    assert (told["file_name"], told["mime_type"], told["file_size"]) == (
        "liste.csv",
        "text/csv",
        10,
    )


async def test_the_same_bytes_have_the_same_unique_id(town: Town) -> None:
    await town.starts(ALICE)
    sent = []
    for colour in (7, 7, 8):
        body = await upload(town, "sendPhoto", {"chat_id": str(ALICE)}, photo=picture(colour))
        sent.append(body["result"]["photo"][0])
    assert sent[0]["file_unique_id"] == sent[1]["file_unique_id"] != sent[2]["file_unique_id"]
    assert len({photo["file_id"] for photo in sent}) == 3


async def test_a_file_id_sends_again_but_only_as_its_kind(town: Town) -> None:
    await town.starts(ALICE, BEAT)
    body = await upload(town, "sendPhoto", {"chat_id": str(ALICE)}, photo=picture(1))
    number = body["result"]["photo"][0]["file_id"]
    again = await town.call("sendPhoto", chat_id=BEAT, photo=number, caption="x")
    assert again["photo"][0]["file_id"] == number
    said = await town.refusal("sendDocument", chat_id=BEAT, document=number)
    assert said == "Bad Request: can't use file of type Photo as Document"
    said = await town.refusal("sendPhoto", chat_id=BEAT, photo="AgACnonsense")
    assert said.startswith("Bad Request: wrong remote file identifier specified")
    assert await town.refusal("getFile", file_id="x") == (
        "Bad Request: wrong file_id or the file is temporarily unavailable"
    )


async def test_what_is_no_picture_is_no_photo(town: Town) -> None:
    await town.starts(ALICE)
    body = await upload(town, "sendPhoto", {"chat_id": str(ALICE)}, photo=b"GIF? no")
    assert body["description"] == "Bad Request: IMAGE_PROCESS_FAILED"


async def test_an_album_is_several_messages_with_one_number(town: Town) -> None:
    await town.starts(ALICE)
    media = [
        {"type": "photo", "media": "attach://one", "caption": "<b>a</b>", "parse_mode": "HTML"},
        {"type": "photo", "media": "attach://two"},
    ]
    fields = {"chat_id": str(ALICE), "media": json.dumps(media)}
    body = await upload(town, "sendMediaGroup", fields, one=picture(1), two=picture(2))
    first, second = body["result"]
    assert first["media_group_id"] == second["media_group_id"]
    assert first["caption_entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    said = await town.refusal("sendMediaGroup", chat_id=ALICE, media=media[:1])
    assert said == "Bad Request: the number of media in an album must be between 2 and 10"


async def test_captions_are_limited_and_edited(town: Town) -> None:
    await town.starts(ALICE)
    fields = {"chat_id": str(ALICE), "caption": "x" * 1025}
    body = await upload(town, "sendDocument", fields, document=b"pdf")
    assert body["description"] == "Bad Request: message caption is too long"
    body = await upload(town, "sendPhoto", {"chat_id": str(ALICE)}, photo=picture(1))
    number = body["result"]["message_id"]
    place = {"chat_id": ALICE, "message_id": number}
    edited = await town.call("editMessageCaption", caption="neu", **place)
    assert edited["caption"] == "neu"
    media = {"type": "photo", "media": "attach://new", "caption": "anders"}
    fields = {name: str(value) for name, value in place.items()} | {"media": json.dumps(media)}
    body = await upload(town, "editMessageMedia", fields, new=picture(9))
    assert body["result"]["caption"] == "anders"


async def test_the_page_gets_documents_as_downloads_only(town: Town) -> None:
    page = base64.b64encode(b"<script>alert(1)</script>").decode()
    document = {"base64": page, "name": "x.html", "mime": "text/html"}
    await town.post(f"phones/{ALICE}/send", document=document)
    (view,) = (await town.phone(ALICE))["messages"]
    async with town.http.get(town.url + view["document"]["url"]) as response:
        assert response.headers["content-disposition"] == "attachment"
        assert response.headers["content-type"] == "application/octet-stream"


def test_files_are_bounded() -> None:
    store = FileStore()
    piece = MOST_BYTES // 4
    kept = [store.add("document", Upload(bytes([n]) * piece)) for n in range(6)]
    assert [store.get(each.file_id) is not None for each in kept] == [False] * 2 + [True] * 4
    assert store.at(kept[0].path) is None
