"""Expansion of words, and what ARG and ENV are where they are used."""

from typing import Any

import pytest

from muniment.languages.dockerfile import Resolved, expand, parse, resolve
from muniment.languages.unknown import Cause, PartialString, Unknown

VARIABLES = {
    "v": "a/b/c.tar.gz",
    "empty": "",
    "two": "x y",
    "star": "a*b",
    "open": Unknown((Cause("variable", "ARG o"),)),
}

EXPANSIONS = (
    ("$v", "a/b/c.tar.gz"),
    ("${v}x$empty", "a/b/c.tar.gzx"),
    ("$none-", "-"),
    ("${none:-d}", "d"),
    ("${none-d}", "d"),
    ("${empty:-d}", "d"),
    ("${empty-d}", ""),
    ("${none:-$two}", "x y"),
    ("${none:-${empty:-deep}}", "deep"),
    ("${v:+a}", "a"),
    ("${empty:+a}", ""),
    ("${empty+a}", "a"),
    ("${none+a}", ""),
    ("${v:?m}", "a/b/c.tar.gz"),
    ("${v#*/}", "b/c.tar.gz"),
    ("${v##*/}", "c.tar.gz"),
    ("${v%.*}", "a/b/c.tar"),
    ("${v%%.*}", "a/b/c"),
    ("${v#?/}", "b/c.tar.gz"),
    ("${v#x}", "a/b/c.tar.gz"),
    ("${v/b/X}", "a/X/c.tar.gz"),
    ("${v//a/X}", "X/b/c.tXr.gz"),
    ("${v//[ac]/X}", "a/b/c.tar.gz"),
    ("${star/\\*/X}", "aXb"),
    ("\\$v", "$v"),
    ("'$v'", "$v"),
    ('"$two"', "x y"),
    ('"a\\b\\"c"', 'a\\b"c'),
    ("a\\ b", "a b"),
    ("it$", "it$"),
    ("$1x", "x"),
    ("a'b'\"c\"", "abc"),
)


@pytest.mark.parametrize(("word", "wanted"), EXPANSIONS)
def test_expansion(word: str, wanted: str) -> None:
    """Every form of a variable gives the text that BuildKit's shell lexer gives."""
    assert expand(word, VARIABLES) == wanted


def test_the_escape_character_is_the_files_own() -> None:
    """With a backtick as escape character a backslash is plain: paths of Windows stay."""
    assert expand("C:\\a`$v", VARIABLES, escape="`") == "C:\\a$v"


HOLES = (
    "$open",
    "${open:-d}",
    "${open#x}",
    "${v#$open}",
    "${none:-$open}",
    "${none:?m}",
    "${",
    "${v",
    "${v!}",
    "${v/a}",
)


@pytest.mark.parametrize("word", HOLES)
def test_what_is_not_known_stays_open(word: str) -> None:
    """An unknown variable, and a form that no build accepts, are never taken as empty."""
    assert isinstance(expand(word, VARIABLES), Unknown)


def test_known_parts_of_a_word_are_kept() -> None:
    """A word with a hole knows how it starts and ends."""
    found = expand("img:$open-slim", VARIABLES)
    assert isinstance(found, PartialString)
    assert (found.prefix, found.suffix) == ("img:", "-slim")
    assert found.causes == (Cause("variable", "ARG o"),)


HOSTILE = (
    "${a:-" * 3000 + "}" * 3000,
    "${v//" + "*a" * 3000 + "/x}",
    "$long$long$long",
    "${long//*a*b/x}",
    "${long##" + "*?" * 50 + "}",
)


@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_words_end_at_a_budget(word: str) -> None:
    """Nesting, patterns and growth have bounds; beyond them the value is unknown."""
    found = expand(word, {**VARIABLES, "long": "a" * 500_000})
    assert isinstance(found, str | Unknown)


def test_variables_that_double_end_at_a_budget() -> None:
    """Sixty lines cannot build a text of 2**60 characters."""
    text = "FROM x\nENV a=0123456789\n" + "ENV a=$a$a\n" * 60
    assert isinstance(resolve(parse(text))[0].env["a"], Unknown)


def stages(text: str, **given: str) -> tuple[Resolved, ...]:
    """The stages of a text."""
    return resolve(parse(text), given, inherits=True)


