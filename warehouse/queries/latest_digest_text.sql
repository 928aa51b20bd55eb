-- At most one row: the text of the digest that was made last.
SELECT p.content
FROM digests AS g
JOIN deliveries AS d USING (digest_id)
JOIN payloads AS p USING (delivery_id)
WHERE p.format = 'text'
ORDER BY g.until DESC, g.recorded_at DESC, g.digest_id, d.delivery_id
LIMIT 1
