// What a script adds to pages that work without one: choices without a new page, evidence beside the
// page, copying, the slider of days, and following the store. It keeps no state but the address.
"use strict";
(() => {
  const root = document.documentElement;
  const LOOK_EVERY = 1500;
  const status = () => document.getElementById("announce");
  const main = () => document.getElementById("main");
  root.classList.add("scripted");

  // --- saying something politely -------------------------------------------------------------
  let clearing = 0;
  function say(text) {
    const place = status();
    place.textContent = "";
    requestAnimationFrame(() => { place.textContent = text; });
    clearTimeout(clearing);
    clearing = setTimeout(() => { place.textContent = ""; }, 6000);
  }

  // --- another view under another address ------------------------------------------------------
  async function fetched(address) {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  function remember() {
    const open = [...document.querySelectorAll("details[open]")].map((one) => one.id);
    const active = document.activeElement;
    return { open, focus: active && active.id, x: scrollX, y: scrollY };
  }

  function show(page, kept) {
    for (const part of ["top", "pages", "main"]) {
      const old = document.querySelector(`[data-part="${part}"]`);
      const renewed = page.querySelector(`[data-part="${part}"]`);
      if (old && renewed && old.outerHTML !== renewed.outerHTML) old.replaceWith(document.adoptNode(renewed));
    }
    document.title = page.title;
    for (const id of kept.open) {
      const one = document.getElementById(id);
      if (one) one.open = true;
    }
    if (kept.focus) document.getElementById(kept.focus)?.focus({ preventScroll: true });
    scrollTo(kept.x, kept.y);
    ready();
  }

  let latest = 0;
  async function go(address, push) {
    const turn = ++latest;
    try {
      const page = await fetched(address);
      if (turn !== latest) return;
      if (push) history.pushState(null, "", address);
      show(page, remember());
    } catch {
      location.assign(address);
    }
  }

  function addressOf(form) {
    const asked = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) asked.append(name, value);
    const text = asked.toString();
    return (form.getAttribute("action") || location.pathname) + (text ? `?${text}` : "");
  }

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto]");
    if (!form || event.target.type === "range") return;
    go(addressOf(form), true);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-auto]")) return;
    event.preventDefault();
    go(addressOf(event.target), true);
  });
  addEventListener("popstate", () => go(location.href, false));

  // --- the slider of days: the same choice as the list beside it, oldest on the left ---------------
  function ready() {
    for (const slider of document.querySelectorAll("input[data-for]")) {
      const list = document.getElementById(slider.dataset.for);
      const last = list.options.length - 1;
      const tell = () => slider.setAttribute("aria-valuetext", list.selectedOptions[0].textContent);
      slider.max = last;
      slider.value = last - list.selectedIndex;
      tell();
      slider.addEventListener("input", () => { list.selectedIndex = last - slider.value; tell(); });
      slider.addEventListener("change", () => go(addressOf(slider.form), true));
    }
    for (const here of document.querySelectorAll("[data-here]")) here.textContent = location.href;
  }

  // --- evidence beside the page, and copying ---------------------------------------------------------
  const dialog = document.getElementById("evidence");

  async function openEvidence(address) {
    const place = dialog.querySelector("[data-evidence]");
    try {
      const page = await fetched(address);
      const content = document.adoptNode(page.getElementById("main"));
      content.querySelector("h1").id = "evidence-title";
      for (const one of content.querySelectorAll("[id]")) {
        if (one.id !== "evidence-title" && document.getElementById(one.id)) prefixed(content, one);
      }
      const link = document.createElement("a");
      link.href = address;
      link.textContent = new URL(address, location.href).href;
      const last = document.createElement("p");
      last.append(link);
      place.replaceChildren(...content.childNodes, last);
      dialog.showModal();
    } catch {
      location.assign(address);
    }
  }

  function prefixed(content, one) {
    const old = one.id;
    one.id = `evidence-${old}`;
    for (const name of ["aria-labelledby", "for", "fill"]) {
      for (const user of content.querySelectorAll(`[${name}*="${old}"]`)) {
        user.setAttribute(name, user.getAttribute(name).replaceAll(old, one.id));
      }
    }
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      (dialog.open ? dialog : document.body).append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  }

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-evidence-link]");
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (link && isPlain && dialog && dialog.showModal) {
      event.preventDefault();
      openEvidence(link.href);
      return;
    }
    const button = event.target.closest("button[data-copy]");
    if (!button) return;
    const address = button.dataset.address;
    const text = address ? `${button.dataset.copy} ${new URL(address, location.href).href}` : button.dataset.copy;
    const isDone = await copy(text);
    button.focus();
    say(isDone ? status().dataset.copied : status().dataset.notCopied);
  });
  dialog?.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

  // --- following the store -----------------------------------------------------------------------
  let shown = main()?.dataset.store;

  async function look() {
    if (document.visibilityState !== "visible") return;
    try {
      const answer = await fetch("/health", { cache: "no-store" });
      const { store } = await answer.json();
      if (!store || store === shown || !main()) return;
      const page = await fetched(location.href);
      const renewed = page.getElementById("main").dataset.store;
      if (renewed === shown) return;
      shown = renewed;
      show(page, remember());
      say(status().dataset.renewed);
    } catch { /* the server restarts, or the network is away: the next look tells */ }
  }

  ready();
  if (main()) setInterval(look, LOOK_EVERY);
  document.addEventListener("visibilitychange", look);
})();
