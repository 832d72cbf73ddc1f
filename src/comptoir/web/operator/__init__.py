"""The operator's pages: how the place does, its shops, its profiles."""
