"""The local chat: a stateful Telegram of our own, for tests and for learning without a token."""
