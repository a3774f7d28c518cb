"""What `python -m bot` wires together: the app, on Telegram or on this computer.

Only `bot.__main__` imports this. Each part is imported when its way of running was chosen, so
that each starts quickly.
"""
