-- Changes one row per item that its source (`listed`) describes otherwise than it did before.
UPDATE items
SET title = coalesce(listed.title, items.title),
    updated = coalesce(listed.updated, items.updated),
    item = listed.item,
    changed_at = $at
FROM listed
WHERE items.page_key = listed.page_key
  AND items.source_id = listed.source_id
  AND (
    (listed.title IS NOT NULL AND listed.title IS DISTINCT FROM items.title)
    OR (listed.updated IS NOT NULL AND listed.updated IS DISTINCT FROM items.updated)
  )
