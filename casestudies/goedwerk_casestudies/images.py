"""Every picture that is brought in is drawn anew and gets a name that says nothing.

It happens where an image is saved, whichever way it came: the upload of one or of many, the
chooser, or code. A picture that cannot be drawn is refused beside the field, before that.
"""

from __future__ import annotations

import secrets
from functools import partial
from pathlib import PurePosixPath
from typing import Any, cast

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models.fields.files import FieldFile
from django.db.models.signals import pre_save
from django.utils.translation import gettext as _
from wagtail.images.models import AbstractImage
from wagtail.models import UploadedFile

from .pictures import Redrawn, redraw


def watch() -> None:
    """From now on, for each model of an image and for what waits to become one."""
    pre_save.connect(_before_an_image_is_saved, dispatch_uid="goedwerk_redraw")
    pre_save.connect(
        _before_an_upload_is_kept, sender=UploadedFile, dispatch_uid="goedwerk_redraw_upload"
    )
    for model in apps.get_models():
        if issubclass(model, AbstractImage):
            # Not in the field's definition, that of another app: its migrations stay as they are.
            field = cast(models.Field, model._meta.get_field("file"))
            field.validators.append(refuse_what_cannot_be_redrawn)


def refuse_what_cannot_be_redrawn(file: FieldFile) -> None:
    """A validator of the file of an image.

    Raises:
        ValidationError: see ``redraw``.
    """
    if file and not file._committed:  # type: ignore[attr-defined]
        _redrawn(file)


def _redrawn(file: FieldFile) -> Redrawn:
    """Drawn once for the validator and the save; kept with the file itself."""
    known: Redrawn | None = file.__dict__.get("goedwerk_redrawn")
    if known is None:
        known = file.__dict__["goedwerk_redrawn"] = redraw(file.open("rb"))  # type: ignore[arg-type]
    return known


def _before_an_image_is_saved(
    sender: type[models.Model],
    instance: models.Model,
    raw: bool = False,
    update_fields: frozenset[str] | None = None,
    **kwargs: Any,
) -> None:
    if not isinstance(instance, AbstractImage) or raw or not instance.file:
        return
    if update_fields is not None and "file" not in update_fields:
        return
    if _is_new(instance):
        _name_without_file_name(instance)
        _replace_file(instance)
        instance._set_image_file_metadata()


def _before_an_upload_is_kept(
    sender: type[UploadedFile], instance: UploadedFile, raw: bool = False, **kwargs: Any
) -> None:
    """A picture that waits for its form: Wagtail writes it to the media as it came."""
    kind = instance.for_content_type.model_class() if instance.for_content_type else None
    if raw or kind is None or not issubclass(kind, AbstractImage) or not instance.file:
        return
    if not instance.file._committed:
        _replace_file(instance)


def _is_new(image: AbstractImage) -> bool:
    """Whether its file is another one than the database knows of."""
    if not image.file._committed or image._state.adding:
        return True
    known = type(image)._base_manager.filter(pk=image.pk).values_list("file", flat=True).first()
    return known != image.file.name


def _replace_file(instance: Any) -> None:
    before: FieldFile = instance.file
    redrawn = _redrawn(before)
    name = f"{secrets.token_hex(16)}.{redrawn.extension}"
    was_written = before._committed  # type: ignore[attr-defined]
    instance.file = ContentFile(redrawn.data, name=name)
    if was_written:
        transaction.on_commit(partial(_delete_unused, type(instance), before))


def _delete_unused(model: type[models.Model], file: FieldFile) -> None:
    """The file as it came goes, unless another image was made of the same one."""
    if not model._base_manager.filter(file=file.name).exists():
        file.storage.delete(str(file.name))


def _name_without_file_name(image: AbstractImage) -> None:
    """A title that only repeats the name of the file becomes one that says nothing."""
    name = PurePosixPath(str(image.file.name)).name
    if _folded(image.title) in {_folded(name), _folded(PurePosixPath(name).stem)}:
        image.title = _("Afbeelding %(mark)s") % {"mark": secrets.token_hex(3)}


def _folded(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
