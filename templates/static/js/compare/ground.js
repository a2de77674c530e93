/*
 * What two voices say about the same things, by the rules of `sitegen/findings/common_ground.py`,
 * and in the same order: a pair has one outcome, whoever works it out.
 */
(function () {
  "use strict";

  const ACCORDS = ["differ", "agree", "one-origin", "compatible", "beside"];
  const DECLARED = { contradicts: "differ", "compatible-with": "compatible" };
  const TIES = ["contradicts", "compatible-with", "qualifies", "refines", "supports", "depends-on"];

  /** Return {left, right, subjects: [{subject, findings, only: [left, right]}], outside, counts}. */
  sitegen.compare.ground = function ground(left, right) {
    const findings = [...same(left, right), ...tied(left, right), ...numbers(left, right)];
    const subjects = new Map([...left.subjects, ...right.subjects]);
    const found = new Map();
    const at = (ref) => {
      if (!found.has(ref)) {
        found.set(ref, { subject: subjects.get(ref) || null, findings: [], only: [[], []] });
      }
      return found.get(ref);
    };
    const place = (ref) => (ref ? subjects.get(ref).place : Infinity);
    for (const each of findings) {
      each.order = [...each.left, ...each.right].map((one) => one.order).sort((a, b) => a - b);
      at(home(each, place)).findings.push(each);
    }
    const outside = [[left, right, "left"], [right, left, "right"]].map(([voice, other, side], number) => {
      const told = new Set(findings.flatMap((each) => each[side].map((one) => one.ref)));
      const off = [];
      for (const each of voice.said.values()) {
        if (!told.has(each.ref)) {
          const subject = each.subjects.find((one) => other.covers.has(one));
          (subject ? at(subject).only[number] : off).push(each);
        }
      }
      return off;
    });
    const inOrder = [...found].sort(([one], [two]) => place(one) - place(two)).map(([, each]) => each);
    inOrder.forEach((each) => each.findings.sort(rank));
    return { left, right, subjects: inOrder, outside, counts: counted(findings) };
  };

  function counted(findings) {
    return ACCORDS.map((code) => [code, findings.filter((each) => each.accord === code).length]).filter(([, number]) => number);
  }

  function rank(one, two) {
    const byAccord = ACCORDS.indexOf(one.accord) - ACCORDS.indexOf(two.accord);
    const at = one.order.findIndex((order, index) => order !== two.order[index]);
    return byAccord || (at < 0 ? one.order.length - two.order.length : one.order[at] - (two.order[at] ?? -1));
  }

  function home(finding, place) {
    if (finding.ground === "numbers") {
      return `measure:${finding.left[0].number.measure}`;
    }
    const [ours, theirs] = [finding.left[0].subjects, finding.right[0].subjects];
    const common = ours.find((each) => theirs.includes(each));
    if (common || !(ours.length && theirs.length)) {
      return common || ours[0] || theirs[0] || null;
    }
    return place(ours[0]) <= place(theirs[0]) ? ours[0] : theirs[0];
  }

  function* same(left, right) {
    for (const ours of left.said.values()) {
      const theirs = right.said.get(ours.ref);
      if (theirs) {
        const all = [...ours.said, ...theirs.said];
        const ground = all.some((each) => each.date) ? "dates" : "same";
        yield { accord: accordOnOne(ours, theirs), ground, left: [ours], right: [theirs], clashes: [] };
      }
    }
  }

  function accordOnOne(ours, theirs) {
    const [here, there] = [ours, theirs].map((side) => new Set(side.said.map((each) => each.position).filter((each) => each !== "mentions")));
    if (!here.size || !there.size) {
      return "beside";
    }
    if (here.size !== there.size || [...here].some((each) => !there.has(each))) {
      return "differ";
    }
    const meant = [...ours.said, ...theirs.said].filter((each) => each.position !== "mentions");
    return new Set(meant.map((each) => each.origin)).size > 1 ? "agree" : "one-origin";
  }

  function standsFor(statement) {
    return statement.said.some((each) => each.stance === "supports");
  }

  function* tied(left, right) {
    for (const ours of left.said.values()) {
      const found = new Map();
      for (const tie of ours.ties) {
        const known = found.get(tie.other);
        if (right.said.has(tie.other) && (!known || isStronger(ours.ref, tie, known))) {
          found.set(tie.other, tie);
        }
      }
      for (const [ref, tie] of found) {
        const theirs = right.said.get(ref);
        const isShared = left.said.has(ref) && right.said.has(ours.ref);
        const isCounted = ours.number && theirs.number && ours.number.measure === theirs.number.measure;
        if (!isShared && !isCounted) {
          const accord = standsFor(ours) && standsFor(theirs) ? DECLARED[tie.type] || "beside" : "beside";
          yield { accord, ground: tie.type, left: [ours], right: [theirs], isInverse: tie.isInverse, why: tie.why, clashes: [] };
        }
      }
    }
  }

  function isStronger(ref, tie, known) {
    const [one, two] = [tie, known].map((each) => [TIES.indexOf(each.type), each.why ? 0 : 1, each.why, each.isInverse ? each.other : ref]);
    const at = one.findIndex((each, index) => each !== two[index]);
    return at >= 0 && one[at] < two[at];
  }

  function* numbers(left, right) {
    const [ours, theirs] = [left, right].map(byMeasure);
    for (const [measure, here] of ours) {
      const there = theirs.get(measure);
      if (there && new Set([...here, ...there].map((each) => each.ref)).size > 1) {
        const clashes = clashing(here, there);
        yield { accord: clashes.length ? "differ" : "compatible", ground: "numbers", left: here, right: there, clashes };
      }
    }
  }

  function byMeasure(voice) {
    const found = new Map();
    for (const each of voice.said.values()) {
      if (each.number && standsFor(each)) {
        push(found, each.number.measure, each);
      }
    }
    return found;
  }

  function push(lists, key, value) {
    if (!lists.has(key)) {
      lists.set(key, []);
    }
    lists.get(key).push(value);
  }

  function clashing(ours, theirs) {
    const found = new Map();
    const there = binned(theirs);
    for (const here of binned(ours)) {
      for (const rivals of there) {
        const [one, other] = [here[0], rivals[0]];
        const tie = declared(one, other);
        if (tie === "contradicts") {
          found.set(`${one.ref} ${other.ref}`, [one, other]);
        } else if (isAlike(one.number, other.number) && tie !== "compatible-with") {
          farthest(here, rivals).forEach((pair) => found.set(pair.map((each) => each.ref).join(" "), pair));
        }
      }
    }
    const order = (pair) => pair.map((each) => each.order).sort((a, b) => a - b);
    return [...found.values()].sort((a, b) => order(a)[0] - order(b)[0] || order(a)[1] - order(b)[1]);
  }

  /** Return numbers in bins that compare alike: one scope, one date, and one's own where ties decide. */
  function binned(statements) {
    const bins = new Map();
    for (const each of statements) {
      const own = each.ties.some((tie) => DECLARED[tie.type]) ? each.ref : "";
      const key = JSON.stringify([each.number.scope, each.number.first, each.number.last, own]);
      push(bins, key, each);
    }
    return [...bins.values()];
  }

  function declared(one, other) {
    const types = one.ties.filter((tie) => tie.other === other.ref).map((tie) => tie.type);
    return Object.keys(DECLARED).find((type) => types.includes(type)) || "";
  }

  function isAlike(one, other) {
    const isOneScope = !one.scope || !other.scope || one.scope === other.scope;
    return isOneScope && startsBy(one.first, other.last) && startsBy(other.first, one.last);
  }

  function startsBy(first, last) {
    return !first || !last || first <= last;
  }

  function farthest(ours, theirs) {
    const [low, high] = extremes(ours);
    const [theirLow, theirHigh] = extremes(theirs);
    return [[low, theirHigh], [high, theirLow]].filter(
      ([one, other]) => one.number.high < other.number.low || other.number.high < one.number.low,
    );
  }

  function extremes(statements) {
    return [
      statements.reduce((least, each) => (each.number.high < least.number.high ? each : least)),
      statements.reduce((most, each) => (each.number.low > most.number.low ? each : most)),
    ];
  }
})();
