"""One HTML file for developers, platform engineers and auditors: no request to anywhere, readable without scripts."""

from muniment.reports.html.page import render

__all__ = ["render"]
