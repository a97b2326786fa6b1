"""Pages for eyes: everything a browser shows; it never speaks to Telegram itself."""
