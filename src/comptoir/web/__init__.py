"""Every page: it composes the domains for people, and holds no rule of any of them."""
