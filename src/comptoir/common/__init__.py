"""What every app stands on: outbox, state transitions, money, keyset pages, guarded HTTP, clock.

It knows no domain: nothing here imports another app of Comptoir."""
