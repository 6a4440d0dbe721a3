// What a reader chooses: the browser's own controls, as the server writes them (components/controls.py). A choice
// changes the address and nothing else; what the page then says goes before it.
"use strict";
(() => {
  const entry = document.getElementById("react-entry-point"); // before Dash is there these are plain forms
  const go = (address) => document.dispatchEvent(new CustomEvent("ennum-go", { detail: address }));
  const on = (name, selector, does) => entry.addEventListener(name, (event) => {
    if (event.target.matches?.(selector)) does(event.target, event);
  });

  function choose({ name, options }, value) {
    const asked = new URLSearchParams(location.search);
    if (value === "" || value === options?.[0].value) asked.delete(name); // the first one of a list is meant anyway
    else asked.set(name, value);
    asked.delete("leaf"); // of another table
    const text = asked.toString().replaceAll("%7E", "~");
    const search = text ? `?${text}` : "";
    if (search !== location.search) go(location.pathname + search + location.hash);
  }

  // --- a list, and the range beside it, whose last value is on the left -------------------------------------
  const listOf = (slider) => slider.parentElement.querySelector("select");

  function beside(list) {
    const slider = list.parentElement.querySelector(".slider");
    if (!slider) return;
    slider.value = list.options.length - 1 - list.selectedIndex;
    slider.setAttribute("aria-valuetext", list.selectedOptions[0].textContent);
  }

  // The list shows where the range stands; the page is asked for once it rests. A page of an earlier wish that
  // comes meanwhile does not take the range back.
  const RESTS_AFTER = 400; // ms without a key
  let wish = null; // the value of the list, while it is not asked for yet

  on("change", ".choice select", (list) => { beside(list); choose(list, list.value); });
  on("input", ".slider", (slider) => {
    const list = listOf(slider);
    list.selectedIndex = list.options.length - 1 - slider.value;
    beside(list);
    clearTimeout(wish?.later);
    wish = { list, value: list.value };
  });
  const askFor = () => {
    if (!wish) return;
    clearTimeout(wish.later);
    const { list, value } = wish;
    wish = null;
    choose(list, value);
  };
  on("pointerup", ".slider", askFor);
  on("keyup", ".slider", () => {
    if (!wish) return;
    clearTimeout(wish.later);
    wish.later = setTimeout(askFor, RESTS_AFTER);
  });

  // --- check boxes, and a field: chosen when it is left, sent, or filled from a suggestion --------------------
  const FIELD = ".choice input[list]";

  on("change", ".checks input", (box) => {
    const chosen = [...box.closest(".checks").querySelectorAll(":checked")];
    choose({ name: box.name }, chosen.map(({ value }) => value).join("~"));
  });

  function typed(field) { // one of several is added to those that the form keeps
    const text = field.value.trim();
    const others = [...field.form.querySelectorAll(`[type=hidden][name="${CSS.escape(field.name)}"]`)];
    if (text !== field.defaultValue) choose({ name: field.name }, [...others.map(({ value }) => value), text].join("~"));
  }

  on("focusout", FIELD, typed);
  on("keydown", FIELD, (field, event) => { if (event.key === "Enter") { event.preventDefault(); typed(field); } });
  on("input", FIELD, (field, { inputType }) => {
    const isLabel = !field.value || [...field.list.options].some(({ value }) => value === field.value);
    if (inputType === "insertReplacementText" && isLabel) typed(field);
  });

  // Before anything else is told of a page drawn anew, controls show what it says.
  document.addEventListener("ennum-drawn", () => {
    for (const form of entry.querySelectorAll("form.choices, form.day")) form.reset();
    for (const list of entry.querySelectorAll("form.day select")) {
      if (wish) { wish.list = list; list.value = wish.value; }
      beside(list);
    }
  }, true);

  // --- the search of the header: a combobox with a list (WAI-ARIA), whose suggestions the server gives --------
  const ASK_AFTER = 150; // ms without a key
  const ANSWERS_KEPT = 50;
  const LEAST = 2;
  const answers = new Map(); // by address, the last ones asked for
  const NOTHING = { said: "", groups: [] };
  let asking = {};

  function element(tag, given, ...inside) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(given)) made.setAttribute(name, value);
    made.append(...inside);
    return made;
  }

  function suggesting(form) {
    const { q: field } = form.elements;
    const given = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": false, "aria-controls": "q-near" };
    for (const [name, value] of Object.entries(given)) field.setAttribute(name, value);
    form.append(
      element("div", { class: "near", id: "q-near", role: "listbox", "aria-label": form.querySelector("label").textContent, hidden: "" }),
      element("span", { role: "status", class: "unseen" }),
    );
  }

  async function suggestions(address, signal) {
    if (!answers.has(address)) {
      const answer = await fetch(address, { signal });
      if (!answer.ok) throw new Error(answer.status);
      answers.set(address, await answer.json());
      if (answers.size > ANSWERS_KEPT) answers.delete(answers.keys().next().value);
    }
    return answers.get(address);
  }

  const optionsOf = (form) => [...form.querySelectorAll("[role=option]")];
  const pointed = (form) => optionsOf(form).findIndex((one) => one.getAttribute("aria-selected") === "true");

  function show(form, { said, groups }) {
    let place = 0;
    const option = ({ label, detail, address }) => element("li", { id: `q-${place++}`, role: "option", "data-address": address },
      element("span", {}, ...label.map(([part, isTyped]) => (isTyped ? element("mark", {}, part) : part))),
      ...(detail ? [element("span", { class: "detail" }, detail)] : []));
    const list = form.querySelector(".near");
    list.replaceChildren(...groups.map(({ name, items }, i) => element("ul", { role: "group", "aria-labelledby": `q-group-${i}` },
      element("li", { role: "presentation", id: `q-group-${i}`, class: "kind" }, name), ...items.map(option))));
    list.hidden = !place;
    form.elements.q.setAttribute("aria-expanded", place > 0);
    form.querySelector("[role=status]").textContent = said;
    point(form, -1);
  }

  function point(form, at) {
    const options = optionsOf(form);
    options.forEach((one, i) => one.setAttribute("aria-selected", i === at));
    if (at < 0) form.elements.q.removeAttribute("aria-activedescendant");
    else form.elements.q.setAttribute("aria-activedescendant", options[at].id);
    options[at]?.scrollIntoView({ block: "nearest" });
  }

  const stop = () => { clearTimeout(asking.later); asking.control?.abort(); };
  const close = (form) => { stop(); show(form, NOTHING); };

  function ask({ form, value }) {
    stop();
    if (value.trim().length < LEAST) { show(form, NOTHING); return; }
    const control = new AbortController();
    const later = setTimeout(() => suggestions(`${form.dataset.suggest}?${query(form)}`, control.signal)
      .then((found) => show(form, found), () => {}), ASK_AFTER); // without an answer it stays a plain field
    asking = { control, later };
  }

  function query({ elements: { q, known_at: day } }) {
    return new URLSearchParams({ q: q.value.trim(), ...(day && { known_at: day.value }) });
  }

  function follow(form, option) { // what was typed has led there, and makes room for the next
    const { address } = option.dataset;
    close(form);
    form.elements.q.value = "";
    go(address);
  }

  on("input", ".finder [name=q]", ask);
  on("focusout", ".finder [name=q]", ({ form }) => close(form));
  on("keydown", ".finder [name=q]", (field, event) => {
    const { form } = field;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const { length } = optionsOf(form);
    if (step && length) {
      event.preventDefault();
      point(form, (pointed(form) + 1 + step + length + 1) % (length + 1) - 1); // the field itself lies between last and first
    } else if (step === 1) ask(field);
    else if (event.key === "Escape" && length) { event.preventDefault(); close(form); }
  });
  on("submit", "form.finder", (form) => {
    const option = optionsOf(form)[pointed(form)];
    if (option) { follow(form, option); return; }
    close(form);
    if (form.elements.q.value.trim()) go(`${form.getAttribute("action")}?${query(form)}`);
  });
  entry.addEventListener("pointerdown", (event) => {
    if (event.target.closest(".finder [role=option]")) event.preventDefault(); // the field keeps the focus
  });
  entry.addEventListener("click", ({ target }) => {
    const option = target.closest(".finder [role=option]");
    if (option) follow(option.closest("form"), option);
  });

  window.ennumControls = { suggesting };
})();
