"""One file per change. Never edit one that was released; add the next."""
