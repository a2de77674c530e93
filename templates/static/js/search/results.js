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
  const { engine, words } = sitegen.search;
  const { AT } = sitegen.search.query;
  const KINDS = new Map([
    ["claim", "Claims"], ["event", "Events"], ["question", "Questions"], ["actor", "Actors"],
    ["place", "Places"], ["source", "Sources"], ["excerpt", "Excerpts"], ["measure", "Numbers"],
    ["page", "Background"],
  ]);
  const IN_PANEL = 3; // hits of each kind
  const ON_PAGE = 10;
  const STEP = 50; // more at a time, where one kind is chosen
  const WINDOW = 200; // characters of a snippet
  const RESTS = 700; // milliseconds after which typing rests

  /** Make the box of this form search. */
  sitegen.search.attach = function attach(form) {
    const box = form.querySelector("input");
    const place = form.dataset.results ? document.getElementById(form.dataset.results) : null;
    const status = el("p", { class: "search-status" });
    const list = el("div", { class: "search-groups" });
    const panel = place || el("div", { class: "search-panel", hidden: true });
    const state = { turn: 0, kind: "", most: STEP, timer: 0, fault: "", isClosed: false };

    panel.append(status, list);
    if (!place) {
      form.append(panel);
    } else {
      readAddress();
      window.addEventListener("hashchange", () => { readAddress(); run(); });
    }

    read();
    let rest = 0;
    let hasGrown = false;
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

    function readAddress() {
      const given = new URLSearchParams(location.hash.slice(1) || location.search);
      if (given.has("q")) {
        box.value = given.get("q");
        state.kind = KINDS.has(given.get("in")) ? given.get("in") : "";
      }
    }

    function keepAddress() {
      const asked = new URLSearchParams({ q: box.value, ...(state.kind && { in: state.kind }) });
      history.replaceState(null, "", `${location.pathname}#${asked}`);
    }

    async function run() {
      const turn = state.turn += 1;
      const typed = box.value;
      if (state.fault) {
        panel.hidden = false;
        status.textContent = state.fault;
        return;
      }
      const most = place && state.kind ? state.most : place ? ON_PAGE : IN_PANEL;
      const found = await engine.find(typed, most, () => turn === state.turn);
      if (found) {
        show(found, typed);
      }
    }

    function show(found, typed) {
      const held = panel.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
      status.replaceChildren(...statusOf(found, typed));
      list.replaceChildren(...(found.total ? [place ? facets(found) : null, ...groups(found, typed)].filter(Boolean) : []));
      panel.hidden = !place && (found.isEmpty && !found.problems.length);
      if (held) {
        const again = Array.from(panel.querySelectorAll("a")).find((link) => link.getAttribute("href") === held);
        (again || box).focus();
      }
      clearTimeout(state.timer);
      if (!found.isEmpty && found.read === found.of) {
        state.timer = setTimeout(() => sitegen.announce(status.textContent), RESTS);
      }
    }

    function groups(found, typed) {
      const order = engine.isName(typed) ? ["actor", "place", ...KINDS.keys()] : [...KINDS.keys()];
      const shown = [...new Set(order)].filter((kind) => found.groups.has(kind) && (!place || !state.kind || state.kind === kind));
      return shown.map((kind) => group(kind, found.groups.get(kind), typed));
    }

    function group(kind, { total, hits, pattern }, typed) {
      const heading = el("h2", { class: "search-group__title", id: `found-${kind}` }, KINDS.get(kind), " ", el("span", { class: "count" }, String(total)));
      return el("section", { class: "search-group", "aria-labelledby": heading.id }, heading,
        el("ul", {}, hits.map((hit) => item(kind, hit, pattern))),
        hits.length < total ? more(kind, total, typed) : null);
    }

    function more(kind, total, typed) {
      const asked = new URLSearchParams({ q: typed, in: kind });
      const says = state.kind === kind ? `Show ${Math.min(STEP, total - state.most)} more` : `All ${total} ${KINDS.get(kind).toLowerCase()}`;
      return el("p", { class: "search-group__more" }, place
        ? el("button", { type: "button", onclick: () => choose(kind, state.kind === kind ? state.most + STEP : STEP) }, says)
        : el("a", { href: `${sitegen.root}search.html#${asked}` }, says));
    }

    /** Buttons that show one kind alone; the one in force is pressed. */
    function facets(found) {
      const counts = [["", "All", found.total], ...Array.from(KINDS, ([kind, name]) => [kind, name, found.groups.get(kind)?.total || 0])];
      return el("div", { class: "search-facets", role: "group", "aria-label": "Show" }, counts.filter(([kind, , count]) => count || kind === state.kind).map(
        ([kind, name, count]) => el("button", {
          type: "button", "aria-pressed": String(kind === state.kind), "data-kind": kind || "all", onclick: () => choose(kind, STEP),
        }, name, " ", el("span", { class: "count" }, String(count))),
      ));
    }

    async function choose(kind, most) {
      const isSame = kind === state.kind;
      const shown = list.querySelectorAll("li").length;
      Object.assign(state, { kind, most });
      keepAddress();
      await run();
      // What was pressed has been made anew: keep the focus where the reader is.
      const next = isSame ? list.querySelectorAll("li")[shown]?.querySelector("a") : list.querySelector(`[data-kind="${kind || "all"}"]`);
      (next || box).focus();
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
    if (box.value) {
      run();
    }
  };

  function statusOf(found, typed) {
    const says = [...found.problems];
    const isReading = found.read < found.of;
    if (!found.isEmpty && (found.total || !isReading)) {
      says.push(found.total ? `${counted(found.total, "result")}${found.says ? ` for ${found.says}` : ""}` : `Nothing found for “${typed.trim()}”`);
    }
    if (found.total && found.also.length) {
      says.push(`also looked for ${found.also.map((name) => `“${name}”`).join(", ")}`);
    }
    if (isReading && !found.isEmpty) {
      says.push(`still reading, part ${found.read + 1} of ${found.of}`);
    }
    if (found.missing.length) {
      says.push(`left out, because it could not be loaded: ${found.missing.join(", ")}`);
    }
    return says.length ? [`${says.join("; ")}.`] : [];
  }

  function counted(count, noun) {
    return `${count} ${noun}${count === 1 ? "" : "s"}`;
  }

  // --- one result ---------------------------------------------------------------------------

  function item(kind, { document: found, terms }, pattern) {
    const wanted = new Set(terms);
    const address = found[AT.address];
    const href = sitegen.root + (address.includes(".html") ? address : pattern.replace("*", address));
    const isExcerpt = kind === "excerpt";
    const quote = isExcerpt && snippet(found[AT.text], wanted, 1.5 * WINDOW);
    const [before, after] = isExcerpt ? sitegen.marksFor(el("q", {}, quote).textContent) : [];
    const title = isExcerpt ? [before, ...quote, after] : marked(found[AT.title], wanted);
    const language = found[AT.language];
    const text = isExcerpt ? found[AT.translation] : found[AT.text];
    const extra = [...alias(found, wanted)];
    return el("li", { class: `search-hit search-hit--${kind}` },
      el("a", { class: "search-hit__title", href, lang: isExcerpt && language ? language : null, dir: "auto" }, title),
      ...details(kind, found, wanted).map((detail) => el("span", { class: "search-hit__detail" }, detail)),
      extra.length ? el("span", { class: "search-hit__detail" }, "also ", extra) : null,
      text && hasAny(text, wanted) ? el("p", { class: "search-hit__text", dir: "auto" }, snippet(text, wanted, WINDOW)) : null);
  }

  /** Return what stands beside a title: standing, date, role, where a quotation is from. */
  function details(kind, found, wanted) {
    const codes = (found[AT.codes] || "").split(" ");
    const shown = found[AT.detail] ? [marked(found[AT.detail], wanted)] : [];
    if (kind === "claim") {
      shown.push([spoken(codes[1] || ""), ", ", codes[0]]);
    } else if (kind === "excerpt") {
      const source = engine.sourceOf(found);
      const speakers = engine.speakersOf(found);
      shown.push(...(speakers.length ? [[`said by ${speakers.join(", ")}`]] : []), ...(source ? [[source[AT.title]]] : []));
    }
    return shown;
  }

  /** Return the other name by which a note was found, if its title does not show it. */
  function alias(found, wanted) {
    const name = hasAny(found[AT.title], wanted) ? null : (found[AT.names] || []).find((each) => hasAny(each, wanted));
    return name ? marked(name, wanted) : [];
  }

  function spoken(code) {
    return code.charAt(0).toUpperCase() + code.slice(1).replace(/-/g, " ");
  }

  /** Return where the wanted terms stand in a text, as [start, end], joined where they touch. */
  function places(text, wanted) {
    const found = [];
    words.each(text, (term, start, end) => {
      if (wanted.has(term)) {
        found.push([start, end]);
      }
    });
    found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    return found.reduce((joined, [start, end]) => {
      const last = joined[joined.length - 1];
      if (last && start <= last[1]) {
        last[1] = Math.max(last[1], end);
      } else {
        joined.push([start, end]);
      }
      return joined;
    }, []);
  }

  function hasAny(text, wanted) {
    return places(text, wanted).length > 0;
  }

  function marked(text, wanted, spots = places(text, wanted), from = 0, to = text.length) {
    const nodes = [];
    let at = from;
    for (const [start, end] of spots) {
      if (start >= from && end <= to) {
        nodes.push(text.slice(at, start), el("mark", { class: "search-mark" }, text.slice(start, end)));
        at = end;
      }
    }
    nodes.push(text.slice(at, to));
    return nodes.filter((node) => node !== "");
  }

  /** Return the stretch of a text that holds most of what was found, marked. */
  function snippet(text, wanted, length) {
    const spots = places(text, wanted);
    if (text.length <= length) {
      return marked(text, wanted, spots);
    }
    let best = 0;
    let most = 0;
    spots.forEach(([start], i) => {
      const inside = spots.slice(i, i + 12).filter(([, end]) => end < start + 0.7 * length).length;
      if (inside > most) {
        [best, most] = [start, inside];
      }
    });
    const from = edge(text, Math.max(0, best - Math.floor(length / 4)), spots);
    const to = edge(text, Math.min(text.length, from + length), spots);
    return [from > 0 ? "… " : "", ...marked(text, wanted, spots, from, to), to < text.length ? " …" : ""];
  }

  /** Return the next place at which a text may be cut: at a space if one is near, never in a mark or a character. */
  function edge(text, at, spots) {
    if (at <= 0 || at >= text.length) {
      return Math.min(Math.max(at, 0), text.length);
    }
    const space = text.slice(at, at + 24).search(/\s/);
    let cut = space >= 0 ? at + space + 1 : at;
    const over = spots.find(([start, end]) => start < cut && cut < end);
    cut = over ? over[1] : cut;
    return /[\udc00-\udfff\p{M}]/u.test(text.charAt(cut)) || /[\udc00-\udfff]/.test(text.charAt(cut)) ? cut + 1 : cut;
  }
})();
