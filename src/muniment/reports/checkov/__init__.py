"""The answer of a run in the forms that Checkov prints, for the programs that read them."""
