-- One row per article, latest published last; those of unknown date by when they were seen.
SELECT article_id, external_id, url, outlet, title, published, published_precision, seen, lang, relevance, original_id,
    copy_kind, copy_score, origin, excluded,
    CASE WHEN $text THEN text END AS text
FROM articles_at($as_of)
WHERE ($since::TIMESTAMPTZ IS NULL OR coalesce(published, seen) >= $since)
  AND ($until::TIMESTAMPTZ IS NULL OR coalesce(published, seen) <= $until)
  AND ($match::VARCHAR IS NULL OR contains(lower(concat_ws(chr(10), title, outlet, url, text)), lower($match)))
ORDER BY coalesce(published, seen), article_id
