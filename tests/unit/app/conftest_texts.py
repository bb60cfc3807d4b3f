"""Random texts of the formats that Conftest reads: each is valid, and holds what its format is peculiar about."""

import random
from collections.abc import Callable, Mapping
from typing import Final

WORDS: Final = ("alpha", "b2", "c-d", "e_f", "gh", "Ij")
TEXTS: Final = ("", "x", "two words", "a: b", "#no", "é", "tab\\t", "1", "true", "a;b", "50%", "it's", "a = b")


def _each(make: Callable[[], str], count: int, between: str) -> str:
    return between.join(make() for _ in range(count))


def edn(chance: random.Random, depth: int = 3) -> str:
    """A collection of everything that EDN has."""

    def leaf() -> str:
        whole, part, size = chance.randint(-(10**9), 10**9), chance.randint(0, 999), chance.randint(-25, 25)
        word = chance.choice(WORDS)
        numbers = (str(whole), f"{whole}.{part}", f"{part}e{size}", f"{part}.5E{size}", f"{whole}.50M")
        names = (f":{word}/{word}", word, "nil", "true", "false", f"#_ {word} {part}", f"; note\n{part}")
        texts = ("\\newline", "\\é", "\\u0041", f'"{chance.choice(TEXTS)}"', '"q\\"\\\\\\n"')
        tagged = ('#inst "2021-03-04T05:06:07.080-09:30"', '#uuid "f8"', f"#my/tag {whole}", '#base64 "aGk="')
        return chance.choice((*numbers, *names, *texts, *tagged, f"#{{{' '.join(map(str, range(part % 12)))}}}"))

    def value(below: int) -> str:
        kind = chance.randrange(6) if below else 5
        members = [value(below - 1) for _ in range(chance.randrange(4))] if kind < 5 else []
        if kind < 2:
            pairs = (f"{chance.choice((':', '')) + chance.choice(WORDS)}{at} {one}" for at, one in enumerate(members))
            return f"{{{chance.choice((', ', ' ')).join(pairs)}}}"
        return leaf() if kind == 5 else f"({' '.join(members)})" if kind == 4 else f"[{', '.join(members)}]"

    return f"[{value(depth)} {value(depth)}]"


def vcl(chance: random.Random) -> str:
    """Backends with probes, access lists, and subroutines that set values."""

    def value() -> str:
        return chance.choice(('"a b"', "30s", "1.5s", "800", "true", "false", "port", '"#x"', '"{y}"', '""'))

    def assigned(prefix: str, count: int) -> str:
        return "".join(f"  {prefix}{chance.choice(WORDS[3:])}{at} = {value()};\n" for at in range(count))

    def declaration(name: str) -> str:
        count = chance.randrange(4)
        probe = f"  .probe = {{ {assigned('.', 2)} }}\n" if chance.random() < 0.3 else ""
        addresses = "".join(chance.choice(('"10.0.0.1"; ', '"10.0.0.0"/8; ')) for _ in range(count))
        return chance.choice(
            (
                f"backend {name} {{\n{assigned('.', count)}{probe}}}",
                f"acl {name} {{ {addresses}}}",
                f"sub {name} {{\n{assigned('set req.', count)}}} # note",
            )
        )

    return "vcl 4.1;\n" + "\n".join(declaration(name) for name in WORDS[3:])


