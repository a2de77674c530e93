/*
 * A comparison as a reader sees it: the same tables as on the pages of pairs
 * (`templates/parts/comparison.html`), each voice named at its words.
 */
(function () {
  "use strict";

  const { el } = sitegen;
  const { compare } = sitegen;
  const ACCORDS = {
    differ: ["≠", "They differ"], agree: ["=", "They agree"], "one-origin": ["1", "Same, from one origin"],
    compatible: ["≈", "Can both hold"], beside: ["·", "Related"],
  };
  const RELATIONS = {
    contradicts: ["Contradicts", "Contradicted by"], qualifies: ["Qualifies", "Qualified by"],
    refines: ["Refines", "Refined by"], supports: ["Supports", "Supported by"],
    "depends-on": ["Depends on", "Needed by"], "compatible-with": ["Seems contrary, is not", "Seems contrary, is not"],
  };
  const STANCES = { supports: "Supports", disputes: "Disputes", mentions: "Mentions" };
  const DIGITS = [
    "", "confirmed by other sources", "probably true", "possibly true", "doubtful", "improbable", "truth cannot be judged",
  ];
  const SECTIONS = [
    ["event", "The same events"], ["measure", "The same quantities"], ["question", "The same questions"],
    ["", "Whatever else both speak of"],
  ];
  const MOST = { passages: 6, numbers: 12, silent: 100 };

  function link(ref, ...words) {
    return el("a", { href: sitegen.root + compare.urlOf(ref), "data-ref": ref }, ...words);
  }

  function accord(code, words) {
    const [mark, name] = ACCORDS[code];
    return el("span", { class: `accord accord--${code}` },
      el("span", { class: "accord__mark", "aria-hidden": "true" }, mark), ` ${words || name}`);
  }

  function wordsFor(finding) {
    if (finding.accord === "beside") {
      return isShared(finding) ? "Both speak of it" : RELATIONS[finding.ground][finding.isInverse ? 1 : 0];
    }
    if (finding.ground === "numbers") {
      return finding.accord === "differ" ? "Numbers that exclude one another" : "Numbers that can both hold";
    }
    return finding.ground === "dates" && finding.accord === "differ" ? "Different dates" : "";
  }

  function isShared(finding) {
    return finding.ground === "same" || finding.ground === "dates";
  }

  /** Return both texts in stretches of words; those that the other one lacks are marked. */
  function compared(one, other) {
    const [here, there] = [one, other].map((text) => text.match(/\S+\s*/g) || []);
    const plain = (word) => word.trim().replace(/^[.,;:!?"'“”‘’()]+|[.,;:!?"'“”‘’()]+$/g, "").toLowerCase();
    const long = Array.from({ length: here.length + 1 }, () => new Array(there.length + 1).fill(0));
    for (let a = here.length - 1; a >= 0; a -= 1) {
      for (let b = there.length - 1; b >= 0; b -= 1) {
        long[a][b] = plain(here[a]) === plain(there[b]) ? long[a + 1][b + 1] + 1 : Math.max(long[a + 1][b], long[a][b + 1]);
      }
    }
    const mark = (word) => [el("mark", { class: "differs" }, word.trimEnd()), " "];
    const sides = [[], []];
    let [a, b] = [0, 0];
    while (a < here.length || b < there.length) {
      if (a < here.length && b < there.length && plain(here[a]) === plain(there[b])) {
        sides[0].push(here[a++]);
        sides[1].push(there[b++]);
      } else if (b >= there.length || (a < here.length && long[a + 1][b] >= long[a][b + 1])) {
        sides[0].push(mark(here[a++]));
      } else {
        sides[1].push(mark(there[b++]));
      }
    }
    return sides;
  }

  function quotation(said, voice, name) {
    const source = voice.sources.get(said.source);
    const place = said.place.includes("#") ? said.place : `${compare.urlOf(`source:${said.source}`)}#${said.place}`;
    const lang = source.lang || null;
    return el("figure", { class: "said" },
      el("blockquote", { lang, dir: "auto" }, el("p", null, el("strong", { class: "excerpt__words" }, said.words))),
      el("figcaption", null,
        el("span", { class: `stance stance--${said.stance}` }, STANCES[said.stance]), " ", el("b", null, name),
        voice.voice.ref.startsWith("actor:") ? [", in ", el("cite", null, link(`source:${said.source}`, source.title))] : null,
        said.date ? `, dating it ${said.date}` : null, " · ",
        said.digit
          ? [el("span", { class: "grade__code" }, said.digit), el("span", { class: "for-ears" }, ` ${DIGITS[said.digit]}`)]
          : "statement not rated",
        " · ", el("a", { href: sitegen.root + place }, said.place.includes("#") ? "not checked: the text is not held" : "in the article’s text")));
  }

  function side(finding, number, voice, name) {
    const [statements, others] = number ? [finding.right, finding.left] : [finding.left, finding.right];
    const clashing = [...new Set(finding.clashes.map((pair) => pair[number]))];
    const inOrder = [...clashing, ...statements.filter((each) => !clashing.includes(each))];
    const more = inOrder.length - MOST.numbers;
    return el("td", null,
      inOrder.slice(0, MOST.numbers).map((each) => [
        isShared(finding) ? null : el("p", { class: "said__claim" },
          link(each.ref, finding.ground === "contradicts" ? compared(each.title, others[0].title)[0] : each.title),
          each.number ? [" ", el("span", { class: "said__number" }, [each.number.words, each.number.scope].filter(Boolean).join(", "))] : null),
        each.said.slice(0, MOST.passages).map((said) => quotation(said, voice, name)),
        each.said.length > MOST.passages
          ? el("p", { class: "fine-print" }, link(each.ref, `${each.said.length - MOST.passages} more in the note`)) : null,
      ]),
      more > 0 ? el("p", { class: "fine-print" }, `${more} more of ${name}.`) : null);
  }

  function row(finding, ground, names) {
    const first = finding.left[0];
    return el("tr", { "data-finding": [finding.accord, finding.ground, ...finding.left.map((each) => each.ref), "/", ...finding.right.map((each) => each.ref)].join(" ") },
      el("th", { scope: "row" }, accord(finding.accord, wordsFor(finding)), " ",
        isShared(finding) ? el("span", { class: "compared__claim" }, link(first.ref, first.title)) : null,
        finding.clashes.slice(0, MOST.numbers).map(([one, other]) => el("span", { class: "compared__clash" }, `${one.number.words} against ${other.number.words}`)),
        finding.why ? el("span", { class: "compared__why" }, finding.why) : null),
      side(finding, 0, ground.left, names[0]), side(finding, 1, ground.right, names[1]));
  }

  function silence(statements, speaking, silent) {
    if (!statements.length) {
      return null;
    }
    const shown = statements.slice(0, MOST.silent);
    return el("details", { class: "silence" },
      el("summary", null, `Only ${speaking} says: ${statements.length}${silent ? `; ${silent} is silent` : ""}`),
      el("ul", null, shown.map((each) => el("li", null, link(each.ref, each.title)))),
      shown.length < statements.length ? el("p", { class: "fine-print" }, `And ${statements.length - shown.length} more.`) : null);
  }

  function subject(found, ground, names) {
    return el("section", { class: "compared" },
      el("h4", null, found.subject ? link(found.subject.ref, found.subject.title) : "Claims that belong to none of these"),
      found.findings.length ? el("table", { class: "compared__table" },
        el("thead", null, el("tr", null, ["Both speak of", ...names].map((name) => el("th", { scope: "col" }, name)))),
        el("tbody", null, found.findings.map((each) => row(each, ground, names)))) : null,
      silence(found.only[0], names[0], names[1]), silence(found.only[1], names[1], names[0]));
  }

  function head({ ref, title, detail, letter, count }) {
    const words = [ref.startsWith("source:") ? `grade ${letter || "not rated"}` : "", detail, `speaks of ${count} statement${count === 1 ? "" : "s"}`];
    return el("div", { class: "voice" },
      el("p", { class: "voice__title", dir: "auto" }, link(ref, title)),
      el("p", { class: "voice__detail" }, words.filter(Boolean).join(" · ")));
  }

  /** Say in a sentence what came out. */
  compare.sum = function sum(ground) {
    const words = ground.counts.map(([code, number]) => `${ACCORDS[code][1]}: ${number}`);
    return words.length ? `${words.join("; ")}.` : "They speak of no statement in common.";
  };

  /** Return a comparison as elements, under a heading of its own. */
  compare.show = function show(ground) {
    const voices = [ground.left.voice, ground.right.voice];
    const names = [compare.nameOf(voices[0], voices[1]), compare.nameOf(voices[1], voices[0])];
    const alone = [0, 1].map((at) => ground.subjects.reduce((all, each) => all + each.only[at].length, 0));
    const kindOf = (each) => (each.subject ? each.subject.ref.split(":")[0] : "");
    const [outLeft, outRight] = ground.outside;
    return [
      el("h2", { id: "compared", tabindex: "-1" }, `${names[0]} and ${names[1]}`),
      el("div", { class: "voices" }, voices.map(head)),
      el("ul", { class: "pair-counts" },
        ground.counts.map(([code, number]) => el("li", null, accord(code), " ", el("strong", null, String(number)))),
        names.map((name, at) => el("li", null, `Only ${name}: `, el("strong", null, String(alone[at]))))),
      ground.subjects.length ? null : el("p", null, "They speak of no event, quantity or question in common."),
      SECTIONS.map(([kind, title]) => {
        const found = ground.subjects.filter((each) => kindOf(each) === kind);
        return found.length ? el("section", null, el("h3", null, title), found.map((each) => subject(each, ground, names))) : null;
      }),
      outLeft.length || outRight.length
        ? el("section", null, el("h3", null, "Of what the other does not speak at all"), silence(outLeft, names[0], ""), silence(outRight, names[1], ""))
        : null,
    ];
  };
})();
