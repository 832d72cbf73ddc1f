"""Who can be followed and can speak (profiles), who can sign in (users), and who follows whom.

It is not about shops' trade: a shop has a profile here and its counter in ``shops``."""