def hocon(chance: random.Random) -> str:
    """Objects whose values merge, refer to each other, and are texts of several words."""
    paths = ("r.a", "r.b.c", "r.d", "r.b.e", "r.f.g.h")

    def plain() -> str:
        word, size = chance.choice(WORDS), chance.randint(-9, 99999)
        numbers = (str(size), f"{size}.50", "1e3", "007", "64k", ".5")
        texts = (word, f"{word} {word}", f'"{word}  {word}"', '""', "/x/y", '"""q"r\ns"""', '"a\\tb"', "75 seconds")
        words = ("true", "yes", '"true"', "TRUE", "no b")
        return chance.choice((*numbers, *texts, *words))

    def value(below: int) -> str:
        kind = chance.randrange(8)
        if kind == 0 and below:
            return f"[{', '.join(value(below - 1) for _ in range(chance.randrange(4)))}]"
        if kind == 1 and below:
            return f"{{ {fields(below - 1)} }}"
        return chance.choice(("${x.one}", "${?nope}", "${x.two}/y")) if kind == 2 else plain()

    def fields(below: int) -> str:
        names = [f"{word}{chance.choice(('', '.in'))}" for word in chance.sample(WORDS, chance.randrange(1, 4))]
        return chance.choice((", ", "\n")).join(f"{name} {chance.choice('=:')} {value(below)}" for name in names)

    lines = [f"{path} = {value(2)}" for path in chance.sample(paths, 4)] + [f"s {{ {fields(2)} }}", "# note"]
    return "\n".join(("x { one = 1, two = a b }", *lines))


def jsonnet(chance: random.Random) -> str:
    """Objects that add, refer to themselves, loop and format."""

    def number(below: int) -> str:
        if not below:
            return str(chance.choice((0, 7, 2.5, -3, 100)))
        left, right = number(below - 1), number(below - 1)
        return chance.choice((f"({left} {chance.choice('+-*')} {right})", f"std.max({left}, {right})", "x.n", left))

    def value(below: int) -> str:
        word, members = chance.choice(WORDS), [number(1) for _ in range(chance.randrange(4))]
        plain = (
            number(2),
            f"'{word}' + {number(1)}",
            f"'%s-%05.1f' % ['{word}', {number(1)}]",
            "null",
            "true && !false",
        )
        lists = (f"[{', '.join(members)}]", f"[i * 2 for i in [{', '.join(members)}] if i > 0]", "std.range(1, 3)")
        texts = (
            f"|||\n  {word}\n    b\n|||",
            f"@'{word}\\n'",
            f"std.format('%d', {len(members)})",
            "std.manifestJson([1])",
        )
        if below:
            inner = value(below - 1)
            return chance.choice(
                (f"{{ a: {inner}, b:: 1, c: self.b }}", f"{{ a: 1 }} + {{ a+: 1, d: {inner} }}", *plain)
            )
        return chance.choice((*plain, *lists, *texts, f"if {number(1)} > 2 then '{word}' else [{number(0)}]"))

    return "local x = { n: 4 };\n{ " + ", ".join(f"['{word}']: {value(2)}" for word in WORDS) + " } // note"


PLAIN: Final = (
    "x",
    "two words",
    "a:b",
    "é",
    "1",
    "1.50",
    "-3e2",
    "1_000",
    "TRUE",
    "t",
    "yes",
    "007",
    "50%",
    "a=b",
    "[x]",
)


def ini(chance: random.Random) -> str:
    """Sections of values in quotes, with comments, and over several lines."""

    def line(name: str) -> str:
        value = chance.choice(PLAIN)
        quoted = (f'"{value}"', f"'{value}'", f"`{value} # y`", f'"""{value}\n{value}"""', f"{value} \\\n  more")
        shown = chance.choice((value, value, f"{value} ; note", f"{value}#note", "", *quoted))
        return f"{chance.choice((name, f'  {name}', f'`{name}`'))} {chance.choice('=:')} {shown}"

    def section(name: str) -> str:
        lines = (line(f"{word}{chance.choice(('', '.x', ' y'))}") for word in chance.sample(WORDS, 3))
        return f"[{name}]{chance.choice(('', ' ; note'))}\n" + "\n".join(lines)

    return "# note\n" + "\n\n".join(section(name) for name in WORDS[:3])


