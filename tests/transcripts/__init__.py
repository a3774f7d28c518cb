"""Whole chats as text files, played through the dialogue."""
