"""Fixtures: a desk with news, and bots that run in a simulated Discord."""

from __future__ import annotations

import shutil

import pytest
from outlet import LOOPBACK, publishing
from simulated import ARTICLES, NOON, load, world_of

from briefs.newsroom import Newsroom
from briefs.store import Store


@pytest.fixture(scope="session")
def news_file(blank, tmp_path_factory):
    """The file of a database with two articles on one story to copy: a copy is quicker than reading them."""
    folder = tmp_path_factory.mktemp("news")
    file = shutil.copy(blank, folder / "news.db")
    desk = Newsroom(Store.open(f"sqlite:///{file}"), options=LOOPBACK, clock=lambda: NOON)
    load(desk, folder, ARTICLES)
    desk.close()
    return file


@pytest.fixture
def newsroom(news_file, tmp_path):
    """A desk whose server SERVER has two articles on one story."""
    file = shutil.copy(news_file, tmp_path / "news.db")
    desk = Newsroom(Store.open(f"sqlite:///{file}"), options=LOOPBACK, clock=lambda: NOON)
    yield desk
    desk.close()


@pytest.fixture
def outlet():
    """A web server on loopback that has nothing to show yet."""
    with publishing() as found:
        yield found


@pytest.fixture
async def world(newsroom):
    """A bot that runs in a server with news."""
    async with world_of(newsroom) as found:
        yield found


@pytest.fixture
async def empty_world(blank, tmp_path):
    """A bot that runs in a server without any feed."""
    file = shutil.copy(blank, tmp_path / "debrief.db")
    desk = Newsroom(Store.open(f"sqlite:///{file}"), options=LOOPBACK, clock=lambda: NOON)
    async with world_of(desk) as found:
        yield found
    desk.close()
