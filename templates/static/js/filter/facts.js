/*
 * The facts of a list: its rows, which of them a choice leaves, and how many each choice would.
 *
 * A row is {id, title, words, first, last, at, count}: `at` holds for each field the codes or ids it
 * can be found by. A choice is {field: value}; `words`, `from` and `to` are fields as well.
 */
(function () {
  "use strict";

  const POINTED_AT = ["actor", "place", "question", "source"];
  const SPAN = /^\d{4}(-\d\d(-\d\d)?)?$/;

  /** Load all rows of a list; the promise gives {fields, names, pattern, rows}. */
  async function read(list) {
    const contents = await sitegen.load(`data/lists/${list}.js`, `list-${list}`);
    const shards = await Promise.all(contents.shards.map((shard) =>
      sitegen.load(`data/lists/${list}-${shard}.js`, `list-${list}-${shard}`)));
    const names = {}; // field → id → what it is called
    const rows = [];
    for (const shard of shards) {
      for (const field of POINTED_AT) {
        names[field] ||= new Map();
        shard.names[field].forEach(([id, name]) => names[field].set(id, name));
      }
      for (const [id, title, words, first, last, codes, ...rest] of shard.rows) {
        const at = {};
        contents.codes.forEach((field, place) => { at[field] = codes[place] ? [codes[place]] : []; });
        POINTED_AT.forEach((field, place) => {
          at[field] = rest[place].map((position) => shard.names[field][position][0]);
        });
        rows.push({ id, title, words, first, last, at, count: rest[4], plain: bare(title) });
      }
    }
    const fields = [...contents.codes, ...POINTED_AT].filter((field) => rows.some((row) => row.at[field].length));
    return { fields, names, pattern: contents.pattern, rows, isDated: rows.some((row) => row.first) };
  }

  function bare(text) {
    return text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase();
  }

  /** Tell whether a text says a year, a month or a day. */
  function isSpan(text) {
    return SPAN.test(text);
  }

  /** Return the tests that a choice makes, by field. */
  function tests(choice) {
    const made = {};
    for (const [field, value] of Object.entries(choice)) {
      if (field === "words") {
        const all = bare(value).split(/\s+/).filter(Boolean);
        made.words = (row) => all.every((word) => row.plain.includes(word));
      } else if (field === "from" && isSpan(value)) {
        made.from = (row) => row.first && row.last >= value;
      } else if (field === "to" && isSpan(value)) {
        made.to = (row) => row.first && row.first <= `${value}~`; // "~" comes after every digit and "-"
      } else if (field !== "from" && field !== "to") {
        made[field] = (row) => Object.hasOwn(row.at, field) && row.at[field].includes(value);
      }
    }
    return made;
  }

  /**
   * Return what a choice leaves: {left: rows, counts: field → value → rows there would be if that
   * value were chosen for the field, without: field → rows there would be without its choice}.
   */
  function apply(facts, choice) {
    const made = Object.entries(tests(choice));
    const left = [];
    const counts = {};
    const without = {};
    facts.fields.forEach((field) => { counts[field] = new Map(); });
    made.forEach(([field]) => { without[field] = 0; });
    for (const row of facts.rows) {
      let failed = "";
      let fails = 0;
      for (const [field, test] of made) {
        if (!test(row)) {
          failed = field;
          fails += 1;
          if (fails > 1) {
            break;
          }
        }
      }
      if (fails > 1) {
        continue;
      }
      if (fails === 0) {
        left.push(row);
        made.forEach(([field]) => { without[field] += 1; });
      } else {
        without[failed] += 1;
      }
      for (const field of facts.fields) {
        if (fails === 0 || failed === field) {
          row.at[field].forEach((value) => counts[field].set(value, (counts[field].get(value) || 0) + 1));
        }
      }
    }
    return { left, counts, without };
  }

  /** Compare texts by their characters: by the rules of a language "~" would come before digits. */
  function byCharacters(a, b) {
    return a === b ? 0 : a < b ? -1 : 1;
  }

  const ORDERS = {
    name: (a, b) => a.plain.localeCompare(b.plain) || (a.id < b.id ? -1 : 1),
    date: (a, b) => byCharacters(a.first || "~", b.first || "~") || ORDERS.name(a, b),
    latest: (a, b) => byCharacters(b.last, a.last) || ORDERS.name(a, b),
    most: (a, b) => b.count - a.count || ORDERS.name(a, b),
  };

  sitegen.facts = { read, apply, isSpan, ORDERS };
})();
