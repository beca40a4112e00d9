// Asks the endpoint, and reads what it answers: tables as they come, triples as a table of three
// columns. Scripts of this page share one object, since their addresses change with their content.
"use strict";

window.policygraph = {};

{
  const MOST_BYTES = 30e6; // more than that a browser does not show in reasonable time
  const TABLE = "application/sparql-results+json";
  const TRIPLES = "application/n-triples";
  const PART = String.raw`<([^>]*)>|(_:\S+)|"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?|(<<.*>>)`;
  const LINE = new RegExp(String.raw`^(?:${PART}) <([^>]*)> (?:${PART}) \.$`);
  const ESCAPE = /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g;
  const CONTROLS = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

  const unescape = (text) =>
    text.replace(ESCAPE, (_, short, long, letter) =>
      letter ? CONTROLS[letter] || letter : String.fromCodePoint(parseInt(short || long, 16)));

  const makeTerm = ([iri, blank, text, language, datatype, triple]) => {
    if (iri !== undefined) return { type: "uri", value: unescape(iri) };
    if (blank !== undefined) return { type: "bnode", value: blank.slice(2) };
    if (triple !== undefined) return { type: "triple", value: triple };
    return { type: "literal", value: unescape(text), "xml:lang": language, datatype };
  };

  const readTriples = (body) =>
    body.split("\n").filter(Boolean).map((line) => {
      const found = LINE.exec(line);
      return {
        subject: makeTerm(found.slice(1, 7)),
        predicate: { type: "uri", value: unescape(found[7]) },
        object: makeTerm(found.slice(8, 14)),
      };
    });

  const post = (sparql, accept, signal) =>
    fetch("/sparql", {
      method: "POST",
      headers: { "Content-Type": "application/sparql-query", Accept: accept },
      body: sparql,
      signal,
    });

  const readAnswer = (form, body) => {
    if (form === "triples") {
      return { variables: ["subject", "predicate", "object"], rows: readTriples(body) };
    }
    const { head, results, boolean } = JSON.parse(body);
    return boolean === undefined
      ? { variables: head.vars, rows: results.bindings }
      : { variables: [], rows: [], boolean };
  };

  // {form: "table" | "triples", variables, rows, boolean, body}, {problem} or {size} in bytes.
  policygraph.ask = async (sparql, signal) => {
    const response = await post(sparql, `${TABLE}, ${TRIPLES}`, signal);
    if (!response.ok) return { problem: (await response.text()).trim() };
    const size = Number(response.headers.get("Content-Length"));
    if (size > MOST_BYTES) {
      await response.body.cancel();
      return { size };
    }
    const type = response.headers.get("Content-Type");
    const form = type.startsWith(TRIPLES) ? "triples" : "table";
    const body = await response.text();
    return { form, body, ...readAnswer(form, body) };
  };

  // The answer in another format as a file: the server writes it anew.
  policygraph.download = async (sparql, accept, name) => {
    const response = await post(sparql, accept);
    if (!response.ok) return { problem: (await response.text()).trim() };
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await response.blob());
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    return {};
  };
}
