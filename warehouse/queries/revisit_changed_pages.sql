-- Changes one row per page that the source polled (`listed`) gives another title or another time than it did before.
-- A changed summary alone fetches nothing: many feeds count views and hours in theirs.
UPDATE pages
SET changed_at = $at, item = listed.item
FROM listed, items
WHERE pages.page_key = listed.page_key
  AND items.page_key = listed.page_key
  AND items.source_id = listed.source_id
  AND (
    (listed.title IS NOT NULL AND items.title IS NOT NULL AND listed.title <> items.title)
    OR (listed.updated IS NOT NULL AND listed.updated IS DISTINCT FROM items.updated)
    OR (listed.published IS NOT NULL AND items.published IS NOT NULL AND listed.published <> items.published)
  )
