"""The index over the resources of one root."""

from muniment.core.graph import Graph
from tests.parsers.terraform.modules import read


def test_the_instance_that_stands_for_all_is_found_once() -> None:
    """`x[*]` names every known instance, or the one resource of which it cannot be told how many it will be."""
    text = """\
variable "u" {}
resource "aws_x" "unknown" {
  count = var.u
}
resource "aws_x" "known" {
  count = 2
}
resource "aws_y" "a" {
  one = aws_x.unknown[0].id
  all = aws_x.known[*].id
}
"""
    graph = Graph(read(text).resources)
    assert [one.address for one in graph.at("aws_x.unknown[*]")] == ["aws_x.unknown[*]"]
    assert [one.address for one in graph.at("aws_x.known[*]")] == ["aws_x.known[0]", "aws_x.known[1]"]
    assert [path for path, _, _ in graph.referring(graph.at("aws_x.unknown[*]")[0])] == ["one"]
    assert [path for path, _, _ in graph.referring(graph.at("aws_x.known[1]")[0])] == ["all"]
