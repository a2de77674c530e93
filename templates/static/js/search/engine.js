/*
 * Reads the shards of search data one after the other, indexes them in slices so short that
 * typing never waits, and asks them. Each shard has an index of its own, so that a question too
 * can be put in slices, and what has been read so far can be searched at once.
 */
(function () {
  "use strict";

  const { query: language, words } = sitegen.search;
  const { AT, PASSES } = language;
  const SLICE = 8; // milliseconds of work between two pauses
  const AHEAD = 2; // shards that are loaded while one is indexed
  const ENOUGH = 20; // results; where there are fewer, other forms and some of the words will do too
  const BOOST = { title: 3, names: 3, detail: 1.5 };

  let kinds = []; // {name, pattern, total, shards: [{slug, documents, index}]}
  let reading = null;
  let table = new Map();
  const known = { people: [], articles: [] };
  const missing = []; // names of files that could not be loaded
  const listeners = new Set();

  /** Begin to read, once; the promise is kept when everything is read, or broken without contents. */
  function open() {
    reading = reading || sitegen.load("data/search/contents.js", "search-contents").then((contents) => {
      kinds = contents.kinds.map(([name, pattern, shards]) => ({
        name,
        pattern,
        total: shards.reduce((sum, [, count]) => sum + count, 0),
        shards: shards.map(([slug]) => ({ slug, documents: [], index: null, isRead: false })),
      }));
      return readAll();
    });
    reading.catch(() => { reading = null; });
    return reading;
  }

  async function readAll() {
    const queue = kinds.flatMap((kind) => kind.shards.map((shard) => [kind, shard]));
    const asked = queue.slice(0, AHEAD).map(ask);
    for (const [at, [kind, shard]] of queue.entries()) {
      const documents = await asked[at];
      if (at + AHEAD < queue.length) {
        asked.push(ask(queue[at + AHEAD]));
      }
      if (documents) {
        await index(kind, shard, documents);
      }
      shard.isRead = true;
      learn(kind);
      listeners.forEach((listen) => listen());
    }
  }

  function ask([kind, shard]) {
    const file = `${kind.name}s-${shard.slug}`;
    return sitegen.load(`data/search/${file}.js`, `search-${file}`).then(
      () => sitegen.take(`search-${file}`),
      () => { missing.push(`data/search/${file}.js`); },
    );
  }

  async function index(kind, shard, documents) {
    const isNamed = kind.name === "actor" || kind.name === "place";
    shard.documents = documents;
    shard.index = new MiniSearch({
      fields: ["title", "text", "detail", "names", "translation"],
      idField: "at",
      extractField: ({ at, of }, field) => (field === "at" ? at
        : field === "names" ? [...(isNamed ? [of[AT.title]] : []), ...(of[AT.names] || [])].join("\n")
          : of[AT[field]] || ""),
      tokenize: (text, field) => (field === "names" ? words.nameTerms(text) : words.terms(text)),
      processTerm: (term) => term,
      searchOptions: { tokenize: (term) => [term], processTerm: (term) => term, boost: BOOST },
    });
    let until = performance.now() + SLICE;
    for (const [at, of] of documents.entries()) {
      shard.index.add({ at, of });
      if (performance.now() > until) {
        await pause();
        until = performance.now() + SLICE;
      }
    }
  }

  /** Let the browser do what waits: a key, a repaint. */
  function pause() {
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { port1.close(); resolve(); };
      port2.postMessage(null);
    });
  }

  /** Learn the names that queries may use, when their kind has been read. */
  function learn(kind) {
    const documents = kind.shards.flatMap((shard) => shard.documents);
    if (kind.name === "actor" || kind.name === "place") {
      kind.names = documents.map((document) => [document[AT.title], ...(document[AT.names] || [])]);
      table = language.nameTable(kinds.flatMap((each) => each.names || []));
    }
    if (kind.name === "actor") {
      known.people = kind.names;
    } else if (kind.name === "source") {
      known.articles = documents.map((document) => `${document[AT.title]} ${document[AT.detail] || ""} ${document[AT.address]}`);
    }
  }

  /**
   * Put a question to what has been read so far. Gives null if `isCurrent()` ends meanwhile, else
   * what has all its words (`groups` by kind, each with its `total` and the best `hits` ({document,
   * terms}), and the `total` of all); `near`, groups and total of what has some of them, each hit
   * with those that it `lacks`; how the words were found (`says`), what was also looked for
   * (`also`) or passed over (`aside`), whether they are a name (`isName`); the query's `problems`,
   * how many shards have been `read` `of` how many, and which are `missing`.
   */
  async function find(typed, most, isCurrent) {
    const query = language.parse(typed);
    const tests = query.filters.map((filter) => filter(known));
    const shards = kinds.flatMap((kind) => kind.shards.map((shard) => [kind, shard]));
    const found = {
      ...nothing(), near: nothing(), says: "", problems: query.problems, isEmpty: !query.words.length && !tests.length,
      read: shards.filter(([, shard]) => shard.isRead).length, of: shards.length || 1, missing,
    };
    let until = performance.now() + SLICE;

    /** Pause when a slice is over; false if somebody has typed on. */
    async function mayGoOn() {
      if (performance.now() > until) {
        await pause();
        until = performance.now() + SLICE;
      }
      return isCurrent();
    }

    /** Go through all shards, in slices; false if somebody has typed on. */
    async function through(ask) {
      for (const [kind, shard] of shards) {
        if (!await mayGoOn()) {
          return false;
        }
        if (shard.index) {
          await ask(kind, shard, (document) => isWanted(document, kind, tests, query.phrases));
        }
      }
      return isCurrent();
    }

    // Forgiving passes wait until all is read: what is spelled right may be in the next shard.
    const passes = found.isEmpty ? [] : query.words.length && isComplete() ? PASSES : PASSES.slice(0, 1);
    const seen = new Set();
    let plan = { parts: [] };
    for (const [rank, pass] of passes.entries()) {
      plan = language.plan(query, pass, table);
      const before = found.total;
      if (pass.isAdding ? before >= ENOUGH || !plan.parts.some((part) => part.hasForms) : before) {
        continue;
      }
      const tree = plan.parts.length ? language.all(plan.parts.map((part) => part.tree)) : null;
      const isDone = await through((kind, shard, isWantedHere) => {
        const hits = inShard(shard, tree, isWantedHere, rank).filter((hit) => !seen.has(hit.document));
        gather(found, kind, most, hits);
        remember(seen, hits);
      });
      if (!isDone) {
        return null;
      }
      if (found.total > before) {
        found.says = before ? `some of them for ${pass.says}` : pass.says && `for ${pass.says}`;
      }
    }
    Object.assign(found, { also: plan.also, aside: plan.aside, isName: plan.isName });
    if (plan.parts.length > 1 && found.total < ENOUGH && isComplete()) {
      const { parts } = language.plan(query, { forms: true, errors: found.total ? 0 : 1 }, table);
      const far = nothing(); // what has less than half of the words, for where nothing has more
      const isDone = await through(async (kind, shard, isWantedHere) => {
        const all = await withSome(shard, parts, isWantedHere, mayGoOn);
        const hits = all.filter((hit) => !seen.has(hit.document));
        const isNear = (hit) => 2 * hit.lacks.length <= parts.length;
        gather(found.near, kind, most, hits.filter(isNear));
        gather(far, kind, most, hits.filter((hit) => !isNear(hit)));
      });
      if (!isDone) {
        return null;
      }
      found.near = found.near.total ? found.near : far;
    }
    return found;
  }

  function nothing() {
    return { groups: new Map(), total: 0 };
  }

  /** Remember what was found, as far as it matters: what is enough already will not be found again. */
  function remember(seen, hits) {
    if (seen.size < ENOUGH) {
      hits.forEach((hit) => seen.add(hit.document));
    }
  }

  function isWanted(document, kind, tests, phrases) {
    return tests.every((test) => test(document, kind.name)) && phrases.every((phrase) => (
      [AT.title, AT.text, AT.translation].some((field) => document[field] && words.flat(document[field]).includes(phrase))
    ));
  }

  function inShard(shard, tree, isWantedHere, rank) {
    if (!tree) {
      return shard.documents.filter(isWantedHere).map((document) => ({ document, rank, score: 0, terms: [] }));
    }
    const hits = shard.index.search(tree, { filter: ({ id }) => isWantedHere(shard.documents[id]) });
    return hits.map(({ id, score, terms }) => ({ document: shard.documents[id], rank, score, terms }));
  }

  /** Return what has some parts of a question, with those that it lacks, the fewest first. */
  async function withSome(shard, parts, isWantedHere, mayGoOn) {
    const hits = new Map();
    for (const part of parts) {
      if (!await mayGoOn()) {
        return [];
      }
      for (const hit of inShard(shard, part.tree, isWantedHere, 0)) {
        const { score, terms, has } = hits.get(hit.document) || { score: 0, terms: [], has: [] };
        hits.set(hit.document, { ...hit, score: score + hit.score, terms: [...terms, ...hit.terms], has: [...has, part] });
      }
    }
    return Array.from(hits.values(), (hit) => {
      const lacks = parts.filter((part) => !hit.has.includes(part)).map((part) => part.typed);
      return { ...hit, lacks, rank: lacks.length };
    }).sort(byRank);
  }

  function byRank(one, other) {
    return one.rank - other.rank || other.score - one.score;
  }

  function gather(found, kind, most, hits) {
    if (hits.length) {
      const group = found.groups.get(kind.name) || { pattern: kind.pattern, total: 0, hits: [] };
      group.total += hits.length;
      group.hits = [...group.hits, ...hits.slice(0, most)].sort(byRank).slice(0, most);
      found.groups.set(kind.name, group);
      found.total += hits.length;
    }
  }

  /** Return the source that a document is from, or null while the sources are not read. */
  function sourceOf(document) {
    const sources = kinds.find((kind) => kind.name === "source");
    const at = (document[AT.sources] || [])[0];
    const documents = sources && at !== undefined ? sources.shards.flatMap((shard) => shard.documents) : [];
    return documents[at] || null;
  }

  /** Return the names of those whose words a document gives. */
  function speakersOf(document) {
    return (document[AT.by] || []).map((at) => (known.people[at] || [""])[0]).filter(Boolean);
  }

  /** Tell whether there is nothing left to read. */
  function isComplete() {
    return kinds.length > 0 && kinds.every((kind) => kind.shards.every((shard) => shard.isRead));
  }

  sitegen.search.engine = { open, find, isComplete, sourceOf, speakersOf, onGrowth: (listen) => listeners.add(listen) };
})();
