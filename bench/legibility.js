// The texts of a page by their places, and what of them cannot be read well: bench/legibility.py.
(smallest) => {
    const LONG = 12, NEAR = 1, OVERLAP = 3;
    const unseen = ".unseen, .touch, .live, .near, .skip, dialog:not([open]), title, script, style, noscript, datalist, option";
    const shows = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(unseen)
        && !(one.closest("caption, h2, thead") && getComputedStyle(one.closest("caption, h2, thead")).clipPath !== "none");
    const isMoved = (one) => { // what a reader scrolls to, or what stays while others scroll below it
        for (let at = one; at && at !== document.body; at = at.parentElement) {
            const { overflowX, overflowY, position } = getComputedStyle(at);
            if (["auto", "scroll"].includes(overflowY) && at.scrollHeight > at.clientHeight + 1) return true;
            if (["auto", "scroll"].includes(overflowX) && at.scrollWidth > at.clientWidth + 1) return true;
            if (position === "fixed") return true;
        }
        return false;
    };
    const faults = new Set(), boxes = [];
    const tell = (kind, text) => faults.add(`${kind}: ${text.trim().replace(/\s+/g, " ").slice(0, 80)}`);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const room = document.documentElement.clientWidth, range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const inside = node.parentElement;
        if (!node.data.trim() || !shows(inside)) continue;
        const look = getComputedStyle(inside);
        if (look.clipPath === "inset(50%)" || parseFloat(look.fontSize) === 0) continue;
        const scale = inside.ownerSVGElement ? Math.abs(inside.getScreenCTM()?.a || 1) : 1;
        if (parseFloat(look.fontSize) * scale < smallest - 0.05) tell("small type", node.data);
        range.selectNodeContents(node);
        const moved = isMoved(inside);
        for (const { left, right, top, bottom } of range.getClientRects()) {
            if (right - left < 1) continue;
            boxes.push({ node, inside, left, right, top, bottom, moved });
            if (!moved && (right > room + 1 || left < -1)) tell("cut", node.data);
        }
        if (moved || inside.closest("pre, code, svg, .address")) continue;
        for (const { 0: word, index } of node.data.matchAll(/[\p{L}\p{M}]+/gu)) {
            if (word.length < LONG) continue;
            range.setStart(node, index);
            range.setEnd(node, index + word.length);
            if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) tell("broken word", word);
        }
    }
    boxes.forEach((box, i) => { // neighbours in one line, of two elements, without a space
        const next = boxes[i + 1];
        if (!next || next.node === box.node || Math.abs(next.top - box.top) > OVERLAP || next.inside.closest("mark, sup") || box.inside.closest("mark, sup")) return;
        const gap = next.left - box.right;
        if (gap > -NEAR && gap < NEAR && /[\p{L}\p{N}%)]$/u.test(box.node.data) && /^[\p{L}\p{N}]/u.test(next.node.data))
            tell("glued", `${box.node.data.slice(-30)}|${next.node.data.slice(0, 30)}`);
    });
    const still = boxes.filter(({ moved }) => !moved).sort((a, b) => a.top - b.top);
    still.forEach((box, i) => {
        for (let at = i + 1; at < still.length && still[at].top < box.bottom - OVERLAP; at += 1) {
            const other = still[at];
            if (other.node === box.node) continue;
            const wide = Math.min(box.right, other.right) - Math.max(box.left, other.left);
            const high = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
            const least = Math.min(box.bottom - box.top, other.bottom - other.top);
            if (wide > OVERLAP && high > least / 2) tell("overlap", `${box.node.data.slice(0, 38)} / ${other.node.data.slice(0, 38)}`);
        }
    });
    for (const line of document.querySelector("main").innerText.split(/[\n\t]/)) {
        if (/[ \u00a0\u202f][.,](?=\s|$)/.test(line)) tell("space before a point", line);
        if (/\S(?= ?[\u00a0\u202f])[ \u00a0\u202f]{2,}\S/.test(line)) tell("two spaces", line); // two plain ones are shown as one
    }
    for (const one of document.querySelectorAll("main :is(figure, section, ul, ol, table, .stage, .scroll)")) {
        const isFilled = one.querySelector("input, select, button, svg rect, svg path, svg line, svg text, img") || one.textContent.trim();
        const box = one.getBoundingClientRect();
        if (!isFilled && box.height > 8 && box.width && shows(one)) tell("empty frame", one.outerHTML);
    }
    return [...faults];
}
