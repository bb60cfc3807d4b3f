"""Public key material as policies look at it: DER, keys, certificates, and checks of signatures.

The arithmetic is Python's own and takes no care of side channels: it is for public keys, and for the private keys that
a policy itself carries. Evidence is signed elsewhere.
"""
