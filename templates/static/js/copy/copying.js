/*
 * What can be copied of a claim, an excerpt or a value: its address, its words with their
 * reference, and the reference in the forms of other programs.
 *
 * On disk a page may have no clipboard but that of a selection; where there is neither, the text
 * is shown selected, to be copied by hand.
 */
(function () {
  "use strict";

  const { el, announce, quoted } = sitegen;
  const page = document.documentElement;
  const FORMS = ["Text", "Markdown", "BibTeX", "CSL-JSON"];
  const RESTS = 2000; // milliseconds for which a button says that it has copied

  /** Return the address of something on the site: where that is published, or where it is read. */
  function address(href) {
    const url = href.startsWith(sitegen.base) ? href.slice(sitegen.base.length) : "";
    return page.dataset.base && url ? `${page.dataset.base.replace(/\/$/, "")}/${url}` : href;
  }

  /** Return an address for a reference: of a page on disk the part that others have too. */
  function cited(link) {
    return link.startsWith("file:") && link.startsWith(sitegen.base) ? link.slice(sitegen.base.length) : link;
  }

  /** Return the names of those whose words an excerpt has, as they stand before a reference. */
  function speakers(figure) {
    const said = [...figure.querySelectorAll(".excerpt__provenance > span")].find((each) => each.textContent.startsWith("said by"));
    return said ? `${[...said.querySelectorAll("a")].map((each) => each.textContent.trim()).join(", ")}, quoted in ` : "";
  }

  function text(root, selector) {
    return (root.querySelector(selector)?.textContent || "").replace(/\s+/g, " ").trim();
  }

  function siteTitle() {
    return text(document, ".masthead__title");
  }

  /** Return a promise of the reference to a note in all its forms, from the data of previews. */
  async function reference(url) {
    await sitegen.load("static/preview.js");
    const key = url.slice(sitegen.base.length).replace(/\.html.*/, "");
    const found = await sitegen.previews.find("references", key);
    return found ? found.row.slice(1) : [];
  }

  /** Over HTTP the address of a page is known even where the site's own is not recorded. */
  function placed(form) {
    const path = location.href.split(/[?#]/)[0].slice(sitegen.base.length);
    const isBare = path && !page.dataset.base && location.protocol.startsWith("http");
    return isBare ? form.replaceAll(path, sitegen.base + path) : form;
  }

  function ofClaim() {
    const forms = [...document.querySelectorAll(".cite__form .cite__text")].map((form) => placed(form.textContent));
    return entries(address(location.href.split("#")[0]), "Statement with its reference", forms);
  }

  async function ofExcerpt(place) {
    const figure = place.closest(".excerpt");
    const other = figure.querySelector(".excerpt__for a");
    const link = address(figure.id ? `${location.href.split("#")[0]}#${figure.id}` : (other || figure.querySelector("a[href]")).href);
    const words = [...figure.querySelectorAll(".excerpt__quote .excerpt__words")].map((part) => part.textContent.replace(/\s+/g, " ").trim()).join(" […] ");
    const [plain, markdown, ...forms] = await reference(figure.querySelector(".excerpt__source a").href).catch(() => []);
    const from = plain || `${text(figure, ".excerpt__source")}.`;
    const by = speakers(figure);
    const proof = cited(link);
    return entries(link, "Quotation with its reference", [
      `${quoted(words)} ${by}${from} Quoted in: ${siteTitle()}. ${proof}`,
      `> ${words}\n>\n> ${by}${markdown || from} Quoted in: [${siteTitle()}](<${proof}>).`,
      ...forms,
    ]);
  }

  async function ofValue(place) {
    const row = place.closest("tr");
    const claim = row.querySelector("th a");
    const facts = [...row.querySelectorAll("td:not([data-copy])")]
      .filter((cell) => !/^not (stated|recorded)$/.test(cell.textContent.trim()))
      .map((cell) => `${cell.dataset.label.toLowerCase()}: ${cell.querySelector("q") ? quoted(text(cell, "q")) : text(cell.parentNode, `[data-label="${cell.dataset.label}"]`)}`);
    const value = `${text(row, "th a")} ${row.closest("table").dataset.unit} (${facts.join("; ")}).`;
    const [plain = "", markdown = "", ...forms] = (await reference(claim.href).catch(() => [])).map(placed);
    return entries(address(claim.href), "Value with its reference", [`${value} ${plain}`, `${value} ${markdown}`, ...forms]);
  }

  function ofPreview(place) {
    const link = address(sitegen.base + place.dataset.url);
    const { words, from } = place.dataset;
    const by = from ? `${from} ` : "";
    return entries(link, "Words with their reference", [
      `${quoted(words)} ${by}In: ${siteTitle()}. ${cited(link)}`,
      `[${quoted(words)}](<${cited(link)}>) ${by}In: *${siteTitle()}*.`,
    ]);
  }

  function entries(link, words, forms) {
    return [["Link", link], ...forms.map((form, at) => [at ? FORMS[at] : words, form.trim()])];
  }

  const KINDS = { claim: ofClaim, excerpt: ofExcerpt, value: ofValue, preview: ofPreview };

  function bySelection(copied) {
    const before = document.activeElement;
    const field = el("textarea", { class: "for-ears", readonly: true, "aria-label": "To be copied" });
    field.value = copied;
    (before?.closest(".copy") || document.body).append(field); // in a preview it must not be left
    field.select();
    const isDone = document.execCommand("copy");
    field.remove();
    before?.focus({ preventScroll: true });
    return isDone;
  }

  /** Copy a text. The promise says whether any way was open. */
  async function copy(copied) {
    try {
      await navigator.clipboard.writeText(copied);
      return true;
    } catch {
      return bySelection(copied);
    }
  }

  async function onCopy(button, list, [name, copied]) {
    if (await copy(copied)) {
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = name; }, RESTS);
      announce(`Copied: ${name}.`);
      return;
    }
    const field = el("textarea", { class: "copy__field", readonly: true, rows: 4, "aria-label": `${name}, to be copied by hand` });
    field.value = copied;
    list.querySelector("textarea")?.remove();
    list.append(field);
    field.select();
    announce("This browser lets no page copy. The text is selected: copy it by hand.");
  }

  /** Open or close what a button offers to copy. */
  async function toggle(button, place) {
    const isOpen = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!isOpen));
    if (isOpen) {
      button.nextElementSibling?.remove();
      return;
    }
    const offers = await KINDS[place.dataset.copy](place);
    if (button.getAttribute("aria-expanded") === "true" && !button.nextElementSibling) {
      const list = el("span", { class: "copy__list", role: "group", "aria-label": "What to copy" });
      list.append(...offers.map((offer) => {
        const each = el("button", { type: "button", onclick: () => onCopy(each, list, offer) }, offer[0]);
        return each;
      }));
      button.after(list);
    }
  }

  document.addEventListener("keydown", (event) => {
    const button = event.key === "Escape" && event.target.closest?.(".copy")?.querySelector("[aria-expanded=true]");
    if (button) {
      button.click();
      button.focus();
    }
  });

  sitegen.copying = { toggle, copy };
})();
