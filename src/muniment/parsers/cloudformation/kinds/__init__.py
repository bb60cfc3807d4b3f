"""The mapping tables: resource types of templates and what Terraform calls them and their properties.

Data only, by subject; the words that it is written in are those of `entries` and `translations`.
"""
