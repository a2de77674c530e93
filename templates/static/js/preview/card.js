/*
 * What a preview shows: its row, from the one shard that may have it, as elements.
 *
 * `data/previews/contents.js` has for each folder the name of its kind and the first key of each
 * shard; keys are in the order of their characters. A row has the fields of `FIELDS`.
 */
(function () {
  "use strict";

  const { el, load } = sitegen;
  const FOLDER = "data/previews";
  const FIELDS = ["key", "title", "titleLang", "mark", "word", "lines", "quote", "by", "quoteLang", "after", "text"];
  const DISC = "a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z";
  // Code → width, and shapes as class and path: those of the marks on the pages.
  const MARKS = {
    corroborated: [22, ["is-support", `M1 6${DISC}M12 6${DISC}`]],
    contested: [22, ["is-support", `M1 6${DISC}`], ["is-dispute", "M16.5.6 21.9 6l-5.4 5.4L11.1 6z"]],
    "single-origin": [12, ["is-support", `M1.5 6${DISC}`]],
    open: [12, ["is-ring is-ring--open", `M1.5 6${DISC}`]],
    reported: [12, ["is-ring", `M1.5 6${DISC}`]],
    supports: [12, ["is-support", "M0 6a6 6 0 1 0 12 0a6 6 0 1 0-12 0z"], ["is-sign", "M6 3v6M3 6h6"]],
    disputes: [12, ["is-dispute", "M6 0l6 6-6 6-6-6z"], ["is-sign", "M4 4l4 4M8 4l-4 4"]],
    mentions: [12, ["is-ring", `M1.5 6${DISC}`]],
  };
  const shards = new Map(); // name → promise of its rows by key

  function rowsOf(name) {
    if (!shards.has(name)) {
      const asked = load(`${FOLDER}/${name}.js`, `previews/${name}`)
        .then((rows) => { sitegen.take(`previews/${name}`); return new Map(rows.map((row) => [row[0], row])); });
      shards.set(name, asked);
      asked.catch(() => shards.delete(name));
    }
    return shards.get(name);
  }

  /** Return a promise of the row of a key, and of the name of its kind; of null where there is none. */
  async function find(folder, key) {
    const [kind, firsts] = (await load(`${FOLDER}/contents.js`, "previews"))[folder] || ["", []];
    let low = 0;
    let high = firsts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      [low, high] = firsts[middle] <= key ? [middle + 1, high] : [low, middle];
    }
    const row = low ? (await rowsOf(`${folder}-${low}`)).get(key) : null;
    return row ? { kind, row } : null;
  }

  function mark(code, word) {
    const [width, ...shapes] = MARKS[code];
    return el("p", { class: "preview__mark" },
      el("svg:svg", { viewBox: `0 0 ${width} 12`, width, height: 12, "aria-hidden": "true" },
        shapes.map(([name, d]) => el("svg:path", { class: name, d }))),
      word);
  }

  function lines(texts, name = "line") {
    return texts.map((text) => el("p", { class: `preview__${name}`, dir: "auto" }, text));
  }

  /** Return what was found as an element; `url` makes the title a link. */
  function body({ kind, row }, url) {
    const it = Object.fromEntries(FIELDS.map((field, at) => [field, row[at]]));
    const attributes = { lang: it.titleLang || null, dir: "auto" };
    const title = it.title || (url ? "In the article’s text" : "");
    return el("div", { class: "preview__body" },
      el("p", { class: "preview__kind" }, kind),
      title ? el("p", { class: "preview__title", ...attributes }, url ? el("a", { href: sitegen.base + url }, title) : title) : null,
      it.mark ? mark(it.mark, it.word) : null,
      lines(it.lines),
      it.quote ? el("blockquote", { class: "preview__quote", lang: it.quoteLang, dir: "auto" }, sitegen.quoted(it.quote)) : null,
      lines(it.by ? [it.by, ...it.after] : []),
      lines(it.text ? [it.text] : [], "text"));
  }

  /** Return in short what is said of it to who cannot see it. */
  function said({ kind, row }) {
    const [, title, , , word, facts, quote] = row;
    return `${kind}: ${[title.replace(/\.$/, ""), word, facts[0], title ? "" : quote].filter(Boolean).join(". ")}.`;
  }

  /** Return what of it is a sentence or a name: its title, or the words quoted. */
  function words({ row: [, title, , , , , quote] }) {
    return title || quote;
  }

  /** Return who said the words quoted, and where, if they are what `words` gives. */
  function from({ row: [, title, , , , , , by, , after] }) {
    const speakers = /(?:^| · )said by (.+?)(?: · |$)/.exec(after?.[0] || "");
    return title || !by ? "" : `${speakers ? `${speakers[1]}, quoted in ` : ""}${by}.`;
  }

  Object.assign(sitegen.previews, { find, body, said, words, from });
})();
