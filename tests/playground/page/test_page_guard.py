"""Protection of the page from other web sites."""

import re

from page_world import PageClient

from bot.playground.page.app import _FOLDER
from bot.playground.world import Person


async def test_every_answer_forbids_inline_and_foreign_code(client: PageClient) -> None:
    """Pages, files, JSON and errors all have the content policy."""
    for path in ("/", "/page/chat.js", "/page/people", "/page/nothing"):
        async with client.session.get(path) as got:
            policy = got.headers["Content-Security-Policy"]
            assert "default-src 'self'" in policy
            assert "unsafe" not in policy
            assert got.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_foreign_host_name_is_refused(client: PageClient) -> None:
    """A request with a foreign host name (DNS rebinding) is refused."""
    for host in ("evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "[::2]", "["):
        for path in ("/", "/page/people", "/page/chat.js"):
            async with client.session.get(path, headers={"Host": host}) as got:
                assert got.status == 403, host


async def test_names_of_this_computer_are_answered(client: PageClient) -> None:
    """The page opens under every local name."""
    for host in ("localhost:8080", "127.0.0.1", "[::1]:8080", "LOCALHOST"):
        async with client.session.get("/", headers={"Host": host}) as got:
            assert got.status == 200, host


async def test_a_post_from_another_site_is_refused(client: PageClient, ann: Person) -> None:
    """A form or script of another site cannot send anything as a person."""
    body = {"person": ann.id, "chat": ann.id, "text": "hi"}
    foreign = [{"Origin": origin} for origin in ("https://evil.example", "null", "http://127.0.0.1:1")]
    foreign += [{"Sec-Fetch-Site": relation} for relation in ("cross-site", "same-site")]
    for headers in foreign:
        async with client.session.post("/page/say", json=body, headers=headers) as got:
            assert got.status == 403, headers
    assert (await client.get("messages", person=ann.id, chat=ann.id))["messages"] == []


async def test_a_post_from_the_page_is_accepted(client: PageClient, ann: Person, origin: str) -> None:
    """A POST from the page's own origin is accepted."""
    body = {"person": ann.id, "chat": ann.id, "text": "hi"}
    headers = {"Origin": origin, "Sec-Fetch-Site": "same-origin"}
    async with client.session.post("/page/say", json=body, headers=headers) as got:
        assert got.status == 200


def test_the_page_makes_no_html_of_data_and_needs_nothing_from_elsewhere() -> None:
    """No script writes HTML, no file refers to another site, and no markup has inline code or style."""
    writing = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser")
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE)
    foreign = re.compile(r"""(?:src|href|url|import|from)\s*[=(]?\s*["'(](?:https?:)?//""")
    scripts = sorted(_FOLDER.glob("*.js"))
    assert len(scripts) > 10
    for script in scripts:
        code = re.sub(r"/\*.*?\*/", "", script.read_text("utf-8"), flags=re.DOTALL)
        assert not writing.search(code), script.name
    assert not inline.search((_FOLDER / "index.html").read_text("utf-8"))
    for file in _FOLDER.iterdir():
        assert not foreign.search(file.read_text("utf-8")), file.name
