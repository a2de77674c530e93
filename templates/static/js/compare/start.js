/*
 * Choosing any two sources or actors on compare.html. The pair stays in the address, behind the
 * hash, as `#source:a,source:b`, so that it can be linked and opened from disk; one voice alone
 * waits for the other.
 */
(function () {
  "use strict";

  const { el } = sitegen;
  const { compare } = sitegen;
  const GROUPS = [["source", "Sources"], ["actor", "Actors"]];

  sitegen.start("compare", (place) => {
    const title = document.title;
    const [first, second] = [1, 2].map((number) => el("select", { id: `choose-${number}`, onchange: () => choose(number) }));
    const status = el("p", { class: "chooser__status" });
    const result = el("section", { class: "comparison", "aria-labelledby": "compared" });
    const state = { turn: 0 };

    function options(select, voices, chosen) {
      const groups = GROUPS.map(([kind, name]) => el("optgroup", { label: name },
        voices.filter((voice) => voice.ref.startsWith(`${kind}:`)).map((voice) => (
          el("option", { value: voice.ref, selected: voice.ref === chosen }, voice.title)))));
      select.replaceChildren(el("option", { value: "" }, "Choose …"), ...groups.filter((group) => group.children.length));
    }

    /** Offer as the second what is of the first one's kind, and not the first itself. */
    function offer(chosen) {
      const kind = first.value.split(":")[0];
      const fit = [...compare.voices.values()].filter((voice) => voice.ref !== first.value && (!kind || voice.ref.startsWith(`${kind}:`)));
      options(second, fit, chosen);
    }

    function choose(number) {
      if (number === 1) {
        offer(second.value);
      }
      const chosen = [first.value, second.value].filter(Boolean).join(",");
      history.replaceState(null, "", `#${chosen}`);
      run();
    }

    function readAddress() {
      const [one = "", other = ""] = decodeURIComponent(location.hash.slice(1)).split(",");
      const asked = [one, other].filter((ref) => /^(source|actor):/.test(ref));
      const unknown = asked.find((ref) => !compare.voices.has(ref));
      const [a, b] = unknown ? [] : asked;
      options(first, [...compare.voices.values()], a);
      offer(b);
      run();
      if (unknown) {
        say(`Nothing is quoted here of ${unknown}.`);
      } else if (a && !b) {
        second.focus(); // it comes into view as well, out of the long list that the address points at
      }
    }

    function say(words) {
      status.textContent = words;
      sitegen.announce(words);
    }

    function run() {
      const turn = state.turn += 1;
      const voices = [first, second].map((select) => compare.voices.get(select.value));
      if (!voices[0] || !voices[1]) {
        result.replaceChildren();
        status.textContent = "";
        document.title = title;
        return;
      }
      status.textContent = "Reading …";
      Promise.all(voices.map(compare.read)).then(([left, right]) => {
        if (turn === state.turn) {
          const ground = compare.ground(left, right);
          result.replaceChildren(...compare.show(ground).flat(Infinity).filter(Boolean));
          document.title = `${voices[0].title} and ${voices[1].title} – ${title}`;
          say(compare.sum(ground));
        }
      }).catch(fail);
    }

    function fail(fault) {
      say(`Comparing cannot work here: ${fault.message}. The pages of pairs, linked below, do without.`);
    }

    compare.open().then(() => {
      place.append(
        el("form", { class: "chooser", "aria-label": "Choose two to compare", onsubmit: (event) => event.preventDefault() },
          el("div", null, el("label", { for: "choose-1" }, "Source or actor"), first),
          el("div", null, el("label", { for: "choose-2" }, "Compared with"), second), status),
        result);
      readAddress();
      window.addEventListener("hashchange", readAddress);
    }, (fault) => {
      place.append(status);
      fail(fault);
    });
  });
})();
