/*
 * Previews of what links and dates mean: notices where the pointer rests, the focus stays or a
 * finger taps, and on first need loads what shows them (`static/js/preview/`) and their data.
 *
 * Links stay links: a click follows one, and so does a second tap, or a first that finds nothing.
 */
(function () {
  "use strict";

  const SCRIPT = "static/preview.js";
  const WAYS = "nav, .preview, .search, .search-results"; // ways around the site are no references
  const { base } = sitegen;
  const here = location.href.split(/[?#]/)[0];
  const previews = { element: null };
  let pointer = "";

  sitegen.previews = previews;

  function isOn() {
    return sitegen.store.get("previews") !== "off";
  }

  /** Return what an element refers to: {element, folder, key, url}, or null if it is no reference. */
  function reference(start) {
    const element = start.closest?.("main a[href], main [data-edtf]");
    if (!element || element.closest(WAYS)) {
      return null;
    }
    if (element.dataset.edtf) {
      return { element, folder: "dates", key: element.dataset.edtf, url: "" };
    }
    const [page, fragment = ""] = String(element.href).split("#");
    if (page === here || !page.startsWith(base)) {
      return null;
    }
    const url = element.href.slice(base.length);
    const [, folder, id] = /^(\w+)\/([\w-]+)(?:\.text\/\d+)?\.html(?:#|$)/.exec(url) || [];
    if (folder && id !== "index") {
      const isPlace = /^(passage|evidence)-/.test(fragment);
      return isPlace ? { element, folder: "excerpts", key: `${folder}/${id}#${fragment}`, url } : { element, folder, key: id, url };
    }
    return url.startsWith("corrections.html#") ? { element, folder: "corrections", key: fragment, url } : null;
  }

  function wake(then) {
    return sitegen.load(SCRIPT).then(() => then(previews));
  }

  function onRest(event, how) {
    const found = isOn() && reference(event.target);
    const isInside = Boolean(event.target.closest?.(".preview--open")); // it may be gone in a moment
    if (found || previews.isAwake) {
      wake(() => previews.rest(found, how, isInside, event.clientX)).catch(() => {}); // a page is whole without
    }
  }

  document.addEventListener("pointerdown", (event) => { pointer = event.pointerType; }, true);
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "mouse") {
      onRest(event, "hover");
    }
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches(":focus-visible")) {
      onRest(event, "focus");
    }
  });
  document.addEventListener("click", (event) => {
    const found = event.button === 0 && !event.defaultPrevented && isOn() && reference(event.target);
    const isTap = event.detail > 0 && (event.pointerType || pointer) === "touch";
    const isDate = found && !found.url;
    if (!found || previews.element === found.element || !(isTap || isDate) || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    const follow = () => { if (found.url) { location.href = found.element.href; } };
    wake(() => previews.tap(found)).then((isShown) => isShown || follow(), follow);
  });
  document.addEventListener("keydown", (event) => {
    const isDate = event.target.matches("[data-edtf][role]");
    if (isDate && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      event.target.click();
    }
  });

  if (isOn()) {
    for (const date of document.querySelectorAll("main [data-edtf]")) {
      if (!date.closest("a, button, summary, svg")) {
        date.tabIndex = 0;
        date.setAttribute("role", "button");
      }
    }
    if (sitegen.tab.get("pins", []).length) {
      wake(() => previews.restore()).catch(() => {});
    }
  }
})();
