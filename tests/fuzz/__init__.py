"""Hostile input: every reader of what people write is given what nobody would, and must read it rightly or refuse it."""
