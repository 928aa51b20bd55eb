"""A warehouse that cannot be used: one line that names it and the mend, and what it held is still there."""

import json
import os
import resource
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from tests.places import BIN
from tests.volteface.command import DAM, STORY, Command, Done

SOME = (("claims", "--json"), ("query", "from v_claims"), ("import", "story.jsonl"))


@pytest.fixture
def filed(told, volteface):
    """The command with the story in a warehouse that may be spoilt, and again as a file."""
    volteface.warehouse.parent.mkdir()
    shutil.copy(told.warehouse, volteface.warehouse)
    volteface.write("story.jsonl", *STORY)
    return volteface


@contextmanager
def held(path):
    """Another process has the warehouse open for writing."""
    code = "import sys, time, duckdb; c = duckdb.connect(sys.argv[1]); print('held', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code, path], stdout=subprocess.PIPE, text=True) as holder:
        try:
            assert holder.stdout.readline() == "held\n"
            yield holder.pid
        finally:
            holder.kill()


def test_a_later_version_is_named(filed):
    """A warehouse that a later version made is refused by every command, in one line, and left as it is."""
    with duckdb.connect(filed.warehouse) as connection:
        connection.execute("INSERT INTO schema_migrations VALUES (999, '0999_later.sql')")
    for words in SOME:
        done = filed(*words)
        assert (done.status, done.out) == (1, ""), words
        assert "later version" in done.complaint
        assert "update volteface" in done.complaint
        assert str(filed.warehouse) in done.err
    with duckdb.connect(filed.warehouse) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (len(STORY),)


@pytest.mark.parametrize("words", SOME)
def test_a_held_warehouse_is_waited_for_and_named(filed, words):
    """While another process holds the warehouse a command waits as told, then names file and process, and goes."""
    with held(filed.warehouse) as pid:
        done = filed(*words, environment={"VOLTEFACE_WAIT_S": "0.3"})
    assert (done.status, done.out) == (1, "")
    assert f"process {pid}" in done.complaint
    assert str(filed.warehouse) in done.err
    assert "run again" in done.complaint


def test_after_the_wait_the_import_goes_through(filed):
    """The import that was turned away filed nothing, and is done in full when it is given again."""
    more = filed.write("more.jsonl", *many(1))
    with held(filed.warehouse):
        assert filed("import", more, environment={"VOLTEFACE_WAIT_S": "0.1"}).status == 1
    assert len(filed("articles", "--json").rows) == len(STORY)
    assert "1 given: 1 new" in filed("import", more).err


def many(count):
    """Articles enough to outgrow any page of the file that is still free."""
    for number in range(count):
        words = " ".join(f"{number}x{word}" for word in range(400))
        yield {"url": f"https://wire.sarn.example/{number}", "title": f"Page {number}", "text": words}


def in_a_disk(command, options, script):
    """Runs a shell script whose ./disk is a file system of its own, or skips where we may not have one."""
    disk = command.folder / "disk"
    disk.mkdir()
    start = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    mount = f"mount -t tmpfs -o {options} tmpfs {disk}"
    if subprocess.run([*start, mount], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets us mount nothing")
    done = subprocess.run(
        [*start, f"{mount} && {script}"],
        env=command.environment | {"PATH": f"{BIN}:{os.environ['PATH']}"},
        cwd=command.folder,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def test_a_full_disk_is_named_and_harms_nothing(filed):
    """A disk without room for the import is one line and status 1; what was filed before is there all the same."""
    filed.write("more.jsonl", *many(40))
    size = filed.warehouse.stat().st_size + 100_000
    done = in_a_disk(
        filed,
        f"size={size}",
        f"cp {filed.warehouse} disk/w.duckdb && volteface import --topic {DAM} --warehouse disk/w.duckdb more.jsonl;"
        f" echo $?; volteface query --topic {DAM} --warehouse disk/w.duckdb 'select url from v_articles' --json",
    )
    status, *left = done.out.splitlines()
    assert status == "1"
    assert {"url": STORY[0]["url"]} in map(json.loads, left)
    assert "disk is full" in done.complaint
    assert "free some space" in done.complaint
    assert "disk/w.duckdb" in done.complaint


def test_a_disk_for_reading_only_is_named_and_can_be_read(filed):
    """On a read-only disk an import is one line and status 1, and the lists and queries work."""
    done = in_a_disk(
        filed,
        "size=100m",
        f"cp {filed.warehouse} disk/w.duckdb && mount -o remount,ro disk &&"
        f" volteface claims --topic {DAM} --warehouse disk/w.duckdb --json;"
        f" volteface query --topic {DAM} --warehouse disk/w.duckdb 'from v_articles' --json;"
        f" volteface import --topic {DAM} --warehouse disk/w.duckdb story.jsonl; echo $?",
    )
    *listed, status = done.out.splitlines()
    assert status == "1"
    assert [set(json.loads(line)) >= {"claim_id"} for line in listed].count(False) == len(STORY)
    assert "cannot be opened or written" in done.complaint


def test_a_limit_on_files_is_told_like_a_full_disk(filed):
    """Whatever cannot grow first under a limit on file sizes, it is one line, status 1, and all goes in later."""
    more = filed.write("more.jsonl", *many(5))
    size = filed.warehouse.stat().st_size
    done = filed("import", more, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
    assert done.status == 1
    assert "free some space" in done.complaint
    assert filed("import", more).status == 0
    assert len(filed("articles", "--json").rows) == 7


def test_a_full_disk_at_the_very_start_is_named(volteface):
    """Where there is no room for a new warehouse, that is said, and no half of one is left."""
    given = volteface.write("some.jsonl", *many(2))
    done = volteface("import", given, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192)))
    assert (done.status, done.out) == (1, "")
    assert "disk is full" in done.complaint
    assert not volteface.warehouse.exists()
    assert volteface("import", given).status == 0


@pytest.mark.parametrize("words", [["claims"], ["why", "fnd_1"], ["digest"], ["deliveries"], ["query", "select 1"]])
def test_who_only_looks_makes_no_warehouse(volteface, words):
    """A command that lists, asked of a warehouse that is not there, says so in one line and leaves none behind."""
    done = volteface(*words)
    assert (done.status, done.out) == (1, "")
    assert "there is no warehouse at" in done.complaint
    assert not volteface.warehouse.exists()


def test_output_on_a_full_disk_is_named(told):
    """A list that cannot be written where it was sent is one line and status 1, not an empty success."""
    for words in (("claims", "--json"), ("articles",)):
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [*told.start(*words)], stdout=full, stderr=subprocess.PIPE, env=told.environment, check=False
            )
        assert done.returncode == 1
        assert b"Traceback" not in done.stderr
        assert done.stderr.startswith(b"volteface: the output cannot be"), done.stderr


