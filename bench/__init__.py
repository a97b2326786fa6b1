"""What the bot costs, measured beside bare bots; nothing here runs in a town."""
