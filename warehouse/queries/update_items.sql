-- Changes one row per item that its source (`listed`) describes otherwise than it did before.
UPDATE items
SET title = coalesce(listed.title, items.title),
    updated = coalesce(listed.updated, items.updated),
    published = coalesce(listed.published, items.published),
    item = listed.item,
    fingerprint = listed.fingerprint,
    changed_at = CASE WHEN items.fingerprint IS NULL THEN items.changed_at ELSE $at END
FROM listed
WHERE items.page_key = listed.page_key
  AND items.source_id = listed.source_id
  AND items.fingerprint IS DISTINCT FROM listed.fingerprint
