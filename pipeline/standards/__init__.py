"""What a release is described or offered in besides its tables: one standard or format a module."""
