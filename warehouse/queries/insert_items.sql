-- Adds one row per page listed by a source (`listed`) for the first time.
INSERT INTO items BY NAME
SELECT page_key, source_id, title, updated, published, item, fingerprint, first_seen
FROM listed
ON CONFLICT DO NOTHING
