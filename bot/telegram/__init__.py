"""What speaks to Telegram below the handlers; it holds no sentence and no rule of the town."""
