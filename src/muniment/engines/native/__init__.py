"""The native policy language: CEL over the open view of a resource, with joins, places and messages."""
