"""All rules, run over what was read and over what follows from it; changes nothing."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Final

from sitegen.diagnostics import Diagnostic, Severity, did_you_mean, warning
from sitegen.model import Corpus, Findings, Proofs, Site
from sitegen.rules import (
    comments,
    files,
    judgements,
    limits,
    order,
    prose,
    quotations,
    references,
    wording,
)
from sitegen.workers import share_out

# Names under which notes may still accept a warning, and the rules' present ones.
_FORMER_NAMES: Final[Mapping[str, str]] = {"confirmed-without-evidence": "verdict-not-borne-out"}


def check_corpus(corpus: Corpus, proofs: Proofs, processes: int = 1) -> Iterator[Diagnostic]:
    """Yield what is wrong with the notes as written and with their quotations.

    Of a note that was read in part only, that is its errors: a warning may rest on what is missing.
    """
    of_notes = chain(comments.CHECKS, references.CHECKS, limits.CHECKS, prose.CHECKS, order.CHECKS)
    found = _found_by(
        [
            *(partial(check, corpus) for check in of_notes),
            *(partial(check, corpus, proofs) for check in quotations.CHECKS),
        ],
        processes,
    )
    records = (corpus.find(ref) for ref in corpus.unread)
    in_part = {record.places.path for record in records if record}
    for each in found:
        if each.severity is Severity.ERROR or each.at.path not in in_part:
            yield each


def check_findings(site: Site, findings: Findings, processes: int = 1) -> Iterator[Diagnostic]:
    """Yield what does not fit together in the linked notes and in what follows from them."""
    checks = chain(judgements.CHECKS, wording.CHECKS)
    return _found_by([partial(check, site, findings) for check in checks], processes)


def _found_by(
    checks: Sequence[Callable[[], Iterator[Diagnostic]]], processes: int
) -> Iterator[Diagnostic]:
    """Yield what checks find, in their order; with several processes each does some of them."""

    def run(some: Sequence[Callable[[], Iterator[Diagnostic]]]) -> list[list[Diagnostic]]:
        return [list(check()) for check in some]

    return chain.from_iterable(share_out(run, checks, processes))


def present_name(rule: str) -> str:
    """Return the name that a rule has now, whatever it was called when it was written down."""
    return _FORMER_NAMES.get(rule, rule)


def accept(
    diagnostics: Iterable[Diagnostic], corpus: Corpus, *, is_complete: bool = True
) -> Iterator[Diagnostic]:
    """Yield the diagnostics less the warnings that their notes allow.

    An allowance that accepts nothing is a warning itself: what it was for is gone, and it would
    hide the next mistake. That is known only if all checks were run; else `is_complete` is False.
    """
    allowed: dict[str, set[str]] = defaultdict(set)
    for record in corpus.all_records():
        allowed[record.places.path] |= {present_name(each.rule) for each in record.note.allow}
    used: dict[str, set[str]] = defaultdict(set)
    for diagnostic in diagnostics:
        path = diagnostic.at.path
        is_warning = diagnostic.severity is Severity.WARNING
        if is_warning and diagnostic.rule in allowed.get(path, ()):
            used[path].add(diagnostic.rule)
        else:
            yield diagnostic
    if not is_complete:
        return
    rules = manual()
    for record in corpus.all_records():
        if record.note.draft:  # not all rules look at drafts
            continue
        for index, each in enumerate(record.note.allow):
            rule = present_name(each.rule)
            if rule not in used[record.places.path]:
                yield warning(
                    "unused-allowance",
                    record.at("allow", index, "rule"),
                    f'there is no warning "{each.rule}" here to accept',
                    "take the entry out"
                    if rule in rules
                    else did_you_mean(each.rule, rules) or "no rule has this name: take it out",
                )


def manual() -> Mapping[str, str]:
    """Return what each rule finds, why it matters and how to mend it, by name.

    `schema` and `render` keep the manuals of their own rules.
    """
    checks: Iterable[object] = chain(
        comments.CHECKS,
        references.CHECKS,
        limits.CHECKS,
        prose.CHECKS,
        order.CHECKS,
        quotations.CHECKS,
        judgements.CHECKS,
        wording.CHECKS,
    )
    texts = {
        getattr(check, "__name__", "").replace("_", "-"): inspect.getdoc(check) or ""
        for check in checks
    }
    texts.pop("markdown-fault")
    return {
        **files.RULES,
        **texts,
        **limits.RULES,
        **prose.RULES,
        "unused-allowance": (
            "An `allow` entry accepts a warning that does not occur. Take it out, or it would hide "
            "the next mistake of this kind."
        ),
    }
