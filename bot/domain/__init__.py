"""Frozen data and pure rules, one module per theme; whoever needs the time receives it."""
