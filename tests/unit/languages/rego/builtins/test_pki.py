"""Keys, certificates and signatures: published vectors, round trips and hostile bytes."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.languages.rego.builtins.pki import ecdsa, ed25519, rsa
from muniment.languages.rego.builtins.pki.certificates import read_certificates
from muniment.languages.rego.builtins.pki.der import DerError
from muniment.languages.rego.builtins.pki.ecdsa import P256, P384, P521, Curve, EcKey
from muniment.languages.rego.builtins.pki.ed25519 import EdKey
from muniment.languages.rego.builtins.pki.rsa import RsaKey
from muniment.languages.rego.builtins.token_keys import read_keys
from muniment.languages.rego.signatures import BuiltinError

P, Q = 2**521 - 1, 2**607 - 1
RSA_KEY = RsaKey(P * Q, 65537, (pow(65537, -1, (P - 1) * (Q - 1)), P, Q))


def test_ecdsa_signs_as_rfc_6979_does() -> None:
    """The nonce for the message `sample` on P-256 is the one of the RFC's appendix A.2.5."""
    private = 0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721
    point = P256.multiply(P256.base, private)
    assert point
    r, s = ecdsa.sign(EcKey(P256, point, private), "sha256", b"sample") or (0, 0)
    assert f"{r:X}" == "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
    assert f"{s:X}" == "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"


def test_ed25519_signs_as_rfc_8032_does() -> None:
    """The second vector of section 7.1."""
    seed = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    public = ed25519.public_of(seed)
    assert public.hex() == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    signature = ed25519.sign(EdKey(public, seed), b"\x72") or b""
    assert signature.hex().startswith("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da")
    assert ed25519.verify(EdKey(public), b"\x72", signature)
    assert not ed25519.verify(EdKey(public), b"\x73", signature)


@pytest.mark.parametrize("curve", [P256, P384, P521])
def test_only_the_signed_message_verifies_on_a_curve(curve: Curve) -> None:
    """A signature is good for its message and key alone."""
    point, other = curve.multiply(curve.base, 12345), curve.multiply(curve.base, 54321)
    assert point
    assert other
    pair = ecdsa.sign(EcKey(curve, point, 12345), "sha512", b"message")
    assert pair
    assert ecdsa.verify(EcKey(curve, point), "sha512", b"message", pair)
    assert not ecdsa.verify(EcKey(curve, point), "sha512", b"massage", pair)
    assert not ecdsa.verify(EcKey(curve, other), "sha512", b"message", pair)
    assert not ecdsa.verify(EcKey(curve, (1, 1)), "sha512", b"message", pair)


@pytest.mark.parametrize("pss", [False, True])
def test_only_the_signed_message_verifies_with_rsa(pss: bool) -> None:  # noqa: FBT001  a parameter of the test
    """A signature is good for its message, its hash and its padding alone."""
    signature = rsa.sign(RSA_KEY, "sha256", b"message", pss=pss, salt=hashlib.sha256(b"salt").digest()) or b""
    assert rsa.verify(RSA_KEY, "sha256", b"message", signature, pss=pss)
    assert not rsa.verify(RSA_KEY, "sha256", b"massage", signature, pss=pss)
    assert not rsa.verify(RSA_KEY, "sha384", b"message", signature, pss=pss)
    assert not rsa.verify(RSA_KEY, "sha256", b"message", signature, pss=not pss)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60))
def test_hostile_bytes_are_refused(data: bytes) -> None:
    """Bytes that are no certificate or key are refused with the errors of their readers."""
    if data:
        with pytest.raises(DerError):
            read_certificates(data)
    with pytest.raises(BuiltinError):
        read_keys(data.decode("latin-1"))
