"""What open pages are told, and when."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sitegen.incremental.memory import Memory
from sitegen.serving.builder_process import run_round
from sitegen.serving.news import News, news_of
from sitegen.serving.private_site import PrivateSite
from sitegen.serving.rounds import Round
from tests.conftest import MakeProject


def a_round(folder: Path) -> Round:
    """Return what a build of a project came to."""
    site = folder.parent / "site"
    return run_round(Memory(folder, site), PrivateSite(site))


def test_news_tell_each_error_with_its_place_and_way_out(project: MakeProject) -> None:
    """A page gets what a report would show: file, line, the line itself, message and help."""
    news = json.loads(news_of(a_round(project("-- content/site.yaml --\ntitel: W\ntitle: W\n"))))
    assert news["version"] == ""
    assert news["faults"] == [
        {
            "path": "content/site.yaml",
            "line": 1,
            "column": 1,
            "rule": "unknown-field",
            "message": 'unknown field "titel"',
            "help": 'did you mean "title"?',
            "source": ["  1 | titel: W", "    | ^"],
            "related": [],
        }
    ]


def test_followers_hear_the_latest_and_are_let_go(project: MakeProject) -> None:
    """Whoever comes late hears how things stand; at the end all are let go."""
    broken = a_round(project("-- content/site.yaml --\ntitel: W\n", "one"))
    other = a_round(project("-- content/site.yaml --\nname: W\n", "two"))

    async def listen() -> list[str]:
        news = News()
        news.tell(broken)
        heard = []
        async for each in news.follow():
            heard.append(each)
            if len(heard) == 1:
                asyncio.get_running_loop().call_soon(news.tell, other)
            else:
                asyncio.get_running_loop().call_soon(news.close)
        return heard

    # In a thread of its own: a test of a browser may leave a loop running in this one.
    with ThreadPoolExecutor() as pool:
        heard = pool.submit(asyncio.run, listen()).result()
    assert heard == [news_of(broken), news_of(other)]


def test_followers_hear_of_a_round_that_came_to_the_same(project: MakeProject) -> None:
    """So that a page does not go on saying that the notes are in order again."""
    folder = project("-- content/site.yaml --\ntitel: W\n")

    async def listen() -> list[str]:
        news, heard = News(), []
        news.tell(a_round(folder))
        followed = news.follow()
        heard.append(await anext(followed))
        news.tell(a_round(folder))
        async with asyncio.timeout(10):
            heard.append(await anext(followed))
        return heard

    with ThreadPoolExecutor() as pool:
        first, second = pool.submit(asyncio.run, listen()).result()
    assert first == second
