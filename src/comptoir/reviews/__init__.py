"""What people think of products: those they keep and those they recommend, with a word."""
