// Shows terms: labels beside IRIs, and links to our pages. Whatever a graph holds becomes text of a
// node or the path of a link, never markup.
"use strict";

{
  const AT_ONCE = 40; // IRIs of one request for labels: they stand in its address
  const language = document.documentElement.lang;
  const PLAIN = new Set(["xsd:string", "xsd:integer", "xsd:date", "xsd:boolean"]); // tell their type
  const labels = new Map(); // by IRI, of those that have one
  const requests = new Map(); // by IRI, what brings its label or brought it

  policygraph.words = JSON.parse(document.getElementById("asking").dataset.words);

  policygraph.say = (name, values = {}) =>
    policygraph.words[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);

  policygraph.number = (value) => value.toLocaleString(language === "vi" ? "vi-VN" : "en-GB");

  policygraph.make = (tag, properties = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  };

  const askLabels = async (iris) => {
    const response = await fetch(`/labels.json?${new URLSearchParams(iris.map((iri) => ["iri", iri]))}`);
    const found = response.ok ? (await response.json()).labels : [];
    for (const label of found) labels.set(label.iri, label);
  };

  // Brings the labels of IRIs, of which each is asked for once.
  policygraph.fetchLabels = async (iris) => {
    const missing = [...new Set(iris)].filter((iri) => !requests.has(iri));
    for (let at = 0; at < missing.length; at += AT_ONCE) {
      const asked = missing.slice(at, at + AT_ONCE);
      const request = askLabels(asked);
      for (const iri of asked) requests.set(iri, request);
    }
    await Promise.allSettled(iris.map((iri) => requests.get(iri))); // without, IRIs are shown
  };

  policygraph.labelOf = (iri) => labels.get(iri)?.[language] || null;
  policygraph.pathOf = (iri) => labels.get(iri)?.path || null;

  policygraph.shorten = (iri) => {
    const { prefixes = {}, base } = policygraph.vocabulary || {};
    for (const [prefix, start] of Object.entries(prefixes)) {
      if (iri.startsWith(start)) return `${prefix}:${iri.slice(start.length)}`;
    }
    return base && iri.startsWith(base) ? iri.slice(base.length) : iri;
  };

  // A term in one line, for charts, graphs and filters.
  policygraph.tell = (term) => {
    if (!term) return "";
    return term.type === "uri" ? policygraph.labelOf(term.value) || policygraph.shorten(term.value)
      : term.type === "bnode" ? `_:${term.value}`
      : typeof term.value === "string" ? term.value : JSON.stringify(term.value);
  };

  const showIri = (iri) => {
    const path = policygraph.pathOf(iri);
    const label = policygraph.labelOf(iri);
    const short = policygraph.make("span", { className: "iri", title: iri, textContent: policygraph.shorten(iri) });
    const shown = label ? [policygraph.make("span", { className: "name", textContent: label })] : [short];
    // Only web addresses are links: an IRI may be of any scheme, and a document may have written it.
    if (path || (!label && /^https?:\/\//.test(iri))) {
      const link = policygraph.make("a", { href: path || iri, rel: "noreferrer" }, ...shown);
      return label ? [link, " ", short] : [link];
    }
    return label ? [...shown, " ", short] : shown;
  };

  policygraph.showTerm = (term) => {
    if (!term) return [];
    if (term.type === "uri") return showIri(term.value);
    const text = policygraph.make("span", { className: "words", textContent: policygraph.tell(term) });
    const tag = term["xml:lang"] ? `@${term["xml:lang"]}` : term.datatype ? policygraph.shorten(term.datatype) : "";
    if (term["xml:lang"]) text.lang = term["xml:lang"];
    return tag && !PLAIN.has(tag) ? [text, " ", policygraph.make("small", { textContent: tag })] : [text];
  };

  const NUMBER = /#(integer|decimal|double|float|int|long|short|byte|nonNegativeInteger|positiveInteger)$/;
  policygraph.isNumber = (term) => Boolean(term?.datatype && NUMBER.test(term.datatype));
}
