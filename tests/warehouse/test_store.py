from pathlib import Path

import duckdb
import pytest

from news.article import Reject
from news.errors import WarehouseError, WarehouseMismatch, WarehouseNewer
from tests.warehouse.records import at, count_rejects, reject_row
from warehouse import rejects
from warehouse.migration import migrations
from warehouse.store import Warehouse


def test_a_warehouse_is_made_with_its_folder_and_found_again(tmp_path):
    """Opening a path that does not exist makes the folder and the file; opening it again loses nothing."""
    path = tmp_path / "new" / "folder" / "w.duckdb"
    store = Warehouse.open(path, "dam", "dam.toml")
    with store.transaction() as tx:
        tx.insert("rejects", [reject_row(1)])
    assert count_rejects(Warehouse.open(path, "dam", "dam.toml")) == 1
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
        tx.rows("SELECT nothing FROM nowhere") if tx.insert("rejects", [reject_row(1)]) else None
    assert count_rejects(store) == 0
    with store.transaction() as tx:
        tx.insert("rejects", [reject_row(2)])
    assert count_rejects(store) == 1


def test_a_reader_cannot_write(store):
    """A reading transaction refuses to change anything, in our own words."""
    with pytest.raises(WarehouseError, match="read-only"), store.reading() as tx:
        tx.insert("rejects", [reject_row(1)])


def test_transactions_do_not_nest(store):
    """A transaction inside another is a fault told at once, not a wait for oneself."""
    with store.transaction(), pytest.raises(RuntimeError, match="inside another"), store.reading():
        pass


def test_a_path_may_have_any_character(tmp_path):
    """Quotes and spaces in a path are part of the name, never of a statement."""
    path = tmp_path / 'it\'s; DROP TABLE "x" -- ü' / "w'.duckdb"
    assert count_rejects(Warehouse.open(path, "dam", "dam.toml")) == 0
    assert path.is_file()


def test_text_no_encoding_can_hold_is_stored_one_for_one(store):
    """Lone surrogates become U+FFFD one for one, and a NUL stays: offsets stay what they were."""
    with store.transaction() as tx:
        tx.insert("rejects", [{**reject_row(1), "excerpt": "a\ud800b\x00c\U0001f600"}])
    with store.reading() as tx:
        assert tx.rows("SELECT excerpt FROM rejects")[0]["excerpt"] == "a\ufffdb\x00c\U0001f600"


@pytest.mark.parametrize("last", range(1, len(migrations())))
def test_an_older_schema_is_brought_up_to_date(tmp_path, last):
    """A warehouse of any earlier version, with what it holds, gets the later migrations at the next opening."""
    path = tmp_path / "w.duckdb"
    with duckdb.connect(str(path)) as older:
        older.execute("CREATE TABLE schema_migrations (number INTEGER PRIMARY KEY, name VARCHAR NOT NULL)")
        for one in migrations()[:last]:
            older.execute(one.sql)
            older.execute("INSERT INTO schema_migrations VALUES (?, ?)", [one.number, one.name])
        older.execute("INSERT INTO about VALUES ('topic_id', 'dam'), ('topic_path', 'dam.toml')")
        older.execute("INSERT INTO rejects VALUES ('r', 'a.jsonl:1', 'no text', 'add one', '', now())")
    with Warehouse.open(path, "dam", "dam.toml").reading() as tx:
        assert tx.rows("SELECT * FROM v_articles") == []
        assert [row["given"] for row in tx.rows("SELECT * FROM v_rejects")] == ["a.jsonl:1"]
        assert len(tx.rows("SELECT * FROM schema_migrations")) == len(migrations())


def test_every_promised_column_is_explained(store):
    """Every column of every v_* view has a comment, for people who query."""
    with store.reading() as tx:
        bare = tx.rows(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE table_name LIKE 'v\\_%' ESCAPE '\\'"
            " AND comment IS NULL"
        )
        views = tx.rows("SELECT DISTINCT table_name FROM duckdb_columns() WHERE table_name LIKE 'v\\_%' ESCAPE '\\'")
    assert bare == []
    assert len(views) == 17


def test_rejects_are_kept_once(store):
    """The same reject of a repeated import is one row."""
    one = Reject("a.jsonl:3", "no text", "give a text", "{}", at())
    with store.transaction() as tx:
        assert rejects.record(tx, [one, one]) == 1
        assert rejects.record(tx, [one]) == 0
