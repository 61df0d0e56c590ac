"""The period of the dashboard, asked for in the address."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..overview import Period

#: Days: shown at first, and the most that can be asked for.
SHOWN, MOST = 30, 366
#: Days without a contribution after which a discussion is silent.
SILENT = 14


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar; the address holds it as 2026-11-29."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(
            widget=widget,
            input_formats=["%Y-%m-%d", "%d-%m-%Y"],
            error_messages={
                "required": gettext_lazy("Kies een dag."),
                "invalid": gettext_lazy("Dit is geen dag. Schrijf bijvoorbeeld 31-12-2026."),
            },
            **kwargs,
        )


class PeriodForm(forms.Form):
    """From which day to which, and after how many days a discussion is silent."""

    first = DayField(label=gettext_lazy("Van"))
    last = DayField(label=gettext_lazy("Tot en met"))
    silent = forms.IntegerField(
        label=gettext_lazy("Stil na (dagen)"),
        min_value=1,
        max_value=MOST,
        error_messages={
            "required": gettext_lazy("Vul een aantal dagen in."),
            "invalid": gettext_lazy("Vul een getal in."),
            "min_value": gettext_lazy("Kies minstens 1 dag."),
            "max_value": gettext_lazy("Kies hoogstens 366 dagen."),
        },
    )

    @classmethod
    def asked(cls, parameters: Any) -> PeriodForm:
        """The form as the address says; what it leaves out is the last month until today."""
        today = timezone.localdate()
        start = today - datetime.timedelta(days=SHOWN - 1)
        known = {"first": f"{start:%Y-%m-%d}", "last": f"{today:%Y-%m-%d}", "silent": str(SILENT)}
        given = {name: parameters.get(name, value) for name, value in known.items()}
        return cls(given)

    def clean(self) -> dict[str, Any]:
        super().clean()
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if last and last > timezone.localdate():
            self.add_error("last", _("Deze dag moet nog komen. Kies vandaag of eerder."))
        elif first and last and first > last:
            self.add_error("first", _("De eerste dag ligt na de laatste. Draai ze om."))
        elif first and last and (last - first).days >= MOST:
            self.add_error("first", _("Kies een periode van hoogstens een jaar."))
        return self.cleaned_data

    @property
    def period(self) -> Period:
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])
