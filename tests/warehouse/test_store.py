import resource
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import duckdb
import pytest

from news.article import Reject
from news.errors import WarehouseError, WarehouseLocked, WarehouseMismatch, WarehouseNewer
from tests.warehouse.records import at
from warehouse import console, rejects
from warehouse.store import Warehouse

ROOT = Path(__file__).parents[2]


def python(code, *arguments):
    """Starts Python on that code, with the project on its path."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def row(number):
    """A row for the simplest table there is."""
    given = {"reject_id": f"rej_{number}", "given": "a.jsonl:1", "reason": "no text", "mend": "add one"}
    return {**given, "excerpt": "{}", "rejected_at": at()}


def count(store):
    """How many of these rows there are."""
    with store.reading() as tx:
        return tx.rows("SELECT count(*) AS n FROM rejects")[0]["n"]


def test_a_warehouse_is_made_with_its_folder_and_found_again(tmp_path):
    """Opening a path that does not exist makes the folder and the file; opening it again loses nothing."""
    path = tmp_path / "new" / "folder" / "w.duckdb"
    store = Warehouse.open(path, "dam", "dam.toml")
    with store.transaction() as tx:
        tx.insert("rejects", [row(1)])
    assert count(Warehouse.open(path, "dam", "dam.toml")) == 1
    assert [one.name for one in path.parent.iterdir() if not one.name.endswith(".turn")] == ["w.duckdb"]


def test_another_topic_is_refused_by_name(store):
    """A warehouse belongs to one topic: opening it with another names both."""
    with pytest.raises(WarehouseMismatch, match=r"'dam'.*dam\.toml.*'strike'.*strike\.toml"):
        Warehouse.open(store.path, "strike", "strike.toml")


def test_a_newer_warehouse_is_refused(store):
    """A schema from the future is refused with the mend, and left as it is."""
    with store.transaction() as tx:
        tx.insert("schema_migrations", [{"number": 9999, "name": "9999_future.sql"}])
    with pytest.raises(WarehouseNewer, match=r"later version.*update Volteface"):
        Warehouse.open(store.path, "dam", "dam.toml")


def test_a_database_of_somebody_else_is_not_touched(tmp_path):
    """A DuckDB file with other tables is no warehouse and gets none of ours."""
    path = tmp_path / "theirs.duckdb"
    with duckdb.connect(str(path)) as theirs:
        theirs.execute("CREATE TABLE sales (amount INTEGER)")
    with pytest.raises(WarehouseError, match="no warehouse of Volteface"):
        Warehouse.open(path, "dam", "dam.toml")
    with duckdb.connect(str(path)) as theirs:
        assert theirs.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("sales",)]


@pytest.mark.parametrize("content", [b"", b"hello " * 1000, b"\x00" * 20000])
def test_a_foreign_file_is_named_and_kept(tmp_path, content):
    """A file that is no database is refused by name and keeps its bytes."""
    path = tmp_path / "notes.duckdb"
    path.write_bytes(content)
    with pytest.raises(WarehouseError, match=r"notes\.duckdb"):
        Warehouse.open(path, "dam", "dam.toml")
    assert path.read_bytes() == content


def test_a_truncated_file_is_named(tmp_path, empty_file):
    """Half a warehouse is refused as damaged, with the mend."""
    path = tmp_path / "half.duckdb"
    path.write_bytes(empty_file.read_bytes()[: empty_file.stat().st_size // 2])
    with pytest.raises(WarehouseError, match=r"half\.duckdb.*damaged.*copy"):
        Warehouse.open(path, "dam", "dam.toml")


def test_a_folder_is_no_warehouse(tmp_path):
    """A folder in the file's place is refused as one."""
    with pytest.raises(WarehouseError, match="is a folder"):
        Warehouse.open(tmp_path, "dam", "dam.toml")


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    """Where no file can be made, the error says which and why."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WarehouseError, match=r"w\.duckdb cannot be"):
        Warehouse.open(tmp_path / "file" / "w.duckdb", "dam", "dam.toml")
    with pytest.raises(WarehouseError, match="cannot be made"):
        Warehouse.open(Path("/proc/w.duckdb"), "dam", "dam.toml")


def test_what_fails_is_undone_whole(store):
    """A transaction that raises leaves nothing, and the next one works."""
    with pytest.raises(WarehouseError, match="refused a statement"), store.transaction() as tx:
        tx.rows("SELECT nothing FROM nowhere") if tx.insert("rejects", [row(1)]) else None
    assert count(store) == 0
    with store.transaction() as tx:
        tx.insert("rejects", [row(2)])
    assert count(store) == 1


def test_a_reader_cannot_write(store):
    """A reading transaction refuses to change anything, in our own words."""
    with pytest.raises(WarehouseError, match="read-only"), store.reading() as tx:
        tx.insert("rejects", [row(1)])


def test_transactions_do_not_nest(store):
    """A transaction inside another is a fault told at once, not a wait for oneself."""
    with store.transaction(), pytest.raises(RuntimeError, match="inside another"), store.reading():
        pass


def test_a_held_warehouse_is_waited_for_and_then_named(store):
    """While another process holds the file we wait as long as we were told, then name that process."""
    holder = python(
        """
        import sys, time, duckdb
        connection = duckdb.connect(sys.argv[1])
        print("held", flush=True)
        time.sleep(30)
        """,
        store.path,
    )
    try:
        assert holder.stdout.readline() == "held\n"
        impatient = Warehouse(store.path, store._door, wait_s=0.4)
        began = time.monotonic()
        with pytest.raises(WarehouseLocked, match=rf"held by process {holder.pid}.*0\.4 s"), impatient.transaction():
            pass
        assert 0.3 < time.monotonic() - began < 5
        with pytest.raises(WarehouseLocked):
            console.query(store.path, "SELECT 1", wait_s=0.2)
    finally:
        holder.kill()
        holder.wait()
    assert count(store) == 0


def test_a_kill_inside_a_transaction_loses_nothing_committed(store):
    """Kill -9 in the middle of a transaction leaves what was committed before, and nothing of the transaction."""
    victim = python(
        """
        import os, signal, sys
        from pathlib import Path
        from warehouse.store import Warehouse
        store = Warehouse.open(Path(sys.argv[1]), "dam", "dam.toml")
        sql = "INSERT INTO rejects SELECT 'r' || i, 'a', 'b', 'c', 'd', '2031-01-01'::TIMESTAMPTZ FROM range({}) t(i)"
        with store.lease():
            with store.transaction() as tx:
                tx.run(sql.format("0, 100"))
            with store.transaction() as tx:
                tx.run(sql.format("100, 50000"))
                os.kill(os.getpid(), signal.SIGKILL)
        """,
        store.path,
    )
    _, errors = victim.communicate(timeout=60)
    assert victim.returncode == -signal.SIGKILL, errors
    assert count(store) == 100
    assert console.query(store.path, "SELECT count(*) FROM v_rejects")[1] == [(100,)]


def test_two_writers_and_a_reader_all_get_in(store):
    """Two importing processes and a reading one share a file: all finish, nothing is lost, nobody starves."""
    writer = """
        import sys
        from datetime import datetime, UTC
        from pathlib import Path
        from news.article import Reject
        from warehouse import rejects
        from warehouse.store import Warehouse
        store = Warehouse.open(Path(sys.argv[1]), "dam", "dam.toml", wait_s=30)
        with store.lease():
            for number in range(40):
                with store.transaction() as tx:
                    rejects.record(tx, [Reject(f"{sys.argv[2]}:{number}", "r", "m", "e", datetime.now(UTC))])
        """
    reader = """
        import sys, time
        from pathlib import Path
        from warehouse.store import Warehouse
        store = Warehouse.open(Path(sys.argv[1]), "dam", "dam.toml", wait_s=30)
        seen, longest = [], 0
        for _ in range(12):
            began = time.monotonic()
            with store.reading() as tx:
                seen.append(tx.rows("SELECT count(*) AS n FROM rejects")[0]["n"])
            longest = max(longest, time.monotonic() - began)
            time.sleep(0.05)
        assert seen == sorted(seen), seen
        print(round(longest, 2))
        """
    running = [python(writer, store.path, "a"), python(writer, store.path, "b"), python(reader, store.path)]
    for one in running:
        _, errors = one.communicate(timeout=90)
        assert one.returncode == 0, errors
    assert count(store) == 80


def test_two_processes_make_one_warehouse(tmp_path):
    """Two processes that open the same new path at once end up with one whole warehouse."""
    path = tmp_path / "w.duckdb"
    code = """
        import sys
        from pathlib import Path
        from warehouse.store import Warehouse
        store = Warehouse.open(Path(sys.argv[1]), "dam", "dam.toml", wait_s=30)
        with store.transaction() as tx:
            tx.insert("about", [{"key": "made_by_" + sys.argv[2], "value": "x"}])
        """
    running = [python(code, path, number) for number in (1, 2)]
    for one in running:
        _, errors = one.communicate(timeout=60)
        assert one.returncode == 0, errors
    with Warehouse.open(path, "dam", "dam.toml").reading() as tx:
        assert len(tx.rows("SELECT * FROM about")) == 4
    assert not list(tmp_path.glob("*.new")) + list(tmp_path.glob(".*.new"))


def test_a_full_disk_is_named_and_harms_nothing(store):
    """A file that cannot grow gives one clear error; what was committed before is still there."""
    with store.transaction() as tx:
        tx.insert("rejects", [row(1)])
    cramped = python(
        """
        import resource, signal, sys
        from pathlib import Path
        from news.errors import WarehouseError
        from warehouse.store import Warehouse
        store = Warehouse.open(Path(sys.argv[1]), "dam", "dam.toml")
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        size = Path(sys.argv[1]).stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        try:
            with store.transaction() as tx:
                tx.run("INSERT INTO bodies SELECT i, encode(repeat(md5(i::VARCHAR), 20000)), 1 FROM range(30) t(i)")
        except WarehouseError as error:
            print(error)
        """,
        store.path,
    )
    said, errors = cramped.communicate(timeout=60)
    assert cramped.returncode == 0, errors
    assert "disk is full" in said, said
    assert str(store.path) in said
    assert count(store) == 1
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


def test_a_lease_gives_the_file_back_in_time(store):
    """Under a lease the file is kept between transactions, but for a quarter of a second at most."""
    with store.lease():
        with store.transaction() as tx:
            tx.insert("rejects", [row(1)])
        assert store._door._attached
        time.sleep(0.5)
        assert not store._door._attached
        with store.transaction() as tx:
            tx.insert("rejects", [row(2)])
    assert not store._door._attached
    assert count(store) == 2


def test_a_path_may_have_any_character(tmp_path):
    """Quotes and spaces in a path are part of the name, never of a statement."""
    path = tmp_path / 'it\'s; DROP TABLE "x" -- ü' / "w'.duckdb"
    assert count(Warehouse.open(path, "dam", "dam.toml")) == 0
    assert path.is_file()


def test_text_no_encoding_can_hold_is_stored_one_for_one(store):
    """Lone surrogates become U+FFFD one for one, and a NUL stays: offsets stay what they were."""
    with store.transaction() as tx:
        tx.insert("rejects", [{**row(1), "excerpt": "a\ud800b\x00c\U0001f600"}])
    with store.reading() as tx:
        assert tx.rows("SELECT excerpt FROM rejects")[0]["excerpt"] == "a\ufffdb\x00c\U0001f600"


def test_an_older_schema_is_brought_up_to_date(tmp_path, empty_file):
    """A warehouse that lacks the last migrations gets them at the next opening; the file has all of them then."""
    path = tmp_path / "w.duckdb"
    shutil.copy(empty_file, path)
    with duckdb.connect(str(path)) as older:
        views = older.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
        macros = older.execute("SELECT function_name FROM duckdb_functions() WHERE NOT internal").fetchall()
        for (name,) in views:
            older.execute(f"DROP VIEW {name}")
        for (name,) in macros:
            older.execute(f"DROP MACRO TABLE {name}")
        older.execute("DELETE FROM schema_migrations WHERE number > 1")
    with Warehouse.open(path, "dam", "dam.toml").reading() as tx:
        assert tx.rows("SELECT * FROM v_articles") == []
        assert len(tx.rows("SELECT * FROM schema_migrations")) > 1


def test_every_promised_column_is_explained(store):
    """Every column of every v_* view has a comment, for people who query."""
    with store.reading() as tx:
        bare = tx.rows(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE table_name LIKE 'v\\_%' ESCAPE '\\'"
            " AND comment IS NULL"
        )
        views = tx.rows("SELECT DISTINCT table_name FROM duckdb_columns() WHERE table_name LIKE 'v\\_%' ESCAPE '\\'")
    assert bare == []
    assert len(views) == 12


def test_rejects_are_kept_once(store):
    """The same reject of a repeated import is one row."""
    one = Reject("a.jsonl:3", "no text", "give a text", "{}", at())
    with store.transaction() as tx:
        assert rejects.record(tx, [one, one]) == 1
        assert rejects.record(tx, [one]) == 0
