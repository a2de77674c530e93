/*
 * Lets a served page follow the notes: it is loaded anew when the site has changed, where it was
 * scrolled to, and shows what keeps the next site from being built. Served only by `sitegen serve`;
 * no site on disk has it.
 */
(function () {
  "use strict";

  const version = document.currentScript.dataset.version;
  const PLACE = "sitegen-live:place"; // where the page was scrolled to when it was loaded anew
  const HIDDEN = "sitegen-live:hidden"; // the errors that were sent away, to stay away
  let source = null;
  let shown = "";

  function el(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  // What the session keeps is lost where the browser keeps nothing; nothing else is.
  const kept = {
    get(key) {
      try {
        return sessionStorage.getItem(key);
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        sessionStorage.setItem(key, value);
      } catch {
        return;
      }
    },
  };

  function loadAnew() {
    kept.set(PLACE, JSON.stringify({ path: location.pathname, x: scrollX, y: scrollY }));
    location.reload();
  }

  function returnToPlace() {
    const place = JSON.parse(kept.get(PLACE) || "null");
    kept.set(PLACE, "null");
    if (place && place.path === location.pathname) {
      history.scrollRestoration = "manual";
      scrollTo({ left: place.x, top: place.y, behavior: "instant" });
      history.scrollRestoration = "auto";
    }
  }

  // A tree of its own: the site's styles do not reach in, and these do not reach out.
  const host = el("div", { id: "sitegen-live" });
  const tree = host.attachShadow({ mode: "open" });
  const said = el("p", { class: "said", role: "alert" });
  const list = el("ol", {});
  const hide = el("button", { type: "button" }, "Hide");
  const panel = el("section", { class: "panel", "aria-label": "Errors in the notes" }, el("div", { class: "head" }, said, hide), list);
  const show = el("button", { type: "button", class: "tab" });
  const lost = el("p", { class: "lost", role: "status" });
  panel.hidden = show.hidden = lost.hidden = true;
  const dock = el("div", { class: "dock" }, lost, show, panel);
  const room = el("div", {}); // at the end of the page, so that its last lines can be scrolled clear
  tree.append(el("link", { rel: "stylesheet", href: "/.sitegen/live.css" }), room, dock);

  // What is gone to, by keys or by an address, must not end up behind it either.
  new ResizeObserver(() => {
    const height = `${dock.offsetHeight}px`;
    room.style.height = height;
    document.documentElement.style.scrollPaddingBottom = height;
  }).observe(dock);

  function part(name, text) {
    return text ? [el("p", { class: name }, text)] : [];
  }

  function item(fault) {
    const place = `${fault.path}:${fault.line}:${fault.column}`;
    const lines = fault.source.length ? [el("pre", { tabindex: "0" }, fault.source.join("\n"))] : [];
    return el(
      "li",
      {},
      el("p", { class: "message" }, el("code", {}, place), " ", el("strong", {}, fault.message), " ", el("small", {}, fault.rule)),
      ...lines,
      ...fault.related.flatMap((each) => part("related", each)),
      ...part("help", fault.help),
    );
  }

  function showFaults(faults) {
    const now = JSON.stringify(faults);
    if (now === shown) {
      return;
    }
    const hadFaults = shown !== "" && shown !== "[]";
    shown = now;
    const count = faults.length === 1 ? "1 error" : `${faults.length} errors`;
    list.replaceChildren(...faults.map(item));
    show.textContent = `Show ${count}`;
    said.textContent = faults.length
      ? `${count} in the notes. ${version ? "This is the last good site." : "There is no site yet."}`
      : "";
    lost.textContent = hadFaults && !faults.length ? "The notes are in order again." : "";
    lost.hidden = !lost.textContent;
    open(faults.length > 0 && kept.get(HIDDEN) !== now);
  }

  function open(isOpen) {
    panel.hidden = !isOpen;
    show.hidden = isOpen || shown === "[]";
  }

  hide.addEventListener("click", () => {
    kept.set(HIDDEN, shown);
    open(false);
    show.focus();
  });
  show.addEventListener("click", () => {
    kept.set(HIDDEN, "");
    open(true);
    hide.focus();
  });

  function follow() {
    if (source) {
      return;
    }
    source = new EventSource("/.sitegen/events");
    source.onmessage = (event) => {
      const news = JSON.parse(event.data);
      if (news.version !== version) {
        loadAnew();
        return;
      }
      lost.hidden = true;
      showFaults(news.faults);
    };
    source.onerror = () => {
      lost.textContent = "Nobody answers: is sitegen serve still running?";
      lost.hidden = false;
    };
  }

  function leave() {
    if (source) {
      source.close();
      source = null;
    }
  }

  // A browser keeps few connections to one server: a page that nobody sees gives its own back.
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : follow()));
  addEventListener("pagehide", leave);
  addEventListener("pageshow", () => document.hidden || follow());

  document.body.append(host);
  if (document.readyState === "complete") {
    returnToPlace();
  } else {
    addEventListener("load", returnToPlace);
  }
})();
