/*
 * Choosing any two sources or actors on compare.html, and showing them side by side as the pages of
 * pairs do. The pair stays in the address behind the hash, `#source:a,source:b`, so that it can be
 * linked and opened from disk; one voice alone waits for the other.
 *
 * What is shown is cloned from the page's template, which holds all words and marks. The data are
 * described in `sitegen/data_files/comparison_data.py`.
 */
(function () {
  "use strict";

  const { compare, el, root } = sitegen;
  const MOST = { passages: 6, numbers: 12, silent: 100 };
  const SECTIONS = ["event", "measure", "question", ""];
  const voices = new Map(); // ref → voice, as the lists have it
  let parts = null; // the page's template

  function read(name) {
    return sitegen.load(`data/compare/${name}.js`, `compare-${name}`);
  }

  /** Return a copy of a part of the template, each slot filled; one for which there is nothing goes. */
  function part(name, slots = {}) {
    const copy = parts.querySelector(`[data-part="${name}"]`).cloneNode(true);
    copy.removeAttribute("data-part");
    for (const [slot, value] of Object.entries(slots)) {
      const place = copy.querySelector(`[data-slot="${slot}"]`);
      const nodes = [value ?? []].flat(Infinity);
      place.removeAttribute("data-slot");
      if (nodes.length) {
        place.append(...nodes);
      } else {
        place.remove();
      }
    }
    return copy;
  }

  /** Return an accord's name without its mark. */
  function nameOf(code) {
    return part(code).firstElementChild.lastChild.data.trim();
  }

  function link(ref, words) {
    const [kind, id] = ref.split(":");
    return el("a", { href: `${root}${kind}s/${id}.html`, "data-ref": ref }, words);
  }

  /** Return a text's words, those marked that another text lacks. */
  function marked(text, other) {
    const plain = (words) => words.toLowerCase().match(/[^\s.,;:!?"'“”‘’()]+/g) || [];
    const known = new Set(plain(other));
    return text.match(/\S+\s*/g).map((word) => (plain(word).some((each) => !known.has(each)) ? el("mark", { class: "differs" }, word) : word));
  }

  function passage(said, { voice, name, sources }) {
    const source = sources[said.source];
    const copy = part("said", {
      words: said.words,
      stance: part(said.stance),
      name,
      translation: said.translation && [el("q", null, said.translation), " ", part(`by-${said.translator}`)],
      source: voice.ref.startsWith("actor:") ? [", in ", link(`source:${said.source}`, source.title)]
        : said.by && `, quoting ${said.by.join(", ")}`,
      date: said.date && `, dating it ${said.date}`,
      grade: part(`digit-${said.digit || ""}`),
      place: el("a", { href: root + said.url }, part(said.isHeld ? "held" : "not-held")),
    });
    if (source.lang) {
      copy.firstElementChild.lang = source.lang;
    }
    return copy;
  }

  function side(finding, at, own) {
    const clashing = (finding.clashes || []).map((pair) => pair[at]);
    const all = [...new Set([...clashing, ...finding.sides[at]])];
    const [other] = finding.sides[1 - at];
    const more = all.length - MOST.numbers;
    return [
      all.slice(0, MOST.numbers).map((each) => [
        finding.shared ? [] : el("p", { class: "said__claim" },
          link(each.ref, finding.ground === "contradicts" ? marked(each.title, other.title) : each.title),
          each.number ? el("span", { class: "said__number" }, ` ${each.number.words}${each.number.scope ? `, ${each.number.scope}` : ""}`) : null),
        each.said.slice(0, MOST.passages).map((said) => passage(said, own)),
        each.said.length > MOST.passages ? el("p", null, `${each.said.length - MOST.passages} more`) : [],
      ]),
      more > 0 ? el("p", null, `${more} more`) : [],
    ];
  }

  function row(finding, pair) {
    const { accord, ground, shared } = finding;
    const special = `${accord} ${ground}${finding.isInverse ? " inverse" : ""}`;
    return part("row", {
      accord: part(parts.querySelector(`[data-part="${special}"]`) ? special : accord),
      claim: shared && link(shared.ref, shared.title),
      clashes: (finding.clashes || []).slice(0, MOST.numbers).map((both) => el("span", { class: "compared__clash" }, both.map((each) => each.number.words).join(" against "))),
      why: finding.why,
      left: side(finding, 0, pair[0]),
      right: side(finding, 1, pair[1]),
    });
  }

  function silence(statements, { name }, silent) {
    const more = statements.length - MOST.silent;
    return statements.length ? part("silence", {
      name,
      silent: silent && `; ${silent.name} is silent`,
      count: String(statements.length),
      list: statements.slice(0, MOST.silent).map((each) => el("li", null, link(each.ref, each.title))),
      more: more > 0 ? `+ ${more}` : [],
    }) : [];
  }

  function show(pair, { subjects, outside, counts }) {
    const kindOf = ({ subject }) => (subject ? subject.ref.split(":")[0] : "");
    return part("comparison", {
      title: `${pair[0].name} – ${pair[1].name}`,
      voices: pair.map(({ voice, title }) => part("voice", { title: link(voice.ref, title), detail: [voice.letter, voice.detail].filter(Boolean).join(" · ") })),
      counts: counts.map(([code, number]) => el("li", null, part(code), ` ${number}`)),
      sections: SECTIONS.map((kind) => subjects.filter((each) => kindOf(each) === kind)).map((found, at) => (
        found.length ? part(`section-${SECTIONS[at]}`, { subjects: found.map((each) => part("subject", {
          title: each.subject ? link(each.subject.ref, each.subject.title) : part("section-").textContent,
          table: each.findings.length ? part("table", { left: pair[0].name, right: pair[1].name, rows: each.findings.map((one) => row(one, pair)) }) : [],
          only: pair.map((own, at) => silence(each.only[at], own, pair[1 - at])),
        })) }) : [])),
      outside: outside.flat().length ? [part("outside"), outside.map((each, at) => silence(each, pair[at]))] : [],
    });
  }

  /** Read what a voice says: {voice, title, said, subjects, sources}. */
  async function open(voice) {
    const found = { voice, title: voice.names[2], said: new Map(), subjects: new Map(), sources: {} };
    const [kind, id] = voice.ref.split(":");
    for (let number = 1, more = true; more; number += 1) {
      const script = await read(`${kind}s/${id}${number > 1 ? `.${number}` : ""}`);
      Object.assign(found.sources, script.sources);
      for (const { ref, said } of script.said) {
        const statement = { ...script.statements[ref], said };
        found.said.set(ref, statement);
        (statement.subjects || []).forEach((ref) => found.subjects.set(ref, script.subjects[ref]));
      }
      more = script.more;
    }
    return found;
  }

  sitegen.start("compare", async (place) => {
    const title = document.title;
    const result = el("div");
    const status = el("p", { class: "chooser__status" });
    let turn = 0;

    function say(words) {
      status.textContent = words;
      sitegen.announce(words);
    }

    function offer(select, fit, chosen) {
      const groups = ["source", "actor"].map((kind) => {
        const group = part(`${kind}s`);
        group.append(...[...voices.values()].filter(({ ref }) => ref.startsWith(`${kind}:`) && fit(ref)).map(({ ref, names }) => (
          el("option", { value: ref, selected: ref === chosen }, names[2]))));
        return group;
      });
      select.replaceChildren(el("option", { value: "" }, "Choose one…"), ...groups.filter((group) => group.children.length));
    }

    try {
      parts = document.getElementById("compare-parts").content;
      const { lists } = await read("contents");
      for (const list of await Promise.all(Array.from({ length: lists }, (_, at) => read(`voices-${at + 1}`)))) {
        list.forEach((voice) => voices.set(voice.ref, voice));
      }
      const form = part("chooser");
      const [first, second] = form.querySelectorAll("select");
      place.append(form, result);
      form.append(status);

      const offerSecond = (chosen) => offer(second, (ref) => ref !== first.value && ref.startsWith(first.value.split(":")[0]), chosen);

      const compareNow = async () => {
        const now = turn += 1;
        const asked = [first.value, second.value].filter(Boolean).map((ref) => voices.get(ref));
        status.textContent = "";
        result.replaceChildren();
        document.title = title;
        if (asked.length === 2) {
          const pair = await Promise.all(asked.map(open));
          pair.forEach((each, at) => {
            each.name = each.voice.names.find((name, which) => name && name !== asked[1 - at].names[which]) || each.title;
          });
          if (now === turn) {
            const ground = compare.ground(...pair);
            result.replaceChildren(show(pair, ground));
            document.title = `${pair[0].title} – ${pair[1].title} – ${title}`;
            say(ground.counts.map(([code, number]) => `${nameOf(code)}: ${number}`).join("; ") || part("nothing").textContent);
          }
        }
      };
      const run = () => compareNow().catch(fail);

      const readAddress = (isFirst) => {
        const asked = decodeURIComponent(location.hash.slice(1)).split(",").filter((ref) => /^(source|actor):/.test(ref));
        const [one, other] = asked.filter((ref) => voices.has(ref));
        offer(first, () => true, one);
        offerSecond(other);
        run();
        const isElsewhere = isFirst && document.activeElement !== document.body; // gone there while lists were read
        if (one && !other && !isElsewhere) {
          second.focus(); // and into view, away from the entry of the list that the address means
        }
      };

      form.addEventListener("change", ({ target }) => {
        if (target === first) {
          offerSecond(second.value);
        }
        history.replaceState(null, "", `#${[first.value, second.value].filter(Boolean)}`);
        run();
      });
      window.addEventListener("hashchange", () => readAddress(false));
      readAddress(true);
    } catch (fault) {
      place.append(status);
      fail(fault);
    }

    function fail(fault) {
      say(`Comparing cannot work here: ${fault.message}.`);
    }
  });
})();
