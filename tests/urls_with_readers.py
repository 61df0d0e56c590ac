"""The reference site with all ways to read pages that a site can add: for tests."""

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import path
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page

from goedwerk_casestudies.api import ClearedPagesAPIViewSet
from goedwerk_casestudies.listing import described, listed
from goedwerk_casestudies.models import StoryPage
from goedwerk_forum.public import only_public_pages
from goedwerk_site.urls import urlpatterns as site_patterns


class Newest(Feed):
    title, link, description = "Verhalen", "/", "De nieuwste"

    def items(self):
        return described(listed(StoryPage.objects.all()))

    def item_link(self, item):
        return item.full_url

    def item_description(self, item):
        return item.lead


def search(request: HttpRequest) -> HttpResponse:
    found = Page.objects.live().public().search(request.GET["q"])
    titles = [page.title for page in only_public_pages(found)]
    return HttpResponse("\n".join(titles))


def sitemap(request: HttpRequest) -> HttpResponse:
    """What Wagtail's view lists, without its template: that app is not installed here."""
    return HttpResponse("\n".join(url["location"] for url in Sitemap(request).get_urls()))


router = WagtailAPIRouter("wagtailapi")
router.register_endpoint("pages", ClearedPagesAPIViewSet)

urlpatterns = [
    path("sitemap.xml", sitemap),
    path("feed/", Newest()),
    path("zoek/", search),
    path("api/v2/", router.urls),
    *site_patterns,
]
