"""How Dockerfiles split into instructions and stages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.languages.dockerfile import Instruction, conftest_shape, parse, resolve
from muniment.languages.source import Limits


def last(text: str) -> Instruction:
    """The last instruction of a text."""
    return parse(text).instructions[-1]


def messages(text: str) -> list[str]:
    """What is wrong with a text, with lines."""
    return [f"{one.span.line}: {one.message}" for one in parse(text).diagnostics]


DIRECTIVES = (
    (
        "# syntax=docker/dockerfile:1\n# Escape = `\nFROM a\nRUN a `\n b",
        {"syntax": "docker/dockerfile:1", "escape": "`"},
    ),
    ("# comment\n# escape=`\nFROM a\nRUN a b", {}),
    ("\n# escape=`\nFROM a\nRUN a b", {}),
    ("FROM a\n# escape=`\nRUN a b", {}),
    ("# check=skip=all\nFROM a\nRUN a b", {"check": "skip=all"}),
)


@pytest.mark.parametrize(("text", "wanted"), DIRECTIVES)
def test_directives_are_the_first_lines_only(text: str, wanted: dict[str, str]) -> None:
    """The first comment, empty line or instruction ends them; names have no case."""
    parsed = parse(text)
    assert parsed.directives == wanted
    assert parsed.diagnostics == ()
    assert parsed.instructions[-1].text.split() == ["a", "b"]


CONTINUED = (
    ("RUN a \\\n  b", "a   b", (2, 3)),
    ("RUN a \\  \n b \\\n\n# gone\n  # gone too\n c", "a  b  c", (2, 3, 7)),
    ("RUN a # no comment", "a # no comment", (2,)),
    ("RUN a\\\r\nb\r\n", "ab", (2, 3)),
    ("RUN a \\", "a", (2,)),
    ("RUN a \\\\\nRUN b", "b", (3,)),
    ("  run   a", "a", (2,)),
    ("\\\nRUN a", "a", (2, 3)),
    ("RUN \\\n a", "a", (2, 3)),
)


@pytest.mark.parametrize(("text", "wanted", "lines"), CONTINUED)
def test_continuations(text: str, wanted: str, lines: tuple[int, ...]) -> None:
    """Lines join at the escape character; comments and empty lines between them are dropped, their lines are known."""
    one = last(f"FROM x\n{text}")
    assert one.text == wanted
    assert one.lines == lines
    assert one.name == "RUN"
    assert one.script.count("\n") == len(lines) - 1


FORMS = (
    ('CMD ["a", "b c"]', "json", ("a", "b c")),
    ("CMD ['a']", "shell", ("['a']",)),
    ('CMD ["a"] && b', "shell", ('["a"]', "&&", "b")),
    ('ENTRYPOINT [ "a" ]  ', "json", ("a",)),
    ('COPY --link ["a b", "c"]', "json", ("a b", "c")),
    ("VOLUME /a /b", "shell", ("/a", "/b")),
    ('HEALTHCHECK --interval=5s CMD ["curl", "x"]', "json", ("CMD", "curl", "x")),
    ("HEALTHCHECK NONE", "shell", ("NONE",)),
    ("WORKDIR /a b", "shell", ("/a b",)),
    ('EXPOSE ["80"]', "shell", ('["80"]',)),
    ('ENV a=\'b c\' d="e \\" f" g=h\\ i', "shell", ("a='b c'", 'd="e \\" f"', "g=h\\ i")),
    ('SHELL ["pwsh", "-c"]', "json", ("pwsh", "-c")),
)


@pytest.mark.parametrize(("text", "form", "arguments"), FORMS)
def test_forms_of_arguments(text: str, form: str, arguments: tuple[str, ...]) -> None:
    """An argument is an array only if all of it is one, and only where the instruction takes arrays."""
    one = last(f"FROM x\n{text}")
    assert (one.form, one.arguments) == (form, arguments)


def test_flags_stand_in_front() -> None:
    """Flags end at the first other word; one may stand several times."""
    one = last('FROM x\nRUN --mount=type=secret,id=a --mount="type=cache,target=/b" --network=none x --flag')
    assert one.flags == (("mount", "type=secret,id=a"), ("mount", '"type=cache,target=/b"'), ("network", "none"))
    assert one.text == "x --flag"
    assert one.flag("network") == "none"
    assert one.flag("security") is None


HEREDOCS = (
    ("RUN <<EOF\na $b\nEOF\n", (("EOF", "a $b\n", True, False),), 4),
    ("RUN <<-'EOF'\n\ta\n\t\tb\n\tEOF\n", (("EOF", "a\nb\n", False, True),), 5),
    ('COPY <<"a.txt" <<b /c/\n1\na.txt\n2\nb\n', (("a.txt", "1\n", False, False), ("b", "2\n", True, False)), 6),
    ("ONBUILD RUN <<E\nx\nE\n", (("E", "x\n", True, False),), 4),
    ("RUN cat <<E > /f && \\\n b\nx\nE\n", (("E", "x\n", True, False),), 5),
    ("RUN echo '<<E' <<<E a<<E\n", (), 2),
    ("ENV a=<<E\n", (), 2),
)


@pytest.mark.parametrize(("text", "wanted", "end"), HEREDOCS)
def test_heredocs(text: str, wanted: tuple[tuple[str, str, bool, bool], ...], end: int) -> None:
    """Bodies belong to their instruction, several in order; only RUN, COPY and ADD have them."""
    parsed = parse(f"FROM x\n{text}USER u\n")
    one, user = parsed.instructions[1:]
    assert tuple(heredoc[:4] for heredoc in one.heredocs) == wanted
    assert (one.span.end_line, user.name, user.span.line) == (end, "USER", end + 1)
    assert parsed.diagnostics == ()


WRONG = (
    ("", "1: the file has no FROM instruction"),
    ("FROM x\nFOO a", "2: FOO is no instruction"),
    ("FROM x\nRUN", "2: RUN needs an argument"),
    ("RUN a\nFROM x", "1: RUN stands before the first FROM"),
    ("FROM x\nRUN --foo a", "2: RUN has no flag --foo"),
    ("FROM x\nRUN <<E\na", "2: the heredoc E is not closed"),
    ("FROM x\nCMD [1]", "2: an array must hold strings in double quotes only"),
    ("FROM x\nSHELL sh", "2: SHELL needs an array of strings in double quotes"),
    ("FROM x y", "1: FROM needs an image, or an image AS a name"),
    ("FROM x AS 1a", "1: '1a' is no name of a stage"),
    ("# escape=x\nFROM x", "1: 'x' is no escape character: a backslash or a backtick is"),
    ("# syntax=a\n# syntax=b\nFROM x", "2: the directive syntax stands twice"),
)


@pytest.mark.parametrize(("text", "wanted"), WRONG)
def test_what_a_build_would_refuse(text: str, wanted: str) -> None:
    """Everything that is wrong is told with its line, and nothing raises."""
    assert wanted in messages(text)


def test_a_text_that_is_too_large_is_not_read() -> None:
    """The size is a budget."""
    assert parse("FROM x", limits=Limits(size=3)).diagnostics[0].code == "limit-exceeded"


def test_stages() -> None:
    """Stages have a name, a platform and the stage that they are built on, found without regard to case."""
    parsed = parse("ARG V=1\nFROM --platform=$P a:$V AS Build\nRUN x\nFROM b\nFROM build as last\n")
    assert [(stage.name, stage.base, stage.platform, stage.parent) for stage in parsed.stages] == [
        ("Build", "a:$V", "$P", None),
        ("", "b", "", None),
        ("last", "build", "", 0),
    ]
    assert [one.stage for one in parsed.instructions] == [None, 0, 0, 1, 2]
    assert [one.text for one in parsed.global_arguments] == ["V=1"]


def test_onbuild_holds_another_instruction() -> None:
    """The inner instruction is taken apart like any other."""
    one = last('FROM x\nONBUILD COPY --from=y ["a", \\\n "b"]')
    inner = one.onbuild
    assert inner is not None
    assert (inner.name, inner.flags, inner.arguments, inner.form) == ("COPY", (("from", "y"),), ("a", "b"), "json")
    assert inner.script == '["a", \\\n "b"]'


def test_onbuild_does_not_nest() -> None:
    """A trigger within a trigger, which no build accepts, is shown as written and not followed."""
    inner = last("FROM x\n" + "ONBUILD " * 5000 + "RUN a").onbuild
    assert inner is not None
    assert (inner.name, inner.onbuild) == ("ONBUILD", None)


def test_comments() -> None:
    """Comments are known by line, and by the instruction below them; an empty one separates."""
    parsed = parse("# one\n#\n# two\n\n# three\nFROM x\n# four\nRUN a \\\n  # five\n  b\n")
    assert parsed.comments == ((1, "# one"), (2, "#"), (3, "# two"), (5, "# three"), (7, "# four"), (9, "# five"))
    assert [one.comments for one in parsed.instructions] == [("two", "three"), ("four",)]


def test_the_shape_of_conftest() -> None:
    """Policies written for Conftest find commands as they know them."""
    text = '# c\nFROM x AS y\nENV a=1 b="2"\nENV old some text\nRUN --network=none a b\nCMD ["c"]\nONBUILD USER u\n'
    found = [tuple(one.values()) for one in conftest_shape(parse(text))[0]]
    assert found == [
        ("comment", "", False, None, ["c"], 0),
        ("from", "", False, [], ["x", "AS", "y"], 0),
        ("env", "", False, [], ["a", "1", "=", "b", '"2"', "="], 0),
        ("env", "", False, [], ["old", "some text", ""], 0),
        ("run", "", False, ["--network=none"], ["a b"], 0),
        ("cmd", "", True, [], ["c"], 0),
        ("onbuild", "USER", False, [], ["u"], 0),
    ]


PIECES = st.sampled_from(
    [
        *(
            "FROM a AS b\n",
            "RUN ",
            "COPY --from=b ",
            "ONBUILD ",
            "ENV a=",
            "ARG x",
            "<<E",
            "<<-'E'",
            "\nE\n",
            "\\\n",
            "\n",
        ),
        *(
            '["a", ',
            '"b"]',
            "${",
            "}",
            "$a",
            ":-",
            "//",
            "*",
            "'",
            '"',
            "# escape=`\n",
            "`",
            "\t",
            "USER ",
            "\r\n",
            "\u2028",
        ),
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES | st.text(max_size=3), max_size=25))
def test_any_text_is_read_or_refused(pieces: list[str]) -> None:
    """No text raises, whatever is asked about it, and spans lie within it in order."""
    text = "".join(pieces)
    parsed = parse(text)
    resolve(parsed, inherits=True)
    conftest_shape(parsed)
    lines = text.count("\n") + 1
    ends = 0
    for one in parsed.instructions:
        assert ends < one.span.line <= one.span.end_line <= lines
        assert set(one.lines) <= set(range(one.span.line, one.span.end_line + 1))
        ends = one.span.end_line
