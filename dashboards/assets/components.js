// The browser side of components/browser.py: plain React, no build step. What it draws is what markup.py writes.
"use strict";
(() => {
  const make = window.React.createElement;
  const { memo, useEffect, useRef, useState } = window.React;
  const wild = (props) => Object.fromEntries(Object.entries(props).filter(([name]) => /^(aria|data)-/.test(name)));

  // What a reader chose shows at once; what the page then says goes before it.
  function useChosen(value) {
    const [shown, show] = useState(value);
    useEffect(() => {
      const tell = () => show(value);
      tell();
      document.addEventListener("ennum-drawn", tell);
      return () => document.removeEventListener("ennum-drawn", tell);
    }, [value]);
    return [shown, show];
  }

  // What is chosen counts how often something was, so that the same may be chosen again.
  let choices = 0;
  const chosen = (value) => ({ chosen: [value, choices += 1] });

  function Select({ name, field, label, options, value, slider, setProps }) {
    const [shown, show] = useChosen(value);
    const choose = (code) => { show(code); setProps(chosen(code)); };
    const last = options.length - 1;
    const at = Math.max(0, options.findIndex(([code]) => code === shown));
    const parts = [
      make("label", { key: "l", htmlFor: field }, label),
      make("select", { key: "s", id: field, name, value: shown, onChange: (event) => choose(event.target.value) },
        options.map(([code, text]) => make("option", { key: code, value: code }, text))),
    ];
    if (slider) parts.push(make("input", {
      key: "r", className: "slider", id: `${field}-slider`, type: "range", min: 0, max: last, step: 1, value: last - at,
      "aria-label": slider, "aria-valuetext": options[at]?.[1],
      onChange: (event) => show(options[last - event.target.value][0]),
      onPointerUp: (event) => choose(options[last - event.target.value][0]),
      onKeyUp: (event) => choose(options[last - event.target.value][0]),
    }));
    return make("p", { className: "choice" }, parts);
  }

  function Checks({ name, field, label, options, value, setProps }) {
    const [shown, show] = useChosen(value);
    const among = shown ? shown.split("~") : [];
    const toggle = (code) => {
      const renewed = options.map(([one]) => one).filter((one) => (one === code) !== among.includes(one)).join("~");
      show(renewed);
      setProps(chosen(renewed));
    };
    return make("details", { className: "choice", id: field }, make("summary", null, label),
      make("ul", { className: "checks" }, options.map(([code, text]) => make("li", { key: code }, make("label", null,
        make("input", { type: "checkbox", id: `${field}-${code}`, name, value: code, checked: among.includes(code),
          onChange: () => toggle(code) }), text)))));
  }

  // What is typed is chosen when the field is left, sent, emptied, or filled from a suggestion; one of several is
  // added to those that are chosen.
  function Search({ name, field, label, options, value, kind, among, setProps }) {
    const [shown, show] = useChosen(value);
    const choose = (text) => { if (text.trim() !== value) setProps(chosen([...(among || []), text.trim()].join("~"))); };
    const isLabel = (text) => !text || options.some(([, one]) => one === text);
    return make("p", { className: "choice" }, make("label", { htmlFor: field }, label),
      make("input", { type: kind, id: field, name, value: shown, list: `${field}-list`, autoComplete: "off",
        onChange: (event) => {
          show(event.target.value);
          if (event.nativeEvent.inputType === "insertReplacementText" && isLabel(event.target.value)) choose(event.target.value);
        },
        onBlur: (event) => choose(event.target.value),
        onKeyDown: (event) => { if (event.key === "Enter") { event.preventDefault(); choose(event.target.value); } } }),
      make("datalist", { id: `${field}-list` }, options.map(([code, text]) => make("option", { key: code, value: text }))));
  }

  // The search of the header: a combobox with a list (WAI-ARIA), whose suggestions the server gives for what was typed.
  const ASK_AFTER = 150; // ms without a key
  const ANSWERS_KEPT = 50;
  const LEAST = 2;
  const answers = new Map(); // by address, the last ones asked for
  const go = (address) => document.dispatchEvent(new CustomEvent("ennum-go", { detail: address }));

  async function suggestions(address, signal) {
    if (!answers.has(address)) {
      const answer = await fetch(address, { signal });
      if (!answer.ok) throw new Error(answer.status);
      answers.set(address, await answer.json());
      if (answers.size > ANSWERS_KEPT) answers.delete(answers.keys().next().value);
    }
    return answers.get(address);
  }

  function Finder({ field, label, button, address, suggest, value, kept }) {
    const [shown, show] = useState(() => document.getElementById(field)?.value ?? value); // typed before Dash was there
    const [near, tell] = useState({ said: "", groups: [] });
    const [at, point] = useState(-1);
    const isFirst = useRef(true);
    const asking = useRef({});
    const items = near.groups.flatMap((group) => group.items);
    const isOpen = items.length > 0;
    const close = () => { tell({ said: "", groups: [] }); point(-1); };
    const asked = (text) => new URLSearchParams({ q: text, ...(kept && { known_at: kept }) });
    const stop = () => { clearTimeout(asking.current.later); asking.current.control?.abort(); };
    useEffect(() => {
      if (!isFirst.current) { show(value); close(); }
      isFirst.current = false;
    }, [value, address, kept]);
    useEffect(() => { if (at >= 0) document.getElementById(`${field}-${at}`)?.scrollIntoView({ block: "nearest" }); }, [at]);

    function type(text) {
      show(text);
      stop();
      if (text.trim().length < LEAST) { close(); return; }
      const control = new AbortController();
      const later = setTimeout(() => suggestions(`${suggest}?${asked(text.trim())}`, control.signal)
        .then((found) => { tell(found); point(-1); }, () => {}), ASK_AFTER); // without an answer it stays a plain field
      asking.current = { control, later };
    }

    function choose(there) { // what was typed has led there, and makes room for the next
      stop();
      close();
      show("");
      go(there);
    }

    function send(event) {
      event.preventDefault();
      stop();
      if (items[at]) { choose(items[at].address); return; }
      close();
      if (shown.trim()) go(`${address}?${asked(shown.trim())}`);
    }

    function press(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && isOpen) {
        event.preventDefault();
        point((at + 1 + step + items.length + 1) % (items.length + 1) - 1); // the field itself lies between last and first
      } else if (step === 1) type(shown);
      else if (event.key === "Escape" && isOpen) { event.preventDefault(); stop(); close(); }
    }

    let place = -1;
    const option = ({ label: parts, detail, address: there }) => {
      place += 1;
      const own = place;
      return make("li", {
        key: own, id: `${field}-${own}`, role: "option", "aria-selected": own === at,
        onPointerDown: (event) => event.preventDefault(), // the field keeps the focus
        onClick: () => choose(there),
      }, make("span", null, parts.map(([part, isTyped], i) => (isTyped ? make("mark", { key: i }, part) : part))),
      detail && make("span", { className: "detail" }, detail));
    };
    return make("form", { className: "finder", role: "search", method: "get", action: address, onSubmit: send },
      make("label", { htmlFor: field }, label),
      make("input", {
        type: "search", id: field, name: "q", value: shown, placeholder: button, maxLength: 80, autoComplete: "off", spellCheck: false,
        role: "combobox", "aria-autocomplete": "list", "aria-expanded": isOpen, "aria-controls": `${field}-near`,
        "aria-activedescendant": at >= 0 ? `${field}-${at}` : undefined,
        onChange: (event) => type(event.target.value), onKeyDown: press, onBlur: () => { stop(); close(); },
      }),
      make("button", { title: button }, button),
      kept && make("input", { type: "hidden", name: "known_at", value: kept }),
      make("div", { className: "near", id: `${field}-near`, role: "listbox", "aria-label": label, hidden: !isOpen },
        near.groups.map(({ name, items: of }, i) => make("ul", { key: name, role: "group", "aria-labelledby": `${field}-group-${i}` },
          make("li", { role: "presentation", id: `${field}-group-${i}`, className: "kind" }, name), of.map(option)))),
      make("span", { role: "status", className: "unseen" }, near.said));
  }

  function pointOf(id, point, documents, place) {
    const { key, said, lines = [], area, legend, choice, chosen } = point;
    const told = lines.map((line) => (typeof line === "number" ? documents[line] : line));
    const [name, code, isMany] = choice || [];
    return make("li", {
      key, id: `${id}-${place}`, role: "option", "aria-selected": choice ? String(chosen) : undefined,
      "data-key": key, "data-area": area, "data-legend": legend, "data-choice": name, "data-code": code, "data-many": isMany || undefined,
    }, [said, ...told].map((text, i) => make(i ? "span" : "strong", { key: i }, `${text}${i < told.length ? ". " : ""}`)));
  }

  const Points = memo(({ field, label, hint, points, documents, evidence, evidence_label: link, zoom, zoom_texts: texts, legend }) =>
    make("div", { className: "touch" },
      make("ul", {
        className: "touch-points", id: field, role: "listbox", tabIndex: 0, "aria-label": label, "aria-describedby": `${field}-hint`,
        "aria-multiselectable": points.some(({ choice }) => choice) || undefined,
        "data-evidence": evidence, "data-evidence-label": link, "data-zoom": zoom || undefined, "data-shown": texts.shown, "data-off": legend.off, "data-on": legend.on,
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

  window.dashboards = { Still: window.ennumRedraw.Still, Finder, LastVisit, SavedViews, Points, Select, Checks, Search };
})();
