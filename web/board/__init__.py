"""The public board: what residents have brought and what became of it, for any browser and for paper."""
