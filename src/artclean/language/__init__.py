"""How newspapers of a language write: one table a language, and what compiles it."""
