"""Transactions whose commit does not wait for the disk.

A power cut may take back what such a transaction wrote within the last second: wholly, and with all
that was written after it, since one log holds both. A later commit that waits keeps it too. So it
is for what was promised to nobody, or is found to be missing and done again.
"""

# For the FROM of a statement that is a transaction of its own, or the last of one.
LIGHTLY = "(SELECT set_config('synchronous_commit', 'off', true)) AS lightly"
