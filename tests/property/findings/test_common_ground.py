"""What holds of any two voices, whoever says what."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sitegen.findings.common_ground import (
    Accord,
    CommonGround,
    Finding,
    SubjectFindings,
    common_ground,
)
from sitegen.findings.voices import voices_of
from sitegen.kinds import Kind
from sitegen.model import Ref
from sitegen.notes import SourceId
from tests.sites import LinkedSite

NAMES = ("p", "q", "r", "s", "t")
relations = st.tuples(
    st.sampled_from(["contradicts", "compatible-with", "refines", "supports", "same-as"]),
    st.sampled_from(NAMES),
)


@st.composite
def sites(draw: st.DrawFn) -> LinkedSite:
    """Draw five claims of two sources on two questions, with numbers and relations."""
    files = {
        "content/sources/a.yaml": "title: A\n" + draw(st.sampled_from(["", "origins: [b]\n"])),
        "content/sources/b.yaml": "title: B\n",
        "content/measures/m.yaml": "title: M\nunit: things\n",
        "content/questions/one.yaml": "question: One?\n",
        "content/questions/two.yaml": "question: Two?\n",
    }
    for name in NAMES:
        asked = draw(st.sets(st.sampled_from(["one", "two"])))
        number = draw(st.sampled_from(["", "value: 1", "value: 2", "min: 1", "value: 2, scope: x"]))
        types = [each for each in draw(st.lists(relations, max_size=2)) if each[1] != name]
        ties = ", ".join(f"{{type: {kind}, claim: {other}}}" for kind, other in types)
        said = draw(
            st.lists(
                st.tuples(
                    st.sampled_from("ab"), st.sampled_from(["supports", "disputes", "mentions"])
                ),
                min_size=1,
                max_size=3,
            )
        )
        evidence = "".join(
            f"  - {{source: {source}, quote: x, stance: {stance}}}\n" for source, stance in said
        )
        files[f"content/claims/{name}.yaml"] = (
            f"statement: {name}.\nquestions: [{', '.join(sorted(asked))}]\n"
            + (f"quantity: {{measure: m, {number}}}\n" if number else "")
            + f"relations: [{ties}]\nevidence:\n{evidence}"
        )
    return LinkedSite(files)


def mirrored(ground: CommonGround) -> CommonGround:
    """Return what it would be with left and right exchanged."""
    return CommonGround(
        ground.right,
        ground.left,
        tuple(
            SubjectFindings(
                each.subject,
                tuple(map(_turned, each.findings)),
                each.only_right,
                each.only_left,
            )
            for each in ground.subjects
        ),
        ground.outside_right,
        ground.outside_left,
    )


def _turned(finding: Finding) -> Finding:
    is_one_way = finding.ground in {"refines", "supports"}
    return replace(
        finding,
        left=finding.right,
        right=finding.left,
        is_inverse=is_one_way and not finding.is_inverse,
        clashes=tuple((other, one) for one, other in finding.clashes),
    )


@given(sites())
def test_comparison_is_the_same_from_either_side(linked: LinkedSite) -> None:
    """Exchanging the two exchanges left and right, and every statement stands somewhere."""
    voices = voices_of(linked.site)
    pair = [voices.voices.get(Ref(Kind.SOURCE, name)) for name in "ab"]
    one, other = pair
    if one is None or other is None:
        return
    ground = common_ground(voices, one, other)
    assert mirrored(ground) == common_ground(voices, other, one)
    told = {ref for subject in ground.subjects for each in subject.findings for ref in each.left}
    silent = {ref for subject in ground.subjects for ref in subject.only_left}
    assert told | silent | set(ground.outside_left) == set(one.said)
    assert not silent & (told | set(ground.outside_left))


@settings(max_examples=30, deadline=None)
@given(sites())
def test_article_never_agrees_with_its_origin(linked: LinkedSite) -> None:
    """Where one has all from the other, there is no agreement to be found."""
    voices = voices_of(linked.site)
    one, other = (voices.voices.get(Ref(Kind.SOURCE, name)) for name in "ab")
    is_one_origin = bool(linked.corpus.sources[SourceId("a")].note.origins)
    if one and other and is_one_origin:
        assert Accord.AGREE not in common_ground(voices, one, other).counts()
