"""Judges what a command did by what is true afterwards."""

from ennum_stats.files.journal import JOURNAL
from tests.faults import truth
from tests.faults.commands import Ended, ask, command
from tests.faults.ground import EMBARGOED_TITLE, EMBARGOED_VALUE, Copy
from tests.faults.outcome import DONE, REFUSED, Outcome, Verdict

PLANTED = [EMBARGOED_TITLE, EMBARGOED_VALUE]
TRACES = ("Traceback (most recent call last)", "--debug")
"""A trace, or the sentence that stands for one: an error of which the program knows nothing."""


def judged(copy: Copy, ended: Ended, *, was_killed: bool = False) -> Outcome:
    """Judge how a command ended: its words and exit code against what its project holds now; `was_killed`
    means that it was not to say anything."""
    if outcome := said_badly(ended, was_killed=was_killed):
        return outcome
    if was_killed and (copy.root / "data" / "raw" / JOURNAL).exists():
        command(["lists", "--root", str(copy.root)], copy.folder)  # any command finishes a journal
    if was_killed and (copy.root / "reports" / JOURNAL).exists():
        command(["check", "--root", str(copy.root)], copy.folder)  # all that tidy up do
    held, before, after = _by_part(copy)
    told = f"{_differences(held, before, after)}\n{ended.said}"
    if lost := [name for name, value in held.items() if value not in (before[name], after[name])]:
        is_lost = any(held[name] == truth.NOTHING for name in lost) or "raw" in lost
        is_damaged = any(truth.DAMAGED in held[name] for name in lost)
        if ended.code == 0 and not was_killed:
            return Outcome(Verdict.FALSE_SUCCESS, told)
        return Outcome(Verdict.LOST if is_lost or is_damaged else Verdict.HALF, told)
    if leaks := truth.holding(copy.folder, PLANTED):
        return Outcome(Verdict.LEAK, f"under embargo: {leaks[:5]}\n{ended.said}")
    if was_killed:
        return DONE
    if ended.code == 0:
        return DONE if held == after else Outcome(Verdict.FALSE_SUCCESS, told)
    return REFUSED if held == before else Outcome(Verdict.INCONSISTENT, told)


def said_badly(ended: Ended, *, was_killed: bool = False) -> Outcome | None:
    """Judge only what a command said, and when."""
    if ended.is_hung:
        return Outcome(Verdict.HANG, f"after {ended.seconds:.1f} s\n{ended.said}")
    if any(words in ended.out + ended.err for words in TRACES):
        return Outcome(Verdict.TRACE, ended.said)
    if not was_killed and (ended.code < 0 or (ended.code and not (ended.out + ended.err).strip())):
        return Outcome(Verdict.TRACE, f"nothing was said\n{ended.said}")
    return None


def is_new(copy: Copy) -> bool:
    """Tell whether everything that the scenario does is done."""
    held, _before, after = _by_part(copy)
    return held == after


def _by_part(copy: Copy) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Give what each part of the project holds, held before and is to hold."""
    states = ask(truth.parts, copy.root), copy.reference.before, copy.reference.after
    names = sorted({name for state in states for name in state})
    held, before, after = ({n: state.get(n, truth.NOTHING) for n in names} for state in states)
    return held, before, after


def recovered(copy: Copy) -> Outcome:
    """Judge whether the same command, undisturbed now, does all and takes everything away; or a build does,
    where all is done already."""
    if is_new(copy):
        ended = command(["build", "--root", str(copy.root)], copy.folder)
        if ended.code != 0:
            return said_badly(ended) or Outcome(Verdict.LOST, f"build refuses it\n{ended.said}")
        outcome = DONE
    else:
        outcome = judged(copy, ended := copy.run())
    if outcome == REFUSED:
        return Outcome(Verdict.LOST, f"refused although nothing is in the way any more\n{ended.said}")
    if outcome.verdict.is_bad:
        return Outcome(outcome.verdict, f"afterwards, undisturbed: {outcome.told}")
    if left := truth.leavings(copy.root, copy.folder / "tmp"):
        return Outcome(Verdict.LEFT, f"left lying about: {left[:8]}")
    return outcome


def _differences(held: dict[str, str], before: dict[str, str], after: dict[str, str]) -> str:
    state = {}
    for name, value in held.items():
        if before[name] == after[name] == value:
            continue
        state[name] = "old" if value == before[name] else "new" if value == after[name] else value
    return f"afterwards: {state or 'all as before'}"
