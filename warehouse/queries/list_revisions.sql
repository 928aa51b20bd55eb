-- One row per later version of a page, or page that vanished, latest last.
SELECT article_id, revision, kind, url, outlet, title, title_before, seen, recorded_at, diff, claims
FROM revisions_of($as_of)
WHERE ($since::TIMESTAMPTZ IS NULL OR seen >= $since)
  AND ($until::TIMESTAMPTZ IS NULL OR seen <= $until)
  AND ($match::VARCHAR IS NULL OR contains(lower(concat_ws(chr(10), title, title_before, url, text)), lower($match)))
ORDER BY seen, article_id, revision