IMAGES = (
    ("ARG V=1\nFROM a:$V", {}, "a:1"),
    ("ARG V=1\nFROM a:$V", {"V": "2"}, "a:2"),
    ("ARG A=x\nARG B=$A-y\nFROM $B", {}, "x-y"),
    ("ARG B=$A-y\nARG A=x\nFROM $B", {}, Unknown),
    ("ARG V\nFROM a:$V", {}, Unknown),
    ("ARG V\nFROM a:${V:-3}", {"V": "2"}, "a:2"),
    ("ARG V\nFROM a:${V:-3}", {}, "a:3"),
    ("ARG V\nFROM a${V:+:2}", {}, "a"),
    ("FROM a:${V:-3}", {}, "a:3"),
    ("FROM a:${TARGETARCH:-3}", {}, Unknown),
    ("FROM a:$V", {"V": "2"}, Unknown),
    ("FROM --platform=$BUILDPLATFORM a:$TARGETARCH", {}, Unknown),
)


@pytest.mark.parametrize(("text", "given", "wanted"), IMAGES)
def test_images_see_the_arguments_above_them(text: str, given: dict[str, str], wanted: Any) -> None:
    """FROM uses global arguments only, in their order; without a value one is unknown, or what the word says."""
    image = stages(text, **given)[0].image
    assert isinstance(image, Unknown) if wanted is Unknown else image == wanted


def test_an_unknown_argument_is_named() -> None:
    """The cause tells which ARG somebody would have to set."""
    assert stages("ARG V\nFROM a:$V")[0].image.causes == (Cause("variable", "ARG V"),)


USERS = (
    ("ARG U=g\nFROM scratch\nUSER $U", ""),
    ("ARG U=g\nFROM a\nUSER $U", Unknown),
    ("ARG U=g\nFROM a\nARG U\nUSER $U", "g"),
    ("ARG U=g\nFROM a\nARG U=h\nUSER $U", "h"),
    ("FROM a\nARG U=h\nENV U=e\nUSER $U", "e"),
    ("FROM a\nENV U=e\nARG U=h\nUSER $U", "e"),
    ("FROM a\nENV U=1\nENV U=2 W=$U\nUSER $W", "1"),
    ("FROM a\nENV U 1 2\nUSER $U", "1 2"),
    ("FROM a AS x\nENV U=e\nARG V=v\nFROM x\nUSER $U", "e"),
    ("FROM scratch AS x\nARG V=v\nFROM x\nUSER $V", ""),
    ("ARG B=x\nFROM a AS x\nUSER u\nFROM $B", "u"),
    ("FROM a AS x\nUSER u\nFROM X AS y\nFROM y", "u"),
    ("FROM a AS x\nUSER u\nFROM a", None),
)


@pytest.mark.parametrize(("text", "wanted"), USERS)
def test_scopes(text: str, wanted: Any) -> None:
    """ENV covers ARG and is inherited, ARG is not; a variable that nobody sets may be the base image's."""
    user = stages(text)[-1].user
    assert isinstance(user, Unknown) if wanted is Unknown else user == wanted


FOLDERS = (
    ("FROM a\nWORKDIR /a\nWORKDIR b", "/a/b"),
    ("FROM scratch\nWORKDIR b", "/b"),
    ("FROM a\nWORKDIR b", Unknown),
    ("FROM a AS x\nWORKDIR /w\nFROM x\nWORKDIR y", "/w/y"),
)


@pytest.mark.parametrize(("text", "wanted"), FOLDERS)
def test_relative_folders_follow_the_one_before(text: str, wanted: Any) -> None:
    """A relative WORKDIR starts in the folder that was in force."""
    folder = stages(text)[-1].workdir
    assert isinstance(folder, Unknown) if wanted is Unknown else folder == wanted


def test_words_of_other_instructions_are_expanded() -> None:
    """EXPOSE, COPY and LABEL are told with their values."""
    (stage,) = stages('FROM a\nENV p=80 d=/x\nEXPOSE $p/tcp\nCOPY ["$d", "/y"]\nLABEL v=$p "a b"="c d"\n')
    assert stage.values[3] == ("80/tcp",)
    assert stage.values[4] == ("/x", "/y")
    assert stage.pairs[5] == (("v", "80"), ("a b", "c d"))
