"""Every sentence we say: (facts, voice) -> Message, without Telegram."""
