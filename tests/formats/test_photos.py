"""Photos lose everything but the picture, and what is pointed at is gone for good."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from bot.domain.contribution_errors import PhotoError
from bot.formats.photos import CELLS, LONGEST_SIDE, blur, grid, reencode

SECRET = b"GPS 47.13691 R-7K3F9QXP"


def picture(image: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def stripes(width: int = 600, height: int = 400) -> Image.Image:
    image = Image.new("RGB", (width, height), "white")
    for left in range(0, width, 20):
        image.paste("black", (left, 0, left + 10, height))
    return image


def test_a_large_photo_becomes_a_small_jpeg() -> None:
    photo = reencode(picture(Image.new("RGB", (4000, 3000), "green")))
    assert (photo.width, photo.height) == (LONGEST_SIDE, 1200)
    assert opened(photo.content).format == "JPEG"


def test_a_small_photo_is_not_blown_up() -> None:
    photo = reencode(picture(stripes(320, 200)))
    assert (photo.width, photo.height) == (320, 200)


def test_no_metadata_survives() -> None:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x8825] = {1: "N", 2: (47.0, 8.0, 12.0)}
    note = PngImagePlugin.PngInfo()
    note.add_text("Comment", SECRET.decode())
    for content in (
        picture(stripes(), exif=exif, comment=SECRET),
        picture(stripes(), "PNG", pnginfo=note, exif=exif),
        picture(stripes(), "WEBP", exif=exif, xmp=SECRET),
        picture(stripes()) + SECRET,
    ):
        clean = reencode(content).content
        assert SECRET not in clean
        assert not opened(clean).getexif()
        assert set(opened(clean).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_photo_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = reencode(picture(stripes(300, 100), exif=exif))
    assert (photo.width, photo.height) == (100, 300)


def test_what_is_transparent_becomes_white() -> None:
    photo = reencode(picture(Image.new("RGBA", (50, 50), (255, 0, 0, 0)), "PNG"))
    assert opened(photo.content).getpixel((25, 25)) == (255, 255, 255)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.4",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"PK\x03\x04" + b"x" * 100,
        b"\xff\xd8\xff\xe0" + b"\0" * 200,
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        picture(stripes())[:300],
    ],
)
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    with pytest.raises(PhotoError) as refused:
        reencode(content)
    assert refused.value.reason == "not_an_image"


def test_bombs_and_giants_are_refused_unopened() -> None:
    bomb = picture(Image.new("1", (8000, 5100)), "PNG")
    assert len(bomb) < 100_000
    with pytest.raises(PhotoError, match="too_many_pixels"):
        reencode(bomb)
    with pytest.raises(PhotoError, match="too_large"):
        reencode(picture(stripes()) + b"\0" * 10 * 1024 * 1024)


def test_a_hidden_cell_is_gone_and_the_others_stay() -> None:
    before = picture(stripes(), quality=95)
    after = opened(blur(before, [8]).content).convert("L")
    hidden = after.crop((105, 105, 195, 195)).tobytes()
    assert max(hidden) - min(hidden) < 60
    for box in ((0, 0, 95, 95), (205, 105, 295, 195)):
        seen = after.crop(box).tobytes()
        assert max(seen) - min(seen) > 200


def test_cells_that_do_not_exist_hide_nothing() -> None:
    before = picture(stripes())
    assert blur(before, [0, -3, CELLS + 1]).content == blur(before, []).content


def test_the_grid_is_drawn_on_a_copy() -> None:
    drawn = opened(grid(picture(stripes(1600, 1200))))
    assert drawn.size == (1000, 750)
