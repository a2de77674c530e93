/*
 * What a reader sees of search: results as one types, under a heading for each kind, with the
 * words found marked. In the box of every page they hang below it; on search.html they fill the
 * page, and the question stays in the address, so that it can be linked.
 *
 * Results are plain links. Arrow keys walk through them, Escape closes, Enter in the box goes to
 * search.html. How many there are is said to screen readers when typing rests.
 */
(function () {
  "use strict";

  const { el } = sitegen;
  const { engine } = sitegen.search;
  const KINDS = new Map([
    ["claim", "Claims"], ["event", "Events"], ["question", "Questions"], ["actor", "Actors"],
    ["place", "Places"], ["source", "Sources"], ["excerpt", "Excerpts"], ["measure", "Numbers"],
    ["page", "Background"],
  ]);
  const IN_PANEL = 3; // hits of each kind
  const ON_PAGE = 10;
  const STEP = 50; // more at a time, where one kind is chosen
  const RESTS = 700; // milliseconds after which typing rests

  /** Make the box of this form search. */
  sitegen.search.attach = function attach(form) {
    const box = form.querySelector("input");
    const place = form.dataset.results ? document.getElementById(form.dataset.results) : null;
    const status = el("p", { class: "search-status" });
    const list = el("div", { class: "search-groups" });
    const panel = place || el("div", { class: "search-panel", hidden: true });
    const state = { turn: 0, kind: "", most: STEP, timer: 0, later: 0, fault: "", isClosed: false, goesTo: null };

    panel.append(status, list);
    let rest = 0;
    let hasGrown = false;

    if (!place) {
      form.append(panel);
      state.isClosed = !form.contains(document.activeElement); // whoever has gone elsewhere meanwhile stays there
    } else {
      if (!box.value || box.value === asked().get("q")) { // what was typed meanwhile is newer
        readAddress();
      }
      window.addEventListener("hashchange", () => { readAddress(); run(); });
    }

    read();
    engine.onGrowth(() => {
      hasGrown = true;
      if (!rest) {
        askAgain();
      }
    });

    /** Ask again what has been read meanwhile: at once, then not more often than a reader can follow. */
    function askAgain() {
      rest = hasGrown ? setTimeout(askAgain, 120) : 0;
      if (hasGrown) {
        hasGrown = false;
        if (!state.isClosed) { // what is read late does not bring back what a reader sent away
          run();
        }
      }
    }

    function read() {
      engine.open().then(() => { state.fault = ""; }, (fault) => {
        state.fault = `Search cannot work here: ${fault.message}.`;
        sitegen.announce(state.fault);
        run();
      });
    }

    function asked() {
      return new URLSearchParams(location.hash.slice(1) || location.search);
    }

    function readAddress() {
      const given = asked();
      if (given.has("q")) {
        box.value = given.get("q");
        state.kind = KINDS.has(given.get("in")) ? given.get("in") : "";
      }
    }

    function keepAddress() {
      const question = new URLSearchParams({ q: box.value, ...(state.kind && { in: state.kind }) });
      history.replaceState(null, "", `${location.pathname}#${question}`);
    }

    async function run() {
      const turn = state.turn += 1;
      const typed = box.value;
      hasGrown = false; // all that has been read by now is asked
      if (state.fault) {
        panel.hidden = false;
        status.textContent = state.fault;
        return;
      }
      const most = place && state.kind ? state.most : place ? ON_PAGE : IN_PANEL;
      const found = isPressed() ? null : await engine.find(typed, most, () => turn === state.turn);
      if (isPressed()) {
        clearTimeout(state.later);
        state.later = setTimeout(() => state.isClosed || run(), 50);
      } else if (found) {
        show(found, typed);
      }
    }

    /** Tell whether a result is being pressed: made anew meanwhile, it would be gone when it is let go, and nothing come of it. */
    function isPressed() {
      return panel.querySelector(":active") !== null;
    }

    function show(found, typed) {
      const chosen = state.goesTo;
      const goesTo = chosen || keep();
      state.goesTo = null;
      status.replaceChildren(...statusOf(found, typed));
      const shown = [...groups(found, found, typed), near(found, typed)].filter(Boolean);
      list.replaceChildren(...(found.total + found.near.total ? [place ? facets(found) : "", ...shown] : []));
      panel.hidden = !place && (found.isEmpty && !found.problems.length);
      if (goesTo) {
        (goesTo() || box).focus({ preventScroll: !chosen });
      }
      clearTimeout(state.timer);
      if (!found.isEmpty && found.read === found.of) {
        state.timer = setTimeout(() => sitegen.announce(status.textContent), RESTS);
      }
    }

    /** Return what finds again, once all has been made anew, what has the focus now; null if it is elsewhere. */
    function keep() {
      const name = (each) => each.getAttribute("href") || each.dataset.name;
      const held = panel.contains(document.activeElement) && name(document.activeElement);
      return held ? () => Array.from(panel.querySelectorAll("a, button")).find((each) => name(each) === held) : null;
    }

    /** Return the groups of what has all words, or of what is near to it, as sections. */
    function groups(found, { groups: own }, typed) {
      const order = found.isName ? ["actor", "place", ...KINDS.keys()] : [...KINDS.keys()];
      const shown = [...new Set(order)].filter((kind) => own.has(kind) && (!place || !state.kind || state.kind === kind));
      return shown.map((kind) => group(kind, own.get(kind), typed, own === found.near.groups));
    }

    function group(kind, { total, hits, pattern }, typed, isNear) {
      const id = `found-${isNear ? "near-" : ""}${kind}`;
      const heading = el(isNear ? "h3" : "h2", { class: "search-group__title", id }, KINDS.get(kind), " ", el("span", { class: "count" }, String(total)));
      return el("section", { class: "search-group", "aria-labelledby": id }, heading,
        el("ul", {}, hits.map((each) => sitegen.search.hit(kind, each, pattern))),
        hits.length < total ? more(kind, total, typed, id) : null);
    }

    /** Return what has only some of the words, below what has all of them. */
    function near(found, typed) {
      const sections = groups(found, found.near, typed);
      return sections.length ? el("section", { class: "search-near", "aria-labelledby": "found-near" },
        el("h2", { class: "search-near__title", id: "found-near" }, "With some of these words"), sections) : null;
    }

    function more(kind, total, typed, id) {
      const asked = new URLSearchParams({ q: typed, in: kind });
      const says = state.kind === kind ? `Show ${Math.min(STEP, total - state.most)} more` : `All ${total} ${KINDS.get(kind).toLowerCase()}`;
      return el("p", { class: "search-group__more" }, place
        ? el("button", { type: "button", "data-name": `more ${id}`, onclick: () => choose(kind, state.kind === kind ? state.most + STEP : STEP, id) }, says)
        : el("a", { href: `${sitegen.root}search.html#${asked}` }, says));
    }

    /** Buttons that show one kind alone; the one in force is pressed. */
    function facets(found) {
      const counts = [["", "All", found.total + found.near.total], ...Array.from(KINDS, ([kind, name]) => [kind, name, countOf(found, kind) + countOf(found.near, kind)])];
      return el("div", { class: "search-facets", role: "group", "aria-label": "Show" }, counts.filter(([kind, , count]) => count || kind === state.kind).map(
        ([kind, name, count]) => el("button", {
          type: "button", "aria-pressed": String(kind === state.kind), "data-name": `only ${kind}`, onclick: () => choose(kind, STEP),
        }, name, " ", el("span", { class: "count" }, String(count))),
      ));
    }

    /** Show one kind, so many of it; `id` is the heading below which somebody asked for more. */
    function choose(kind, most, id) {
      const isSame = kind === state.kind;
      const rows = () => list.querySelectorAll(`[aria-labelledby="${id}"] li`);
      const shown = rows().length;
      // What was pressed is made anew: the focus stays where the reader is, whichever run shows it.
      state.goesTo = () => (isSame ? rows()[shown]?.querySelector("a") : list.querySelector(`[data-name="only ${kind}"]`));
      Object.assign(state, { kind, most });
      keepAddress();
      run();
    }

    function walk(event) {
      const stops = [box, ...panel.querySelectorAll("a, .search-group__more button")];
      const at = stops.indexOf(document.activeElement);
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (at >= 0 && stops[at + step] && !panel.hidden && !event.isComposing) {
        event.preventDefault();
        stops[at + step].focus();
      }
    }

    function close() {
      state.turn += 1; // whatever is under way is for nobody
      clearTimeout(state.timer);
      state.isClosed = true;
      panel.hidden = true;
    }

    function onKey(event) {
      if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) {
        return;
      }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        walk(event);
      } else if (event.key === "Escape" && !place && !panel.hidden) {
        event.preventDefault(); // the words stay; a second Escape is the browser's
        box.focus();
        close();
      }
    }

    form.addEventListener("keydown", onKey);
    if (place) {
      place.addEventListener("keydown", onKey);
    } else {
      form.addEventListener("focusout", (event) => {
        if (event.relatedTarget && !form.contains(event.relatedTarget)) {
          close();
        }
      });
      document.addEventListener("pointerdown", (event) => {
        if (!form.contains(event.target)) {
          close();
        }
      });
    }
    form.addEventListener("submit", (event) => {
      if (place) {
        event.preventDefault();
        sitegen.announce(status.textContent);
      }
    });
    box.addEventListener("input", () => {
      state.most = STEP;
      state.goesTo = null; // whoever types is in the box
      state.isClosed = false;
      if (place) {
        keepAddress();
      }
      run();
    });
    box.addEventListener("focus", () => {
      if (state.fault) {
        read(); // perhaps it can be loaded now
      } else if (panel.hidden && box.value) {
        state.isClosed = false;
        run();
      }
    });
    if (box.value && !state.isClosed) {
      run();
    }
  };

  function statusOf(found, typed) {
    const says = [...found.problems];
    const isReading = found.read < found.of;
    if (!found.isEmpty && (found.total || !isReading)) {
      says.push(...counts(found, typed));
    }
    if (found.total + found.near.total && found.also.length) {
      says.push(`also looked for ${found.also.map((name) => `“${name}”`).join(", ")}`);
    }
    if (found.aside && found.aside.length && (found.total || !isReading)) {
      says.push(`passed over: ${found.aside.map((word) => `“${word}”`).join(", ")}`);
    }
    if (isReading && !found.isEmpty) {
      says.push(`still reading, part ${found.read + 1} of ${found.of}`);
    }
    if (found.missing.length) {
      says.push(`left out, because it could not be loaded: ${found.missing.join(", ")}`);
    }
    const words = says.join("; ");
    return words ? [`${words.charAt(0).toUpperCase()}${words.slice(1)}.`] : [];
  }

  /** Return how many results have all words, and how many some of them. */
  function counts(found, typed) {
    const { total, near, says } = found;
    if (total) {
      const full = `${counted(total, "result")}${says ? `${says.startsWith("some") ? "," : ""} ${says}` : ""}`;
      return near.total ? [full, `${near.total} more for some of these words`] : [full];
    }
    return [near.total ? `${counted(near.total, "result")} for some of these words, none for all of them` : `Nothing found for “${typed.trim()}”`];
  }

  function countOf({ groups }, kind) {
    return groups.get(kind)?.total || 0;
  }

  function counted(count, noun) {
    return `${count} ${noun}${count === 1 ? "" : "s"}`;
  }
})();
