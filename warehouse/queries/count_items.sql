-- Of the items listed now (`listed`): how many this source had listed before, how many of those it describes otherwise,
-- and how many rows of `items` would change (those listed before fingerprints were kept among them).
SELECT
    count(*) AS known,
    count(*) FILTER (WHERE items.fingerprint IS NOT NULL AND items.fingerprint <> listed.fingerprint) AS revised,
    count(*) FILTER (WHERE items.fingerprint IS DISTINCT FROM listed.fingerprint) AS changed
FROM listed
JOIN items ON items.page_key = listed.page_key AND items.source_id = listed.source_id
