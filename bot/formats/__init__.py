"""Files and pictures made from facts, and facts read from files; nothing here keeps anything."""
