// From the finished page to Dash. Dash starts after the first paint with the layout that came with the page; once
// its tree is whole it is shown in the place of the server's HTML. Then charts go live, the address is the only
// state, and the store is followed.
"use strict";
(() => {
  const { core, plotly } = document.currentScript.dataset;
  const LOOK_EVERY = 1000;
  const SAID_FOR = 8000;
  const CHANGES_SAID = 3;
  const SETTLED_MS = 100;
  const MOST_LOOKS = 100;
  const $ = (id) => document.getElementById(id);
  const first = $("first");
  const entry = $("react-entry-point");
  const set = (id, props) => window.dash_clientside.set_props(id, props);
  const isPlain = (event) => !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button);
  const given = JSON.parse($("first-tree").textContent);
  let isLive = false;
  document.documentElement.classList.add("scripted");

  // --- the renderer's two questions are answered from the page ------------------------------------------
  const fetched = window.fetch;
  window.fetch = (address, options) => {
    const name = typeof address === "string" && (/\/_dash-(layout|dependencies)$/.exec(address) || [])[1];
    if (!name || !(name in given)) return fetched(address, options);
    const answer = given[name];
    const headers = new Headers({ "content-type": "application/json" });
    return Promise.resolve({ status: 200, ok: true, headers, json: () => Promise.resolve(answer) });
  };
  Object.defineProperty(window, "_dashPlotlyJSURL", { get: () => plotly, set() {} });

  // --- start, and the swap --------------------------------------------------------------------------------
  early(core);
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(start)));

  function early(address) {
    document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "script", href: address }));
  }

  function start() {
    const script = document.createElement("script");
    script.src = core;
    script.onload = () => {
      new MutationObserver((_, watcher) => {
        if (!entry.querySelector("main")) return;
        watcher.disconnect();
        if ("ordinary" in entry.dataset) settled(MOST_LOOKS);
        else swap();
      }).observe(entry, { childList: true, subtree: true });
      setTimeout(() => { // a task of its own: what a reader does meanwhile waits for one of them only
        window.ennumRedraw.begin(given.layout, first, location.pathname);
        new window.DashRenderer({ request_post: window.ennumRedraw.answered });
      });
      if ([...first.querySelectorAll(".stage")].some((one) => one.getBoundingClientRect().top < innerHeight)) early(plotly);
    };
    document.head.append(script);
  }

  // Components of Dash's own come with parts of their own, one after the other: until all are there the server's
  // page is shown. What never comes is waited for in looks, not in seconds: a machine that is busy with what has
  // come looks more seldom.
  function settled(looks) {
    const isMissing = (one) => !$(one.dataset.for); // its script has come, and React shows it a moment later
    const isComing = document.querySelector('head script[src*="/async-"]') || [...first.querySelectorAll("[data-for]")].some(isMissing)
      || [...entry.querySelectorAll(".dash-graph")].some((one) => !one.querySelector(".main-svg"));
    if (isComing && looks) setTimeout(settled, SETTLED_MS, looks - 1);
    else swap();
  }

  function swap() {
    const focus = document.activeElement?.id;
    const sought = first.querySelector("#q")?.value; // typed before Dash was there
    for (const one of first.querySelectorAll("details[id]")) one.open ? opened.add(one.id) : opened.delete(one.id);
    const scrolled = scrollY;
    first.remove();
    if (sought) $("q").value = sought;
    entry.hidden = false;
    isLive = true;
    restore();
    if (focus) $(focus)?.focus({ preventScroll: true });
    if (scrolled) scrollTo(scrollX, scrolled); // asking it lays the page out
    document.documentElement.dataset.dash = "live";
    setTimeout(ready);
    setInterval(look, LOOK_EVERY);
    document.addEventListener("visibilitychange", look);
  }

  document.addEventListener("ennum-say", ({ detail }) => say(detail));

  // --- what is drawn anew keeps focus and open details ------------------------------------------------------
  let focused = "";
  const opened = new Set();
  document.addEventListener("focusin", (event) => { focused = event.target.id; });
  document.addEventListener("toggle", ({ target }) => {
    if (target.id && target.isConnected) target.open ? opened.add(target.id) : opened.delete(target.id);
  }, true);

  function restore() {
    for (const id of opened) { const one = $(id); if (one && !one.open) one.open = true; }
    if (!focused || document.activeElement !== document.body) return;
    const there = $(focused) || document.querySelector(".chips a") || $("main"); // a chip is gone when it was followed
    there?.focus({ preventScroll: true });
  }

  const isOfPoints = ({ target }) => target.closest?.(".touch"); // what is told of a point changes nothing else
  const drawn = () => { restore(); ready(); tellPage(); };
  document.addEventListener("ennum-drawn", () => { drawn(); tellChoice(); });
  new MutationObserver((changes) => {
    if (isLive && !changes.every(isOfPoints)) drawn();
  }).observe(entry, { childList: true, subtree: true });

  function ready() {
    window.ennumCharts.watch(entry);
    sorted();
    compare();
    for (const one of document.querySelectorAll("[data-here]")) if (one.textContent !== location.href) one.textContent = location.href;
  }

  // --- saying something politely ------------------------------------------------------------------------------
  let clearing = 0;
  function say(text) {
    const place = $("announce");
    place.textContent = "";
    requestAnimationFrame(() => { place.textContent = text; });
    clearTimeout(clearing);
    clearing = setTimeout(() => { place.textContent = ""; }, SAID_FOR);
  }

  // --- a page drawn anew says what it now shows, once ----------------------------------------------------------
  let told = { main: null, address: new URL(location.href) };

  function tellPage() {
    const main = $("main");
    if (!main || main === told.main) return;
    const isFirst = !told.main;
    told = { main, address: new URL(location.href) };
    if (isFirst) return;
    say(main.querySelector("h1").textContent);
    $(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  }

  function tellChoice() {
    const day = new URLSearchParams(location.search).get("known_at") || "";
    if (($("known-at")?.querySelector("option[selected]")?.value ?? day) !== day) return; // a page of another day than asked for
    const [before, now] = [told.address.searchParams, new URL(location.href).searchParams];
    const names = [...new Set([...before.keys(), ...now.keys()])].filter((name) => before.get(name) !== now.get(name));
    told.address = new URL(location.href);
    if (names.length) say($("announce").dataset.shows.replace("{chosen}", names.map(choiceOf).join("; ")));
  }

  function choiceOf(name) {
    const [control, ...others] = document.querySelectorAll(`[name="${CSS.escape(name)}"]:not([type=hidden])`);
    const none = $("announce").dataset.notChosen;
    if (!control) return new URLSearchParams(location.search).get(name) || none;
    const words = (one) => one.textContent.trim();
    const chips = [...document.querySelectorAll(`.chips a[id^="chip-${CSS.escape(name)}-"]`)];
    if (chips.length && control.type !== "checkbox") return `${words(control.labels[0])}, ${chips.map((one) => words(one.firstChild)).join(", ")}`;
    if (control.type !== "checkbox") return `${words(control.labels[0])}, ${control.selectedOptions ? words(control.selectedOptions[0]) : control.value || none}`;
    const values = (new URLSearchParams(location.search).get(name) || "").split("~"); // boxes may be drawn a moment later
    const chosen = [control, ...others].filter((one) => values.includes(one.value)).map((one) => words(one.labels[0]));
    return `${words(control.closest("details").querySelector("summary"))}, ${chosen.join(", ") || none}`;
  }

  // --- tables: a click on a heading sorts, and what is drawn anew is sorted again ---------------------------------
  const sortings = new Map(); // by the id of a table: the place of the column, and whether it ascends
  const MILLIONS = /^[\s\u00a0\u202f]*(M€|mio|million|miljoen)/i;
  const THOUSAND_MILLIONS = /^[\s\u00a0\u202f]*(milliard|miljard|billion)/i;

  function numberIn(text) {
    const isEnglish = document.documentElement.lang === "en";
    const [grouping, point] = isEnglish ? [/[,\u00a0\u202f ]/g, "."] : [/[.\u00a0\u202f ]/g, ","];
    const found = /-?\d+(?:[.,\u00a0\u202f ]\d+)*/.exec(text.replaceAll("−", "-"));
    if (!found) return null;
    const rest = text.slice(found.index + found[0].length);
    const scale = MILLIONS.test(rest) ? 1e6 : THOUSAND_MILLIONS.test(rest) ? 1e9 : 1;
    return parseFloat(found[0].replace(grouping, "").replace(point, ".")) * scale;
  }

  function inOrder(table, index, isUp) {
    const rows = [...table.tBodies[0].rows].map((row) => ({ row, text: row.cells[index]?.textContent || "" }));
    const numbers = rows.map(({ text }) => (/^\D{0,40}\d/.test(text) ? numberIn(text) : null));
    const isNumeric = numbers.filter((one) => one !== null).length > rows.length / 2;
    rows.forEach((one, i) => { one.key = isNumeric ? numbers[i] : one.text || null; });
    const { compare } = new Intl.Collator(document.documentElement.lang, { numeric: true });
    rows.sort((a, b) => {
      if (a.key === null || b.key === null) return (a.key === null) - (b.key === null); // not known: last
      const order = isNumeric ? a.key - b.key : compare(a.key, b.key);
      return isUp ? order : -order;
    });
    return rows.map(({ row }) => row);
  }

  function sorted() {
    for (const table of document.querySelectorAll("table[id]")) {
      const asked = sortings.get(table.id);
      for (const cell of table.tHead.rows[0].cells) {
        const isBy = asked?.column === cell.cellIndex;
        const order = asked?.isUp ? "ascending" : "descending";
        if (!isBy) cell.removeAttribute("aria-sort");
        else if (cell.getAttribute("aria-sort") !== order) cell.setAttribute("aria-sort", order);
        if (!isBy) continue;
        const rows = inOrder(table, cell.cellIndex, asked.isUp);
        const isMoved = rows.some((row, i) => row !== table.tBodies[0].rows[i]);
        if (isMoved) table.tBodies[0].append(...rows);
      }
    }
  }

  function sortBy(button) {
    const { cellIndex: column } = button.closest("th");
    const isUp = button.closest("th").getAttribute("aria-sort") !== "ascending";
    sortings.set(button.closest("table").id, { column, isUp });
    sorted();
    const { ascending, descending } = $("announce").dataset;
    say((isUp ? ascending : descending).replace("{column}", button.textContent));
  }

  // --- the address is the only state ---------------------------------------------------------------------------------
  function go(link) {
    set("_pages_location", { pathname: link.pathname, search: link.search, hash: link.hash });
    if (link.pathname === location.pathname) return;
    focused = "";
    document.querySelector(".menu")?.removeAttribute("open");
    scrollTo(0, 0);
    $("main")?.focus({ preventScroll: true });
  }

  document.addEventListener("ennum-go", ({ detail }) => go(new URL(detail, location.href)));

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button");
    if (button?.classList.contains("sort")) return sortBy(button);
    if (button && "fullScreen" in button.dataset) return document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
    if (button?.dataset.copy) return copy(button);
    if (button?.dataset.picture) return copyPicture(button);
    if (event.target.id === "evidence") return event.target.close();
    const link = event.target.closest("a[data-link], a[data-evidence-link]");
    if (!link || !isLive || !isPlain(event)) return;
    event.preventDefault();
    if ("fullScreen" in link.dataset) document.documentElement.requestFullscreen().catch(() => {}); // else it is a page
    if (link.matches("[data-link]") || link.closest("dialog")) return link.closest("dialog") ? location.assign(link.href) : go(link);
    openEvidence(link.pathname + link.search);
  });

  // What a reader unfolded among the choices, or to take along, is folded again by Escape, and has the focus.
  document.addEventListener("keydown", (event) => {
    const fold = event.key === "Escape" && !event.defaultPrevented && event.target.closest?.("details[open]");
    if (!fold || !fold.closest(".choices, #take-along, .menu")) return;
    fold.open = false;
    fold.querySelector("summary").focus();
  });

  // A chart that fills the screen gives way to the next one by the arrow keys, unless these go through its points.
  document.addEventListener("keydown", ({ key, target }) => {
    const way = document.fullscreenElement && { ArrowLeft: "prev", ArrowRight: "next" }[key];
    if (way && !target.matches("select, input, .touch-points")) document.querySelector(`.turning [rel=${way}]`)?.click();
  });

  let evidence = "";
  function openEvidence(address) {
    evidence = address;
    set("evidence-address", { data: null });
    set("evidence-address", { data: address });
  }
  document.addEventListener("ennum-evidence", ({ detail }) => openEvidence(detail));
  document.addEventListener("change", (event) => { // before Dash is there these are plain forms
    if (!isLive && event.target.form?.method === "get" && !["checkbox", "search"].includes(event.target.type)) event.target.form.requestSubmit();
  });
  document.addEventListener("submit", (event) => {
    if (isLive && event.target.method === "get") event.preventDefault();
  });

  const nothing = () => window.dash_clientside.no_update;
  window.dash_clientside = Object.assign(window.dash_clientside || {}, {
    ennum_page: {
      opened(children) {
        const dialog = $("evidence");
        if (!children || dialog.open) return nothing();
        dialog.showModal();
        dialog.tabIndex = -1; // what is inside may be drawn anew now, and would take the focus with it
        dialog.focus();
        return nothing();
      },
    },
  });

  // --- copying -----------------------------------------------------------------------------------------------------
  async function copy(button) {
    const { copy: words, address } = button.dataset;
    const text = address ? `${words} ${new URL(address, location.href).href}` : words.replaceAll('="/', `="${location.origin}/`);
    const isDone = await navigator.clipboard.writeText(text).then(() => true, () => copiedByHand(text));
    button.focus();
    say(isDone ? $("announce").dataset.copied : $("announce").dataset.notCopied);
  }

  async function copyPicture(button) {
    const { picture, saved } = button.dataset;
    const png = async () => (await fetch(picture)).blob(); // a promise, as Safari wants it: the click still counts
    const isDone = await (async () => navigator.clipboard.write([new ClipboardItem({ "image/png": png() })]))()
      .then(() => true, () => false);
    if (!isDone) location.assign(picture);
    say(isDone ? $("announce").dataset.copied : saved);
  }

  function copiedByHand(text) {
    const area = document.createElement("textarea");
    area.value = text;
    ($("evidence").open ? $("evidence") : document.body).append(area);
    area.select();
    const isDone = document.execCommand("copy");
    area.remove();
    return isDone;
  }

  // --- following the store: what changed is marked and said -------------------------------------------------------------
  let shown = given.layout.props.children.find((one) => one.props.id === "store").props.data;
  let before = null;
  let seen = location.search;

  function unmark() {
    for (const one of document.querySelectorAll("[data-changed]")) delete one.dataset.changed;
  }

  function cells() {
    const found = new Map();
    for (const one of document.querySelectorAll("main [data-cell]")) {
      found.set(one.dataset.cell, { one, label: one.closest("[data-label]")?.dataset.label || "" });
    }
    for (const table of document.querySelectorAll("main table[id]")) {
      for (const row of table.tBodies[0].rows) {
        for (const cell of row.querySelectorAll("td")) {
          const key = `${table.id}/${row.cells[0].textContent}/${cell.cellIndex}`;
          const head = table.tHead.rows[0].cells[cell.cellIndex]?.textContent || "";
          if (!found.has(key)) found.set(key, { one: cell, label: `${row.cells[0].textContent}, ${head}` });
        }
      }
    }
    return found;
  }

  function compare() {
    const store = $("main")?.dataset.store;
    if (!before && seen !== location.search) unmark();
    seen = location.search;
    if (!before || !store || store === before.store) return;
    scrollTo(scrollX, before.scrolled); // details that were closed and opened again have moved what is below them
    const told = [];
    for (const [key, { one, label }] of cells()) {
      const old = before.texts.get(key);
      if (old === undefined || old === one.textContent) continue;
      one.dataset.changed = old;
      const text = `${label}: ${old} → ${one.textContent}`;
      if (!told.includes(text)) told.push(text);
    }
    before = null;
    const more = told.length > CHANGES_SAID ? ` (+ ${told.length - CHANGES_SAID})` : "";
    say(`${$("announce").dataset.renewed} ${told.slice(0, CHANGES_SAID).join("; ")}${more}`.trim());
  }

  async function look() {
    if (document.visibilityState !== "visible") return;
    try {
      const { store } = await (await fetched("/health", { cache: "no-store" })).json();
      const there = $("main")?.dataset.store; // another worker, a moment behind, may have drawn the page anew
      if (!store || (store === shown && store === there)) return;
      unmark();
      const texts = new Map([...cells()].map(([key, { one }]) => [key, one.textContent]));
      before = { store: there, texts, scrolled: scrollY };
      shown = store;
      set("store", { data: store });
      if ($("evidence").open) openEvidence(evidence);
    } catch { /* the server restarts, or the network is away: the next look tells */ }
  }
})();
