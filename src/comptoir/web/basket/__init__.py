"""The basket: its page, what is put into it, and the cookies that know of it."""
