"""Held-out texts: what phones send, made without a look at the reader's own table of cases.

Values come from plain floats. `written` makes numbers, `working` shown work, `noise` what stands
around them, `refused` the texts without one meaning; `judging` draws and reads them.
"""
