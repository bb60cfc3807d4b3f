"""HCL2: the parser of the native and the JSON syntax, and the evaluator of its expressions.

It must not know Terraform's blocks, providers or files: what a name means is answered by the scope of the caller.
"""
