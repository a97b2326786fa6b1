"""Use cases, one small class per theme: load, decide, save, tell — in one transaction."""
