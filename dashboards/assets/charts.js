// Charts that can be touched: live on their drawing once in view, as wide as there is room; each one stop of the
// keyboard, a list of points of which the server tells the words (components/points.py).
"use strict";
(() => {
  const STEP = 8; // px by which a live chart grows: so that few distinct ones are asked for
  const SETTLED = 250;
  const LONGEST_TURN = 2000;
  const NEAR = 24;
  const MOVED = 6;
  const ZOOM = 2;
  const set = (id, props) => window.dash_clientside.set_props(id, props);
  const say = (text) => document.dispatchEvent(new CustomEvent("ennum-say", { detail: text }));
  const isDark = matchMedia("(prefers-color-scheme: dark)");

  // --- going live: in idle time, only what is in view, and one after the other: what a reader does meanwhile waits
  // for the drawing of one chart at most ---------------------------------------------------------------------------
  const idle = (task) => (window.requestIdleCallback || setTimeout)(task, { timeout: 600 });
  const inView = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      inView.unobserve(target);
      waiting.push(target);
      next();
    }
  }, { rootMargin: "200px" });
  const waiting = [];
  let drawing = null;

  function next() {
    if (drawing || !waiting.length) return;
    const stage = drawing = waiting.shift();
    setTimeout(done, LONGEST_TURN, stage); // a chart that does not come keeps no other from it
    idle(() => plotly().then(() => begin(stage) || done(stage), () => {})); // without it a chart stays a drawing
  }

  function done(stage) {
    if (drawing !== stage) return;
    drawing = null;
    next();
  }

  function watch(root) {
    for (const stage of root.querySelectorAll(".stage")) {
      if (!stage.dataset.watched) {
        stage.dataset.watched = "1";
        inView.observe(stage);
        place(stage);
      }
      if (stage.dataset.room && askedFor.get(stage) !== svgOf(stage)) ask(stage);
      const graph = stage.querySelector(".js-plotly-plot");
      if (isDrawn(graph) && graph.ennumLive !== graph.layout) arrived(stage, graph);
    }
  }

  const drawingOf = (stage) => [...stage.querySelectorAll(".drawing")].find((one) => one.clientWidth);
  const svgOf = (stage) => drawingOf(stage)?.querySelector("svg");
  const isDrawn = (graph) => Boolean(graph?.layout?.xaxis && graph.querySelector(".main-svg"));
  const graphOf = (stage) => { // not the one of another view than the drawing under it
    const graph = stage.querySelector(".js-plotly-plot");
    return isDrawn(graph) && !("old" in stage.dataset) ? graph : null;
  };
  const askedFor = new WeakMap(); // by its stage: the drawing that the live chart lies on, or will

  function begin(stage) {
    if (!stage.isConnected || stage.dataset.room || !drawingOf(stage)) return false;
    ask(stage);
    let settling = 0;
    new ResizeObserver(() => {
      fit(stage);
      place(stage);
      clearTimeout(settling);
      settling = setTimeout(() => ask(stage), SETTLED);
    }).observe(stage);
    return true;
  }

  function ask(stage) {
    const drawing = drawingOf(stage);
    const svg = drawing?.querySelector("svg");
    if (!svg) return;
    const width = Math.floor(stage.clientWidth / STEP) * STEP;
    const room = [width, Math.round(svg.clientHeight)];
    const kind = drawing.classList.contains("narrow") ? "narrow" : "wide";
    const asked = `${kind} ${room} ${isDark.matches}`;
    const isOther = askedFor.has(stage) && askedFor.get(stage) !== svg;
    askedFor.set(stage, svg);
    if (isOther) { stage.dataset.old = ""; place(stage); }
    if (isOther || stage.dataset.room !== asked) {
      stage.dataset.room = asked;
      const { chart, place: where } = stage.dataset;
      set({ part: "ask", chart, place: where || "" }, { data: { chart, width: kind, room, dark: isDark.matches } });
    }
    fit(stage);
  }

  function fit(stage) {
    const drawing = drawingOf(stage);
    if (!drawing) return;
    const drawn = graphOf(stage)?.layout.width;
    const there = stage.clientWidth;
    const scale = drawn && Math.abs(there - drawn) >= STEP ? there / drawn : 1;
    stage.style.setProperty("--scale", scale);
    stage.style.setProperty("--top", `${drawing.offsetTop}px`);
  }

  // Asked for once, and awaited: where plotly.js does not come, Dash would ask for a live chart again and again.
  let coming = null;
  function plotly() {
    coming ??= new Promise((resolve, reject) => {
      if (window.Plotly) return resolve();
      const link = Object.assign(document.createElement("link"), { rel: "preload", as: "script", href: window._dashPlotlyJSURL });
      Object.assign(link, { onload: resolve, onerror: reject });
      return document.head.append(link);
    });
    return coming;
  }

  isDark.addEventListener("change", () => {
    for (const stage of document.querySelectorAll(".stage[data-room]")) ask(stage);
  });

  // --- a live chart has arrived ----------------------------------------------------------------------------
  const pointed = new WeakMap(); // by its stage: the area of a map under the pointer

  function arrived(stage, graph) {
    graph.ennumLive = graph.layout;
    delete stage.dataset.old;
    fit(stage);
    place(stage);
    fade(stage);
    setTimeout(done, 0, stage);
    if (graph.ennumBound) return;
    graph.ennumBound = true;
    zoomAgain(stage, graph);
    graph.on("plotly_relayout", () => {
      graph.ennumLive = graph.layout;
      place(stage);
      if (!isZoomable(stage)) return;
      zooms.set(nameOf(stage), graph.layout.xaxis.range);
      tellZoom(stage);
    });
    graph.on("plotly_hover", ({ points }) => {
      pointed.set(stage, points[0].fullData.meta);
      show(stage, areaAt(stage, points[0].fullData.meta));
    });
    graph.on("plotly_unhover", () => pointed.delete(stage));
  }

  // --- where the points are ------------------------------------------------------------------------------
  const listOf = (stage) => stage.querySelector(".touch-points");
  const optionsOf = (stage) => [...(listOf(stage)?.children || [])];
  const isZoomable = (stage) => Boolean(listOf(stage)?.dataset.zoom);
  const areaAt = (stage, key) => optionsOf(stage).findIndex((one) => one.dataset.area && one.dataset.key === key);

  function boxes(stage) {
    const graph = graphOf(stage);
    if (graph) return liveBoxes(stage, graph);
    const around = stage.getBoundingClientRect();
    const found = new Map();
    for (const mark of drawingOf(stage)?.querySelectorAll("[data-mark],[data-a]") || []) {
      const { x, y, width, height } = mark.getBoundingClientRect();
      const place = mark.dataset.mark ? Number(mark.dataset.mark) : areaAt(stage, mark.dataset.a);
      found.set(place, [x - around.x + stage.scrollLeft, y - around.y, width, height]);
    }
    return found;
  }

  function liveBoxes(stage, { layout }) {
    const { margin, width, height, xaxis, yaxis, meta } = layout;
    const scale = parseFloat(stage.style.getPropertyValue("--scale")) || 1;
    const top = parseFloat(stage.style.getPropertyValue("--top")) || 0;
    const across = [margin.l, width - margin.r];
    const down = [height - margin.b, margin.t];
    const on = ([from, to], [first, last], value) => from + ((value - first) / (last - first)) * (to - from);
    const found = new Map();
    for (const [place, x0, x1, y0, y1] of meta.touch) {
      const xs = [x0, x1].map((value) => on(across, xaxis.range, value));
      const ys = [y0, y1].map((value) => on(down, yaxis.range, value));
      if (!xaxis.fixedrange) xs.forEach((value, i) => { xs[i] = Math.min(Math.max(value, across[0]), across[1]); });
      const [left, right] = [Math.min(...xs), Math.max(...xs)];
      const [above, below] = [Math.min(...ys), Math.max(...ys)];
      if (right - left < 1 || below - above < 1) continue; // outside of what is shown
      found.set(place, [left * scale, top + above * scale, (right - left) * scale, (below - above) * scale]);
    }
    return found;
  }

  const placed = new WeakMap(); // by an option: left, top, width, height on its stage

  function place(stage) {
    const found = boxes(stage);
    optionsOf(stage).forEach((one, i) => {
      const box = found.get(i) || [0, 0, 0, 0];
      const [left, top, width, height] = box;
      placed.set(one, box); // moved by `translate`: nothing of the page's layout moves
      Object.assign(one.style, { translate: `${left}px ${top}px`, width: `${width}px`, height: `${height}px` });
      one.classList.toggle("away", !width);
    });
    outline(stage);
    const at = active(stage);
    if (at >= 0) tell(stage, at);
  }

  // The shape of the commune that is told, and of one that was searched, has a line of its own around it.
  function outline(stage) {
    for (const one of stage.querySelectorAll(".outline")) one.remove();
    const graph = graphOf(stage);
    for (const one of optionsOf(stage)) {
      if (!one.dataset.area || !one.matches(".at, [aria-selected=true]")) continue;
      const traces = graph?.data.filter(({ type }) => type === "scatter").map(({ meta }) => meta) || [];
      const shape = graph ? graph.querySelectorAll(".scatterlayer .trace")[traces.indexOf(one.dataset.key)]?.querySelector("path.js-fill, .js-line")
        : drawingOf(stage)?.querySelector(`[data-a="${one.dataset.key}"]`);
      if (!shape) continue;
      const line = shape.cloneNode();
      line.removeAttribute("data-a");
      line.removeAttribute("style");
      line.setAttribute("class", "outline");
      (shape.closest(".scatterlayer") || shape.parentNode).append(line);
    }
  }

  function hit(stage, event) {
    const area = event.target.closest?.("[data-a]");
    if (area && stage.contains(area)) return areaAt(stage, area.dataset.a);
    if (pointed.has(stage)) return areaAt(stage, pointed.get(stage));
    const around = stage.getBoundingClientRect();
    const x = event.clientX - around.x + stage.scrollLeft;
    const y = event.clientY - around.y;
    let best = [-1, Infinity, Infinity];
    optionsOf(stage).forEach((one, i) => {
      if (one.dataset.area || one.classList.contains("away")) return;
      const [left, top, width, height] = placed.get(one) || [0, 0, 0, 0];
      const far = Math.hypot(Math.max(left - x, 0, x - left - width), Math.max(top - y, 0, y - top - height));
      const size = width * height;
      if (far <= NEAR && (far < best[1] || (far === best[1] && size < best[2]))) best = [i, far, size];
    });
    return best[0];
  }

  // --- one point is told --------------------------------------------------------------------------------
  const active = (stage) => optionsOf(stage).findIndex((one) => one.classList.contains("at"));

  function show(stage, place) {
    if (place < 0) return hide(stage);
    if (active(stage) === place) return undefined;
    for (const one of optionsOf(stage)) one.classList.remove("at");
    const option = optionsOf(stage)[place];
    option.classList.add("at");
    outline(stage);
    listOf(stage).setAttribute("aria-activedescendant", option.id);
    return tell(stage, place);
  }

  function tell(stage, place) {
    const option = optionsOf(stage)[place];
    const said = stage.querySelector(".said");
    const of = `${addressOf(option)} ${option.textContent}`;
    if (said.dataset.of !== of || !said.firstChild) {
      said.dataset.of = of;
      const link = document.createElement("a");
      Object.assign(link, { href: addressOf(option), tabIndex: -1, textContent: listOf(stage).dataset.evidenceLabel });
      link.dataset.evidenceLink = "";
      said.replaceChildren(...[...option.children].map((one) => one.cloneNode(true)), ...pageLink(option), link);
    }
    said.hidden = false;
    const [start, high, width, height] = placed.get(option) || [0, 0, 0, 0];
    const isAway = option.classList.contains("away");
    const least = stage.scrollLeft;
    const most = Math.max(least, stage.scrollLeft + stage.clientWidth - said.offsetWidth);
    const left = isAway ? least : start + width / 2 - said.offsetWidth / 2;
    const above = high - said.offsetHeight - 8;
    const below = Math.min(high + height + 8, stage.clientHeight);
    const top = isAway ? 0 : above < -said.offsetHeight / 2 ? below : above;
    said.style.translate = `${Math.min(Math.max(left, least), most)}px ${top}px`;
  }

  function pageLink(option) {
    if (!option.dataset.area) return [];
    const link = document.createElement("a");
    Object.assign(link, { href: addressOf(option, "pages"), tabIndex: -1, textContent: option.parentNode.dataset.pageLabel });
    link.dataset.link = "";
    return [link];
  }

  function hide(stage) {
    for (const one of optionsOf(stage)) one.classList.remove("at");
    outline(stage);
    listOf(stage)?.removeAttribute("aria-activedescendant");
    const said = stage.querySelector(".said");
    if (said) said.hidden = true;
  }

  const addressOf = (option, to = "evidence") => {
    const [path, search] = option.parentNode.dataset[to].split("?");
    return path.replace(/~$/, encodeURIComponent(option.dataset.key)) + (search ? `?${search}` : "");
  };

  // --- what a point does -----------------------------------------------------------------------------------
  function openEvidence(option) {
    document.dispatchEvent(new CustomEvent("ennum-evidence", { detail: addressOf(option) }));
  }

  function choose(stage, place) {
    const option = optionsOf(stage)[place];
    if (option.dataset.legend) return toggle(stage, option);
    if (option.dataset.area) return document.dispatchEvent(new CustomEvent("ennum-go", { detail: addressOf(option, "pages") }));
    const { choice, code, many } = option.dataset;
    if (!choice) return openEvidence(option);
    const asked = new URLSearchParams(location.search);
    const chosen = (asked.get(choice) || "").split("~").filter(Boolean);
    const others = many ? chosen.filter((one) => one !== code) : [];
    if (!chosen.includes(code)) others.push(code);
    if (others.length) asked.set(choice, others.join("~"));
    else asked.delete(choice);
    const text = asked.toString().replaceAll("%7E", "~");
    return set("_pages_location", { pathname: location.pathname, search: text ? `?${text}` : "", hash: "" });
  }

  // A class of a map: its areas are drawn, or no longer.
  function toggle(stage, option) {
    option.toggleAttribute("data-hidden");
    fade(stage);
    const text = option.hasAttribute("data-hidden") ? "off" : "on";
    say(listOf(stage).dataset[text].replace("{name}", option.dataset.legend));
  }

  function fade(stage) {
    const options = optionsOf(stage);
    const areas = options.filter((one) => one.dataset.area);
    const isFaded = (one) => options[one.dataset.area].hasAttribute("data-hidden");
    const faded = new Set(areas.filter(isFaded).map((one) => one.dataset.key));
    for (const path of stage.querySelectorAll(".drawing [data-a]")) path.style.opacity = faded.has(path.dataset.a) ? 0 : 1;
    const graph = graphOf(stage);
    if (!graph) return;
    const traces = [...graph.data.keys()].filter((i) => graph.data[i].meta);
    const opacity = traces.map((i) => (faded.has(graph.data[i].meta) ? 0 : 1));
    if (traces.some((i, n) => (graph.data[i].opacity ?? 1) !== opacity[n])) window.Plotly.restyle(graph, { opacity }, traces);
  }

  const isPointed = (stage) => document.activeElement !== listOf(stage);

  document.addEventListener("pointermove", (event) => {
    const stage = event.target.closest?.(".stage");
    if (!stage || !listOf(stage) || event.pointerType === "touch" || event.buttons) return;
    if (event.target.closest(".said")) return;
    show(stage, hit(stage, event));
  });
  document.addEventListener("pointerout", (event) => {
    const stage = event.target.closest?.(".stage");
    if (!stage || stage.contains(event.relatedTarget) || !isPointed(stage) || event.pointerType === "touch") return;
    pointed.delete(stage);
    hide(stage);
  });

  let pressed = null;
  document.addEventListener("pointerdown", (event) => {
    const stage = event.target.closest?.(".stage");
    pressed = null;
    for (const one of document.querySelectorAll(".stage")) if (one !== stage && active(one) >= 0 && isPointed(one)) hide(one);
    if (!stage || event.button || event.target.closest(".said,button") || !listOf(stage)) return;
    pressed = { stage, x: event.clientX, y: event.clientY, before: active(stage), place: hit(stage, event) };
  }, true);
  document.addEventListener("pointerup", (event) => {
    const began = pressed;
    pressed = null;
    if (!began || began.place < 0 || Math.hypot(event.clientX - began.x, event.clientY - began.y) > MOVED) return;
    const { stage, place } = began;
    if (event.pointerType === "touch" && began.before !== place) return show(stage, place); // a second touch acts
    return choose(stage, place);
  }, true);

  document.addEventListener("focusin", ({ target }) => {
    if (!target.matches?.(".touch-points")) return;
    const stage = target.closest(".stage");
    if (active(stage) < 0) show(stage, Math.max(0, optionsOf(stage).findIndex((one) => one.id === target.dataset.last)));
  });
  document.addEventListener("focusout", ({ target }) => {
    if (!target.matches?.(".touch-points") || document.querySelector("dialog[open]")) return;
    hide(target.closest(".stage"));
  });

  const MOVES = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

  document.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (key === "Escape") for (const one of document.querySelectorAll(".stage")) if (isPointed(one)) hide(one);
    if (!target.matches?.(".touch-points") || event.ctrlKey || event.metaKey || event.altKey) return;
    const stage = target.closest(".stage");
    const last = optionsOf(stage).length - 1;
    const at = active(stage);
    const to = key in MOVES ? Math.min(Math.max(at + MOVES[key], 0), last) : { Home: 0, End: last }[key];
    if (to !== undefined) {
      show(stage, to);
      target.dataset.last = optionsOf(stage)[to].id;
      optionsOf(stage)[to].scrollIntoView({ block: "nearest", inline: "nearest" });
    } else if (key === "Enter" && at >= 0) openEvidence(optionsOf(stage)[at]);
    else if (key === " " && at >= 0) choose(stage, at);
    else if (key === "Escape" && at >= 0) hide(stage);
    else if (isZoomable(stage) && (key === "+" || key === "=")) zoom(stage, 1 / ZOOM);
    else if (isZoomable(stage) && key === "-") zoom(stage, ZOOM);
    else if (isZoomable(stage) && key === "0") zoom(stage, Infinity);
    else return;
    event.preventDefault();
  });

  // --- zoom ------------------------------------------------------------------------------------------------
  function zoom(stage, factor) {
    const graph = graphOf(stage);
    if (!graph) return;
    const [low, high] = graph.layout.meta.full;
    const [first, last] = graph.layout.xaxis.range;
    const spread = Math.min((last - first) * factor, high - low);
    const touch = graph.layout.meta.touch.find(([place]) => place === active(stage));
    const middle = touch ? (touch[1] + touch[2]) / 2 : (first + last) / 2;
    const start = Math.min(Math.max(middle - spread / 2, low), high - spread);
    window.Plotly.relayout(graph, { "xaxis.range": [start, start + spread] });
  }

  const nameOf = ({ dataset }) => `${dataset.chart} ${dataset.place}`;
  const zooms = new Map(); // by its name and place: what a reader zoomed to, which another chart of it shows too

  function zoomAgain(stage, graph) {
    const range = zooms.get(nameOf(stage));
    const { full } = graph.layout.meta;
    if (!range || !full) return;
    const cut = range.map((end) => Math.min(Math.max(end, full[0]), full[1]));
    if (cut[0] !== cut[1] && String(cut) !== String(full)) window.Plotly.relayout(graph, { "xaxis.range": cut });
  }

  function tellZoom(stage) {
    const [first, last] = graphOf(stage).layout.xaxis.range;
    const { shown } = listOf(stage).dataset;
    say(shown.replace("{first}", Math.floor(first + 0.01)).replace("{last}", Math.ceil(last - 1.01)));
  }

  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("button[data-zoom-by]");
    if (button) zoom(button.closest(".stage"), { in: 1 / ZOOM, out: ZOOM, reset: Infinity }[button.dataset.zoomBy]);
  });

  window.ennumCharts = { watch };
})();
