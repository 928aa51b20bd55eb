-- One row per address key of $keys that is known: the article it led to, and where it redirects.
SELECT k.url_key, u.article_id, p.final_url
FROM (SELECT unnest($keys::VARCHAR[]) AS url_key) AS k
LEFT JOIN article_urls AS u USING (url_key)
LEFT JOIN pages AS p ON p.page_key = k.url_key
WHERE u.article_id IS NOT NULL OR p.final_url IS NOT NULL
