"""Language cores: parsers and evaluators that know nothing of Muniment; each could be a package of its own."""