def no_folder(folder):
    """A path below a regular file, where nobody may make anything."""
    (folder / "file").write_text("a file")
    return folder / "file" / "w.duckdb"


@pytest.mark.parametrize("place", ["/proc/w.duckdb", "below a file"])
def test_no_right_to_write_is_named(volteface, place):
    """A place where no warehouse can be made is named in one line, by reading and writing commands alike."""
    path = no_folder(volteface.folder) if place == "below a file" else place
    volteface.write("story.jsonl", *STORY)
    for words in SOME if place == "below a file" else [("run",)]:
        done = volteface(*words, "--warehouse", path)
        assert (done.status, done.out) == (1, ""), words
        assert str(path) in done.err
        assert len(done.complaint.split(": ")) >= 3


def test_a_folder_is_no_warehouse(volteface):
    """A folder given for the warehouse is named as one."""
    done = volteface("claims", "--warehouse", volteface.folder)
    assert done.status == 1
    assert "is a folder" in done.complaint


@pytest.mark.parametrize("content", [b"not a database, but a letter to the editor" * 200, b"SQLite format 3\x00" * 300])
def test_another_file_is_refused_and_not_touched(volteface, content):
    """A file that is no warehouse is named and stays as it is, byte for byte."""
    path = volteface.folder / "letter.duckdb"
    path.write_bytes(content)
    for words in (("query", "select 1"), ("import", volteface.write("s.jsonl", *STORY))):
        done = volteface(*words, "--warehouse", path)
        assert done.status == 1
        assert str(path) in done.err
        assert "is not a warehouse" in done.complaint
    assert path.read_bytes() == content


def test_somebody_elses_database_is_refused_and_not_touched(volteface):
    """A DuckDB file of another program is no place for our tables."""
    path = volteface.folder / "sales.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute("CREATE TABLE sales (amount INTEGER)")
    for words in (("claims",), ("query", "from sales")):
        done = volteface(*words, "--warehouse", path)
        assert done.status == 1
        assert "no warehouse of volteface" in done.complaint
    with duckdb.connect(path) as connection:
        assert connection.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("sales",)]


def test_a_damaged_warehouse_is_named(filed):
    """A warehouse whose middle was overwritten is one line, with what to do, never a traceback."""
    content = bytearray(filed.warehouse.read_bytes())
    content[4096 * 3 : -4096] = b"\xff" * len(content[4096 * 3 : -4096])
    filed.warehouse.write_bytes(content)
    done = filed("claims", "--json")
    assert (done.status, done.out) == (1, "")
    assert "damaged" in done.complaint
    assert "restore it from a copy" in done.complaint


def test_a_query_needs_a_warehouse(volteface):
    """A query on a warehouse that is not there makes none, and says how to."""
    done = volteface("query", "select 1")
    assert done.status == 1
    assert "there is no warehouse" in done.complaint
    assert not volteface.warehouse.exists()


def test_another_topics_warehouse_names_both(filed):
    """A warehouse opened with another topic's file is a usage error that names the two, for every command."""
    other = filed.folder / "other.toml"
    other.write_text(DAM.read_text(encoding="utf-8").replace('id = "sarn-dam"', 'id = "other-dam"'), encoding="utf-8")
    stranger = Command(filed.folder, topic=other)
    for words in (*SOME[:2], ("deliveries", "resend", "dlv_0")):
        done = stranger(*words, environment={"VOLTEFACE_WAREHOUSE": str(filed.warehouse)})
        assert (done.status, done.out) == (2, ""), words
        assert "sarn-dam" in done.complaint
        assert "other-dam" in done.complaint
    assert json.loads(filed("query", "select count(*) as n from v_articles", "--json").out) == {"n": len(STORY)}
