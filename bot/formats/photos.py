"""Photos: taken apart to their pixels and put together anew, so that nothing but the picture is left.

Nobody is recognised by machine here: what is hidden is what a person has pointed at on a grid.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageOps, UnidentifiedImageError

from bot.domain.contribution_errors import PhotoError

LONGEST_SIDE: Final = 1600
MOST_BYTES: Final = 10 * 1024 * 1024
MOST_PIXELS: Final = 40_000_000
COLUMNS, ROWS = 6, 4
"""The grid by which parts of a photo are pointed at: cells 1 to 24, row by row."""
CELLS: Final = COLUMNS * ROWS

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
_QUALITY = 85
_PREVIEW_SIDE = 1000
_BLOCKS = 5
"""A hidden cell is averaged into so many blocks across before it is blurred: nothing can be sharpened."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A JPEG of ours with its size in pixels."""

    content: bytes
    width: int
    height: int


def reencode(content: bytes) -> Photo:
    """Return the picture as an upright JPEG of at most 1600 pixels a side, without any metadata.

    Raises PhotoError for what is no image, too large, or of too many pixels.
    """
    if len(content) > MOST_BYTES:
        raise PhotoError("too_large")
    return _written(_shrunk(_opened(content), LONGEST_SIDE))


def grid(content: bytes) -> bytes:
    """Return the photo with the numbered grid drawn on it, for the team to point at cells."""
    image = _shrunk(_opened(content), _PREVIEW_SIDE)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=max(16, image.height // (ROWS * 4)))
    for cell in range(1, CELLS + 1):
        left, top, right, bottom = _box(cell, image.size)
        draw.rectangle((left, top, right - 1, bottom - 1), outline="white", width=2)
        centre = ((left + right) // 2, (top + bottom) // 2)
        draw.text(
            centre,
            str(cell),
            font=font,
            anchor="mm",
            fill="white",
            stroke_width=3,
            stroke_fill="black",
        )
    return _written(image).content


def blur(content: bytes, cells: Iterable[int]) -> Photo:
    """Return the photo with these cells made unrecognisable for good; unknown numbers hide nothing."""
    image = _opened(content)
    for cell in sorted(set(cells)):
        if 1 <= cell <= CELLS:
            _hide(image, _box(cell, image.size))
    return _written(image)


def _opened(content: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            # Our own limit is below the one at which Pillow warns of a bomb.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(content), formats=_FORMATS)
            if image.width * image.height > MOST_PIXELS:
                raise PhotoError("too_many_pixels")
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            image.load()
    except Image.DecompressionBombError:
        raise PhotoError("too_many_pixels") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError):
        raise PhotoError("not_an_image") from None
    return _plain(ImageOps.exif_transpose(image))


def _plain(image: Image.Image) -> Image.Image:
    """Return the pixels alone, on white where they were transparent."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layers = image.convert("RGBA")
        image = Image.new("RGBA", layers.size, "white")
        image.alpha_composite(layers)
    plain = Image.new("RGB", image.size)
    plain.paste(image.convert("RGB"))
    return plain


def _shrunk(image: Image.Image, side: int) -> Image.Image:
    image.thumbnail((side, side), Image.Resampling.LANCZOS)
    return image


def _written(image: Image.Image) -> Photo:
    out = BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return Photo(out.getvalue(), image.width, image.height)


def _box(cell: int, size: tuple[int, int]) -> tuple[int, int, int, int]:
    width, height = size
    row, column = divmod(cell - 1, COLUMNS)
    return (
        column * width // COLUMNS,
        row * height // ROWS,
        (column + 1) * width // COLUMNS,
        (row + 1) * height // ROWS,
    )


def _hide(image: Image.Image, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    wide, high = right - left, bottom - top
    if wide < 1 or high < 1:
        return
    blocks = image.crop(box).resize((_BLOCKS, _BLOCKS), Image.Resampling.BOX)
    cell = blocks.resize((wide, high), Image.Resampling.NEAREST)
    image.paste(cell.filter(ImageFilter.GaussianBlur(wide // (2 * _BLOCKS))), (left, top))
