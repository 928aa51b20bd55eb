"""What the tests of flows share: a desk of the invented dam dispute."""

import pytest

from flows.desk import Desk
from flows.setting import Settings
from news.topic_file import load_topic
from tests.volteface.command import DAM
from warehouse.store import Warehouse


@pytest.fixture
def desk(tmp_path):
    """A desk over an empty warehouse."""
    topic = load_topic(DAM)
    return Desk(topic, Warehouse.open(tmp_path / "w.duckdb", topic.id, topic.path), Settings())
