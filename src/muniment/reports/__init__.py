"""Reports turn an Assessment into the bytes of one format; they decide nothing and leave nothing out."""
