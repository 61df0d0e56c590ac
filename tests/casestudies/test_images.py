"""A picture tells nothing but its pixels, whichever way it came in."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from PIL import Image, PngImagePlugin
from wagtail.images import get_image_model
from wagtail.models import Collection, UploadedFile

from goedwerk_casestudies.pictures import redraw

pytestmark = pytest.mark.django_db

SECRETS = [b"Wouterina", b"Smaling", b"Nikon-77", b"52.0907", b"GPS", b"Exif"]
NAME = "wouterina-smaling-op-kantoor"
ImageModel = get_image_model()


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


@pytest.fixture
def admin(client, make):
    client.force_login(make.user("beheer", is_superuser=True))
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    return client


def picture(size=(60, 40), mode="RGB"):
    made = Image.new(mode, size, "white")
    made.paste("red", (0, 0, 10, 10))
    return made


def jpeg(orientation=6):
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Nikon-77"
    exif[0x013B] = "Wouterina Smaling"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 5.0, 26.5), 29: "52.0907"})
    data = BytesIO()
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Wouterina</x:xmpmeta>"
    picture().save(data, "JPEG", exif=exif, comment=b"Smaling", xmp=xmp, quality=95)
    return data.getvalue()


def png():
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Wouterina Smaling")
    info.add_itxt("Comment", "Nikon-77")
    data = BytesIO()
    picture(mode="RGBA").save(data, "PNG", pnginfo=info)
    return data.getvalue()


def webp():
    exif = Image.Exif()
    exif[0x013B] = "Wouterina Smaling"
    data = BytesIO()
    picture().save(data, "WEBP", exif=exif, xmp=b"Nikon-77", lossless=True)
    return data.getvalue()


def moving(kind):
    data = BytesIO()
    frames = [picture(), Image.new("RGB", (60, 40), "blue")]
    frames[0].save(data, kind, save_all=True, append_images=frames[1:], duration=100)
    return data.getvalue()


KINDS = {"jpg": jpeg, "png": png, "webp": webp}


@pytest.fixture(params=KINDS)
def kind(request):
    return request.param


@pytest.fixture
def data(kind):
    data = KINDS[kind]()
    assert any(secret in data for secret in SECRETS), "the test's own picture tells nothing"
    return data


def files(media):
    return [path for path in media.rglob("*") if path.is_file()]


def assert_nothing_told(media):
    """In no file of the media, nor in its name."""
    found = files(media)
    assert found
    for path in found:
        assert NAME not in str(path)
        assert not any(secret in path.read_bytes() for secret in SECRETS), path
        opened = Image.open(path)
        assert not opened.getexif()
        assert not set(opened.info) & {"exif", "xmp", "comment", "icc_profile", "Author"}


def sent(data, kind):
    return SimpleUploadedFile(f"{NAME}.{kind}", data, content_type=f"image/{kind}")


def made_in_code(data, kind, title="Een open la"):
    return ImageModel.objects.create(title=title, file=ContentFile(data, f"{NAME}.{kind}"))


# --- each way in -----------------------------------------------------------------------------


def test_in_code(media, data, kind):
    image = made_in_code(data, kind)
    assert image.file.name.endswith(f".{kind}")
    assert_nothing_told(media)


def test_the_upload_of_one(admin, media, data, kind):
    admin.post(
        reverse("wagtailimages:add"),
        {"title": "Een open la", "file": sent(data, kind), "collection": root()},
    )
    assert ImageModel.objects.get().title == "Een open la"
    assert_nothing_told(media)


def test_the_upload_of_many(admin, media, data, kind):
    response = admin.post(
        reverse("wagtailimages:add_multiple"),
        {"title": NAME, "files[]": sent(data, kind), "collection": root()},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert response.json()["success"]
    assert NAME not in response.json()["form"]
    assert_nothing_told(media)


def test_the_chooser(admin, media, data, kind):
    response = admin.post(
        reverse("wagtailimages_chooser:create"),
        {
            "image-chooser-upload-title": NAME,
            "image-chooser-upload-file": sent(data, kind),
            "image-chooser-upload-collection": root(),
        },
    )
    assert json.loads(response.content)["step"] == "chosen", response.content
    assert NAME not in response.content.decode()
    assert_nothing_told(media)


def test_what_waits_for_its_form(admin, media, data, kind):
    """Wagtail keeps it as an upload where a field of the image is still wanting."""
    response = admin.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "x" * 300, "files[]": sent(data, kind), "collection": root()},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    upload = UploadedFile.objects.get()
    assert response.json()["uploaded_file_id"] == upload.pk
    assert_nothing_told(media)
    url = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[upload.pk])
    prefix = f"uploaded-image-{upload.pk}"
    form = {f"{prefix}-title": "Een la", f"{prefix}-collection": root(), f"{prefix}-tags": ""}
    with_commits(lambda: admin.post(url, form, headers={"X-Requested-With": "XMLHttpRequest"}))
    assert ImageModel.objects.get().title == "Een la"
    assert_nothing_told(media)
    assert len(files(media)) == 1


def test_written_to_the_media_before_it_is_saved(media, data, kind):
    """What other code does, and Wagtail with an upload that waited."""
    image = ImageModel(title="Een la")
    image.file.save(f"{NAME}.{kind}", ContentFile(data), save=False)
    with_commits(image.save)
    assert_nothing_told(media)
    assert len(files(media)) == 1


def test_another_file_for_an_image(admin, media, data, kind):
    image = made_in_code(png(), "png")
    before = image.file.name
    admin.post(
        reverse("wagtailimages:edit", args=[image.pk]),
        {"title": "Een dichte la", "file": sent(data, kind), "collection": root()},
    )
    image = ImageModel.objects.get()
    assert image.file.name != before
    assert not default_storage.exists(before)
    assert_nothing_told(media)


def test_another_file_in_code(media, data, kind):
    image = made_in_code(png(), "png")
    image.file = ContentFile(data, f"{NAME}.{kind}")
    image.save()
    assert_nothing_told(media)
    image = ImageModel.objects.get()
    image.file.save(f"{NAME}.{kind}", ContentFile(data), save=False)
    with_commits(image.save)
    assert_nothing_told(media)


def test_renditions(media, data, kind):
    rendition = made_in_code(data, kind).get_rendition("max-30x30")
    assert NAME not in rendition.file.name
    assert len(files(media)) == 2
    assert_nothing_told(media)


# --- what stays the same ---------------------------------------------------------------------


def test_a_photo_stands_upright():
    image = made_in_code(jpeg(orientation=6), "jpg")
    assert (image.width, image.height) == (40, 60)
    upright = Image.open(image.file)
    assert upright.size == (40, 60)
    assert upright.getpixel((38, 2))[1] < 100, "the red corner is at the upper right"


def test_size_and_hash_are_those_of_the_new_file():
    image = made_in_code(jpeg(), "jpg")
    assert image.file_size == image.file.size
    first = image.file_hash
    image.file_hash = ""
    assert image.get_file_hash() == first


def test_transparency_stays():
    data = BytesIO()
    Image.new("RGBA", (9, 9), (0, 0, 0, 0)).save(data, "PNG")
    image = made_in_code(data.getvalue(), "png")
    assert Image.open(image.file).convert("RGBA").getpixel((4, 4))[3] == 0


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_each_mode_of_a_png(mode):
    data = BytesIO()
    Image.new(mode, (9, 9)).save(data, "PNG")
    assert made_in_code(data.getvalue(), "png").width == 9


def test_a_picture_for_print():
    data = BytesIO()
    Image.new("CMYK", (9, 9), (0, 255, 255, 0)).save(data, "JPEG")
    image = made_in_code(data.getvalue(), "jpg")
    assert Image.open(image.file).mode == "RGB"


def test_a_still_gif_becomes_a_png():
    data = BytesIO()
    picture().save(data, "GIF", comment=b"Wouterina Smaling")
    image = made_in_code(data.getvalue(), "gif")
    assert image.file.name.endswith(".png")
    assert b"Wouterina" not in image.file.read()


def test_the_same_picture_twice_is_seen_as_the_same():
    assert made_in_code(png(), "png").file_hash == made_in_code(png(), "png").file_hash


def test_another_title_leaves_the_file_alone():
    image = made_in_code(png(), "png")
    before = image.file.name
    image.title = "Een dichte la"
    image.save()
    assert ImageModel.objects.get().file.name == before


def test_a_backup_is_put_back_as_it_was(tmp_path):
    made_in_code(png(), "png")
    saved = tmp_path / "images.json"
    call_command("dumpdata", "wagtailimages.image", output=str(saved), verbosity=0)
    name = ImageModel.objects.get().file.name
    call_command("loaddata", str(saved), verbosity=0)
    assert ImageModel.objects.get().file.name == name


# --- titles ----------------------------------------------------------------------------------


@pytest.mark.parametrize("title", [NAME, f"{NAME}.png", "Wouterina Smaling op kantoor"])
def test_a_title_that_is_the_file_name_says_nothing(title):
    image = made_in_code(png(), "png", title=title)
    assert "smaling" not in image.title.lower()
    assert image.title.startswith("Afbeelding ")


def test_a_title_of_ones_own_stays():
    assert made_in_code(png(), "png", title="Een open la").title == "Een open la"


# --- refused ---------------------------------------------------------------------------------


def half():
    """A photo that broke off on the way: its beginning is whole."""
    data = BytesIO()
    Image.effect_noise((200, 200), 90).save(data, "JPEG")
    return data.getvalue()[: len(data.getvalue()) // 2]


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
REFUSED = {
    "moving.gif": (lambda: moving("GIF"), "beweegt"),
    "moving.webp": (lambda: moving("WEBP"), "beweegt"),
    "drawing.svg": (lambda: SVG, "SVG"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_beside_the_field(admin, media, settings, name):
    settings.WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "svg", "webp"]
    make_data, words = REFUSED[name]
    response = admin.post(
        reverse("wagtailimages:add"),
        {
            "title": "Een la",
            "file": SimpleUploadedFile(name, make_data(), content_type="image/x"),
            "collection": root(),
        },
    )
    assert response.status_code == 200
    assert words in " ".join(response.context["form"].errors["file"])
    assert not ImageModel.objects.exists()
    assert not files(media)


@pytest.mark.parametrize("name", REFUSED)
def test_refused_in_code(media, name):
    make_data, words = REFUSED[name]
    with pytest.raises(ValidationError, match=words):
        ImageModel.objects.create(title="Een la", file=ContentFile(make_data(), name))
    assert not ImageModel.objects.exists()
    assert not files(media)


@pytest.mark.parametrize("data", [half(), moving("PNG"), b"", b"\xff\xd8\xff", b"GIF89a"])
def test_what_cannot_be_drawn_is_a_sentence(data):
    with pytest.raises(ValidationError, match="Deze afbeelding"):
        redraw(BytesIO(data))


# --- helpers ---------------------------------------------------------------------------------


def root():
    return Collection.get_first_root_node().pk


def with_commits(act):
    """Runs what waits for the end of the transaction, as outside a test."""
    from django.test import TestCase

    with TestCase.captureOnCommitCallbacks(execute=True):
        act()
