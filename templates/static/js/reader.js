/*
 * What readers set for themselves: the button and the key `?` of the panel for display and keys,
 * and their place on long pages. What does it is loaded on first need (`static/js/reader/`).
 */
(function () {
  "use strict";

  const { load, store } = sitegen;
  const SCREENS = 3; // a page of more is long
  const path = location.pathname;
  const reader = { path };

  sitegen.reader = reader;

  function wake(then) {
    load("static/reader.js").then(then, (fault) => sitegen.announce(`This cannot work here: ${fault.message}.`));
  }

  sitegen.start("reader", (button) => {
    const open = () => wake(() => reader.open());
    button.disabled = false;
    button.addEventListener("click", open);
    sitegen.shortcut("?", "Display and keys", open);
  });

  if (store.get("place") !== "off") {
    const isLong = () => document.documentElement.scrollHeight > SCREENS * innerHeight;
    const isFresh = !location.hash && performance.getEntriesByType("navigation")[0]?.type === "navigate";
    if (isFresh && store.get("places", []).some(([each]) => each === path)) {
      wake(() => reader.offer());
    }
    addEventListener("scroll", () => isLong() && wake(() => reader.watch()), { once: true, passive: true });
  }
})();
