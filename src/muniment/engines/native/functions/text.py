"""Texts with structure inside: YAML, globs, words, versions, shell commands."""

from fnmatch import fnmatchcase
from typing import Any, Final

from muniment.languages.cel import CelEvaluationError, Function
from muniment.languages.goformat.constraints import parse_constraints, parse_version, satisfies
from muniment.languages.source import LanguageError
from muniment.languages.unknown import Cause, OpenList


def _yaml(text: str) -> Any:
    from muniment.languages import yaml  # noqa: PLC0415  few policies read YAML inside a value

    documents = [document for document in yaml.load(text).documents if not document.empty]
    if len(documents) > 1 or any(document.diagnostics for document in documents):
        raise CelEvaluationError("the text is not one YAML document")
    return documents[0].value if documents else None


def _glob(pattern: str, text: str) -> bool:
    return fnmatchcase(text, pattern.replace("[", "[[]"))


def _words(text: str) -> list[str]:
    return text.split()


def _allows(constraint: str, version: str) -> bool:
    try:
        return satisfies(parse_version(version), parse_constraints(constraint))
    except LanguageError as error:
        raise CelEvaluationError(str(error)) from error


def _commands(text: str) -> list[dict[str, Any]]:
    """The commands of a script; an open list where it breaks off within a quote."""
    from muniment.languages.shell import commands  # noqa: PLC0415  only policies about scripts read them

    found = commands(text)
    views = [
        {
            "name": command.name,
            "words": list(command.words),
            "flags": list(command.flags),
        }
        for command in found
    ]
    whole = all(command.complete for command in found)
    return views if whole else OpenList(views, (Cause("syntax", "a quote that is not closed"),))


FUNCTIONS: Final = (
    Function("yaml", _yaml, whole=True),
    Function("glob", _glob),
    Function("words", _words, whole=True),
    Function("allows", _allows),
    Function("commands", _commands, whole=True),
)
