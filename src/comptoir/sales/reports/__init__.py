"""What tax authorities ask a shop or a platform to tell, as rows that are streamed."""
