"""Payment providers. A new one is one file here and one line in ``registry``: docs/providers.md."""
