"""Texts with structure inside: YAML, globs, words, versions, shell commands."""

from fnmatch import fnmatchcase
from typing import Any, Final

from muniment.languages.cel import CelEvaluationError, Function
from muniment.languages.goformat.constraints import parse_constraints, parse_version, satisfies
from muniment.languages.source import LanguageError


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
    from muniment.languages.shell import commands  # noqa: PLC0415  only policies about scripts read them

    return [
        {
            "name": command.name,
            "words": list(command.words),
            "flags": list(command.flags),
        }
        for command in commands(text)
    ]


FUNCTIONS: Final = (
    Function("yaml", _yaml),
    Function("glob", _glob),
    Function("words", _words),
    Function("allows", _allows),
    Function("commands", _commands),
)
