"""A real chromium against the real site. Whatever a page says on the console, or asks of another host, fails."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from minsheng_web.records.actions.documents import upload_document
from minsheng_web.records.actions.people import add_region, add_user, give_post
from minsheng_web.records.actions.publish_document import publish_document
from minsheng_web.records.models import Document, PlanVersion

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
PASSWORD = "yunhe-office-2025"
NOTICE = Path(__file__).parents[2] / "samples" / "notices" / "yunhe-2025.txt"


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass
class Watched:
    """A page and everything it did that no page may do."""

    page: Page
    home: str
    faults: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        self.page.on("request", self._asked)

    def _heard(self, message):
        if message.type in {"error", "warning"}:
            self.faults.append(f"console {message.type}: {message.text}")

    def _asked(self, request):
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.faults.append(f"request left the house: {request.url}")

    def open(self, path: str) -> Page:
        self.page.goto(self.home + path)
        return self.page


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    # The browser's event loop lives in this thread; the tests still touch the database from it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def context(chromium, request) -> Iterator[BrowserContext]:
    size = getattr(request, "param", DESK)
    context = chromium.new_context(viewport=size, locale="zh-CN", accept_downloads=True)
    yield context
    context.close()


@pytest.fixture
def office(transactional_db):
    """The livelihood office of a city, and its one official."""
    city = add_region(actor=None, name="云河市", parent=add_region(actor=None, name="江岭省"))
    for county in ("东原县", "西坪县", "南浦区"):
        add_region(actor=None, name=county, parent=city)
    official = add_user(actor=None, username="yunhe", display_name="云河市民生办", password=PASSWORD)
    give_post(actor=None, user=official, role="office", region=city)
    return official, city


@pytest.fixture
def document(office) -> Document:
    """The sample notice, uploaded and read."""
    official, city = office
    uploaded = upload_document(
        actor=official, office=city, name=NOTICE.name, data=NOTICE.read_bytes(), at=timezone.now()
    )
    return Document.objects.get(pk=uploaded.document.pk)


@pytest.fixture
def visitor(context, live_server, office) -> Iterator[Watched]:
    """A page nobody has signed in on."""
    watched = Watched(context.new_page(), live_server.url)
    yield watched
    assert watched.faults == []


@pytest.fixture
def desk(visitor) -> Watched:
    """A page the official has signed in on."""
    page = visitor.open("/sign-in/")
    page.fill("[name=username]", "yunhe")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{visitor.home}/")
    return visitor


@pytest.fixture
def watch(chromium, live_server) -> Iterator[Callable[[], Watched]]:
    """More people at once: each call is a browser of their own, with a page nobody has signed in on."""
    opened: list[tuple[BrowserContext, Watched]] = []

    def act() -> Watched:
        context = chromium.new_context(viewport=DESK, locale="zh-CN", accept_downloads=True)
        opened.append((context, Watched(context.new_page(), live_server.url)))
        return opened[-1][1]

    yield act
    for context, _ in opened:
        context.close()
    assert [watched.faults for _, watched in opened if watched.faults] == []


@pytest.fixture
def publish():
    """Publish a read document; the programme's number in addresses."""

    def act(document: Document) -> int:
        version = publish_document(
            actor=document.uploaded_by, document=document, at=timezone.now(), reason="", expected_number=1
        )
        assert isinstance(version, PlanVersion), version
        return version.programme_id

    return act
