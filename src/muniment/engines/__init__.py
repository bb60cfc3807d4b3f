"""Compile policies of one language each into programs that judge resources."""
