-- One row per article of $ids that is taken for a copy or once was: the evidence of the last verdict.
SELECT article_id, arg_max({'evidence': evidence}, version).evidence AS evidence
FROM copies
WHERE article_id IN (SELECT unnest($ids::VARCHAR[]))
GROUP BY article_id
