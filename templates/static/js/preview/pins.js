/*
 * Previews that a reader has pinned: beside the text on wide screens, below it on narrow ones.
 * They stay while the text scrolls and, where the browser keeps such things for a tab, from page
 * to page.
 */
(function () {
  "use strict";

  const { el, previews } = sitegen;
  const MOST = 6;
  const pins = []; // {folder, key, url, card}
  let others = []; // pinned on the page before, and not found yet: [folder, key, url]
  let shelf = null;

  previews.isFull = () => pins.length >= MOST;
  previews.most = MOST;

  function keep() {
    const own = pins.map(({ folder, key, url }) => [folder, key, url]);
    sitegen.tab.set("pins", [...own, ...others].slice(0, MOST));
  }

  /** Change the page without moving what the reader looks at. */
  function still(change, element) {
    const before = element.getBoundingClientRect().top;
    change();
    window.scrollBy({ top: element.getBoundingClientRect().top - before, behavior: "instant" });
  }

  function unpin(pin) {
    const at = pins.indexOf(pin);
    pins.splice(at, 1);
    keep();
    const next = pins[at] || pins[at - 1];
    still(() => {
      pin.card.remove();
      if (!pins.length) {
        shelf.remove();
        shelf = null;
        document.documentElement.classList.remove("has-pins");
      }
    }, document.querySelector("main"));
    (next ? next.card.querySelector("button") : document.querySelector("main")).focus({ preventScroll: true });
    sitegen.announce("Unpinned.");
  }

  /** Pin what was found for a reference; quietly where it was pinned before. */
  previews.pin = function pin(reference, found, isQuiet = false) {
    const { folder, key, url } = reference;
    if (previews.isFull() || pins.some((each) => each.folder === folder && each.key === key)) {
      return;
    }
    const one = { folder, key, url };
    one.card = el("section", { class: "preview preview--pinned", "aria-label": `Pinned: ${found.row[1] || found.kind}` },
      previews.body(found, url),
      el("p", { class: "preview__actions" }, el("button", { type: "button", onclick: () => unpin(one) }, "Unpin")));
    pins.push(one);
    keep();
    still(() => {
      if (!shelf) {
        shelf = el("aside", { class: "pins", "aria-label": "Pinned previews" });
        document.querySelector("main").after(shelf);
        document.documentElement.classList.add("has-pins");
      }
      shelf.prepend(one.card);
    }, reference.element || document.querySelector("main"));
    if (!isQuiet) {
      sitegen.announce(`Pinned. ${pins.length} of at most ${MOST}.`);
    }
  };

  /** Bring back what was pinned on the page before; what is not found now is kept for the next page. */
  previews.restore = async function restore() {
    others = sitegen.tab.get("pins", []);
    for (const one of [...others]) {
      const [folder, key, url] = one;
      const found = await previews.find(folder, key).catch(() => null);
      if (found) {
        others = others.filter((each) => each !== one);
        previews.pin({ folder, key, url }, found, true);
      }
    }
  };
})();