def properties(chance: random.Random) -> str:
    """Keys and values with escapes, continued lines and each separator."""

    def line(name: str) -> str:
        value = chance.choice((*PLAIN, "a\\tb", "\\u00e9", "x \\\n   y", "q\\q", "  z  ", "a # b", "", "c\\\\"))
        return f"{chance.choice(('', '  '))}{name}{chance.choice(('=', ':', ' = ', ' ', ' : '))}{value}"

    names = (f"{word}{chance.choice(('', '.x', chr(92) + ' y', chr(92) + ':z'))}" for word in WORDS)
    return "# note\n! note\n" + "\n".join(line(name) for name in names)


def dotenv(chance: random.Random) -> str:
    """Variables in quotes, with comments, and with references to earlier ones."""

    def line(name: str) -> str:
        value = chance.choice(PLAIN)
        references = ("$A_0", "${A_0}/x", '"$A_0 y"', "'$A_0'", "\\$A_0", '"\\${A_0}"', "$a")
        quoted = (f'"{value}"', f"'{value}'", f'"x\n{value}"', f'"a\\n\\"{value}"', f'"{value} # no"')
        shown = chance.choice((value, value, f"{value} # note", f"{value}#note", *quoted, *references))
        return f"{chance.choice(('', 'export '))}{name}{chance.choice(('=', ' = ', ': '))}{shown}"

    return "# note\nA_0=first\n" + "\n".join(line(f"B_{at}") for at in range(5))


def xml(chance: random.Random) -> str:
    """Elements with attributes, texts and elements of one name."""

    def element(below: int) -> str:
        name = chance.choice(("a", "b", "n:c"))
        attributes = "".join(f' {word}="{chance.choice(("1", "&lt;x", ""))}"' for word in chance.sample(("p", "q"), 1))
        inner = "".join(element(below - 1) for _ in range(chance.randrange(3))) if below else ""
        text = chance.choice(("", "x", " two words ", "&amp;é", "<!-- note -->y", "<![CDATA[<z>]]>", "1"))
        opening = f"{name}{chance.choice(('', attributes))}"
        return f"<{opening}>{inner or text}</{name}>" if inner or text else f"<{opening}/>"

    return f'<?xml version="1.0"?>\n<root xmlns:n="u">\n  {element(3)}\n  {element(3)}\n</root>'


def toml(chance: random.Random) -> str:
    """Tables whose values are of every type."""

    def value(below: int) -> str:
        day = f"20{chance.randrange(10, 99)}-0{chance.randrange(1, 10)}-1{chance.randrange(10)}"
        moments = (day, f"{day}T01:02:03", f"{day} 01:02:03.50Z", f"{day}T01:02:03-09:30", "04:05:06.007")
        numbers = (str(chance.randint(-99, 99)), "1.50", "-3e2", "1_000", "0xff", "true")
        texts = ('"x\\ty"', "'raw\\'", '"""\nlong\n"""')
        members = [value(below - 1) for _ in range(chance.randrange(3))] if below else []
        lists = (f"[{', '.join(members)}]", f"{{ {', '.join(f'k{at} = {one}' for at, one in enumerate(members))} }}")
        return chance.choice((*moments, *numbers, *texts, *lists))

    tables = (f"[{word}.x]\na.b = {value(2)}\nc = {value(2)}\n[[{word}.y]]\nd = {value(1)}" for word in WORDS)
    return "\n".join(("# note", *tables))


