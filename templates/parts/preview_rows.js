{#
Rows of previews, apart from the scripts that they stand in, so that their macros are made once.
One row for each preview, always of the same fields:
key, title, language of the title, code of its mark, the mark's word, lines of facts, quotation,
where it is from, its language, lines of facts on it, text.
A reference is its key and its forms. Where nothing is to be said, a list of facts has "", which is
quicker than an `if` without its `else`.
#}
{% from "parts/claim_card.html" import origins_in_words %}
{% from "parts/words.html" import ACTOR_KINDS, BASES, CLAIM_KINDS, CREDIBILITIES, EVENT_KINDS, LIKELIHOODS, RELIABILITIES, SOURCE_KINDS, STANCES, STANDINGS, STATES, VERDICTS, counted %}
{% macro joined(facts) %}{{ facts | said | join(" · ") }}{% endmacro %}
{% macro titles(links) %}{{ links | map(attribute="title") | join(", ") }}{% endmacro %}
{% macro judged(it) %}
{% if it.verdict or it.likelihood or it.confidence %}Author: {{ [VERDICTS[it.verdict] | lower if it.verdict else "", LIKELIHOODS[it.likelihood][0] if it.likelihood else "", it.confidence ~ " confidence" if it.confidence else ""] | said | unique | join(", ") }}{% endif %}
{% endmacro %}
{% macro from_where(source) %}{{ source.title }}, {{ source.publisher or "publisher not stated" }}, {{ source.published.words if source.published else "date not known" }}{% endmacro %}
{% macro uses(it) %}{{ [counted(it.claims, "claim") if it.claims else "", counted(it.events, "event") if it.events else ""] | said | join(" and ") }}{% endmacro %}
{% macro known(reliability, credibility, said_by, basis) %}
Source {{ RELIABILITIES[reliability] if reliability else "not rated" }}; statement {{ CREDIBILITIES[credibility] if credibility else "not rated" }}
{%- if said_by %} · said by {{ said_by | join(", ") }}{% endif %}
{% if basis %} · {{ BASES[basis] }}{% endif %}
{% endmacro %}
{% set DOUBTS = {
  "approximate": "approximate: near this, not exactly this",
  "uncertain": "uncertain: it may be another",
  "uncertain and approximate": "uncertain, and approximate at best",
} %}
{% macro doubted(date) %}{% for what, how in date.doubts %}{{ "The" if loop.first else "; the" }} {{ what }} is {{ DOUBTS[how] }}{% endfor %}{% endmacro %}
{% macro stated(date) %}
{% if date.first and date.last %}Its words {{ "mean " ~ date.first if date.first == date.last else "reach from " ~ date.first ~ " to " ~ date.last }}
{%- elif date.first %}Its words reach from {{ date.first }} on, without an end
{%- elif date.last %}Its words reach until {{ date.last }}, without a beginning
{%- endif %}
{% endmacro %}
{% macro row(key, title, lang="", mark="", word="", lines=(), quote="", by="", quote_lang="", after=(), text="") %}
{{ [key, title, lang, mark, word, lines | said, quote, by, quote_lang, after | said, text] | tojson }}
{%- endmacro %}
{% macro claim(it) %}
{{ row(it.key, it.card.statement, "", it.card.standing, STANDINGS[it.card.standing], [
  origins_in_words(it.card),
  joined([CLAIM_KINDS[it.card.kind], it.card.date.words if it.card.date else "", "according to " ~ titles(it.card.asserted_by) if it.card.asserted_by else "", it.card.quantity]),
  judged(it.card),
], it.quote.words, from_where(it.quote.source), it.quote.lang) }}
{%- endmacro %}
{% macro event(it) %}
{{ row(it.key, it.card.title, "", "", "", [
  joined([EVENT_KINDS[it.card.kind], it.card.date.words]),
  "Another account says " ~ it.card.rival_dates | map(attribute="words") | join(", ") if it.card.rival_dates else "",
  joined([titles(it.card.places), titles(it.card.actors)]),
  joined([counted(it.card.claims, "claim"), counted(it.card.sources, "source")]),
], "", "", "", (), it.text) }}
{%- endmacro %}
{% macro source(it) %}
{{ row(it.key, it.label.title, it.lang, "", "", [
  joined([(SOURCE_KINDS[it.label.kind] | capitalize) if it.label.kind else "Kind not stated", it.label.publisher or "publisher not stated", it.label.published.words if it.label.published else "date not known"]),
  "Reliability " ~ it.label.reliability ~ ", " ~ RELIABILITIES[it.label.reliability] if it.label.reliability else "Reliability not rated",
  "Quoted by " ~ (uses(it) or "no note"),
], "", "", "", (), it.text) }}
{%- endmacro %}
{% macro question(it) %}
{{ row(it.key, it.title, "", "", "", [
  counted(it.answers, "competing answer") if it.answers else "No answer yet",
  judged(it),
], "", "", "", (), it.text) }}
{%- endmacro %}
{% macro subject(it) %}
{{ row(it.key, it.title, "", "", "", [
  joined([ACTOR_KINDS[it.kind] if it.kind else "", it.detail]),
  "In " ~ uses(it) if it.claims or it.events else "",
], "", "", "", (), it.text) }}
{%- endmacro %}
{% macro excerpt(it) %}
{% set after = [known(it.quote.source.reliability, it.quote.credibility, it.quote.said_by, it.quote.basis), STATES[it.quote.state]] %}
{% if it.is_evidence %}
{{ row(it.key, it.owners[0].title, "", it.quote.stance, STANCES[it.quote.stance], (), it.quote.words, from_where(it.quote.source), it.quote.lang, after, it.quote.translation) }}
{%- else %}
{{ row(it.key, "", "", "", "", (), it.quote.words, from_where(it.quote.source), it.quote.lang, after + (it.owners | stated(STANCES)) + ["and " ~ counted(it.more, "more note") if it.more else ""], it.quote.translation) }}
{%- endif %}
{% endmacro %}
{% macro date(it) %}
{{ row(it.key, it.words, "", "", "", [
  doubted(it),
  stated(it),
  "In EDTF (ISO 8601-2): " ~ it.key,
]) }}
{%- endmacro %}
{% macro reference(it) %}{{ ([it.key] + it.forms | map(attribute="text") | list) | tojson }}{% endmacro %}
{% set rows = {"claim": claim, "event": event, "source": source, "question": question, "excerpt": excerpt, "date": date, "reference": reference} %}
