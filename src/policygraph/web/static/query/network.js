// The graph of an answer that is triples: nodes and what joins them, drawn by cytoscape.
"use strict";

{
  const MOST = 400; // relations
  const LABEL = "http://www.w3.org/2000/01/rdf-schema#label";
  const { make, say } = policygraph;

  // The names of the variables that are triples; null where an answer has none between nodes.
  const findEnds = ({ variables }) =>
    [["subject", "predicate", "object"], ["s", "p", "o"]]
      .find((names) => names.every((name) => variables.includes(name))) || null;

  const isNode = (term) => term?.type === "uri" || term?.type === "bnode";

  policygraph.findEdges = (answer) => {
    const ends = findEnds(answer);
    if (!ends) return [];
    return answer.rows
      .map((row) => ends.map((name) => row[name]))
      .filter(([subject, predicate, object]) => isNode(subject) && isNode(object) && predicate && predicate.value !== LABEL);
  };

  const keyOf = (term) => `${term.type} ${term.value}`;
  const kindOf = (term) => policygraph.pathOf(term.value)?.split("/")[1] || "other";

  const makeElements = (edges) => {
    const nodes = new Map(edges.flatMap(([s, , o]) => [[keyOf(s), s], [keyOf(o), o]]));
    return [
      ...[...nodes].map(([id, term]) => ({ data: { id, label: policygraph.tell(term), kind: kindOf(term), term } })),
      ...edges.map(([s, p, o], at) => ({
        data: { id: `edge ${at}`, source: keyOf(s), target: keyOf(o), label: policygraph.tell(p) },
      })),
    ];
  };

  const loadCytoscape = () =>
    window.cytoscape ? Promise.resolve() : new Promise((resolve, reject) => {
      const { cytoscape: src } = document.getElementById("asking").dataset;
      document.head.append(Object.assign(document.createElement("script"), { src, onload: resolve, onerror: reject }));
    });

  const makeStyle = () => {
    const look = getComputedStyle(document.documentElement);
    const colour = (name) => look.getPropertyValue(`--${name}`).trim();
    const kinds = ["document", "organisation", "campaign", "article"].map((kind) => ({
      selector: `node[kind = "${kind}"]`,
      style: { "background-color": colour(`${kind}-tint`), "border-color": colour(`${kind}-line`) },
    }));
    return [
      { selector: "node", style: {
        label: "data(label)", color: colour("ink"), "font-size": 12, "text-wrap": "wrap", "text-max-width": 120,
        "min-zoomed-font-size": 5,
        "text-valign": "bottom", "text-margin-y": 4, width: 22, height: 22, "border-width": 2,
        "background-color": colour("paper"), "border-color": colour("soft") } },
      ...kinds,
      { selector: "edge", style: {
        label: "data(label)", color: colour("soft"), "font-size": 10, "min-zoomed-font-size": 8, "text-rotation": "autorotate",
        "text-background-color": colour("ground"), "text-background-opacity": 0.85, "curve-style": "bezier",
        width: 1.4, "line-color": colour("soft"), "target-arrow-color": colour("soft"), "target-arrow-shape": "triangle" } },
      { selector: "node:selected", style: { "border-width": 5 } },
    ];
  };

  policygraph.drawNetwork = async (panel, answer) => {
    const all = policygraph.findEdges(answer);
    if (!all.length) return panel.replaceChildren(make("p", { className: "note", textContent: say("no_graph") }));
    const edges = all.slice(0, MOST);
    const terms = edges.flat().filter((term) => term.type === "uri");
    await Promise.all([loadCytoscape(), policygraph.fetchLabels(terms.map((term) => term.value))]);
    const elements = makeElements(edges);
    const chosen = make("p", { className: "chosen", role: "status" });
    const cut = all.length > MOST ? ` ${say("cut", { most: MOST, count: policygraph.number(all.length) })}` : "";
    const told = say("drawn", { nodes: elements.length - edges.length, edges: edges.length }) + cut;
    const canvas = make("div", { className: "network", role: "img", ariaLabel: told });
    panel.replaceChildren(make("p", { className: "soft", textContent: told }), canvas, chosen);
    const drawing = cytoscape({
      container: canvas,
      elements,
      style: makeStyle(),
      layout: { name: "cose", animate: false, padding: 16, componentSpacing: 30, nodeOverlap: 12, idealEdgeLength: () => 95 },
    });
    drawing.on("tap", "node", ({ target }) => chosen.replaceChildren(...policygraph.showTerm(target.data("term"))));
    canvas.dataset.drawn = String(drawing.nodes().length);
    return () => drawing.destroy();
  };
}
