// A page drawn anew: of two trees only what differs is shown, so that charts, controls, focus and scroll stay. What
// no callback touches (`Still`, dashboards/rendering/still.py) is HTML, changed in its place without asking Dash.
"use strict";
(() => {
  const make = window.React.createElement;
  const { memo, useEffect, useLayoutEffect, useRef, useState } = window.React;
  const shown = new Map(); // by its place in the tree: what gives a still part other content
  const set = (place, props) => window.dash_clientside.set_props(place, props);
  const isNode = (one) => Boolean(one?.type && one.props);
  const isSame = (one, other) => one === other || JSON.stringify(one) === JSON.stringify(other);

  // --- what stands still --------------------------------------------------------------------------------
  const Still = memo(({ tag, html, given, at }) => {
    const [told, tell] = useState({ html, given });
    const element = useRef(null);
    const first = useRef({ __html: html });
    useLayoutEffect(() => {
      if (told.html === first.current.__html && !element.current.enriched) enrich(element.current);
      else become(element.current, told.html);
      element.current.enriched = true;
    }, [told.html]);
    useEffect(() => {
      shown.set(at, tell);
      return () => { if (shown.get(at) === tell) shown.delete(at); };
    }, [at]);
    return make(tag, { ...told.given, ref: element, dangerouslySetInnerHTML: first.current });
  });

  // A heading by which a table is sorted is a text without scripts, the search a field without suggestions.
  function enrich(root) {
    for (const one of root.querySelectorAll("span.sort")) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "sort", title: one.dataset.title, textContent: one.textContent });
      one.replaceWith(button);
    }
    for (const form of root.querySelectorAll("form.finder")) window.ennumControls.suggesting(form);
  }

  function become(element, html) {
    if (html.startsWith("<svg")) { element.innerHTML = html; return; } // another drawing: charts.js sees it
    const made = document.createElement("template");
    made.innerHTML = html;
    enrich(made.content);
    becomeLike(element, made.content);
  }

  function becomeLike(old, wanted) {
    const there = [...old.childNodes];
    const nodes = [...wanted.childNodes]; // those that are put in the place of another leave `wanted`
    nodes.forEach((node, i) => {
      const one = there[i];
      if (!one) old.append(node);
      else if (one.nodeName !== node.nodeName || one.id !== node.id) one.replaceWith(node);
      else if (!one.attributes) { if (one.data !== node.data) one.data = node.data; }
      else if (!one.isEqualNode(node)) {
        for (const { name, value } of node.attributes) {
          if (one.getAttribute(name) === value) continue;
          one.setAttribute(name, value);
          if (name === "value") one.value = value; // in the place of what was typed
        }
        for (const { name } of [...one.attributes]) if (name !== "open" && !node.hasAttribute(name)) one.removeAttribute(name);
        becomeLike(one, node);
      }
    });
    for (const one of there.slice(nodes.length)) one.remove();
  }

  // --- trees ------------------------------------------------------------------------------------------------
  const ROOT = ["components"]; // where Dash keeps the layout
  const kept = {}; // by the id of what a callback draws: its place, what asked for it, what is drawn there

  const UNSEEN = ["Store", "Location", "Interval", "Download", "Geolocation", "ConfirmDialog"]; // what is none

  // Each still part is told its place. What is in it came with the page as HTML: the tree is read beside that.
  function label(node, path, elements) {
    if (Array.isArray(node)) return node.forEach((one, i) => label(one, [...path, i], elements));
    if (!isNode(node)) return undefined;
    const { props, type, namespace } = node;
    const isDrawn = namespace === "dash_html_components" || type === "Still" || (namespace === "dash_core_components" && !UNSEEN.includes(type));
    const element = elements && isDrawn && elements.next().value;
    if (type === "Still") {
      props.at = path.join();
      if (element) props.html = element.innerHTML;
    }
    if (props.id in kept) kept[props.id].path = path;
    return label(props.children, [...path, "props", "children"], element && [...element.children].values());
  }

  function begin(layout, html, pathname) {
    kept._pages_content = { asked: pathname };
    kept["evidence-body"] = {};
    label(layout, ROOT, [...html.children].values());
    const { path } = kept._pages_content;
    kept._pages_content.drawn = path.slice(ROOT.length).reduce((node, name) => node[name], layout).props.children;
  }

  const isAlike = (one, other) => (isNode(one) && isNode(other)
    ? one.type === other.type && isSame(one.props.id, other.props.id) && one.props.tag === other.props.tag
      && one.props.given?.id === other.props.given?.id
    : isSame(one, other));

  function change(before, after, path) {
    const changed = {};
    for (const name of new Set([...Object.keys(before.props), ...Object.keys(after.props)])) {
      if (name !== "children" && !isSame(before.props[name], after.props[name])) changed[name] = after.props[name] ?? null;
    }
    const [a, b] = [before.props.children, after.props.children];
    const below = [...path, "props", "children"];
    if (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, i) => isAlike(one, b[i]))) {
      a.forEach((one, i) => isNode(one) && change(one, b[i], [...below, i]));
    } else if (isNode(a) && isAlike(a, b)) change(a, b, below);
    else if (!isSame(a, b)) changed.children = b ?? null;
    if (!Object.keys(changed).length) return;
    const tell = after.type === "Still" && shown.get(after.props.at);
    if (tell) tell(after.props);
    else set(path, changed);
  }

  // Dash is told of a page at another address as a whole; of the same page seen otherwise only what changed.
  function answered({ inputs }, response) {
    for (const [id, place] of Object.entries(kept)) {
      const children = response?.[id]?.children;
      if (children === undefined || !place.path) continue;
      const asked = inputs.flat().find(({ property }) => property === "pathname" || property === "data")?.value;
      const before = place.drawn;
      label(children, [...place.path, "props", "children"]);
      const isOpen = !document.getElementById(id).closest("dialog:not([open])");
      const isSeenAgain = before && isOpen && asked === place.asked;
      Object.assign(place, { asked, drawn: children });
      if (!isSeenAgain) continue;
      delete response[id];
      change({ props: { children: before } }, { props: { children } }, place.path);
      setTimeout(() => document.dispatchEvent(new CustomEvent("ennum-drawn")));
    }
  }

  window.ennumRedraw = { Still, begin, answered };
})();
