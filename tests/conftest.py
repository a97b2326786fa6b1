"""Loads the fixtures that every folder of tests shares."""

pytest_plugins = ["tests.engines", "tests.neighbours", "tests.front", "tests.noticeboard"]