def spdx(chance: random.Random) -> str:
    """A document of packages with files, licences, annotations and relationships; any tag may be left out."""

    def some(*tags: str) -> list[str]:
        values = ("MIT", "<text>two\nlines</text>", "a: b", "NOASSERTION")
        whole = (tag if ": " in tag else f"{tag}: {chance.choice(values)}" for tag in tags)
        return [tag for tag in whole if chance.random() < 0.7]

    def file(name: str) -> list[str]:
        checksums = some("FileChecksum: SHA1: 01ab", "FileChecksum: MD5: 02")
        texts = some("LicenseConcluded", "LicenseInfoInFile", "LicenseComments", "FileCopyrightText", "FileNotice")
        return [
            f"FileName: ./{name}",
            f"SPDXID: SPDXRef-{name}",
            *checksums,
            *texts,
            *some("FileType: TEXT", "FileComment"),
        ]

    def package(name: str) -> list[str]:
        own = some(
            "PackageVersion", "PackageSupplier: Person: J (j@x)", "PackageDownloadLocation", "FilesAnalyzed: false"
        )
        codes = some(
            "PackageVerificationCode: 01 (excludes: ./a, ./b)", "PackageChecksum: SHA256: 03", "PackageHomePage"
        )
        licences = some(
            "PackageLicenseConcluded", "PackageLicenseInfoFromFiles", "PackageLicenseDeclared", "PackageSummary"
        )
        more = some("PackageComment", "PrimaryPackagePurpose: LIBRARY", "PackageAttributionText")
        reference = ["ExternalRef: OTHER loc http://y", *some("ExternalRefComment")]
        return [f"PackageName: {name}", f"SPDXID: SPDXRef-{name}", *own, *codes, *licences, *more, *reference]

    head = ["SPDXVersion: SPDX-2.3", "DataLicense: CC0-1.0", "SPDXID: SPDXRef-DOCUMENT", "DocumentName: n"]
    creation = some(
        "DocumentNamespace: http://x", "Creator: Tool: t", "Creator: Person: p", "Created", "CreatorComment"
    )
    notes = ["Annotator: Tool: z", *some("AnnotationDate", "AnnotationType"), "SPDXREF: SPDXRef-p1", "# note", ""]
    links = ["Relationship: SPDXRef-p1 CONTAINS SPDXRef-f1", *some("RelationshipComment")]
    licence = [
        "LicenseID: LicenseRef-1",
        *some("ExtractedText", "LicenseName", "LicenseCrossReference", "LicenseComment"),
    ]
    parts = (file("f0"), package("p1"), file("f1"), notes, file("f2"), links, package("p2"), licence)
    return "\n".join((*head, *creation, *(line for part in parts for line in part)))


def _expression(chance: random.Random, below: int) -> str:
    """An expression of Terraform's language."""
    inner = [_expression(chance, below - 1) for _ in range(chance.randrange(1, 3))] if below else ["b.c"]
    one, other = inner[0], inner[-1]
    plain = ("1", "-2.5", "true", "null", '"x"', "b", "b.c[0]", "!true", '"$${x}"', '"%%{y}"', '"é\\n"')
    templates = ('"${b}"', '"p-${b.c}-${1}"', '"%{ if b }x%{ else }${c}%{ endif }"', '"${"d"}"', '"a${b ? "y" : "z"}"')
    built = (
        f"[{', '.join(inner)}]",
        f"{{ k = {one}, {chance.choice(('l.m', '1'))} = {other} }}",
        '"%{for e in b}${e}%{endfor}"',
    )
    computed = (f"f({one})", f"{one} == {other}", f"b ? {one} : {other}", f"[for e in b : {one}]", "-b.c")
    return chance.choice((*plain, *templates, *built, *computed)) if below else chance.choice(plain)


def hcl2(chance: random.Random) -> str:
    """Blocks with and without labels, attributes of every kind of expression, and texts of several lines."""

    def body(below: int) -> str:
        lines = [f"{word.replace('-', '_')} = {_expression(chance, 2)}" for word in chance.sample(WORDS, 2)]
        lines.append("long = <<-E\n    p ${b}\n      $${q}\n    E")
        if below:
            lines += [f"inner {{\n{body(below - 1)}\n}}"] * chance.randrange(3)
        return "\n".join(lines)

    blocks = (f'resource "t" "{word}" {{\n{body(1)}\n}}\nlocals {{\n{body(0)}\n}}' for word in WORDS[:2])
    return "# note\n" + "\n".join(blocks) + "\n"


