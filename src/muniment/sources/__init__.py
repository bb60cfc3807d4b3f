"""Where documents come from: a directory, standard input, a revision of a repository, a renderer."""
