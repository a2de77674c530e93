{% from "parts/words.html" import KIND_NAMES %}
sitegen.data("previews", {
{% for folder, kind, firsts in page.shards %}
{{ folder | tojson }}: [{{ KIND_NAMES[kind] | tojson }}, {{ firsts | list | tojson }}]{{ "," if not loop.last }}
{% endfor %}
});
