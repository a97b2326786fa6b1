"""The archive: every SQL statement of the project, one module per theme."""
