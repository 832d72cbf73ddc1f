"""Whether an act still stands: read from the act itself, not from what its signal remembers.

Signals follow acts through the outbox, so they may come late; taking an act back, or keeping it to
oneself, may not. A reader therefore asks the act's own row.
"""

# For a signal ``s`` of the profile ``w.followee_id``: who may know of its act now, the widest; NULL
# when there is none, something was had for it, or its person took it out. Scalar subqueries, since
# EXISTS could be answered by hashing a whole table; they name ``w`` and not ``s.actor_id``, so that
# they run after the join with the few whom one follows. ("everyone" < "followers" < "me".)
KNOWN_TO = """
CASE WHEN s.forgotten THEN NULL WHEN s.kind = 'kept'
  THEN (SELECT act.audience FROM reviews_keep act
    WHERE act.profile_id = w.followee_id AND act.product_id = s.product_id)
WHEN s.kind = 'recommended'
  THEN (SELECT act.audience FROM reviews_recommendation act
    WHERE act.profile_id = w.followee_id AND act.product_id = s.product_id AND act.interest = '')
WHEN s.kind = 'bought'
  THEN (SELECT min(act.audience) FROM posts_post act
    JOIN posts_producttag tag ON tag.post_id = act.id AND tag.product_id = s.product_id
    WHERE act.author_id = w.followee_id AND act.kind = 'purchase' AND act.interest = '')
WHEN s.kind = 'liked'
  THEN (SELECT CASE min(act.audience) WHEN 'everyone' THEN 'everyone' WHEN 'followers' THEN 'me' END
    FROM posts_producttag tag
    JOIN posts_reaction r ON r.post_id = tag.post_id AND r.profile_id = w.followee_id
    JOIN posts_post act ON act.id = tag.post_id AND act.author_id <> w.followee_id
      AND act.interest = '' AND act.audience <> 'me'
    WHERE tag.product_id = s.product_id)
END
"""
# To one who follows its actor, and to one who does not.
STANDS = f"s.audience <> 'me' AND {KNOWN_TO} <> 'me'"
STANDS_FOR_ALL = f"s.audience = 'everyone' AND {KNOWN_TO} = 'everyone'"
