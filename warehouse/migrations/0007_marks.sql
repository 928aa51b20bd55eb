-- Marks are made otherwise (32 bits of a checksum), and carry the day of their article: a copy and its original are not
-- far apart in time, so that looking one up goes over the marks of those days alone. What was filed before is marked anew
-- by the next round that files anything.
DROP TABLE sketches;
CREATE TABLE sketches (
    mark UINTEGER NOT NULL,
    article_id VARCHAR NOT NULL,
    day INTEGER NOT NULL                -- since 1970: the day published where it is known, else the day seen
);
CREATE TABLE unmarked AS
    SELECT a.article_id
    FROM articles AS a
    LEFT JOIN copies_at('infinity'::TIMESTAMPTZ) AS c USING (article_id)
    WHERE c.kind IS NULL OR c.kind NOT IN ('identical', 'syndicated');
