/* Bring the entry of the page at hand into view where the navigation scrolls sideways. */
(function () {
  "use strict";

  sitegen.start("current", function (navigation) {
    const entry = navigation.querySelector("[aria-current]");
    for (let box = entry; box && box !== document.body; box = box.parentElement) {
      if (box.scrollWidth > box.clientWidth) {
        box.scrollLeft = Math.max(0, entry.offsetLeft - box.offsetLeft - box.clientWidth / 3);
      }
    }
  });
})();
