"""What one gets from one's circle: for you, shelves beside a product, why, and one's own taste."""
