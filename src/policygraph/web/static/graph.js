// Draws what the lists of the page tell, and loads other lists in place. The lists are the data:
// each node is a [data-node], each edge a tr[data-subject]; what this file shows of them beside the
// picture are copies of what the server wrote. Without this file the same links and forms work.
"use strict";

const FAINT = 0.14; // opacity of what is not looked at
const CALM = 500; // edges; more of them are hidden while the picture moves
const NAMED = 40; // edges; fewer of them bear their names
const ROOM = 40; // pixels
const MOST_PIXELS = 8000; // on a side of the PNG
const PARTS = ["#heading", "#kept", "#legend", "#view", "footer.site ul"];
const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;

const browser = document.getElementById("browser");
const form = document.getElementById("scope");
const chosen = document.getElementById("chosen");
const told = document.getElementById("told");
const hint = chosen?.firstElementChild;
let picture = null;

// Reading the lists.

const readNode = (row) => ({
  group: "nodes",
  data: {
    id: row.dataset.node,
    label: row.dataset.label + (row.dataset.more ? `\n+${row.dataset.more}` : ""),
    kind: row.dataset.kind,
    width: Number(row.dataset.width),
    height: Number(row.dataset.height) + (row.dataset.more ? 16 : 0),
  },
  classes: [row.dataset.kind, "focus" in row.dataset && "focus", "group" in row.dataset && "group"]
    .filter(Boolean),
  position: { x: Number(row.dataset.x), y: Number(row.dataset.y) },
});

const readEdge = (row) => ({
  group: "edges",
  data: {
    id: [row.dataset.subject, row.dataset.relation, row.dataset.object].join(" "),
    source: row.dataset.subject,
    target: row.dataset.object,
    relation: row.dataset.relation,
    name: row.dataset.name,
    width: row.dataset.count ? 1 + 1.1 * Math.log2(row.dataset.count) : 1.6,
    year: Number(row.dataset.year) || 0,
  },
  classes: row.dataset.count ? ["tie"] : [],
});

const listRows = (what) => [...document.querySelectorAll(`#view ${what}`)];
const rowOfNode = (id) => listRows("[data-node]").find((row) => row.dataset.node === id);
const listEdgeRows = () =>
  listRows("tr[data-subject]").filter((row) => row.dataset.subject !== row.dataset.object);
const rowOfEdge = (id) => listEdgeRows().find((row) => readEdge(row).data.id === id);

// Drawing.

const readColour = (name) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

const makeStyle = () => {
  const kinds = ["document", "organisation", "campaign", "article"].map((kind) => ({
    selector: `node.${kind}`,
    style: { "background-color": readColour(`${kind}-tint`), "border-color": readColour(`${kind}-line`) },
  }));
  const edges = [...new Set(listEdgeRows().map((row) => row.dataset.relation))].map((relation) => ({
    selector: `edge[relation = "${relation}"]`,
    style: { "line-color": readColour(relation), "target-arrow-color": readColour(relation) },
  }));
  return [
    { selector: "node", style: {
      label: "data(label)", width: "data(width)", height: "data(height)", shape: "round-rectangle",
      "background-color": readColour("box"), "border-width": 1.5, "border-color": readColour("box-line"),
      color: readColour("ink"), "font-size": 13, "line-height": 1.25,
      "font-family": getComputedStyle(document.body).fontFamily,
      "text-wrap": "wrap", "text-max-width": (node) => `${node.data("width") - 10}px`,
      "text-valign": "center", "text-halign": "center", "min-zoomed-font-size": 5,
    } },
    { selector: "node.organisation", style: { "corner-radius": 18 } },
    { selector: "node.campaign", style: { shape: "cut-rectangle", "corner-radius": 10 } },
    { selector: "node.article", style: {
      shape: "ellipse", width: 16, height: 16, "text-valign": "bottom", "text-margin-y": 3,
      "text-max-width": "160px", "font-size": 11, color: readColour("soft"),
    } },
    { selector: "node.group", style: {
      shape: "round-rectangle", width: "data(width)", height: "data(height)", "font-size": 13,
      "text-valign": "center", "text-margin-y": 0, color: readColour("ink"),
      "text-max-width": (node) => `${node.data("width") - 10}px`,
    } },
    ...kinds,
    { selector: "node.focus", style: {
      "background-color": readColour("accent"), "border-color": readColour("accent"),
      color: readColour("accent-ink"),
    } },
    { selector: "node.article.focus", style: { color: readColour("ink") } },
    { selector: "edge", style: {
      width: "data(width)", "control-point-step-size": 34,
      "curve-style": (edge) => (isClose(edge) ? "straight" : "bezier"),
      "target-arrow-shape": "triangle", "arrow-scale": 0.9, "font-size": 10.5,
      color: readColour("ink"), "text-background-color": readColour("ground"),
      "text-background-opacity": 0.85, "text-background-padding": 2, "min-zoomed-font-size": 7,
      "text-rotation": "autorotate",
    } },
    ...edges,
    { selector: "edge.tie", style: { opacity: 0.75 } },
    ...(document.querySelector("#view[data-arcs]") ? [{ selector: "edge", style: {
      "curve-style": "unbundled-bezier",
      "control-point-distances": (edge) => 0.16 * measureLength(edge),
    } }] : []),
    { selector: "edge.named, edge.near, edge:selected", style: { label: "data(name)" } },
    { selector: ".faint", style: { opacity: FAINT } },
    { selector: ".gone", style: { display: "none" } },
    { selector: "node.found, node:selected", style: { "border-width": 4, "border-color": readColour("warm-line") } },
    { selector: "edge:selected", style: { width: 5 } },
    { selector: "node:active, edge:active", style: { "overlay-opacity": 0.08 } },
    { selector: "core", style: { "active-bg-opacity": 0 } },
  ];
};

