"""Every error newsdedup raises on purpose.

NewsdedupError
├── UsageError              the caller can mend it; the command line exits with 2
│   ├── ConfigError         one or more mistakes in a configuration, all listed
│   ├── InputError          an input path that cannot be used at all
│   ├── OutputError         the output cannot be written where it was asked for
│   ├── ReportFormatError   a report.json that cannot be read back
│   ├── StoreError          an index that cannot be opened, or not used as asked
│   ├── UnknownNameError    a name that is in no table, with a guess at what was meant
│   └── MissingExtraError   an optional dependency is not installed
└── InputChangedError       an input changed between two readings of one run
"""

from __future__ import annotations


class NewsdedupError(Exception):
    """The root of the tree."""


class UsageError(NewsdedupError):
    """Something the caller can mend."""


class ConfigError(UsageError):
    """All the mistakes of one configuration.

    `problems` holds one sentence each, beginning with where the mistake stands.
    """

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


class InputError(UsageError):
    """An input that cannot be used at all, such as a path that does not exist."""


class OutputError(UsageError):
    """An output that cannot be written where it was asked for."""


class ReportFormatError(UsageError):
    """A report that cannot be read back: not a report, or of a newer format."""


class StoreError(UsageError):
    """An index that cannot be opened, or not used as asked: damaged, of other parameters, being written, gone."""


class UnknownNameError(UsageError):
    """A name that no table knows."""


class MissingExtraError(UsageError):
    """An optional dependency that is not installed."""

    def __init__(self, package: str, extra: str, purpose: str) -> None:
        super().__init__(f"{purpose} needs {package}; install it with: pip install 'newsdedup[{extra}]'")


class InputChangedError(NewsdedupError):
    """An input that changed between two readings of one run."""
