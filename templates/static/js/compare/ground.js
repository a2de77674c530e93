/*
 * What two voices say about the same things, by the rules of `sitegen/findings/common_ground.py`
 * and in the same order: a pair has one outcome, whoever works it out.
 */
(function () {
  "use strict";

  const ACCORDS = ["differ", "agree", "one-origin", "compatible", "beside"];
  const DECLARED = { contradicts: "differ", "compatible-with": "compatible" };
  const byName = (one, two) => (one < two ? -1 : one > two ? 1 : 0);
  const orderOf = ({ ref }) => `${ref.startsWith("event:") ? 0 : 1} ${ref}`; // events, then claims

  sitegen.compare = {};

  /**
   * Return {subjects: [{subject, findings, only: [ours, theirs]}], outside: [ours, theirs], counts}.
   * A voice is {said: Map of statements, subjects: Map of what they are about}; a finding has
   * `accord`, `ground`, and on its two `sides` lists of statements.
   */
  sitegen.compare.ground = function ground(left, right) {
    const findings = [...common(left, right), ...numbers(left, right)];
    const subjects = new Map([...left.subjects, ...right.subjects]);
    const place = (ref) => (ref ? `${ref.split(":")[0]} ${subjects.get(ref)?.date || ""} ${ref}` : "~");
    const found = new Map();
    const at = (ref) => {
      if (!found.has(ref)) {
        found.set(ref, { subject: subjects.get(ref), findings: [], only: [[], []] });
      }
      return found.get(ref);
    };
    for (const each of findings) {
      each.order = each.sides.flat().map(orderOf).sort(byName);
      at(home(each, place)).findings.push(each);
    }
    const outside = [[left, right], [right, left]].map(([voice, other], side) => {
      const told = new Set(findings.flatMap((each) => each.sides[side]));
      return [...voice.said.values()].filter((each) => {
        const subject = each.subjects?.find((one) => other.subjects.has(one));
        if (!told.has(each) && subject) {
          at(subject).only[side].push(each);
        }
        return !told.has(each) && !subject;
      });
    });
    const inOrder = [...found.keys()].sort((one, two) => byName(place(one), place(two))).map(at);
    inOrder.forEach((each) => each.findings.sort(rank));
    const counts = ACCORDS.map((code) => [code, findings.filter((each) => each.accord === code).length]);
    return { subjects: inOrder, outside, counts: counts.filter(([, number]) => number) };
  };

  function rank(one, two) {
    const at = one.order.findIndex((order, index) => order !== two.order[index]);
    return ACCORDS.indexOf(one.accord) - ACCORDS.indexOf(two.accord)
      || (at < 0 ? -1 : byName(one.order[at], two.order[at] ?? ""));
  }

  function home({ ground, sides: [[{ number, subjects: ours = [] }], [{ subjects: theirs = [] }]] }, place) {
    return ground === "numbers" ? `measure:${number.measure}`
      : ours.find((each) => theirs.includes(each)) || [ours[0], theirs[0]].sort((one, two) => byName(place(one), place(two)))[0];
  }

  const standsFor = (statement) => statement.said.some((each) => each.stance === "supports");

  function* common(left, right) {
    for (const ours of left.said.values()) {
      const same = right.said.get(ours.ref);
      if (same) {
        const said = [...ours.said, ...same.said];
        yield { accord: onOne(ours, same), ground: said.some((each) => each.date) ? "dates" : "same", sides: [[ours], [same]], shared: ours };
      }
      for (const tie of ours.ties || []) {
        const other = right.said.get(tie.other);
        const isShared = same && left.said.has(tie.other);
        if (other && !isShared && !(ours.number && ours.number.measure === other.number?.measure)) {
          const accord = standsFor(ours) && standsFor(other) && DECLARED[tie.type];
          yield { ...tie, accord: accord || "beside", ground: tie.type, sides: [[ours], [other]] };
        }
      }
    }
  }

  function onOne(...sides) {
    const meant = sides.map((side) => side.said.filter((each) => each.date || each.stance !== "mentions"));
    const [here, there] = meant.map((side) => [...new Set(side.map((each) => each.date || each.stance))].sort().join("\n"));
    if (!here || !there) {
      return "beside";
    }
    const origins = new Set(meant.flat().map((each) => each.origin));
    return here !== there ? "differ" : origins.size > 1 ? "agree" : "one-origin";
  }

  function* numbers(...voices) {
    const [ours, theirs] = voices.map((voice) => {
      const found = new Map();
      for (const each of voice.said.values()) {
        if (each.number && standsFor(each)) {
          found.set(each.number.measure, found.get(each.number.measure) || []);
          found.get(each.number.measure).push(each);
        }
      }
      return found;
    });
    for (const [measure, here] of ours) {
      const there = theirs.get(measure) || [];
      const isCommon = (each) => voices.every((voice) => voice.said.has(each.ref) && standsFor(voice.said.get(each.ref)));
      if (there.length && ![...here, ...there].every(isCommon)) {
        const clashes = here.flatMap((one) => there.filter((other) => exclude(one, other) && !(isCommon(one) && isCommon(other))).map((other) => [one, other]));
        yield { accord: clashes.length ? "differ" : "compatible", ground: "numbers", sides: [here, there], clashes };
      }
    }
  }

  function exclude(one, other) {
    const declared = DECLARED[(one.ties || []).find((tie) => tie.other === other.ref)?.type];
    const [a, b] = [one.number, other.number];
    const isAlike = (!a.scope || !b.scope || a.scope === b.scope) && !(a.first > b.last) && !(b.first > a.last);
    return declared ? declared === "differ" : isAlike && (a.high < b.low || b.high < a.low);
  }
})();
