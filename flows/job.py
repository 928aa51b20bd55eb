"""A round's parameters as plain strings, so that any Prefect worker can take them, and the desk they open."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

from flows.desk import Desk
from flows.setting import read_settings
from news.topic import Topic
from news.topic_file import load_topic, with_overlay
from sources.fetcher import FetchLimits
from warehouse.store import Warehouse


@dataclass(frozen=True, slots=True)
class Job:
    """What one round works on. `out` takes the place of every file subscriber's folder when it is given.

    `overlay` is a file of outlets, sources and subscribers that replace the topic's own, with `values` put in for its
    `{names}`. `files_only` sends nothing: every subscriber's digest goes to `out`.
    """

    topic: str
    warehouse: str
    out: str | None = None
    overlay: str | None = None
    values: tuple[tuple[str, str], ...] = ()
    files_only: bool = False
    patience: bool = True


def open_topic(job: Job) -> Topic:
    """The job's topic, with its overlay and its subscribers' channels settled.

    Raises:
        ConfigurationError: a topic file or overlay that cannot be used.
    """
    topic = load_topic(Path(job.topic))
    if job.overlay:
        topic = with_overlay(topic, Path(job.overlay), dict(job.values))
    if job.files_only:
        return to_files(topic, job.out)
    if job.out:
        moved = tuple(replace(one, address=job.out) if one.channel == "file" else one for one in topic.subscribers)
        topic = replace(topic, subscribers=moved)
    return topic


def to_files(topic: Topic, folder: str | None) -> Topic:
    """The topic with every subscriber's digest going to files in one folder, and nothing sent."""
    to_folder = partial(replace, channel="file", address=folder, address_env=None)
    return replace(topic, subscribers=tuple(map(to_folder, topic.subscribers)))


@lru_cache(maxsize=4)
def open_desk(job: Job) -> Desk:
    """The desk for a job; one a process, since compiling names and starting processes takes longer than a stage.

    Raises:
        VoltefaceError: a topic, setting or warehouse that cannot be used.
    """
    settings = read_settings(os.environ)
    topic = open_topic(job)
    warehouse = Warehouse.open(Path(job.warehouse), topic.id, topic.path, wait_s=settings.wait_s)
    return Desk(topic, warehouse, settings, FetchLimits(), patience=job.patience)
