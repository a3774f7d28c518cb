"""The chat on this computer, in the page and in the terminal."""
