"""What the rows of usage must say, counted anew from what was seen."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from core.accounts.keys import LEFT
from core.jobs import account_subject
from tests.chaos.watching import Seen

ACCOUNT = account_subject(0).removesuffix("0")


@dataclass
class Tally:
    """Which attempts each subject knows of. Accounts that are joined or parted know of one another's, a leaver keeps
    theirs for the day; what fails is given back by all who know of it.
    """

    known: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    failed: set[int] = field(default_factory=set)
    _left: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def hear(self, one: Seen) -> None:
        """Count what happened."""
        account = account_subject(one.account or 0)
        match one.what:
            case "running":
                assert one.job is not None
                for subject in (one.text or "").split():
                    self.known[subject].add(one.job)
            case "failed":
                assert one.job is not None
                self.failed.add(one.job)
            case "moved":
                self.known[account] |= self.known[account_subject(one.other or 0)]
            case "left":
                self._left[one.text or ""] |= self.known[account]
            case "came":
                self.known[account] |= self._left[one.text or ""]

    def used(self, subject: str) -> int:
        """What its row is to say."""
        return len(self.known[subject] - self.failed)


def wrong(log: Iterable[Seen], used: dict[str, int]) -> Iterator[str]:
    """What is wrong with the rows of usage; `used` is by subject."""
    tally = Tally()
    for one in log:
        tally.hear(one)
    for subject, count in sorted(used.items()):
        if not subject.startswith(LEFT) and count != tally.used(subject):
            yield f"{subject} has used {count}, and {tally.used(subject)} were made"
    for subject in tally.known.keys() - used.keys():
        if not subject.startswith(ACCOUNT):
            yield f"{subject} has no row of usage"
