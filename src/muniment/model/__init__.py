"""The frozen nouns of the spine, one a file; they hold values and know no format, engine or file system."""
