/*
 * The panel for display and keys: theme, text size, what may be switched off, and the list of keys.
 * All of it is kept on the device, where that keeps anything, and holds for this page anyway.
 */
(function () {
  "use strict";

  const { el, store, reader, shortcuts } = sitegen;
  const page = document.documentElement;
  const CHOICES = [
    ["theme", "Colours", [["", "As the device"], ["light", "Light"], ["dark", "Dark"]]],
    ["size", "Text size", [["small", "Small"], ["", "Normal"], ["large", "Large"], ["largest", "Largest"]]],
  ];
  const SWITCHES = [
    ["previews", "Show what a link leads to when it is pointed at, focused or tapped"],
    ["place", "Remember my place on long pages"],
    ["keys", "Keys of a single character"],
  ];
  const KEYS = [
    ["Tab", "From a link into its preview, and out of it"],
    ["Enter", "Follow a link; explain a dotted date"],
    ["Esc", "Close a preview, a list of results or this panel"],
  ];
  let dialog = null;

  function keep(name, value) {
    note(store.set(name, value));
  }

  function note(isKept) {
    // Firefox, for one, takes each file on a disk for a site of its own.
    const reach = location.protocol === "file:" ? "; from disk, some browsers keep it for this page alone." : ", for all pages of this site.";
    dialog.querySelector(".panel__note").textContent = isKept
      ? `Kept on this device${reach}`
      : "This browser keeps nothing for this site: it holds until you leave the page.";
  }

  function choice([name, legend, values]) {
    const chosen = page.dataset[name] || "";
    return el("fieldset", {}, el("legend", {}, legend), values.map(([value, label]) => el("label", {},
      el("input", {
        type: "radio", name, value, checked: value === chosen,
        onchange: () => {
          if (value) {
            page.dataset[name] = value;
          } else {
            delete page.dataset[name];
          }
          keep(name, value || null);
        },
      }), label)));
  }

  function option([name, label]) {
    return el("p", {}, el("label", {},
      el("input", {
        type: "checkbox", checked: store.get(name) !== "off",
        onchange: (event) => keep(name, event.target.checked ? null : "off"),
      }), label));
  }

  function make() {
    const keys = [...[...shortcuts.values()].map(({ key, says }) => [key, says]), ...KEYS];
    return el("dialog", { class: "panel", "aria-labelledby": "panel-title" },
      el("form", { method: "dialog" },
        el("h2", { id: "panel-title" }, "Display and keys"),
        CHOICES.map(choice),
        SWITCHES.map(option),
        el("dl", { class: "panel__keys" }, keys.map(([key, says]) => el("div", {}, el("dt", {}, el("kbd", {}, key)), el("dd", {}, says)))),
        el("p", { class: "panel__note", role: "status" }),
        el("button", { class: "button" }, "Close")));
  }

  /** Open the panel; the browser gives the focus back when it closes. */
  reader.open = function open() {
    if (!dialog) {
      dialog = make();
      document.body.append(dialog);
      dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    }
    if (!dialog.open) {
      dialog.showModal();
    }
  };
})();
