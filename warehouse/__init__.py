"""What is known: one DuckDB file a topic, its schema, loads and queries; no other floor imports duckdb or pyarrow.

Every function here takes a `Transaction`; `warehouse.store.Warehouse` gives them. A transaction opens the file, does
its short work and closes it again, since DuckDB lets one process at a time hold a file.
"""
