"""Paying at the counter with a phone: bills, their QR codes, and the codes of products."""
