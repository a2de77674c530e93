{% from "parts/preview_rows.js" import rows, subject %}
{% set show = rows.get(page.kind, subject) %}
sitegen.data({{ page.name | tojson }}, [
{% for item in page.previews[:-1] %}
{{ show(item) }},
{% endfor %}
{% for item in page.previews[-1:] %}
{{ show(item) }}
{% endfor %}
]);
