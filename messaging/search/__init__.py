"""Finding posts by words: one tokenizer, one reader of search terms, an engine for each kind of index (§13)."""
