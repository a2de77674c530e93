/*
 * What a reader typed: fields such as `by:kim` or `before:2024-06`, phrases in quotation marks,
 * words. Becomes filters over documents and a tree for the index, strict at first, then more
 * and more forgiving. Nothing here knows where documents come from.
 */
(function () {
  "use strict";

  const { words } = sitegen.search;
  const PART = /(by|source|before|after|is|kind):("[^"]*"?|[^\s"]\S*)|["“„«]([^"”»]+)["”»]?|[^\s"“”„«»]+/giu;
  const STANDINGS = ["contested", "corroborated", "single-origin", "reported", "open"];
  const LONGEST_NAME = 5;
  const MOST_NAMES = 8;
  // English words that ask or join and say nothing of what is sought. A question is not sunk by them.
  const FILLERS = new Set(("a an the of in on at to for by from with about and or as is are was were be been do does did has have had "
    + "how who whom whose what when where which why that this these those there it its he his she her they their i we you my our your me "
    + "many much say says said tell tells told").split(" "));

  /** The fields of a document, by their place in it: see `sitegen/data_files/search.py`. */
  const AT = {
    address: 0, title: 1, text: 2, detail: 3, codes: 4, dates: 5, by: 6, sources: 7, names: 8,
    translation: 9, language: 10,
  };

  /** How forgiving each pass is; the next is made where those before found nothing, or, `adding`, little. */
  const PASSES = [
    { says: "" },
    { forms: true, isAdding: true, says: "other forms of these words" },
    { forms: true, errors: 1, says: "words spelled nearly so" },
    { forms: true, errors: 2, says: "words spelled much like it" },
  ];

  /**
   * Return what was typed, in parts: `words`, `phrases`, `filters` by field, and `problems`, which
   * say what cannot be understood.
   */
  function parse(typed) {
    const query = { words: [], phrases: [], filters: [], problems: [] };
    const loose = [];
    for (const [part, field, value, phrase] of typed.matchAll(PART)) {
      if (field) {
        const said = value.replace(/"/g, "").trim();
        const filter = said && FILTERS[field.toLowerCase()](said);
        if (typeof filter === "string") {
          query.problems.push(filter);
        } else if (filter) {
          query.filters.push(filter);
        }
      } else if (phrase) {
        loose.push(phrase);
        query.phrases.push(words.flat(phrase, true));
      } else if (!/^(?:by|source|before|after|is|kind):$/i.test(part)) {
        loose.push(part);
      }
    }
    query.words = words.queryWords(loose.join(" "));
    return query;
  }

  // A filter takes what is known of the site (`people`, `articles`) and gives a test of a document.
  const FILTERS = {
    is(said) {
      const code = said.toLowerCase();
      return STANDINGS.includes(code)
        ? () => (document) => hasCode(document, code)
        : `“is:” knows ${STANDINGS.join(", ")}; not “${said}”`;
    },
    kind(said) {
      const code = said.toLowerCase();
      const kind = code.replace(/s$/, "");
      return () => (document, of) => of === kind || hasCode(document, code) || hasCode(document, kind);
    },
    by(said) {
      const wanted = words.queryWords(said);
      return (known) => {
        const people = new Set(known.people.flatMap((names, at) => (names.some((name) => isNamed(name, wanted)) ? [at] : [])));
        return (document, of) => (document[AT.by] || []).some((at) => people.has(at))
          || (of === "source" && isNamed([...(document[AT.names] || []), document[AT.detail]].join(" "), wanted));
      };
    },
    source(said) {
      const wanted = words.queryWords(said);
      return (known) => {
        const articles = new Set(known.articles.flatMap((name, at) => (isNamed(name, wanted) ? [at] : [])));
        return (document) => (document[AT.sources] || []).some((at) => articles.has(at));
      };
    },
    before(said) {
      const day = /^\d{4}(?:-\d\d){0,2}$/.test(said) && said;
      return day ? () => (document) => Boolean(document[AT.dates]) && ends(document)[0] < day
        : `“before:” wants a year, a month or a day, as in 2024-06; not “${said}”`;
    },
    after(said) {
      // "~" sorts behind all digits, so a month's own days are not after it.
      const day = /^\d{4}(?:-\d\d){0,2}$/.test(said) && `${said}~`;
      return day ? () => (document) => Boolean(document[AT.dates]) && (ends(document)[1] || "9999") > day
        : `“after:” wants a year, a month or a day, as in 2024-06; not “${said}”`;
    },
  };

  function ends(document) {
    const [first, last = first] = document[AT.dates].split("/");
    return [first, last];
  }

  function hasCode(document, code) {
    return Boolean(document[AT.codes]) && document[AT.codes].split(" ").includes(code);
  }

  /** Tell whether each wanted word begins a word of a name. */
  function isNamed(name, wanted) {
    const terms = words.nameTerms(name);
    return wanted.length > 0 && wanted.every((word) => {
      const heard = word.heard || (word.isLatin && words.sound(word.key));
      return word.all.every((sought) => terms.some((term) => term.startsWith(sought)))
        || (heard && terms.some((term) => term.startsWith(heard)));
    });
  }

  /**
   * Return all names that actors and places go by: for each name, as one key, the others of the
   * same bearer, but for those that are part of somebody else's. `entities` are lists of names.
   */
  function nameTable(entities) {
    const table = new Map();
    const bearers = new Map(); // word → who has it in a name
    const all = entities.map((names) => names.map((name) => ({ name, words: words.queryWords(name) })));
    all.forEach((variants, at) => variants.forEach((variant) => variant.words.forEach(({ key }) => {
      bearers.set(key, (bearers.get(key) || new Set()).add(at));
    })));
    for (const variants of all) {
      const own = variants.filter((variant) => {
        const [first, ...rest] = variant.words.map(({ key }) => bearers.get(key));
        return first && [...first].filter((at) => rest.every((set) => set.has(at))).length === 1;
      });
      for (const variant of variants) {
        const key = keyOf(variant.words);
        table.set(key, [...(table.get(key) || []), ...own.filter((each) => each !== variant)]);
      }
    }
    return table;
  }

  function keyOf(list) {
    return list.map((word) => word.key).join(" ");
  }

  /**
   * Return what the index is asked with: `parts`, each with its `tree` and as it was `typed`, all of
   * which are wanted; the names looked for beside those typed (`also`); the words passed over
   * (`aside`); and whether the whole is a name of an actor or a place.
   */
  function plan(query, pass, table) {
    const found = { parts: [], also: [], aside: [], isName: false };
    const fillers = [];
    for (let at = 0; at < query.words.length;) {
      const { size, names, isWhole, isStem } = namesAt(query.words, at, table);
      const own = query.words.slice(at, at + size).map((word) => ownForms(word, isWhole, isStem));
      const branches = [all(own.map((word) => branch(word, pass)))];
      for (const other of names) {
        branches.push({ ...all(other.words.map((word) => branch(word, {}))), boostTerm: () => 0.6 });
      }
      branches.push(...sounds(query.words, at, size));
      const part = { typed: own.map((word) => word.typed).join(" "), tree: any(branches), isWhole, hasForms: own.some((word) => word.others.length) };
      if (!isWhole && size === 1 && FILLERS.has(own[0].key)) {
        fillers.push(part);
      } else {
        found.parts.push(part);
        found.also.push(...names.map((other) => other.name));
      }
      at += size;
    }
    if (found.parts.length || query.filters.length) {
      found.aside = [...new Set(fillers.map((part) => part.typed))];
    } else {
      found.parts = fillers; // nothing else was typed, so these are meant
    }
    found.also = [...new Set(found.also)];
    found.isName = found.parts.length === 1 && found.parts[0].isWhole;
    return found;
  }

  /** Return a word with the forms it may have here: a whole name has no other, a stem is looked for as such. */
  function ownForms(word, isWhole, isStem) {
    const isCut = isStem && word.stem !== word.key && word.others.length;
    return isWhole ? { ...word, others: [] } : isCut ? { ...word, all: word.others[0] } : word;
  }

  /**
   * Return how many words from here on are a name, the other names of its bearer, and whether they
   * are it as they are (`isWhole`) or only without their particles (`isStem`).
   */
  function namesAt(list, at, table) {
    for (let size = Math.min(LONGEST_NAME, list.length - at); size > 0; size -= 1) {
      const run = list.slice(at, at + size);
      const whole = table.get(keyOf(run));
      const others = whole || table.get(run.map((word) => word.stem).join(" "));
      if (others) {
        const own = new Set(run.map((word) => word.key));
        // A name that holds the words is found by them, one that is a part of them finds too much.
        const names = others.filter(({ words: theirs }) => {
          const keys = new Set(theirs.map((word) => word.key));
          return keys.size && ![...keys].every((key) => own.has(key)) && ![...own].every((key) => keys.has(key));
        });
        return { size, names: names.slice(0, MOST_NAMES), isWhole: Boolean(whole), isStem: !whole };
      }
    }
    return { size: 1, names: [], isWhole: false, isStem: false };
  }

  function sounds(list, at, size) {
    const found = [];
    if (list[at].heard) {
      found.push(list[at].heard);
    } else if (list[at].isLatin) {
      found.push(words.sound(list.slice(at, at + size).map((word) => word.key).join("")));
    }
    return found.filter(Boolean).map((term) => ({ queries: [term], prefix: true, fuzzy: false, boostTerm: () => 0.5 }));
  }

  function branch(word, pass) {
    const forms = pass.forms ? [word.all, ...word.others] : [word.all];
    const swapped = pass.errors && word.isOpen ? swaps(word.key).map((term) => ({ queries: [term], prefix: true, fuzzy: false })) : [];
    return any([...forms.map((terms) => all(terms.map((term) => ({
      queries: [term],
      prefix: word.isOpen,
      fuzzy: word.isOpen ? allowed(term, pass.errors) : false,
    })))), ...swapped]);
  }

  /** Return how many letters of a term may be wrong; of short ones one, or they would be any other. */
  function allowed(term, errors) {
    const most = term.length < 3 || /^\d/.test(term) ? 0 : term.length < 6 ? 1 : 2;
    return errors === 1 && term.length < 8 ? Math.min(1, most) : errors ? most : false;
  }

  /** Return a short term with two neighbours changed about, the commonest slip, which counts as two errors. */
  function swaps(term) {
    const isShort = /^[a-z]{4,7}$/.test(term);
    return isShort ? Array.from(term.slice(1), (next, at) => term.slice(0, at) + next + term[at] + term.slice(at + 2)) : [];
  }

  /** Return the tree of what must all be there. */
  function all(queries) {
    return queries.length === 1 ? queries[0] : { combineWith: "AND", queries };
  }

  function any(queries) {
    return queries.length === 1 ? queries[0] : { combineWith: "OR", queries };
  }

  sitegen.search.query = { AT, PASSES, parse, plan, all, nameTable };
})();
