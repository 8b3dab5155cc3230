"""How sources become releases: read, validate, weigh, join, publish; each step a module of that name."""
