"""A chat on this computer, in a page or a terminal: learning without Telegram and without a token.

`chat` is the conversation's memory; `intake` turns what the learner does into the bot's events,
`messenger` performs the bot's effects; `server` and `page/` show it in a browser, `terminal` in a
terminal, and `app` joins all of it to `bot.runtime`.
"""
