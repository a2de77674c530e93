/*
 * The reader's place on a long page: kept when they leave it, offered when they come back. The page
 * never jumps by itself.
 */
(function () {
  "use strict";

  const { el, store, reader } = sitegen;
  const MOST = 30;
  let bar = null;

  function others() {
    return store.get("places", []).filter(([path]) => path !== reader.path);
  }

  /** Keep the last place with an id in the upper quarter of the screen or above, and how far above the top it is. */
  function keep() {
    const isRead = scrollY > innerHeight && scrollY + 1.5 * innerHeight < document.documentElement.scrollHeight;
    if (!isRead || store.get("place") === "off") {
      store.set("places", others()); // at the beginning or at the end there is nothing to come back to
      return;
    }
    let mark = document.querySelector("main");
    let heading = "";
    for (const each of document.querySelectorAll("main [id]")) {
      if (each.getBoundingClientRect().top > innerHeight / 4) {
        break;
      }
      mark = each;
      heading = /^H\d$/.test(each.tagName) ? each.textContent.trim() : heading;
    }
    const offset = Math.round(-mark.getBoundingClientRect().top);
    store.set("places", [...others(), [reader.path, mark.id, offset, heading]].slice(-MOST));
  }

  reader.watch = function watch() {
    if (!reader.isWatching) {
      reader.isWatching = true;
      addEventListener("pagehide", keep);
      document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());
    }
  };

  function close() {
    bar?.remove();
    bar = null;
  }

  /** Offer to go where the reader was. */
  reader.offer = function offer() {
    const [, id, offset, heading] = store.get("places", []).find(([path]) => path === reader.path);
    const mark = document.getElementById(id);
    if (!mark || scrollY > innerHeight) {
      return;
    }
    const words = heading ? `You were reading “${heading}”.` : "You have been further down on this page.";
    bar = el("aside", { class: "place", "aria-label": "Where you were" }, words, " ",
      el("button", {
        class: "button", type: "button",
        onclick: () => {
          window.scrollTo({ top: mark.getBoundingClientRect().top + scrollY + offset });
          close();
        },
      }, "Go on there"),
      el("button", { class: "button", type: "button", onclick: () => { store.set("places", others()); close(); } }, "Not now"));
    document.querySelector("main").before(bar);
    sitegen.announce(`${words} A button before the content leads there.`);
    addEventListener("scroll", () => scrollY > innerHeight && close(), { passive: true });
  };
})();
