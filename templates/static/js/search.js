/*
 * The search box: wakes it up, `/` goes there, and on first use loads what searches
 * (`static/js/search/`, the library and the data). A page that nobody searches loads none of it.
 *
 * The box is in the page from the start, disabled, with a word on what it needs.
 */
(function () {
  "use strict";

  const PARTS = ["static/vendor/minisearch/minisearch.js", "static/search.js"];

  sitegen.search = {};

  sitegen.start("search", (form) => {
    const box = form.querySelector("input");
    const note = sitegen.el("p", { class: "search__note", hidden: true });
    let isAsked = false;

    function open() {
      if (isAsked) {
        return;
      }
      isAsked = true;
      sitegen.load("data/search/contents.js").catch(() => {}); // needed soon; the engine says if it fails
      Promise.all(PARTS.map((part) => sitegen.load(part))).then(
        () => { note.hidden = true; sitegen.search.attach(form); },
        (fault) => {
          isAsked = false; // the next use tries again
          note.textContent = `Search cannot work here: ${fault.message}.`;
          note.hidden = false;
          sitegen.announce(note.textContent);
        },
      );
    }

    form.querySelector(".search__without")?.remove();
    form.append(note);
    box.disabled = false;
    box.placeholder = "Search";
    box.addEventListener("focus", open);
    box.addEventListener("input", open);
    sitegen.shortcut("/", "Search", () => { box.focus(); box.select(); });
    if (form.dataset.results && /[?#&]q=/.test(location.search + location.hash)) {
      open();
    }
  });
})();