// Between boxes that nearly touch there is no room for a bow.
const isClose = (edge) => {
  const [one, other] = [edge.source(), edge.target()];
  const gap = (axis, side) => Math.abs(one.position(axis) - other.position(axis))
    - (one.data(side) + other.data(side)) / 2;
  return Math.max(gap("x", "width"), gap("y", "height")) < ROOM;
};

const measureLength = (edge) => {
  const [one, other] = [edge.source().position(), edge.target().position()];
  return Math.hypot(one.x - other.x, one.y - other.y);
};

const nameFewEdges = () => {
  const edges = picture.edges();
  edges.toggleClass("named", edges.length <= NAMED);
};

const fit = () => picture.fit(undefined, 30);

const draw = () => {
  const nodes = listRows("[data-node]").map(readNode);
  const edges = listEdgeRows().map(readEdge);
  if (!nodes.length) return;
  browser.hidden = false;
  cytoscape.warnings(false); // of edges between boxes that a reader puts upon each other
  const calm = edges.length > CALM;
  picture = cytoscape({
    container: document.getElementById("canvas"),
    elements: [...nodes, ...edges],
    style: makeStyle(),
    layout: { name: "preset" },
    minZoom: 0.04,
    maxZoom: 3,
    boxSelectionEnabled: false,
    selectionType: "single",
    hideEdgesOnViewport: calm,
    textureOnViewport: calm,
  });
  browser.picture = picture;
  nameFewEdges();
  start();
  picture.on("tap", (event) => event.target === picture && choose(null));
  picture.on("tap", "node", (event) => tapNode(event.target));
  picture.on("tap", "edge", (event) => choose(event.target));
  picture.on("dbltap", "node", (event) => expand(event.target));
  picture.on("mouseover", "node", (event) => light(event.target));
  picture.on("mouseout", "node", () => light(null));
};

// A picture too large to be read as a whole is first shown around what it is about.
const start = () => {
  fit();
  const focus = picture.nodes(".focus");
  if (picture.zoom() < 0.45 && focus.length) {
    picture.zoom(0.7);
    picture.center(focus);
  } else if (picture.zoom() > 1.3) {
    picture.zoom(1.3);
    picture.center();
  }
};

// The new lists replace the picture: what stays moves to its new place.
const redraw = () => {
  const nodes = listRows("[data-node]").map(readNode);
  const edges = listEdgeRows().map(readEdge);
  const ids = new Set([...nodes, ...edges].map((each) => each.data.id));
  picture.batch(() => {
    picture.elements().filter((element) => !ids.has(element.id())).remove();
    for (const each of nodes) {
      const known = picture.getElementById(each.data.id);
      if (known.empty()) picture.add(each);
      else known.data(each.data).classes(each.classes);
    }
    for (const each of edges) {
      const known = picture.getElementById(each.data.id);
      if (known.empty()) picture.add(each);
      else known.data(each.data);
    }
  });
  picture.style(makeStyle());
  light(null);
  nameFewEdges();
  const places = Object.fromEntries(nodes.map((each) => [each.data.id, each.position]));
  picture.layout({
    name: "preset", positions: places, fit: true, padding: 30,
    animate: !isStill && edges.length <= CALM, animationDuration: 350,
  }).run();
};

const light = (node) => {
  picture.batch(() => {
    picture.elements().removeClass("faint near");
    if (!node) return;
    const near = node.closedNeighborhood();
    picture.elements().not(near).addClass("faint");
    node.connectedEdges().addClass("near");
  });
};

// Telling about what is chosen.

