"""What a check says: of each new article whether it is known, and whether that is a failure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from newsdedup.model.article import Article, ArticleRef, Skipped
from newsdedup.model.match import Match, Relation
from newsdedup.model.report import Edit

NEW = "new"
"""What a verdict is called that names no relation."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How a known article became the new one."""

    known: Article
    article: Article
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one new article is to what was known before it.

    Without a `match` it is new. `match.a` is the known article and `match.b` the new one; `known` says where and
    when it was published.
    """

    article: ArticleRef
    match: Match | None = None
    known: ArticleRef | None = None
    sibling: bool = False
    """The known article stands in the same delivery, before this one."""
    story: str | None = None
    """Of the story the two tell, the earliest known article: stays the same while an index grows."""
    difference: Difference | None = None
    """Only where it was asked for and both texts are at hand."""
    failed: bool = False
    """The policy names its relation, and no baseline accepts it."""
    accepted: bool = False
    """A baseline accepts it."""

    def __post_init__(self) -> None:
        if (self.match is None) != (self.known is None):
            raise ValueError(f"{self.article.id}: a match needs a known article, and the other way round")

    @property
    def relation(self) -> Relation | None:
        """What it is to the known article; None if it is new."""
        return self.match.relation if self.match else None

    @property
    def key(self) -> Accepted | None:
        """What a baseline has to hold to accept it; None if there is nothing to accept."""
        return None if self.story is None else Accepted(self.story, self.article.origin.source, self.article.id)

    @property
    def name(self) -> str:
        """The relation in a word, or `new`."""
        return self.match.relation.value if self.match else NEW


@dataclass(frozen=True, slots=True)
class Policy:
    """What makes a check fail: verdicts of some relations, beyond a budget of them."""

    fail_on: frozenset[Relation] = frozenset({Relation.EXACT, Relation.COPY, Relation.REVISION})
    most: int | None = None
    """Failures that are let pass; none unless a budget is given."""
    most_percent: float | None = None
    """The same as a share of the articles, 0 .. 100; of two budgets each must be kept."""

    def exceeded(self, failures: int, articles: int) -> bool:
        """Whether that many failures among that many articles are too many."""
        if self.most is None and self.most_percent is None:
            return failures > 0
        over = self.most is not None and failures > self.most
        return over or (self.most_percent is not None and 100 * failures > self.most_percent * articles)


@dataclass(frozen=True, slots=True)
class Accepted:
    """One duplicate that a baseline accepts: a member of a story, by its id and the source it stands in."""

    story: str
    source: str
    member: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The result of a check; `verdicts` are in the order of the delivery."""

    version: str
    against: str
    """The index, folder or report as it was given."""
    indexed: int
    """Articles it holds."""
    verdicts: tuple[Verdict, ...]
    policy: Policy
    skipped: tuple[Skipped, ...] = ()
    stale: tuple[Accepted, ...] = ()
    """What the baseline accepts that this delivery does not hold."""
    settings: Mapping[str, object] = field(default_factory=dict)

    @property
    def failures(self) -> tuple[Verdict, ...]:
        """The verdicts that the policy counts."""
        return tuple(verdict for verdict in self.verdicts if verdict.failed)

    @property
    def failed(self) -> bool:
        """Whether there are more failures than the policy allows."""
        return self.policy.exceeded(len(self.failures), len(self.verdicts))

    @property
    def counts(self) -> dict[str, int]:
        """How many verdicts there are of each name, `new` first."""
        counted = Counter(verdict.name for verdict in self.verdicts)
        return {name: counted[name] for name in (NEW, *(relation.value for relation in Relation))}
