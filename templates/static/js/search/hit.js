/*
 * One result of search: its title and the stretch of its text in which the words stand, both with
 * the words marked, and what tells a reader whether to open it.
 */
(function () {
  "use strict";

  const { el } = sitegen;
  const { engine, words } = sitegen.search;
  const { AT } = sitegen.search.query;
  const WINDOW = 200; // characters of a snippet

  /** Return one result as an item of a list: a link, what stands beside it, and where the words are. */
  function hit(kind, { document: found, terms, lacks }, pattern) {
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
      lacks ? el("span", { class: "search-hit__detail" }, `without ${lacks.map((word) => `“${word}”`).join(", ")}`) : null,
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

  sitegen.search.hit = hit;
})();
