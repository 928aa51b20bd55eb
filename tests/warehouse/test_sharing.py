import resource
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from news.errors import WarehouseLocked
from tests.warehouse.records import count_rejects, reject_row
from warehouse import console, door
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


def until(holds):
    """Waits until something holds, for a minute at most."""
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


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
    assert count_rejects(store) == 0


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
    assert count_rejects(store) == 100
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
    assert count_rejects(store) == 80


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
        tx.insert("rejects", [reject_row(1)])
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
                tx.run("INSERT INTO bodies SELECT i, encode(repeat(md5(i::VARCHAR), 20000)), 1, 1 FROM range(30) t(i)")
        except WarehouseError as error:
            print(error)
        """,
        store.path,
    )
    said, errors = cramped.communicate(timeout=60)
    assert cramped.returncode == 0, errors
    assert "disk is full" in said, said
    assert str(store.path) in said
    assert count_rejects(store) == 1
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


def test_a_lease_keeps_the_file_while_nobody_waits(store, monkeypatch):
    """Under a lease the file is kept between transactions, and given back in the end though nobody asked for it."""
    monkeypatch.setattr(door, "KEPT_S", 5)
    with store.lease():
        with store.transaction() as tx:
            tx.insert("rejects", [reject_row(1)])
        time.sleep(3 * door.LEASE_S)
        assert store._door._attached
        until(lambda: not store._door._attached)
        with store.transaction() as tx:
            tx.insert("rejects", [reject_row(2)])
    assert not store._door._attached
    assert count_rejects(store) == 2


def test_a_lease_gives_way_to_whoever_waits(store, monkeypatch):
    """A process that waits for the file gets it from a lease that would keep it for long, between two transactions."""
    monkeypatch.setattr(door, "KEPT_S", 3600)
    with store.lease():
        with store.transaction() as tx:
            tx.insert("rejects", [reject_row(1)])
        reader = python(
            """
            import sys
            from pathlib import Path
            from warehouse.store import Warehouse
            with Warehouse.open(Path(sys.argv[1]), "dam", "dam.toml", wait_s=60).reading() as tx:
                print(tx.rows("SELECT count(*) AS n FROM rejects")[0]["n"])
            """,
            store.path,
        )
        said, errors = reader.communicate(timeout=90)
        assert (reader.returncode, said) == (0, "1\n"), errors
        with store.transaction() as tx:
            tx.insert("rejects", [reject_row(2)])
    assert count_rejects(store) == 2
