/*
 * The one name that all scripts of the site share, `sitegen`, and what several of them need:
 * starting behaviours on elements, loading data and scripts by tag, building elements, speaking to
 * screen readers, keeping small settings on the device, keyboard shortcuts.
 *
 * Pages are whole without any of it. It works from disk: classic deferred scripts, no request but
 * by script tag, no markup from text.
 */
(function () {
  "use strict";

  const page = document.documentElement;
  const root = page.dataset.root || "";
  const base = new URL(root || ".", location.href).href; // of the site, where it is being read
  const values = new Map(); // name → what a data script brought
  const loads = new Map(); // url → promise of a script that was asked for
  const shortcuts = new Map(); // key → {key, says, run}
  let speaker = null;

  /** Call `run(element)` for each element whose data-module names `name`. One that fails stops no other. */
  function start(name, run) {
    for (const element of document.querySelectorAll(`[data-module~="${name}"]`)) {
      try {
        run(element);
      } catch (fault) {
        setTimeout(() => { throw fault; });
      }
    }
  }

  /** Keep what a data script brings; such a script is one call of this. */
  function data(name, value) {
    values.set(name, value);
  }

  /**
   * Load a script of the site once, by tag. The promise gives the value that the script brings
   * under `name`, if it is named; it is broken where the script does not load or brings nothing,
   * and asking again then tries again.
   */
  function load(url, name) {
    if (!loads.has(url)) {
      const asked = new Promise((resolve, reject) => {
        const script = el("script", {
          src: root + url,
          onload: () => { script.remove(); resolve(); },
          onerror: () => { script.remove(); reject(new Error(`${url} could not be loaded`)); },
        });
        script.async = false; // loaded side by side, run in the order in which they were asked for
        document.head.append(script);
      });
      loads.set(url, asked);
      asked.catch(() => loads.delete(url));
    }
    return loads.get(url).then(() => {
      if (name && !values.has(name)) {
        throw new Error(`${url} does not bring ${name}`);
      }
      return values.get(name);
    });
  }

  /** Give back a value that is no longer needed, and forget it. */
  function take(name) {
    const value = values.get(name);
    values.delete(name);
    return value;
  }

  /**
   * Return a new element. An attribute that is null or false is left out, one that is true is
   * empty, one that is a function listens (`onclick`). Children are nodes and texts, in lists if
   * need be; null is skipped. `svg:path` makes an element of SVG.
   */
  function el(tag, attributes, ...children) {
    const element = tag.startsWith("svg:")
      ? document.createElementNS("http://www.w3.org/2000/svg", tag.slice(4))
      : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (typeof value === "function") {
        element.addEventListener(name.slice(2), value);
      } else if (value !== null && value !== undefined && value !== false) {
        element.setAttribute(name, value === true ? "" : value);
      }
    }
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
    return element;
  }

  /**
   * Return the marks that stand before and after words that are quoted. Words that bring their
   * own opening mark get no second one, and a closing one where theirs is left out.
   */
  function marksFor(words) {
    const count = (mark) => words.split(mark).length - 1;
    if (words.startsWith("“")) {
      return ["", count("“") > count("”") ? "”" : ""];
    }
    return words.startsWith('"') ? ["", count('"') % 2 ? '"' : ""] : ["“", "”"];
  }

  /** Return words as a quotation. */
  function quoted(words) {
    const [before, after] = marksFor(words);
    return before + words + after;
  }

  /** Say something to screen readers when they have finished what they are saying. */
  function announce(text) {
    if (!speaker) {
      speaker = el("div", { class: "for-ears", role: "status" });
      document.body.append(speaker);
    }
    speaker.textContent = "";
    // A region that has just come, or has the same words again, is passed over without a pause.
    setTimeout(() => { speaker.textContent = text; }, 100);
  }

  /**
   * Small values in one of the browser's two stores; `site` tells apart sites that share a store.
   * What the browser does not keep holds until the reader leaves the page.
   */
  function keeper(name, site = "") {
    const held = new Map();
    return {
      get(key, fallback = null) {
        if (held.has(key)) {
          return held.get(key);
        }
        try {
          const text = window[name].getItem(`sitegen:${site}${key}`);
          return text === null ? fallback : JSON.parse(text);
        } catch {
          return fallback;
        }
      },
      set(key, value) {
        try {
          window[name].setItem(`sitegen:${site}${key}`, JSON.stringify(value));
          held.delete(key);
          return true;
        } catch {
          held.set(key, value);
          return false;
        }
      },
    };
  }

  const store = keeper("localStorage"); // for the device
  const tab = keeper("sessionStorage", base); // for as long as the tab is open

  /**
   * Run something at a single key, unless a field has the focus, another key is held, or the
   * reader has switched such keys off (`store.set("keys", "off")`). `says` is for a list of keys.
   */
  function shortcut(key, says, run) {
    shortcuts.set(key, { key, says, run });
  }

  function isTyping(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }

  document.addEventListener("keydown", (event) => {
    const found = shortcuts.get(event.key);
    const isPlain = !(event.ctrlKey || event.altKey || event.metaKey || event.isComposing);
    if (found && isPlain && !event.defaultPrevented && !isTyping(event.target) && store.get("keys") !== "off") {
      event.preventDefault();
      found.run(event);
    }
  });

  window.sitegen = { root, base, start, data, load, take, el, marksFor, quoted, announce, store, tab, shortcut, shortcuts };
})();
