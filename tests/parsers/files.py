"""A source of a few files, for parsers that ask for more than their unit."""

from muniment.model.document import Document


class Files:
    """Implements the port `Read` over documents at hand."""

    def __init__(self, *documents: Document) -> None:
        self._documents = {document.path: document for document in documents}

    def __call__(self, path: str) -> Document | None:
        """The document at that path."""
        return self._documents.get(path)

    def names(self, folder: str) -> tuple[str, ...]:
        """The names of the files in a folder."""
        return tuple(sorted(one.name for one in self._documents.values() if one.folder == folder))

    def folders(self, folder: str) -> tuple[str, ...]:
        """The names of the folders in one."""
        start = f"{folder}/" if folder else ""
        inside = {path[len(start) :] for path in self._documents if path.startswith(start)}
        return tuple(sorted({path.partition("/")[0] for path in inside if "/" in path}))
