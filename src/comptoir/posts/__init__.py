"""What people and shops say: posts, their pictures and product tags, comments, reactions."""
