/*
 * What is said on the site, for comparing any two voices: sources, or actors in their quoted words.
 * Lists of voices and what each says come as scripts (`data/compare/`), the latter when asked for;
 * `sitegen/pages/comparison_data.py` says what is in them.
 */
(function () {
  "use strict";

  const FOLDER = "data/compare";
  const compare = { voices: new Map() };

  sitegen.compare = compare;

  function read(name) {
    return sitegen.load(`${FOLDER}/${name}.js`, `compare-${name}`);
  }

  /** Read all voices, once: ref → {ref, names, detail, letter, count, first, last}. */
  compare.open = async function open() {
    const contents = await read("contents");
    const numbers = Array.from({ length: contents.lists }, (_, at) => at + 1);
    for (const list of await Promise.all(numbers.map((number) => read(`voices-${number}`)))) {
      for (const [ref, publisher, beginning, title, detail, letter, count, first, last] of list) {
        compare.voices.set(ref, { ref, title, names: [publisher, beginning, title], detail, letter, count, first, last });
      }
    }
  };

  /** Read what a voice says: {voice, said: statement → what, covers, subjects, sources}. */
  compare.read = async function readVoice(voice) {
    const found = { voice, said: new Map(), covers: new Set(), subjects: new Map(), sources: new Map() };
    const numbers = Array.from({ length: voice.last - voice.first + 1 }, (_, at) => voice.first + at);
    for (const shard of await Promise.all(numbers.map((number) => read(`said-${number}`)))) {
      for (const row of shard.said[voice.ref] || []) {
        found.said.set(row[0], statement(row));
        for (const subject of row[3]) {
          found.covers.add(subject);
          found.subjects.set(subject, { ref: subject, title: shard.subjects[subject][0], place: shard.subjects[subject][1] });
        }
      }
      Object.entries(shard.sources).forEach(([id, [title, lang]]) => found.sources.set(id, { id, title, lang }));
    }
    return found;
  };

  function statement([ref, title, order, subjects, number, ties, said]) {
    return {
      ref, title, order, subjects,
      number: number ? {
        measure: number[0], low: number[1] ?? -Infinity, high: number[2] ?? Infinity,
        scope: number[3], first: number[4], last: number[5], words: number[6],
      } : null,
      ties: ties.map(([other, type, isInverse, why]) => ({ other, type, isInverse: Boolean(isInverse), why })),
      said: said.map(([stance, origin, words, place, source, digit, date = ""]) => (
        { stance, origin, words, place, source, digit, date, position: date ? `dates it ${date}` : stance })),
    };
  }

  /** The shortest name of a voice that the other one has not. */
  compare.nameOf = function nameOf(voice, other) {
    return voice.names.find((name, at) => name && name !== other.names[at]) || voice.title;
  };

  /** Where a note is, from the root. */
  compare.urlOf = function urlOf(ref) {
    const [kind, id] = ref.split(":");
    return `${kind}s/${id}.html`;
  };
})();
