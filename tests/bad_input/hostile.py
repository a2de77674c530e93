"""Words that would do something if they were taken for more than words.

Whatever they would run sets `canary` or opens a dialog, asks for something or goes elsewhere.
"""

from __future__ import annotations

from typing import Final

HOSTILE: Final = (
    "<script>canary(1)</script>",
    "</script><script>canary(1)</script>",
    "</title></textarea></style></noscript><script>canary(1)</script>",
    '"><img src=x onerror=canary(1)>',
    "' onmouseover='canary(1)' autofocus onfocus='canary(1)",
    '" onmouseover="canary(1)" autofocus onfocus="canary(1)" x="',
    "` onload=canary(1) `",
    '<svg onload="canary(1)"><animate onbegin=canary(1) attributeName=x dur=1s>',
    "<svg><script href='data:text/javascript,canary(1)'/></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=canary(1)>",
    "<iframe srcdoc='<script>parent.canary(1)</script>'></iframe>",
    "<iframe src=javascript:parent.canary(1)></iframe>",
    "<object data=javascript:canary(1)></object><embed src=javascript:canary(1)>",
    '<base href="https://example.org/"><link rel=stylesheet href=//example.org/x.css>',
    '<meta http-equiv=refresh content="0;url=https://example.org/">',
    '<form action="https://example.org/"><button autofocus>x</button></form>',
    "<style>@import url(https://example.org/x.css)</style>",
    '<a href="javascript:canary(1)">x</a>',
    "<details open ontoggle=canary(1)>",
    "<!--><img src=x onerror=canary(1)>-->",
    "<![CDATA[<script>canary(1)</script>]]>",
    "<?php canary(1) ?><%= canary(1) %>",
    "javascript:canary(1)",
    "data:text/html,<script>canary(1)</script>",
    "&lt;script&gt;canary(1)&lt;/script&gt; &#60;img src=x onerror=canary(1)&#62;",
    "\\u003cscript\\u003ecanary(1)\\u003c/script\\u003e",
    "{{ 7 * 7 }}{% for x in site %}{{ x }}{% endfor %}{# gone #}",
    "{{ ''.join(['a']) | attr('format') }}",
    "${canary(1)} #{canary(1)} {{constructor.constructor('canary(1)')()}}",
    "\u2028</script>\u2029<script>canary(1)</script>",
    'site:claims/a.html href="site:x"',
    "klzzwxh:0000 \x02klzzwxh:0000\x03".replace("\x02", "").replace("\x03", ""),
)
"""Each is on one line, and none has Markdown's signs for links or images."""
