/*
 * Buttons that copy a claim, an excerpt or a value: where a `data-module="copy"` asks for one, and in
 * previews. What they can do is loaded when one is first pressed (`static/js/copy/`).
 */
(function () {
  "use strict";

  function addButton(place) {
    const button = sitegen.el("button", {
      type: "button",
      "aria-expanded": "false",
      "aria-label": `Copy this ${place.dataset.copy}`,
      onclick: () => sitegen.load("static/copy.js").then(() => sitegen.copying.toggle(button, place)).catch((fault) => {
        button.setAttribute("aria-expanded", "false");
        sitegen.announce(`Copying cannot work here: ${fault.message}.`);
      }),
    }, "Copy");
    place.append(" ", sitegen.el("span", { class: "copy" }, button));
  }

  sitegen.addCopyButton = addButton;
  sitegen.start("copy", addButton);
})();
