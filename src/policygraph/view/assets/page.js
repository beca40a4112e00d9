"use strict";
// Whatever comes from a document is put in place as textContent, never as markup.
(function () {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const { nodes: nodeList, edges: edgeList, legend } = read("data");
  const byId = (id) => document.getElementById(id);
  const panel = byId("panel");

  const nodes = new vis.DataSet(nodeList);
  const edges = new vis.DataSet(edgeList);
  const looks = Object.fromEntries(legend.kinds.map((look) => [look.kind, look]));
  const links = new Map(nodeList.map((node) => [node.id, []]));
  for (const edge of edgeList) {
    links.get(edge.from).push(edge);
    if (edge.to !== edge.from) links.get(edge.to).push(edge);
  }
  const off = new Set();
  let pinned = null;

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function drawSign(kind) {
    const look = looks[kind];
    const sign = make("span", "sign");
    sign.style.background = look.fill;
    sign.style.border = "1px solid " + look.border;
    if (look.shape === "box") sign.style.borderRadius = Math.min(look.radius, 6) + "px";
    if (look.shape === "dot") Object.assign(sign.style, { borderRadius: "50%", width: "12px" });
    if (look.shape === "diamond") Object.assign(sign.style, { transform: "rotate(45deg) scale(.8)", width: "12px" });
    return sign;
  }

  function drawLine(colour) {
    const line = make("span", "sign line");
    line.style.background = colour;
    return line;
  }

  const showDate = (iso) => iso.split("-").reverse().join("/");

  // --- the panel -------------------------------------------------------------------------------

  function addFacts(facts) {
    const list = make("dl");
    for (const [name, value] of facts) if (value) list.append(make("dt", "", name), make("dd", "", value));
    if (list.childElementCount) panel.append(list);
  }

  function addEvidence(about, heading) {
    if (!about.evidence.length) return;
    panel.append(make("h3", "", heading));
    for (const [article, start, end, quote, location] of about.evidence) {
      const block = make("blockquote", "", quote);
      const place = location ? " · " + location : "";
      block.append(make("footer", "", article + " · ký tự " + start + "–" + end + place));
      panel.append(block);
    }
    const more = about.places - about.evidence.length;
    if (more > 0) panel.append(make("p", "hint", "… và " + more + " chỗ khác."));
  }

  function addHead(signs, kindName, name) {
    const kind = make("p", "kind");
    kind.append(...signs, make("span", "", kindName));
    if (pinned) {
      const loosen = make("button", "pinned", "Bỏ ghim");
      loosen.type = "button";
      loosen.addEventListener("click", () => pin(null));
      kind.append(loosen);
    }
    panel.append(kind, make("h2", "", name));
  }

  function addLinks(node) {
    const cites = (edge) => edge.about.kind === "cites";
    const shown = links.get(node.id).filter((edge) => !isOff(edge)).sort((a, b) => cites(a) - cites(b));
    if (!shown.length) return;
    panel.append(make("h3", "", "Quan hệ (" + shown.length + ")"));
    const list = make("ul");
    for (const edge of shown.slice(0, 60)) list.append(makeLink(node, edge));
    panel.append(list);
    if (shown.length > 60) panel.append(make("p", "hint", "… và " + (shown.length - 60) + " quan hệ khác."));
  }

  function makeLink(node, edge) {
    const item = make("li");
    const button = make("button");
    button.type = "button";
    const outward = edge.from === node.id;
    const other = nodes.get(outward ? edge.to : edge.from);
    button.append(outward ? "→ " : "← ", make("span", "predicate", edge.about.name), " ", other.about.name);
    button.addEventListener("click", () => pin({ edge: edge.id }));
    item.append(button);
    return item;
  }

  function showNode(node) {
    const about = node.about;
    panel.replaceChildren();
    addHead([drawSign(about.kind)], looks[about.kind].name, about.name);
    if (about.title) panel.append(make("p", "about", about.title));
    addFacts([["Số, ký hiệu", about.number], ["Ngày", about.date && showDate(about.date)], ["Thể loại", about.type]]);
    addLinks(node);
    addEvidence(about, "Nơi nhắc đến (" + about.places + ")");
    if (about.iri) panel.append(make("h3", "", "Định danh"), make("p", "iri", about.iri));
  }

  function showEdge(edge) {
    panel.replaceChildren();
    addHead([drawLine(edge.color)], "Quan hệ", edge.about.name);
    const list = make("ul");
    for (const [role, id] of [["Từ", edge.from], ["Đến", edge.to]]) {
      const item = make("li");
      const button = make("button");
      button.type = "button";
      button.append(make("span", "predicate", role), " ", nodes.get(id).about.name);
      button.addEventListener("click", () => pin({ node: id }, true));
      item.append(button);
      list.append(item);
    }
    panel.append(list);
    addFacts([["Ngày", edge.about.date && showDate(edge.about.date)]]);
    addEvidence(edge.about, "Câu nói rõ điều này (" + edge.about.places + ")");
  }

  function showHint() {
    panel.replaceChildren(
      make("h2", "", "Đọc đồ thị"),
      make("p", "hint", "Đưa chuột lên một nút hay một mũi tên để xem số, ngày, trích yếu và câu làm chứng; bấm để ghim lại và làm nổi những gì nối với nó."),
      make("p", "hint", "Cuộn để phóng to, kéo để dời hình.")
    );
  }

  function show(item) {
    if (!item) showHint();
    else if (item.node !== undefined) showNode(nodes.get(item.node));
    else showEdge(edges.get(item.edge));
    panel.scrollTop = 0;
  }

  // --- the picture -----------------------------------------------------------------------------

  const isOff = (edge) => off.has("edge " + edge.about.kind) || isGone(edge.from) || isGone(edge.to);
  const isGone = (id) => off.has("node " + nodes.get(id).about.kind);

  const empty = !nodeList.length;
  byId("empty").hidden = !empty;
  byId("legend").hidden = empty;
  const network = new vis.Network(byId("graph"), { nodes: [{ id: 0 }], edges: [] }, read("options"));
  spaceLines(Object.getPrototypeOf(network.body.nodes[0].labelModule));
  network.setData({ nodes, edges });

  // vis-network sets lines solid, so that the marks of one Vietnamese line run into the next
  function spaceLines(label) {
    const { _processLabelText: measure, calculateLabelSize: place } = label;
    const extra = 0.3;
    label._processLabelText = function (...given) {
      const size = measure.apply(this, given);
      if (this.isEdgeLabel) return size;
      for (const line of size.lines) line.height *= 1 + extra;
      size.height *= 1 + extra;
      return size;
    };
    label.calculateLabelSize = function (...given) {
      place.apply(this, given);
      if (!this.isEdgeLabel) this.size.yLine += 0.5 * (1 - this.lineCount) * this.fontOptions.size * extra;
    };
  }

  function neighbourhood(item) {
    const near = { nodes: new Set(), edges: new Set() };
    const around = item.node !== undefined ? links.get(item.node) : [edges.get(item.edge)];
    if (item.node !== undefined) near.nodes.add(item.node);
    for (const edge of around) {
      near.edges.add(edge.id);
      near.nodes.add(edge.from).add(edge.to);
    }
    return near;
  }

  function highlight(item) {
    const near = item && neighbourhood(item);
    nodes.update(nodeList.map((node) => {
      const far = Boolean(near) && !near.nodes.has(node.id);
      const ink = looks[node.about.kind].ink;
      return { id: node.id, opacity: far ? 0.12 : 1, font: { ...node.font, color: far ? ink + "20" : ink } };
    }));
    edges.update(edgeList.map((edge) => {
      const far = Boolean(near) && !near.edges.has(edge.id);
      const ends = near && near.edges.has(edge.id);
      return {
        id: edge.id,
        color: { color: edge.color, highlight: edge.color, hover: edge.color, opacity: far ? 0.1 : 1 },
        font: { ...edge.font, color: far ? "#00000000" : edge.font.color, strokeWidth: far ? 0 : 4 },
        label: edge.label || (ends && near.edges.size <= 40 ? edge.about.name : ""),
      };
    }));
  }

  function isLegible(id) {
    const { x, y } = network.canvasToDOM(network.getPosition(id)), box = byId("graph");
    return network.getScale() > 0.6 && x > 0 && y > 0 && x < box.clientWidth && y < box.clientHeight;
  }

  function pin(item, focus) {
    pinned = item;
    highlight(item);
    network.unselectAll();
    if (item && item.node !== undefined) {
      network.selectNodes([item.node], false);
      if (focus && !isLegible(item.node)) network.focus(item.node, { scale: Math.max(network.getScale(), 0.9), animation: false });
    }
    show(item);
  }

  network.on("hoverNode", (event) => { if (!pinned) show({ node: event.node }); });
  network.on("hoverEdge", (event) => { if (!pinned) show({ edge: event.edge }); });
  network.on("blurNode", () => { if (!pinned) show(null); });
  network.on("blurEdge", () => { if (!pinned) show(null); });
  network.on("click", (event) => {
    if (event.nodes.length) pin({ node: event.nodes[0] });
    else if (event.edges.length) pin({ edge: event.edges[0] });
    else pin(null);
  });
  byId("whole").addEventListener("click", () => { pin(null); network.fit({ animation: false }); });

  // --- the legend ------------------------------------------------------------------------------

  function toggle(name, on) {
    if (on) off.delete(name);
    else off.add(name);
    nodes.update(nodeList.map((node) => ({ id: node.id, hidden: isGone(node.id) })));
    edges.update(edgeList.map((edge) => ({ id: edge.id, hidden: isOff(edge) })));
    show(pinned);
  }

  function addGroup(heading, prefix, entries, draw) {
    const group = make("fieldset");
    group.append(make("legend", "", heading));
    for (const entry of entries) {
      const label = make("label");
      const box = make("input");
      Object.assign(box, { type: "checkbox", checked: true });
      box.dataset.kind = entry.kind;
      box.addEventListener("change", () => toggle(prefix + entry.kind, box.checked));
      label.append(box, draw(entry), make("span", "", entry.name), make("span", "count", entry.count));
      group.append(label);
      label.title = entry.name;
    }
    if (entries.length) byId("legend").append(group);
  }

  addGroup("Nút", "node ", legend.kinds, (entry) => drawSign(entry.kind));
  addGroup("Mũi tên", "edge ", legend.predicates, (entry) => drawLine(entry.colour));

  // --- search ----------------------------------------------------------------------------------

  const fold = (text) => text.normalize("NFC").toLowerCase();
  const foldTones = (text) => fold(text).normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d");
  const searched = nodeList.map((node) => {
    const { name, number, title, type } = node.about;
    const text = [name, number, type, title].filter(Boolean).join(" · ");
    return { node, name: foldTones(name), text: fold(text), plain: foldTones(text) };
  });

  function find(query) {
    const exact = fold(query.trim()), plain = foldTones(query.trim());
    const words = plain.split(/\s+/);
    const rank = (entry) => (entry.text.includes(exact) ? 0 : 4) + (entry.name.startsWith(plain) ? 0 : entry.plain.includes(plain) ? 1 : 2);
    return searched
      .filter((entry) => words.every((word) => entry.plain.includes(word)))
      .map((entry) => ({ entry, rank: rank(entry) }))
      .sort((a, b) => a.rank - b.rank || a.entry.name.length - b.entry.name.length)
      .map(({ entry }) => entry.node);
  }

  function showFound() {
    const list = byId("found"), query = byId("search").value;
    list.replaceChildren();
    list.hidden = !query.trim();
    if (list.hidden) return;
    const found = find(query);
    for (const node of found.slice(0, 30)) {
      const item = make("li"), button = make("button");
      button.type = "button";
      button.append(drawSign(node.about.kind), make("span", "", node.about.name));
      button.addEventListener("click", () => choose(node));
      item.append(button);
      list.append(item);
    }
    if (!found.length) list.append(make("p", "", "Không thấy gì khớp."));
    if (found.length > 30) list.append(make("p", "", "… và " + (found.length - 30) + " kết quả khác."));
  }

  function choose(node) {
    byId("found").hidden = true;
    if (isGone(node.id)) document.querySelector('#legend input[data-kind="' + node.about.kind + '"]').click();
    pin({ node: node.id }, true);
  }

  byId("search").addEventListener("input", showFound);
  byId("search").addEventListener("focus", showFound);
  byId("search").addEventListener("keydown", (event) => {
    const first = find(byId("search").value)[0];
    if (event.key === "Enter" && first && byId("search").value.trim()) choose(first);
    if (event.key === "Escape") byId("found").hidden = true;
    if (event.key === "ArrowDown") byId("found").querySelector("button")?.focus();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".search")) byId("found").hidden = true;
  });

  show(null);
  window.policygraph = { network, nodes, edges, find };
})();