const copy = (row, name) => {
  const element = document.createElement(name);
  element.append(...[...row.childNodes].map((child) => child.cloneNode(true)));
  return element;
};

const tellEdge = (row) => {
  const line = document.createElement("li");
  for (const cell of row.cells) {
    line.append(...[...cell.childNodes].map((child) => child.cloneNode(true)), " ");
  }
  line.querySelector("a")?.setAttribute("data-said", "");
  return line;
};

const choose = (element) => {
  picture.elements().unselect();
  if (!element) return chosen.replaceChildren(hint);
  element.select();
  return element.isNode() ? tellNode(element) : tellEdgeAlone(rowOfEdge(element.id()));
};

const tellNode = (node) => {
  const row = rowOfNode(node.id());
  const edges = document.createElement("ul");
  const rows = listEdgeRows().filter((each) =>
    [each.dataset.subject, each.dataset.object].includes(node.id()));
  edges.append(...rows.map(tellEdge));
  chosen.replaceChildren(copy(row, "div"), edges);
};

const tellEdgeAlone = (row) => {
  const edges = document.createElement("ul");
  edges.append(tellEdge(row));
  chosen.replaceChildren(edges);
  const link = row.querySelector("a");
  if (link) tellSentences(link.href, edges);
};

// The sentences behind an edge, told right behind it.
const tellSentences = async (address, place) => {
  const loaded = await load(address, "sentences");
  const said = loaded?.isFound && loaded.page.getElementById("said");
  if (!said) return;
  document.getElementById("said")?.remove();
  place.append(document.importNode(said, true));
};

const tapNode = (node) => {
  const open = rowOfNode(node.id())?.querySelector("[data-open]");
  if (open) go(new URL(open.pathname + open.search, open.href), node.id());
  else choose(node);
};

const expand = (node) => {
  const link = rowOfNode(node.id())?.querySelector("[data-expand], [data-fold]");
  if (link) go(new URL(link.href), node.id());
};

// Loading other lists in place.

const asked = { lists: 0, sentences: 0 };

// A page of this server, and whether it is the one asked for; null where another was asked for
// since, of the same sort, or none came.
const load = async (address, sort) => {
  const number = ++asked[sort];
  told.textContent = browser.dataset.loading;
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (number !== asked[sort]) return null;
    told.textContent = "";
    return { page, isFound: response.ok };
  } catch {
    told.textContent = browser.dataset.failed;
    return null;
  }
};

const replace = (page, part) => {
  const [old, fresh] = [document.querySelector(part), page.querySelector(part)];
  if (old && fresh) old.replaceWith(document.importNode(fresh, true));
};

const tellYear = (range) => {
  range.labels[0].querySelector("output").value = range.value;
};

const copyField = (field, fresh) => {
  if (field.type === "checkbox") field.checked = fresh.checked;
  else if (field.type === "range") field.value = fresh.value;
  else if (fresh.value) field.value = fresh.value; // what is being typed is not in the address yet
  if (field.type === "range") tellYear(field);
};

// The fields outside the replaced parts say what the page says that was loaded: its address may be
// an older one, or that of a link.
const copyFields = (page) => {
  for (const field of form.querySelectorAll("select, input:not([type=hidden])")) {
    const fresh = [...page.querySelectorAll(`#scope [name="${field.name}"]`)].find((each) =>
      each.type === field.type && (field.type !== "checkbox" || each.value === field.value));
    if (!fresh) continue;
    if (field.matches("select")) {
      field.replaceChildren(...[...fresh.children].map((each) => document.importNode(each, true)));
    }
    copyField(field, fresh);
  }
};

const show = async (address, id) => {
  const loaded = await load(address, "lists");
  if (!loaded) return false;
  const isView = loaded.isFound && loaded.page.getElementById("view");
  if (!isView) return location.assign(address); // that page says what to do
  const held = document.activeElement?.id;
  for (const part of PARTS) replace(loaded.page, part);
  copyFields(loaded.page);
  document.title = loaded.page.title;
  if (held) document.getElementById(held)?.focus();
  redraw();
  search();
  choose(id && rowOfNode(id) ? picture.getElementById(id) : null);
  const members = document.getElementById("members");
  if (members) {
    chosen.replaceChildren(copy(members, "div"));
    chosen.querySelector("nav")?.remove();
  }
  chosen.scrollTop = 0;
  return true;
};

const go = async (address, id) => {
  if (!(await show(address, id))) return;
  history.pushState(null, "", address);
  if (address.hash) document.querySelector(address.hash)?.scrollIntoView({ block: "nearest" });
};

