"""The history of the schema, oldest first, run by `bot.storage.migrate`."""
