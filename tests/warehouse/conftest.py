"""What the warehouse's tests share: a fresh warehouse and an invented topic."""

import shutil

import pytest

from news.topic import Outlet, Topic
from tests.warehouse.records import T0
from warehouse import articles
from warehouse.store import Warehouse


@pytest.fixture(scope="session")
def topic():
    """A topic of two invented outlets."""
    return Topic(
        id="dam",
        title="The dam",
        path="dam.toml",
        outlets=(
            Outlet("coastwire", "Coast Wire", hosts=("coastwire.example",), aliases=("CW",)),
            Outlet("hilltop", "Hilltop Post", hosts=("hilltop.example",)),
        ),
    )


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory, topic):
    """A warehouse made once, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "dam.duckdb"
    Warehouse.open(path, topic.id, topic.path)
    return path


@pytest.fixture
def store(tmp_path, empty_file, topic):
    """An empty warehouse of this test's own."""
    path = tmp_path / "dam.duckdb"
    shutil.copy(empty_file, path)
    warehouse = Warehouse.open(path, topic.id, topic.path, wait_s=10)
    yield warehouse
    warehouse._door._close()


@pytest.fixture
def filed(store, topic):
    """A function that files pages at a moment and gives what that came to."""

    def file(*pages, now=T0):
        with store.transaction() as tx:
            return articles.file(tx, pages, now, topic=topic)

    return file
