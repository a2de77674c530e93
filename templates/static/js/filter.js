/*
 * Puts the button "Filter and sort" above a list, and loads what filters (`static/js/filter/` and
 * the list's facts) when it is first used, or when the address asks for a filtered view.
 */
(function () {
  "use strict";

  const IS_ASKED = /^#(?:.*&)?[a-z]+=/;

  sitegen.start("filter", (host) => {
    const button = sitegen.el("button", { type: "button", class: "filter__open", "aria-expanded": "false" }, "Filter and sort");
    let filter = null;

    function open(isByHand) {
      filter ||= sitegen.load("static/filter.js").then(() => sitegen.filter(host, button));
      filter.then(
        (panel) => (isByHand ? panel.toggle() : panel.follow()),
        (fault) => {
          filter = null; // the next use tries again
          sitegen.announce(host.lastChild.textContent = `Filters cannot work here: ${fault.message}.`);
        },
      );
    }

    function follow() {
      if (filter || IS_ASKED.test(location.hash)) {
        open(false);
      }
    }

    button.addEventListener("click", () => open(true));
    addEventListener("hashchange", follow);
    host.append(button, sitegen.el("p", { class: "filter__status" }));
    host.hidden = false;
    follow();
  });
})();
