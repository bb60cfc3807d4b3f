"""Addresses of Terraform as text: the keys of instances, written and taken away."""


def _quoted(text: str) -> str:
    """A key in quotes, escaped as Terraform prints it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("${", "$${") + '"'


def quoted_key(key: str | int | None) -> str:
    """An instance key as it stands behind an address; empty without one."""
    if key is None:
        return ""
    return f"[{key}]" if isinstance(key, int) else f"[{_quoted(key)}]"


def without_keys(address: str) -> str:
    """An address without any instance keys."""
    out, depth, inside, escaped = [], 0, False, False
    for character in address:
        if character == '"' and not escaped:
            inside = not inside
        elif not inside and character == "[":
            depth += 1
        elif not inside and character == "]":
            depth -= 1
        elif depth == 0:
            out.append(character)
        escaped = inside and character == "\\" and not escaped
    return "".join(out)
