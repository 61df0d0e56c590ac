"""A picture drawn anew: the same pixels, and nothing that the camera or the writer added.

A photo tells where and when it was taken, with which device, and sometimes by whom.
"""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from typing import BinaryIO, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

#: Format that was brought in -> (format that is kept, extension, how it is written).
_KEPT: dict[str, tuple[str, str, dict[str, object]]] = {
    "JPEG": ("JPEG", "jpg", {"quality": 90, "optimize": True, "progressive": True}),
    "WEBP": ("WEBP", "webp", {"quality": 90, "method": 4}),
    "AVIF": ("AVIF", "avif", {"quality": 80}),
    "PNG": ("PNG", "png", {"optimize": True}),
}
# A phone's portrait photo is a JPEG with a second picture behind it.
_KEPT |= dict.fromkeys(("MPO", "HEIF"), _KEPT["JPEG"])
_KEPT |= dict.fromkeys(("GIF", "BMP", "TIFF"), _KEPT["PNG"])
_CAN_MOVE = {"GIF", "PNG", "WEBP", "AVIF"}


class Redrawn(NamedTuple):
    data: bytes
    extension: str


def redraw(file: BinaryIO) -> Redrawn:
    """The picture in ``file``, upright, in sRGB, without a word of metadata.

    Raises:
        ValidationError: it moves, is a drawing in SVG, is broken or is too large.
    """
    file.seek(0)
    try:
        with Image.open(file) as picture:
            kept, extension, how = _kept(picture)
            clean = _clean(picture)
    except Image.DecompressionBombError:
        raise ValidationError(
            _("Deze afbeelding heeft te veel beeldpunten. Maak hem eerst kleiner."), code="too_big"
        ) from None
    except UnidentifiedImageError:
        raise _unknown(file) from None
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError):
        raise _broken() from None
    finally:
        file.seek(0)
    target = BytesIO()
    clean.save(target, kept, **how)
    return Redrawn(target.getvalue(), extension)


def _kept(picture: Image.Image) -> tuple[str, str, dict[str, object]]:
    if picture.format in _CAN_MOVE and getattr(picture, "n_frames", 1) > 1:
        raise ValidationError(
            _("Deze afbeelding beweegt. Kies een afbeelding die stilstaat."), code="moving"
        )
    return _KEPT.get(picture.format or "", _KEPT["PNG"])


def _clean(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    clean = _plain(_in_srgb(upright, profile))
    clean.info = {}
    return clean


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """In the colours of the web, so that the profile, which names its maker, can go."""
    if not profile or picture.mode not in {"RGB", "RGBA", "CMYK"}:
        return picture
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    colours = picture.convert("RGB") if alpha else picture
    # A profile that cannot be read says nothing about the colours.
    with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        srgb = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(colours, own, srgb, outputMode="RGB")
        if converted is not None:
            colours = converted
    if alpha:
        colours.putalpha(alpha)
    return colours


def _plain(picture: Image.Image) -> Image.Image:
    """In a mode that every kept format can hold; a copy, never the opened file."""
    if picture.mode.startswith("I;16"):
        return picture.point(lambda value: value / 256).convert("L")
    if picture.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture.convert("L" if picture.mode in {"1", "L", "I", "F"} else "RGB")


def _unknown(file: BinaryIO) -> ValidationError:
    file.seek(0)
    beginning = file.read(2048)
    if b"<svg" in beginning.lower():
        return ValidationError(
            _("Een SVG kan namen en verborgen tekst bevatten. Sla hem op als PNG en kies die."),
            code="svg",
        )
    return _broken()


def _broken() -> ValidationError:
    return ValidationError(
        _("Deze afbeelding is beschadigd of van een soort die we niet kennen."), code="broken"
    )
