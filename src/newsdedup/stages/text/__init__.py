"""The matching view of a text: what is compared when two articles are compared."""
