"""Whether an act still stands: read from the act itself, not from what its signal remembers.

Signals follow acts through the outbox, so they may come late; taking an act back, or keeping it to
oneself, may not. A reader therefore asks the act's own row.
"""

# For a signal ``s`` of the followed profile ``w.followee_id``: the act is there, not for its actor
# alone, nothing was had for it, and its person did not take it out. Scalar subqueries, since EXISTS
# could be answered by hashing a whole table; they name ``w`` and not ``s.actor_id``, so that they
# run after the join with the few whom one follows.
STANDS = """
s.audience <> 'me' AND NOT s.forgotten AND CASE s.kind
  WHEN 'kept' THEN (SELECT act.audience FROM reviews_keep act
    WHERE act.profile_id = w.followee_id AND act.product_id = s.product_id)
  WHEN 'recommended' THEN (SELECT act.audience FROM reviews_recommendation act
    WHERE act.profile_id = w.followee_id AND act.product_id = s.product_id AND act.interest = '')
  WHEN 'bought' THEN (SELECT act.audience FROM posts_post act
    JOIN posts_producttag tag ON tag.post_id = act.id AND tag.product_id = s.product_id
    WHERE act.author_id = w.followee_id AND act.kind = 'purchase' AND act.audience <> 'me'
      AND act.interest = ''
    LIMIT 1)
END <> 'me'
"""
