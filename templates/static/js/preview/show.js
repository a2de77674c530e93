/*
 * When and where a preview is shown: beside its link, within the screen, until the pointer, the
 * focus or a tap goes elsewhere, or Escape is pressed. The focus is never moved; Tab goes from a
 * link into its preview, and out of it to what comes after the link.
 */
(function () {
  "use strict";

  const { el, previews } = sitegen;
  const WAIT = { hover: 350, focus: 600, tap: 0 }; // milliseconds
  const LINGER = 250;
  const GAP = 6;
  const EDGE = 8;
  let shown = null; // {reference, how, card, x}
  let coming = null; // the reference that is about to be shown
  let timer = 0;
  let leaving = 0;
  let dismissed = null; // what got the focus back, and shall not be shown for that

  previews.isAwake = true;

  /** The pointer or the focus has come to something: a reference, a preview or neither. */
  previews.rest = function rest(reference, how, isInside, x) {
    const isBack = how === "focus" && reference && reference.element === dismissed;
    dismissed = how === "focus" && !isBack ? null : dismissed;
    if (isInside) {
      clearTimeout(leaving);
    } else if (isBack) {
      cancel();
    } else if (!reference) {
      leave(how);
    } else if (shown?.reference.element === reference.element) {
      clearTimeout(leaving);
      cancel();
    } else if (coming?.element !== reference.element) {
      leave(how);
      cancel();
      coming = reference;
      previews.find(reference.folder, reference.key).catch(() => {}); // on its way while the pointer rests
      timer = setTimeout(() => show(reference, how, x), WAIT[how]);
    }
  };

  /** Show a reference at once. The promise says whether there was anything to show. */
  previews.tap = (reference) => show(reference, "tap");

  function cancel() {
    clearTimeout(timer);
    coming = null;
  }

  function leave(how) {
    cancel();
    if (shown && how === "focus") {
      close();
    } else if (shown?.how === "hover") {
      clearTimeout(leaving);
      leaving = setTimeout(close, LINGER);
    }
  }

  async function show(reference, how, x) {
    cancel(); // what was asked for at once does not come a second time when the focus has rested
    coming = reference;
    const found = await previews.find(reference.folder, reference.key).catch(() => null);
    if (coming !== reference) {
      return true; // something else has been asked for meanwhile
    }
    coming = null;
    if (!found || !reference.element.isConnected) {
      return false;
    }
    close();
    const isTap = how === "tap";
    const pin = el("button", {
      type: "button",
      disabled: previews.isFull(),
      onclick: () => { back(); close(); previews.pin(reference, found); },
    }, previews.isFull() ? `${previews.most} are pinned` : "Pin");
    const card = el("div", { class: "preview preview--open", role: "dialog", "aria-label": `Preview: ${found.row[1] || found.kind}` },
      previews.body(found, ""),
      el("p", { class: "preview__actions" },
        isTap && reference.url ? el("a", { class: "preview__follow", href: sitegen.base + reference.url }, "Open") : null,
        pin,
        isTap ? el("button", { type: "button", onclick: () => { back(); close(); } }, "Close") : null));
    if (reference.url) {
      card.lastChild.dataset.copy = "preview";
      card.lastChild.dataset.url = reference.url;
      card.lastChild.dataset.words = previews.words(found);
      card.lastChild.dataset.from = previews.from(found);
      sitegen.addCopyButton(card.lastChild);
      new MutationObserver(place).observe(card, { childList: true, subtree: true }); // it grows by what can be copied
    }
    shown = { reference, how, card, x };
    previews.element = reference.element;
    document.body.append(card);
    place();
    if (how !== "hover") {
      sitegen.announce(previews.said(found));
    }
    return true;
  }

  function close() {
    clearTimeout(leaving);
    shown?.card.remove();
    shown = null;
    previews.element = null;
  }

  /** Give the focus back to the link if the preview has it. */
  function back() {
    if (shown?.card.contains(document.activeElement)) {
      dismissed = shown.reference.element;
      shown.reference.element.focus({ preventScroll: true });
    }
  }

  /** Put the preview under its link, or above it where there is more room. */
  function place() {
    if (!shown) {
      return;
    }
    const { card, reference: { element }, x } = shown;
    const link = element.getBoundingClientRect();
    const shelf = document.querySelector(".pins");
    const floor = shelf && getComputedStyle(shelf).position === "sticky" ? Math.min(shelf.getBoundingClientRect().top, innerHeight) : innerHeight;
    if (link.bottom < 0 || link.top > floor) {
      back();
      close();
      return;
    }
    const below = floor - link.bottom - GAP - EDGE;
    const above = link.top - GAP - EDGE;
    card.style.maxHeight = "none";
    const isBelow = card.offsetHeight <= below || below >= above;
    const height = Math.min(card.offsetHeight, Math.max(isBelow ? below : above, 0));
    const left = element.getClientRects().length > 1 && x ? x - 5 * EDGE : link.left; // near the pointer
    const right = document.documentElement.clientWidth - card.offsetWidth - EDGE;
    card.style.maxHeight = `${height}px`;
    const [body] = card.children;
    if (body.scrollHeight > body.clientHeight) {
      body.tabIndex = 0; // to be scrolled by keys
    }
    card.style.top = `${isBelow ? link.bottom + GAP : link.top - GAP - height}px`;
    card.style.left = `${Math.max(EDGE, Math.min(left, right))}px`;
  }

  function onKey(event) {
    if (!shown) {
      return;
    }
    const { reference: { element }, card } = shown;
    const stops = [...card.querySelectorAll("[tabindex], a, button:not(:disabled)")];
    const { activeElement } = document;
    if (event.key === "Escape") {
      cancel();
      back();
      close();
    } else if (event.key === "Tab" && activeElement === element && !event.shiftKey && stops.length) {
      event.preventDefault();
      stops[0].focus();
    } else if (event.key === "Tab" && activeElement === (event.shiftKey ? stops[0] : stops[stops.length - 1])) {
      back(); // from where the browser itself goes on
      if (event.shiftKey) {
        event.preventDefault();
      } else {
        close();
      }
    }
  }

  document.addEventListener("keydown", onKey, true);
  document.addEventListener("pointerdown", (event) => {
    if (shown && !shown.card.contains(event.target) && !shown.reference.element.contains(event.target)) {
      cancel();
      close();
    }
  }, true);
  window.addEventListener("scroll", place, { passive: true });
  window.addEventListener("resize", place);
  window.addEventListener("pagehide", () => { cancel(); close(); });
})();
