"""Processes that can be interrupted, however the tests themselves were started."""

import signal


def hear_interrupts():
    """A shell makes its background jobs deaf to them, and their children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