def hcl1(chance: random.Random) -> str:
    """Blocks with labels, objects that belong to keys, lists and texts with references."""

    def value(below: int) -> str:
        members = [value(below - 1) for _ in range(chance.randrange(1, 3))] if below else ["1"]
        plain = ("1", "-2.5", "true", '"x ${b.c} y"', '"$${x}"', '"é\\n"', "[]", "<<E\nlong\nE\n")
        return chance.choice(
            (*plain, f"[{', '.join(one for one in members if '<<' not in one)}]", f"{{ k = {members[0]}\n }}")
        )

    lines = (f"{word.replace('-', '_')} = {value(2)}" for word in WORDS[:4])
    blocks = (f'a "{word}" {{\n  b = {value(1)}\n  c {{ d = 1 }}\n}}' for word in WORDS[4:])
    return "# note\n" + "\n".join((*lines, *blocks, 'e "f" "g" { }')) + "\n"


def dockerfile(chance: random.Random) -> str:
    """Stages of instructions in all their forms."""
    forms = (
        *("RUN a b", 'RUN ["a", "b c"]', "RUN a \\\n  b", "run --mount=type=cache,target=/x a", "RUN <<E\nx\nE"),
        *("ENV a=b c='d e'", "ENV a b c", "LABEL a=b", "ARG a", "ARG a=1", "COPY --from=x a b", 'COPY ["a b", "c"]'),
        *(
            "EXPOSE 80 443/tcp",
            "USER a:b",
            "WORKDIR /a b",
            "VOLUME /a /b",
            'VOLUME ["/a"]',
            "ONBUILD RUN a",
            "onbuild copy a b",
        ),
        *(
            "HEALTHCHECK --interval=5s CMD a",
            "HEALTHCHECK NONE",
            'CMD ["a"]',
            "CMD a b",
            "ENTRYPOINT a",
            "STOPSIGNAL 9",
        ),
        *("# note", "", 'SHELL ["a", "-c"]', "ADD --chown=a:b a b", "MAINTAINER a b"),
    )
    stages = ("\n".join((f"FROM a:{at} AS s{at}", *chance.sample(forms, 8))) for at in range(2))
    return "ARG v=1\n" + "\n".join(stages) + "\n"


def nginx(chance: random.Random) -> str:
    """Directives with parameters in and without quotes, comments and blocks in blocks."""

    def directive() -> str:
        forms = (
            *(
                "listen 80;",
                "listen 443 ssl; # note",
                'return 200 "a b";',
                "add_header X 'a;b' always;",
                "root /x/$host;",
            ),
            *("error_log /dev/null;", "server_name ~^(www\\.)?(.+)$;", "set $a ${b}c;", 'set $a "x\\"y";', "# note"),
            *("proxy_pass http://x:1/y;", "if ($x = y) { return 1; }", "ssl_protocols\n  TLSv1.2\n  TLSv1.3;"),
        )
        return chance.choice(forms)

    def block(head: str, below: int) -> str:
        inner = [directive() for _ in range(chance.randrange(4))]
        if below:
            inner += [block(chance.choice(("location /x", "location ~ \\.php$", 'location = "/a b"')), below - 1)]
        lines = "\n  ".join(inner)
        return f"{head} {{\n  {lines}\n}}"

    servers = "\n".join(block("server", 2) for _ in range(2))
    head = "user www;\nevents { }\nhttp {\n  include /etc/*.conf;\n  map $x $y { default 0; ~*a 1; }"
    return f"{head}\n{servers}\n}}\n"


TEXTS_OF: Final[Mapping[str, Callable[[random.Random], str]]] = {
    "dockerfile": dockerfile,
    "dotenv": dotenv,
    "edn": edn,
    "hcl1": hcl1,
    "hcl2": hcl2,
    "hocon": hocon,
    "ini": ini,
    "jsonnet": jsonnet,
    "nginx": nginx,
    "properties": properties,
    "spdx": spdx,
    "toml": toml,
    "vcl": vcl,
    "xml": xml,
}
