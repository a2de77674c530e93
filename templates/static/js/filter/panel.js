/*
 * The panel of filters above a list: its fields, what is left of the list, what to drop when
 * nothing is. What is chosen stands in the address, so that a view can be linked and gone back to.
 *
 * A page that holds its whole list shows and hides its own items. A list in several pages is shown
 * from the facts instead, by rows that look like its own.
 */
(function () {
  "use strict";

  const { el } = sitegen;
  const { read, apply, isSpan, ORDERS } = sitegen.facts;
  const TITLES = {
    words: "Words", kind: "Kind", standing: "Standing", verdict: "Author’s verdict", grade: "Grade", country: "Country",
    actor: "Actor", place: "Place", question: "Question", source: "Source", from: "From", to: "Until",
  };
  const SORTS = { name: "Name", date: "Date, first to last", latest: "Date, last to first", most: "Most evidence first" };
  const MOST_OPTIONS = 200;
  const ROWS_AT_ONCE = 100;
  const NOTHING = "#unfiltered";
  let panels = 0;

  /** Make the panel of a list; the promise gives {toggle, follow}. */
  sitegen.filter = async function (host, button) {
    const facts = await read(host.dataset.list);
    panels += 1;
    return new Panel(host, button, facts, `filter-${panels}`);
  };

  class Panel {
    constructor(host, button, facts, id) {
      Object.assign(this, { host, button, facts, id, choice: {}, controls: {}, shown: ROWS_AT_ONCE });
      this.status = host.querySelector(".filter__status");
      const marks = host.querySelector("template").content.querySelectorAll("[data-code]");
      this.marks = new Map([...marks].map((each) => [`${each.dataset.field}:${each.dataset.code}`, each]));
      this.own = host.dataset.items ? this.ownItems() : null;
      this.parts = [...host.parentElement.children].filter((each) => each !== host && !each.matches(".heading"));
      this.rest = el("div", { class: "filter__rest" });
      this.form = this.makeForm();
      this.status.after(this.rest);
      button.after(this.form);
      button.setAttribute("aria-controls", this.form.id);
    }

    toggle() {
      this.show(this.form.hidden);
    }

    show(isOpen) {
      this.form.hidden = !isOpen;
      this.button.setAttribute("aria-expanded", String(isOpen));
      if (isOpen) {
        this.update(false);
      }
    }

    /** Take the choice from the address; an address of a place on the page changes nothing. */
    follow() {
      const hash = location.hash;
      if (hash && hash !== NOTHING && !hash.includes("=")) {
        return;
      }
      const asked = hash === NOTHING ? [] : [...new URLSearchParams(hash.slice(1))];
      const choice = Object.fromEntries(asked.filter(([field, value]) => value && this.knows(field, value)));
      if (JSON.stringify(choice) !== JSON.stringify(this.choice)) {
        this.choice = choice;
        this.show(true);
        this.update(true);
      }
    }

    /** Tell whether the form has such a field; an address may ask for anything. */
    knows(field, value) {
      return Object.hasOwn(this.controls, field) && (field !== "sort" || Object.hasOwn(ORDERS, value));
    }

    // --- the form -----------------------------------------------------------------------------

    makeForm() {
      const form = el("form", { class: "filter__form", id: this.id, hidden: true, "aria-label": `Filter the ${this.host.dataset.noun}s` });
      form.append(this.control("words", el("input", { type: "search", autocomplete: "off" })));
      this.facts.fields.forEach((field) => form.append(this.control(field, el("select"))));
      if (this.facts.isDated) {
        ["from", "to"].forEach((field) => form.append(this.control(field,
          el("input", { inputmode: "numeric", placeholder: "2024-06", autocomplete: "off", maxlength: "10" }))));
      }
      if (!this.own || this.ordered()) {
        const sorts = Object.entries(SORTS).filter(([code]) => this.facts.isDated || !/^(date|latest)$/.test(code));
        const choices = [["", "As listed"], ...sorts].map(([code, title]) => el("option", { value: code }, title));
        form.append(this.control("sort", el("select", {}, choices), "Sort by"));
      }
      form.append(el("button", { type: "button", class: "filter__clear", onclick: () => this.drop() }, "Clear all"));
      form.addEventListener("submit", (event) => event.preventDefault());
      return form;
    }

    control(field, control, title = TITLES[field]) {
      control.id = `${this.id}-${field}`;
      const isTyped = control.tagName === "INPUT";
      control.addEventListener(isTyped ? "input" : "change", () => this.take(field, control.value.trim(), isTyped));
      this.controls[field] = control;
      return el("p", { class: "filter__field" }, el("label", { for: control.id }, title), control);
    }

    fillForm(counts) {
      for (const [field, control] of Object.entries(this.controls)) {
        const value = this.choice[field] || "";
        if (counts[field]) {
          this.fillSelect(control, field, counts[field], value);
        } else if (control.value.trim() !== value) {
          control.value = value;
        }
        if (field === "from" || field === "to") {
          const isWrong = value && !isSpan(value);
          control.toggleAttribute("aria-invalid", isWrong);
          control.title = isWrong ? "A year, a month or a day: 2024, 2024-06, 2024-06-19" : "";
        }
      }
    }

    /** Offer what would leave something; of very many values those that would leave most. */
    fillSelect(control, field, counts, value) {
      let offered = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST_OPTIONS);
      if (value && !offered.some(([code]) => code === value)) {
        offered.push([value, counts.get(value) || 0]);
      }
      offered = offered.map(([code, count]) => [code, this.name(field, code), count]);
      offered.sort((a, b) => a[1].localeCompare(b[1]));
      const first = offered.length < counts.size ? `Any (${offered.length} of ${counts.size} listed)` : "Any";
      control.replaceChildren(el("option", { value: "" }, first),
        ...offered.map(([code, name, count]) => el("option", { value: code }, `${name} (${count})`)));
      control.value = value;
    }

    /** Return what a code or id of a field is called. */
    name(field, code) {
      const mark = this.marks.get(`${field}:${code}`);
      return mark ? mark.textContent.trim() : this.facts.names[field]?.get(code) || code;
    }

    // --- what is chosen -----------------------------------------------------------------------

    take(field, value, isTyped) {
      const { [field]: before, ...choice } = this.choice;
      this.set(value ? { ...choice, [field]: value } : choice, isTyped);
    }

    /** Drop what is chosen for a field, or all of it. */
    drop(field) {
      const { [field]: before, ...choice } = this.choice;
      this.set(field ? choice : {}, false);
      if (field) {
        this.controls[field].focus();
      }
    }

    /** Choose; what is typed letter by letter is one step for the back button, not many. */
    set(choice, isTyped) {
      this.choice = choice;
      this.shown = ROWS_AT_ONCE;
      const hash = `#${new URLSearchParams(choice)}`;
      const address = hash === "#" ? NOTHING : hash;
      if (isTyped) {
        history.replaceState(null, "", address);
      } else if (location.hash !== address) {
        location.hash = address;
      }
      this.update(true);
    }

    // --- what is left -------------------------------------------------------------------------

    update(isNew) {
      const { sort, ...choice } = this.choice;
      const found = apply(this.facts, choice);
      const isWhole = !Object.keys(choice).length && !sort;
      this.fillForm(found.counts);
      const all = this.facts.rows.length;
      const noun = this.host.dataset.noun;
      const words = `${found.left.length.toLocaleString("en")} of ${all.toLocaleString("en")} ${noun}${all === 1 ? "" : "s"}`;
      this.status.textContent = words;
      this.rest.replaceChildren(...(found.left.length ? [] : this.ways(choice, found.without)));
      if (this.own) {
        this.showOwn(found.left, sort);
      } else {
        this.parts.forEach((each) => { each.hidden = !isWhole; });
        if (!isWhole && found.left.length) {
          this.rest.append(...this.results(sort ? [...found.left].sort(ORDERS[sort]) : found.left));
        }
      }
      if (isNew) {
        sitegen.announce(found.left.length ? words : this.rest.textContent);
      }
    }

    /** Return what could be dropped when nothing is left. */
    ways(choice, without) {
      const fields = Object.keys(choice);
      const helping = fields.filter((field) => without[field]);
      const ways = helping.map((field) => el("button", { type: "button", onclick: () => this.drop(field) },
        `${(TITLES[field] || field).toLowerCase()}: ${this.name(field, choice[field])} (${without[field]})`));
      if (!ways.length) {
        ways.push(el("button", { type: "button", onclick: () => this.drop() }, `everything (${this.facts.rows.length})`));
      }
      const listed = ways.flatMap((way, at) => (at ? [" or ", way] : [way]));
      return [el("p", { class: "filter__none" }, `No ${this.host.dataset.noun} is left. Drop `, listed, ".")];
    }

    results(rows) {
      const list = el("ol", { class: "filter__results" }, rows.slice(0, this.shown).map((row) => this.row(row)));
      if (rows.length <= this.shown) {
        return [list];
      }
      const more = el("button", {
        type: "button", class: "filter__more", onclick: () => {
          const first = this.shown;
          this.shown += ROWS_AT_ONCE;
          list.append(...rows.slice(first, this.shown).map((row) => this.row(row)));
          list.children[first].querySelector("a").focus();
          more.hidden = rows.length <= this.shown;
        },
      }, `Show ${ROWS_AT_ONCE} more`);
      return [list, more];
    }

    /** Return a note in a line or two, with the marks that its own list shows. */
    row({ id, title, words, at }) {
      const { list, ref } = this.host.dataset;
      const marks = ["kind", "grade", "standing", "verdict"].map((field) => {
        const mark = at[field]?.length && this.marks.get(`${field}:${at[field][0]}`);
        return mark ? mark.cloneNode(true) : null;
      });
      return el("li", { class: `filter__row filter__row--${list}` },
        el("a", { "data-ref": ref && `${ref}:${id}`, href: sitegen.root + this.facts.pattern.replace("*", id) }, title),
        el("p", { class: "filter__facts" }, marks, words ? el("span", {}, words) : null));
    }

    // --- items of the page itself -------------------------------------------------------------

    /** Return the page's own items by the ids of what they show; drawings name several. */
    ownItems() {
      const items = new Map();
      const keep = (id, item) => items.set(id, [...(items.get(id) || []), item]);
      for (const item of document.querySelectorAll(this.host.dataset.items)) {
        const refs = item.dataset.refs || item.querySelector("[data-ref]")?.dataset.ref || "";
        const ids = this.host.dataset.ref ? refs.split(" ").map((ref) => ref.replace(/^\w+:/, "")) : [item.id];
        ids.forEach((id) => keep(id, item));
      }
      return items;
    }

    idOf(row) {
      return this.host.dataset.ref ? row.id : row.id.replace(/^.*#/, "");
    }

    /** Let a mark that stands for several events say how many of them are left. */
    recount(item, ids) {
      const refs = (item.dataset.refs || "").split(" ");
      const label = refs.length > 1 && item.querySelector("text");
      if (label) {
        const isLeft = refs.filter((ref) => ids.has(ref.replace(/^\w+:/, ""))).length;
        label.dataset.whole ||= label.textContent;
        label.textContent = isLeft < refs.length ? `${isLeft} of ${label.dataset.whole}` : label.dataset.whole;
      }
    }

    /** Return the one list that all items stand in, if they may be put into another order. */
    ordered() {
      const parents = new Set([...this.own.values()].flat().map((item) => item.parentElement));
      return parents.size === 1 && !this.host.dataset.groups ? [...parents][0] : null;
    }

    showOwn(left, sort) {
      const shown = new Set(left.flatMap((row) => this.own.get(this.idOf(row)) || []));
      const ids = new Set(left.map((row) => this.idOf(row)));
      for (const item of new Set([...this.own.values()].flat())) {
        item.toggleAttribute("hidden", !shown.has(item));
        this.recount(item, ids);
      }
      const { groups, items } = this.host.dataset;
      for (const group of groups ? document.querySelectorAll(groups) : []) {
        group.hidden = ![...group.querySelectorAll(items)].some((item) => shown.has(item));
        const id = group.querySelector("[id]").id; // of its heading; links to it would lead nowhere
        document.querySelectorAll(`main li:has(> a[href="#${id}"])`).forEach((way) => { way.hidden = group.hidden; });
      }
      const list = this.ordered();
      if (list) {
        this.asListed ||= [...list.children];
        const inOrder = [...this.facts.rows].sort(ORDERS[sort] || (() => 0)).flatMap((row) => this.own.get(this.idOf(row)) || []);
        list.append(...(sort ? inOrder : this.asListed));
      }
    }
  }
})();
