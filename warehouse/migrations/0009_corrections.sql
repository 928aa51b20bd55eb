-- Marks are made otherwise (sums of words' checksums): what was filed before is marked anew by the next round that files
-- anything.
DELETE FROM sketches;
INSERT INTO unmarked
    SELECT a.article_id
    FROM articles AS a
    LEFT JOIN copies_at('infinity'::TIMESTAMPTZ) AS c USING (article_id)
    WHERE (c.kind IS NULL OR c.kind NOT IN ('identical', 'syndicated'))
      AND a.article_id NOT IN (SELECT article_id FROM unmarked);
