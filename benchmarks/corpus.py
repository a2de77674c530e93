"""Projects of any size to time builds on: articles, and notes that quote them.

A corpus is drawn from a seed: the same call writes the same bytes.

    python -m benchmarks.corpus --claims 1000 --out DIR
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import claims, context
from benchmarks.shape import Shape, article_title, note_id
from benchmarks.yaml_text import note_as_yaml

SMALLEST = 100


def write_corpus(folder: Path, claims: int, seed: int = 1, hubs: int = 0) -> int:
    """Write a project with so many claims into `folder`; return the number of files.

    With `hubs`, all of them hang on so many actors, places, questions and measures.

    Raises ValueError for fewer than 100 claims, and FileExistsError if the folder holds anything:
    no stale note shall get into a timing.
    """
    if claims < SMALLEST:
        raise ValueError(f"a corpus has at least {SMALLEST} claims")
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    folders: set[Path] = set()
    count = 0
    for path, text in corpus_files(Shape(claims, seed, hubs)):
        file = folder / path
        if file.parent not in folders:
            file.parent.mkdir(parents=True, exist_ok=True)
            folders.add(file.parent)
        file.write_text(text, encoding="utf-8", newline="")
        count += 1
    return count


def corpus_files(shape: Shape) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every file; articles last, for claims and events fill them."""
    yield "content/site.yaml", note_as_yaml(context.site(shape))
    for kind, count, make in (
        ("claim", shape.claims, claims.claim),
        ("event", shape.events, claims.event),
        ("actor", shape.actors, context.actor),
        ("place", shape.groups, context.place),
        ("question", shape.groups, context.question),
        ("measure", shape.groups, context.measure),
        ("correction", shape.corrections, context.correction),
    ):
        for number in range(1, count + 1):
            note = note_as_yaml(make(shape, number))
            yield f"content/{kind}s/{note_id(kind, number)}.yaml", note
    yield "content/pages/index.md", context.front_page()
    for number in range(2, shape.pages + 1):
        yield f"content/pages/{note_id('page', number)}.md", context.page(shape, number)
    for number in range(1, shape.sources + 1):
        article = shape.articles[number - 1]
        text = article.text(shape.rng, article_title(number), context.LAST_LINE)
        source = note_id("source", number)
        yield f"seeds/{source}.txt", text
        yield f"content/sources/{source}.yaml", note_as_yaml(context.source(shape, number, text))


def main() -> int:
    """Write a corpus as the command line asks."""
    parser = argparse.ArgumentParser(description="Write a project of any size.")
    parser.add_argument("--claims", type=int, default=1000, help=f"{SMALLEST} or more")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another corpus")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write")
    options = parser.parse_args()
    try:
        count = write_corpus(options.out, options.claims, options.seed)
    except (FileExistsError, ValueError) as refusal:
        parser.error(str(refusal))
    print(f"{count} files written to {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
