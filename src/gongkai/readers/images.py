"""Files of pictures opened with care: of known kinds only, and never more dots than memory bears."""

from __future__ import annotations

import warnings
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from gongkai.errors import UnreadableFile
from gongkai.readers.scan import TOO_LARGE

DAMAGED = (OSError, SyntaxError, ValueError, TypeError, KeyError)  # what Pillow raises for broken data
_KINDS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "JPEG2000")  # others may start programs, as EPS does


def open_picture(path: Path, data: bytes | None = None) -> Image.Image:
    """The picture in a file, or in `data` out of the file; its dots are not unpacked yet.

    Raises UnreadableFile, naming the file, for what is damaged, of no known kind, or far too large.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # its own limit is lower
            return Image.open(path if data is None else BytesIO(data), formats=_KINDS)
    except Image.DecompressionBombError:
        raise UnreadableFile(path, TOO_LARGE) from None
    except (UnidentifiedImageError, *DAMAGED):
        raise UnreadableFile(path, "the picture is damaged or of no known kind") from None


def on_paper(image: Image.Image) -> Image.Image:
    """The picture as it is shown, in three colours; what is seen through is paper. Raises DAMAGED."""
    whole = ImageOps.exif_transpose(image).convert("RGBA" if image.has_transparency_data else "RGB")
    if whole.mode == "RGB":
        return whole
    paper = Image.new("RGBA", whole.size, "white")
    return Image.alpha_composite(paper, whole).convert("RGB")
