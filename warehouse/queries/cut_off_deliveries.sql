-- One row per message that has been `sending` since $before or longer.
SELECT d.delivery_id
FROM deliveries AS d
JOIN delivery_events AS e USING (delivery_id)
WHERE d.state = 'sending'
GROUP BY d.delivery_id, d.created_at, d.subscriber, d.channel
HAVING max(e.entered_at) <= $before
ORDER BY d.created_at, d.subscriber, d.channel, d.delivery_id
