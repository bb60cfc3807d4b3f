"""Rego, the policy language of Open Policy Agent, in both its versions: compiled to closures over plain Python values.

It must not know what it judges; builtins, data and input are the caller's.
"""
