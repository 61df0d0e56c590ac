"""Empty lists of the admin say what to do next, to who may do it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from goedwerk_casestudies.models import Cluster, Theme
from goedwerk_forum.models import (
    CannedReason,
    ConductTerm,
    Format,
    GuideSentence,
    PracticeCase,
    RoleLabel,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "viewset", "says"),
    [
        (Format, "goedwerk_formats:index", "lees een bestand van een andere site in"),
        (GuideSentence, "goedwerk_guide_sentences:index", "een begeleider benoemt er mee"),
        (RoleLabel, "goedwerk_role_labels:index", "kan het naast haar schuilnaam laten zien"),
        (CannedReason, "goedwerk_canned_reasons:index", "ambassadeurs beginnen er hun uitleg mee"),
        (PracticeCase, "goedwerk_practice_cases:index", "wie modereert, oefent ermee"),
        (ConductTerm, "goedwerk_words:index", "De meegeleverde lijsten werken al"),
        (Theme, "wagtailsnippets_goedwerk_casestudies_theme:list", "Er zijn nog geen thema’s"),
        (Cluster, "wagtailsnippets_goedwerk_casestudies_cluster:list", "een handvat hoort bij"),
    ],
)
def test_empty_list_says_what_to_do_and_leads_there(admin_client, model, viewset, says):
    model.objects.all().delete()
    answer = admin_client.get(reverse(viewset))
    assert says in answer.text
    assert f'<a class="button" href="{answer.context["add_url"]}">' in answer.text
    searched = admin_client.get(reverse(viewset), {"q": "niets hiervan"})
    assert says not in searched.text
