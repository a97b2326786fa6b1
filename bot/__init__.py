"""The town hall: everything that is neither Telegram handlers, SQL nor HTML."""
