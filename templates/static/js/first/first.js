/*
 * The theme and the text size that a reader chose, before the page is painted: the one script that
 * pages wait for. Where the browser keeps nothing, the device decides.
 */
(function () {
  "use strict";

  for (const name of ["theme", "size"]) {
    try {
      const chosen = JSON.parse(localStorage.getItem(`sitegen:${name}`));
      if (chosen) {
        document.documentElement.dataset[name] = chosen;
      }
    } catch {
      // nothing is kept, or nothing that can be read
    }
  }
})();
