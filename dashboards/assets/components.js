// The browser side of components/browser.py: plain React, no build step. What it draws is what markup.py writes.
"use strict";
(() => {
  const make = window.React.createElement;
  const { memo, useEffect, useState } = window.React;

  function pointOf(id, point, documents, place) {
    const { key, said, lines = [], area, legend, choice, chosen } = point;
    const told = lines.map((line) => (typeof line === "number" ? documents[line] : line));
    const [name, code, isMany] = choice || [];
    return make("li", {
      key, id: `${id}-${place}`, role: "option", "aria-selected": choice || chosen ? String(chosen) : undefined,
      "data-key": key, "data-area": area, "data-legend": legend, "data-choice": name, "data-code": code, "data-many": isMany || undefined,
    }, [said, ...told].map((text, i) => make(i ? "span" : "strong", { key: i }, `${text}${i < told.length ? ". " : ""}`)));
  }

  const Points = memo(({ field, label, hint, points, documents, evidence, evidence_label: link, zoom, zoom_texts: texts, legend, pages, page_label: page }) =>
    make("div", { className: "touch" },
      make("ul", {
        className: "touch-points", id: field, role: "listbox", tabIndex: 0, "aria-label": label, "aria-describedby": `${field}-hint`,
        "aria-multiselectable": points.some(({ choice }) => choice) || undefined,
        "data-evidence": evidence, "data-evidence-label": link, "data-zoom": zoom || undefined, "data-shown": texts.shown, "data-off": legend.off, "data-on": legend.on,
        "data-pages": pages || undefined, "data-page-label": page,
      }, points.map((point, place) => pointOf(field, point, documents, place))),
      make("p", { className: "hint", id: `${field}-hint` }, hint),
      make("div", { className: "said", hidden: true, "aria-hidden": "true" }),
      zoom && make("p", { className: "zoom" }, [["in", "+"], ["out", "−"], ["reset", "↺"]].map(([by, sign]) =>
        make("button", { key: by, type: "button", tabIndex: -1, title: texts[by], "aria-label": texts[by], "data-zoom-by": by }, sign)))),
  (before, after) => JSON.stringify(before) === JSON.stringify(after));

  // The day of the visit before this day's is kept in the reader's own browser, and told to nobody.
  const KEPT = "visits";
  function visitBefore() {
    try {
      const now = new Date(); // the day here; a locale that writes it so takes ten milliseconds to load
      const today = new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
      let kept = JSON.parse(localStorage.getItem(KEPT) || "{}");
      if (kept.today !== today) kept = { today, before: kept.today };
      localStorage.setItem(KEPT, JSON.stringify(kept));
      return /^\d{4}-\d\d-\d\d$/.test(kept.before) ? kept.before : "";
    } catch { return ""; }
  }

  function LastVisit({ text, nothing, address, days, language }) {
    const [before, tell] = useState("");
    useEffect(() => tell(visitBefore()), []);
    if (!before) return null;
    const told = new Intl.DateTimeFormat(`${language}-${language === "en" ? "GB" : "BE"}`, { dateStyle: "long", timeZone: "UTC" }).format(new Date(before));
    const known = days.filter((day) => day <= before).pop();
    if (!known || known === days[days.length - 1]) return make("span", null, nothing.replace("{day}", told));
    return make("a", { href: address.replace("DAY", known), "data-link": "" }, text.replace("{day}", told));
  }

  // Views that a reader keeps by name: an address each, in the reader's own browser, told to nobody.
  const VIEWS = "views";
  const VIEWS_KEPT = 100;
  function viewsKept() {
    try {
      const kept = JSON.parse(localStorage.getItem(VIEWS) || "[]");
      return kept.filter(({ name, address }) => name && /^\/[a-z]{2}\//.test(address));
    } catch { return []; }
  }

  function SavedViews({ title, label, field, save, remove, told, failed }) {
    const [views, show] = useState([]);
    const [name, type] = useState(title);
    const [said, say] = useState("");
    useEffect(() => { show(viewsKept()); type(title); say(""); }, [title]);
    const keep = (change) => {
      const renewed = change(viewsKept()).slice(0, VIEWS_KEPT);
      try {
        localStorage.setItem(VIEWS, JSON.stringify(renewed));
        show(renewed);
        say("");
      } catch { say(failed); }
    };
    const among = (kept, one) => kept.filter((other) => other.name !== one);
    const send = (event) => {
      event.preventDefault();
      const given = name.trim();
      if (given) keep((kept) => [{ name: given, address: location.pathname + location.search }, ...among(kept, given)]);
    };
    return make("form", { className: "saved", onSubmit: send },
      make("p", null, label),
      make("p", { className: "choice" }, make("label", { htmlFor: "view-name" }, field),
        make("input", { type: "search", id: "view-name", value: name, maxLength: 120, autoComplete: "off", onChange: (event) => type(event.target.value) }),
        make("button", null, save)),
      views.length > 0 && make("ul", null, views.map(({ name: one, address }) => make("li", { key: one },
        make("a", { href: address, "data-link": "" }, one), " ",
        make("button", { type: "button", className: "plain", "aria-label": remove.replace("{name}", one), onClick: () => keep((kept) => among(kept, one)) }, "×")))),
      make("p", { className: "note", role: "status" }, said || told));
  }

  window.dashboards = { Still: window.ennumRedraw.Still, LastVisit, SavedViews, Points };
})();
