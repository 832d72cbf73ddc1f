"""The right to withdraw: until when, from what, and what the receipt says. Pure, but for reads."""
