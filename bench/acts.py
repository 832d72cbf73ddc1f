"""The acts behind the signals of a made-up town: a signal whose act is gone is not told."""

# Shared purchases are older than everything else that is said: feeds stay those of the posts.
ACTS = {
    "reviews_keep": """
        INSERT INTO reviews_keep (profile_id, product_id, audience, created_at)
        SELECT actor_id, product_id, audience, at FROM discovery_signal WHERE kind = 'kept'""",
    "reviews_recommendation": """
        INSERT INTO reviews_recommendation (profile_id, product_id, word, audience, created_at)
        SELECT actor_id, product_id, '', audience, at
        FROM discovery_signal WHERE kind = 'recommended'""",
    "posts_post": """
        INSERT INTO posts_post (id, author_id, kind, text, audience, published_at,
          reaction_count, comment_count)
        SELECT (SELECT max(id) FROM posts_post) + row_number() OVER (ORDER BY id), actor_id,
          'purchase', '', audience, at - interval '2 years', 0, 0
        FROM discovery_signal WHERE kind = 'bought'""",
    "posts_producttag": """
        INSERT INTO posts_producttag (id, post_id, product_id, position)
        SELECT (SELECT max(id) FROM posts_producttag) + row_number() OVER (ORDER BY id),
          (SELECT min(id) - 1 FROM posts_post WHERE kind = 'purchase')
            + row_number() OVER (ORDER BY id), product_id, 0
        FROM discovery_signal WHERE kind = 'bought'""",
}
