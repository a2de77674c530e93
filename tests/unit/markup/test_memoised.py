"""What a text comes to is worked out once, or taken from where it was kept."""

from __future__ import annotations

from sitegen.markup import Conversions, Markup, conversions_of, convert, linked_sentences
from sitegen.markup.memoised import Memoised
from sitegen.markup.words import Words


def counting() -> tuple[Memoised[str], list[str]]:
    """Return a function of a text, and the texts for which it has done its work."""
    worked: list[str] = []

    @Memoised
    def shout(text: str) -> str:
        worked.append(text)
        return text.upper()

    return shout, worked


def test_work_is_done_once_for_each_text() -> None:
    """However often it is asked for."""
    shout, worked = counting()
    assert [shout("a"), shout("b"), shout("a")] == ["A", "B", "A"]
    assert worked == ["a", "b"]


def test_what_is_known_is_not_worked_out() -> None:
    """All that was made known counts, until it is forgotten."""
    shout, worked = counting()
    shout.know({"a": "from elsewhere"})
    shout.know({"b": ""})
    assert [shout("a"), shout("b")] == ["from elsewhere", ""]
    shout.forget()
    assert shout("a") == "A"
    assert worked == ["a"]


def test_sentence_with_many_links_is_kept_once() -> None:
    """A copy for each of its links would make a text of them grow with its square."""
    found = linked_sentences("First. " + "and [[c]] " * 50 + "end.")
    assert len(found) == 50
    assert len({id(each) for each in found}) == 1


def test_conversions_are_those_of_texts_with_the_sentences_of_their_links() -> None:
    """So that no page has anything left to convert, and no backlink to look for its sentence."""
    text = "It *rained*. Kim says [[c]] is so."
    found = conversions_of([text, "Dry."])
    assert found == Conversions(
        markups={
            text: convert(text),
            "Dry.": Markup("<p>Dry.</p>", is_simple=True),
        },
        sentences={text: (Words("Kim says \x02 is so.", convert(text).links),)},
    )
    assert linked_sentences("Dry.") == ()
