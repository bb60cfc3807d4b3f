"use strict";
// Filters and folds what is already on the page; without it everything is there, only longer.
(() => {
  const STEP = 200;
  const box = document.getElementById("rows");
  const form = document.getElementById("filter");
  if (!box || !form) return;
  const more = document.getElementById("more");
  const shown = document.getElementById("shown");

  const controls = new Map();
  for (const policy of document.querySelectorAll(".policy")) {
    controls.set(policy.id, new Set(policy.dataset.c.split(" ")));
  }
  const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'" };
  const HEAD = /^<details class="row" id="([^"]*)" data-s="([^"]*)" data-v="([^"]*)" data-p="([^"]*)" data-b="([^"]*)"/;
  const plain = (markup) =>
    markup
      .replace(/<[^>]*>/g, " ")
      .replace(/&(?:amp|lt|gt|quot|#x27);/g, (entity) => ENTITIES[entity])
      .toLowerCase();

  // A row is text until it is first shown.
  function rowOf(markup) {
    const [, id, status, severity, policy, baseline] = HEAD.exec(markup);
    const path = plain(/<code class="path">([^<]*)</.exec(markup)[1]);
    return { id, status, severity, policy, baseline, path, text: `${plain(markup)} ${policy}`, markup, element: null };
  }

  function elementOf(row) {
    if (!row.element) {
      const template = document.createElement("template");
      template.innerHTML = row.markup;
      row.element = template.content.firstElementChild;
    }
    return row.element;
  }

  const later = box.querySelector("noscript")?.textContent ?? "";
  const rows = `${Array.from(box.querySelectorAll(":scope > .row"), (row) => row.outerHTML).join("\n")}\n${later}`
    .split(/\n(?=<details class="row")/)
    .filter((markup) => markup.startsWith("<details"))
    .map(rowOf);
  const byId = new Map(rows.map((row) => [row.id, row]));
  let matching = rows;
  let length = 0;

  const values = (name) => Array.from(form.querySelectorAll(`[name=${name}]:checked`), (input) => input.value);

  function state() {
    const data = new URLSearchParams();
    for (const name of ["status", "severity", "baseline"]) {
      const chosen = values(name);
      if (chosen.length) data.set(name, chosen.join(","));
    }
    for (const name of ["control", "path", "text"]) {
      const value = form.elements[name].value.trim();
      if (value) data.set(name, value);
    }
    return data;
  }

  function setState(data) {
    for (const name of ["status", "severity", "baseline"]) {
      const chosen = (data.get(name) || "").split(",");
      for (const input of form.querySelectorAll(`[name=${name}]`)) input.checked = chosen.includes(input.value);
    }
    for (const name of ["control", "path", "text"]) form.elements[name].value = data.get(name) || "";
  }

  function filter() {
    const data = state();
    const chosen = (name) => (data.has(name) ? new Set(data.get(name).split(",")) : null);
    const [status, severity, baseline] = ["status", "severity", "baseline"].map(chosen);
    const control = data.get("control");
    const path = (data.get("path") || "").toLowerCase();
    const words = (data.get("text") || "").toLowerCase().split(/\s+/).filter(Boolean);
    matching = rows.filter(
      (row) =>
        (!status || status.has(row.status)) &&
        (!severity || severity.has(row.severity)) &&
        (!baseline || baseline.has(row.baseline)) &&
        (!control || controls.get(row.policy)?.has(control)) &&
        row.path.includes(path) &&
        words.every((word) => row.text.includes(word)),
    );
    show(STEP);
  }

  // `first` is a row that an anchor names: it comes before the others when it stands too far below.
  function show(number, first = []) {
    length = Math.min(number, matching.length);
    box.replaceChildren(...new Set([...first, ...matching.slice(0, length)].map(elementOf)));
    shown.textContent = `${matching.length} of ${rows.length} results`;
    const rest = matching.length - length;
    more.hidden = rest <= 0;
    more.textContent = `Show ${Math.min(rest, STEP)} more of ${rest}`;
  }

  // The fix and the controls stand once on the page, with their policy; an open result shows its own copy of them.
  function explain(element) {
    if (element.querySelector(".why")) return;
    const why = document.getElementById(element.dataset.p)?.querySelector(".why");
    if (why) element.querySelector("dl").before(why.cloneNode(true));
  }

  // The address keeps the filter, so that it can be sent to somebody; an anchor opens what it names.
  function remember() {
    const data = state().toString();
    history.replaceState(null, "", data ? `#?${data}` : "#results");
  }

  function follow() {
    const hash = decodeURIComponent(location.hash.slice(1));
    if (hash.startsWith("?")) {
      setState(new URLSearchParams(location.hash.slice(2)));
      filter();
      document.getElementById("results").scrollIntoView();
      return;
    }
    const row = byId.get(hash);
    if (row) {
      if (!matching.includes(row)) {
        form.reset();
        filter();
      }
      if (matching.indexOf(row) >= length) show(length, [row]);
      elementOf(row).open = true;
    }
    const target = document.getElementById(hash);
    for (let parent = target?.closest("details"); parent; parent = parent.parentElement.closest("details")) {
      parent.open = true;
    }
    target?.scrollIntoView();
  }

  form.addEventListener("input", () => {
    filter();
    remember();
  });
  form.addEventListener("reset", () => setTimeout(() => {
    filter();
    remember();
  }));
  form.addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", () => {
    const next = matching[length];
    show(length + STEP);
    elementOf(next).firstElementChild.focus();
  });
  document.getElementById("open").addEventListener("click", () => {
    for (const row of matching.slice(0, length)) elementOf(row).open = true;
  });
  box.addEventListener("toggle", (event) => event.target.open && explain(event.target), true);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      form.elements.text.focus();
    }
  });
  addEventListener("hashchange", follow);
  addEventListener("beforeprint", () => show(matching.length));

  form.hidden = false;
  filter();
  if (location.hash) follow();
})();
