"""The hot loops, compiled by numba: once, cached, and without holding the interpreter's lock."""
