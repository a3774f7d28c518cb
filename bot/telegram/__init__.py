"""The bot on Telegram: updates become events, effects become Bot API calls."""

import os

# python-telegram-bot's durations as timedelta, which its next major version always gives; without
# this every 429 is a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")
