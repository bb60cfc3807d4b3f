"""Names of character sets, as IANA registers them, for the codecs that know them."""

from typing import Final

from muniment.languages.hcl.functions.signature import invalid

_CODECS: Final = {
    "utf-8": "utf-8",
    "csutf8": "utf-8",
    "utf-16": "utf-16",
    "utf-16be": "utf-16-be",
    "utf-16le": "utf-16-le",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso646-us": "ascii",
    "latin1": "iso8859-1",
    "l1": "iso8859-1",
    "iso_8859-1": "iso8859-1",
    "iso_8859-1:1987": "iso8859-1",
    "latin2": "iso8859-2",
    "latin5": "iso8859-9",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "shift_jis": "shift_jis",
    "ms_kanji": "shift_jis",
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
    "gbk": "gbk",
    "cp936": "gbk",
    "gb18030": "gb18030",
    "hz-gb-2312": "hz",
    "big5": "big5",
    "euc-kr": "euc_kr",
    "macintosh": "mac_roman",
    "mac": "mac_roman",
    **{f"iso-8859-{part}": f"iso8859-{part}" for part in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)},
    **{f"windows-{page}": f"cp{page}" for page in (874, 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258)},
    **{
        f"{kind}{page}": f"cp{page}"
        for page in ("037", 437, 850, 852, 855, 858, 860, 862, 863, 865, 866)
        for kind in ("ibm", "cp")
    },
}


def codec_of(name: str) -> str:
    """The codec for a character set; raises HclError for one that is not known."""
    codec = _CODECS.get(name.lower())
    if codec is None:
        raise invalid(1, f'"{name}" is not the name of a known character set')
    return codec
