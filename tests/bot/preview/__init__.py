"""The preview of a lesson, over HTTP."""