// What a filter is without being asked for is left out, so that addresses stay short.
const isUsual = (field) => {
  const boxes = [...form.querySelectorAll(`input[type=checkbox][name="${field.name}"]`)];
  if ("nothing" in field.dataset) return boxes.some((box) => box.checked);
  if (field.type !== "checkbox") return field.dataset.usual === field.value;
  return boxes.every((box) => box.checked === "usual" in box.dataset);
};

const readAddress = () => {
  const address = new URL(form.action);
  for (const [name, value] of new FormData(form)) {
    const fields = [...form.querySelectorAll(`[name="${name}"]`)];
    const field = fields.find((each) => each.value === value);
    if (value && !isUsual(field)) address.searchParams.append(name, value);
  }
  return address;
};

// Filtering by year at once, before the server is asked.

const hideOtherYears = () => {
  const [since, until] = ["since", "until"].map((name) => Number(form.elements[name].value));
  picture.batch(() => {
    picture.elements().removeClass("gone");
    const others = picture.edges().filter((edge) => {
      const year = edge.data("year");
      return year && (year < since || year > until);
    });
    others.addClass("gone");
    picture.nodes().filter((node) =>
      !node.hasClass("focus") && node.connectedEdges().difference(others).empty()).addClass("gone");
  });
};

// Searching within.

const fold = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

const search = () => {
  const words = fold(document.getElementById("within").value.trim());
  const rows = listRows("[data-node]");
  const found = words ? rows.filter((row) => fold(row.textContent).includes(words)) : [];
  for (const row of rows) row.toggleAttribute("data-match", found.includes(row));
  const ids = new Set(found.map((row) => row.dataset.node));
  picture.batch(() => picture.nodes().forEach((node) => node.toggleClass("found", ids.has(node.id()))));
  told.textContent = words ? browser.dataset.matches.replace("{count}", found.length) : "";
};

const visitNextFound = () => {
  const found = picture.nodes(".found").toArray();
  const next = found[(found.findIndex((node) => node.selected()) + 1) % found.length];
  if (!next) return;
  picture.zoom(Math.max(picture.zoom(), 0.9));
  picture.center(next);
  choose(next);
};

// The tools.

const zoomBy = (factor) => picture.zoom({
  level: picture.zoom() * factor,
  renderedPosition: { x: picture.width() / 2, y: picture.height() / 2 },
});

const savePicture = () => {
  const blob = picture.png({
    output: "blob", full: true, scale: 2, bg: readColour("ground"),
    maxWidth: MOST_PIXELS, maxHeight: MOST_PIXELS,
  });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${browser.dataset.name}.png`;
  link.click();
  URL.revokeObjectURL(link.href);
};

const KEYS = {
  "+": () => zoomBy(1.25), "=": () => zoomBy(1.25), "-": () => zoomBy(0.8), 0: fit,
  ArrowLeft: () => picture.panBy({ x: 60, y: 0 }), ArrowRight: () => picture.panBy({ x: -60, y: 0 }),
  ArrowUp: () => picture.panBy({ x: 0, y: 60 }), ArrowDown: () => picture.panBy({ x: 0, y: -60 }),
};

const followLink = async (event) => {
  const link = event.target.closest("a[data-load], a[data-said]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  if ("said" in link.dataset) return tellSentences(link.href, link.closest("li"));
  const node = link.closest("[data-node]")?.dataset.node ?? picture.nodes(":selected").id();
  return go(new URL(link.href), node);
};

const listen = () => {
  const on = (id, event, act) => document.getElementById(id).addEventListener(event, act);
  on("closer", "click", () => zoomBy(1.25));
  on("farther", "click", () => zoomBy(0.8));
  on("whole", "click", fit);
  on("png", "click", savePicture);
  on("within", "input", search);
  on("within", "keydown", (event) => event.key === "Enter" && visitNextFound());
  on("canvas", "keydown", (event) => {
    if (!KEYS[event.key] || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  document.getElementById("main").addEventListener("click", followLink);
  document.getElementById("main").addEventListener("mouseover", (event) => {
    const row = event.target.closest("#view [data-node]");
    if (row) light(picture.getElementById(row.dataset.node));
    else if (event.target.closest("#view")) light(null);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(readAddress());
    const finder = form.querySelector("input[name=focus][data-suggest]");
    if (finder) finder.value = "";
  });
  form.addEventListener("change", (event) => {
    if (!event.target.matches("[data-suggest]")) go(readAddress());
  });
  form.addEventListener("input", (event) => {
    if (event.target.type !== "range") return;
    tellYear(event.target);
    hideOtherYears();
  });
  addEventListener("popstate", () => show(location.href));
  matchMedia("(prefers-color-scheme: dark)")
    .addEventListener("change", () => picture.style(makeStyle()));
};

if (browser && listRows("[data-node]").length) {
  draw();
  listen();
}
