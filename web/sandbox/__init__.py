"""A local Bot API with phones to talk through; it imports nothing of the bot it serves."""
