"""What buyers see on their way to pay: the transfer to make, and the door to Stripe's page."""
