"""The question-answering engine: a directory and a question in, ranked entries out; no I/O."""
