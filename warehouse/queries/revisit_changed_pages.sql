-- Changes one row per page that the source polled (`listed`) describes otherwise than it did before.
UPDATE pages
SET changed_at = $at, item = listed.item
FROM listed, items
WHERE pages.page_key = listed.page_key
  AND items.page_key = listed.page_key
  AND items.source_id = listed.source_id
  AND (
    (listed.title IS NOT NULL AND items.title IS NOT NULL AND listed.title <> items.title)
    OR (listed.updated IS NOT NULL AND listed.updated IS DISTINCT FROM items.updated)
  )
