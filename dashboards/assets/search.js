// Finds in a copy of these pages without a server (dashboards/site.py) what has a name: every word that was typed
// begins a word of one of its spellings. A name itself comes before what only begins like it.
"use strict";
(() => {
  const words = (text) => text.toLowerCase().replaceAll("œ", "oe").normalize("NFKD").replace(/\p{M}/gu, "").match(/[a-z0-9]+/g) ?? [];
  const typed = new URLSearchParams(location.search).get("q")?.trim() ?? "";
  const sought = words(typed);
  if (!sought.length) return;

  const fits = (spelling) => {
    const own = spelling.split(" ");
    return sought.every((word) => own.some((other) => other.startsWith(word)));
  };
  const rank = (spellings) => spellings.includes(sought.join(" ")) ? 0 : spellings.some((text) => text.startsWith(sought.join(" "))) ? 1 : 2;
  const found = window.names
    .map(([label, detail, address, spellings]) => ({ label, detail, address, near: spellings.split("|").filter(fits) }))
    .filter(({ near }) => near.length)
    .sort((one, other) => rank(one.near) - rank(other.near));

  document.getElementById("q").value = typed;
  const section = document.getElementById("results");
  const { dataset } = section.querySelector("p");
  section.querySelector("p").textContent =
    found.length ? dataset.found.replace("{n}", found.length) : dataset.nothing.replace("{text}", typed);
  section.querySelector("ul").append(...found.slice(0, 100).map(({ label, detail, address }) => {
    const item = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { textContent: label, href: address });
    item.append(link, Object.assign(document.createElement("span"), { className: "detail", textContent: detail }));
    return item;
  }));
})();
