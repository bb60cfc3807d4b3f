"""What a shell text runs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.languages.shell import Command, commands

NAMES = (
    ("apt-get update && apt-get install -y curl; rm x | tee y", "apt-get apt-get rm tee"),
    ("a; b & c || d |& e\nf", "a b c d e f"),
    ("/usr/bin/curl x", "curl"),
    ("'a b' c; \"d;e\" f; g\\ h", "a b|d;e|g h"),
    ("echo 'a; b' \"c && d\" e\\;f # g; h", "echo"),
    ("a#b; c $# d", "a#b c"),
    ("# a\n  # b\nc", "c"),
    ("(a; b) && { c; d; }", "a b c d"),
    ("if a; then b; elif ! c; then d; else e; fi; while f; do g; done", "a b c d e f g"),
    ("for x in a b c; do d $x; done; select y in a; do e; done", "d e"),
    ("for ((i=0; i<3; i++)); do a; done; ((x = 1)); b", "a b"),
    ("case $x in a|b) c;; (d) e\nf;; *) g; esac; h", "c e f g h"),
    ("case $x in a) case $y in b) c;; esac;; d) e;; esac && f", "c e f"),
    ("f() { a; }; function g { b; }; c", "a b c"),
    ("[[ $a && $b || c ]] && d; [ x = y ] || e", "[[ d [ e"),
    ("a $(b; c) `d` \"$(e)\" '$(f)' $((1 + 2)) ${x:-$(g)}", "a b c d e g"),
    ("a $(b $(c))", "a b c"),
    ("x=$(a) y=2", "|a"),
    ("arr=(a b c); d", "|d"),
    ("diff <(a) <(b) c && d >(e)", "diff a b d e"),
    ("a <<EOF && b\nc; d\nEOF\ne <<-'X'\n\tf\n\tX\ng", "a b e g"),
    ("cat <<< text; a", "cat a"),
    ("cat <<E\nb", "cat"),
    ("a \\\n  b \\\n&& c", "a c"),
    ("a\r\nb\r\n", "a b"),
    ("a 2>&1 >/dev/null &>x <y && b", "a b"),
    ("sudo -E -u root apt-get install x", "sudo apt-get"),
    ("env -i A=b sh -c 'c; d'", "env sh c d"),
    ("A=b nice -n 10 timeout -k 5 10s xargs -r -n 1 rm", "nice timeout xargs rm"),
    ("exec command time -p a", "exec command time a"),
    ("command -v curl", "command"),
    ("bash -euxo pipefail -c 'a | b'", "bash a b"),
    ('/bin/bash -lc "a \\"b c\\""; sh x.sh -c d', "bash a sh"),
    ("su - user -c 'a'; gosu user b; chroot /x c; eval 'd; e'", "su a gosu b chroot c eval d e"),
    ("sh -c 'sh -c \"a\"'", "sh sh a"),
    ("a && ", "a"),
    ('$CMD x; "$(which a)" b', "$CMD|$(which a)|which"),
    ("", ""),
)


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_which_programs_run(text: str, names: str) -> None:
    """Every command that a text runs is found, in order, and no data is taken for one."""
    wanted = names.split("|") if "|" in names else names.split()
    assert [command.name for command in commands(text)] == wanted


def only(text: str) -> Command:
    """The first command of a text."""
    return commands(text)[0]


def test_the_parts_of_a_command() -> None:
    """Words are unquoted, flags end at two dashes, redirections and assignments are apart."""
    one = only("A=1 B='x y' apt-get -y --no-x install \"a b\" c\\ d$E -- -z 2>&1 > /o <<< t")
    assert one.name == "apt-get"
    assert one.words == ("-y", "--no-x", "install", "a b", "c d$E", "--", "-z")
    assert one.flags == ("-y", "--no-x")
    assert one.assignments == (("A", "1"), ("B", "x y"))
    assert one.redirects == ("2>&1", ">/o", "<<<t")
    assert one.complete


def test_operators_lines_and_wrappers() -> None:
    """Each command knows what stands in front of it, its line, and the programs around it."""
    found = commands("a |\n b &&\\\n sudo sh -c 'c\nd'\n$(\ne)")
    assert [(one.name, one.operator, one.line, one.wrapped) for one in found] == [
        ("a", "", 1, ()),
        ("b", "|", 2, ()),
        ("sudo", "&&", 3, ()),
        ("sh", "&&", 3, ("sudo",)),
        ("c", "", 3, ("sudo", "sh")),
        ("d", ";", 4, ("sudo", "sh")),
        ("$(\ne)", ";", 5, ()),
        ("e", "", 6, ()),
    ]


@pytest.mark.parametrize(
    "text", ["a 'b; c", 'a "b', "a $(b", "a; b `c", "a ${b", "env " * 30 + "a", "x=$(" * 20 + ")" * 20]
)
def test_what_cannot_be_followed_says_so(text: str) -> None:
    """An open quote or bracket, and nesting without end, leave a command that is not complete."""
    assert not all(command.complete for command in commands(text))


PIECES = st.sampled_from(
    [
        *(
            "a",
            " ",
            "\n",
            ";",
            "&&",
            "|",
            "(",
            ")",
            "((",
            "))",
            "$(",
            "`",
            "'",
            '"',
            "\\",
            "<<E",
            "\nE\n",
            "<(",
            ">",
            "2>&1",
        ),
        *(
            "case x in ",
            "esac",
            "for ",
            " do ",
            "[[ ",
            " ]]",
            "{",
            "}",
            "${",
            "env ",
            "sh -c ",
            "eval ",
            "=",
            "#",
            "\r",
        ),
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_any_text_is_read(pieces: list[str]) -> None:
    """No text raises, and every command stands in a line of the text."""
    text = "".join(pieces)
    for command in commands(text):
        assert 1 <= command.line <= text.count("\n") + 1


@pytest.mark.parametrize("piece", ["$(", "`", "(", "((", "'", '"', "{", "a;", "<<E\n", "${", "case x in ", "\\", "x=("])
def test_long_texts_take_linear_time(piece: str) -> None:
    """Fifty thousand openings in a row are no attack."""
    commands(piece * 50_000)
