"""Long runs that try to break the store: `make soak`. A short one of each is among the tests."""
