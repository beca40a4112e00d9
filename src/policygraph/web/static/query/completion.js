// What the editor offers while a query is written: variables, terms of the vocabularies with what
// they mean, and the things of this graph by name behind "<". All of it comes from this server.
"use strict";

{
  const { make } = policygraph;
  const language = document.documentElement.lang;
  const MOST = 60;
  const NAME = /<([^<>"{}|^`\\]*)$/; // spaces too: what stands there is a name as yet
  const VARIABLE = /[?$](\w*)$/;
  const PREFIXED = /(?:^|[\s(){}\[\],;.|/^!])((?:([A-Za-z][\w-]*):)?([\p{L}\w-]*))$/u;
  let meanings = new Map(); // what a hint means, by its text

  policygraph.vocabulary = { base: "", prefixes: {}, terms: [] };
  policygraph.fetchVocabulary = async () => {
    const response = await fetch("/vocabulary.json");
    if (response.ok) policygraph.vocabulary = await response.json();
  };

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();

  const listVariables = (sparql, start) => {
    const names = new Set(sparql.match(/[?$]\w+/g));
    names.delete(`?${start}`);
    return [...names].filter((name) => name.slice(1).startsWith(start)).sort().map((text) => ({ text, what: "" }));
  };

  const tellTerm = (term) => ({
    text: term.name,
    label: term[language],
    what: term[`comment_${language}`],
  });

  const NOT = Infinity;
  const rankTerm = (term, wanted) => {
    const name = fold(term.name.replace(/^\w+:/, ""));
    const labels = [fold(term.vi), fold(term.en)];
    if (name.startsWith(wanted)) return 0;
    if (labels.some((label) => label.startsWith(wanted))) return 1;
    if (name.includes(wanted)) return 2;
    return labels.some((label) => label.includes(wanted)) ? 3 : NOT;
  };

  // What is named so comes first; the words of a label find its term too, in either language.
  const listTerms = (written, prefix, local) => {
    const { prefixes, terms } = policygraph.vocabulary;
    const wanted = fold(local);
    const ranked = terms
      .filter((term) => prefix === undefined ? term.name.startsWith("pg:") || wanted : term.name.startsWith(`${prefix}:`))
      .map((term) => ({ term, rank: rankTerm(term, wanted) }))
      .filter(({ rank, term }) => rank < NOT && term.name !== written)
      .sort((one, other) => one.rank - other.rank);
    const namespaces = prefix === undefined
      ? Object.entries(prefixes).filter(([name]) => name.startsWith(local)).map(([name, iri]) => ({ text: `${name}:`, what: iri }))
      : [];
    return [...namespaces, ...ranked.map(({ term }) => tellTerm(term))];
  };

  const listThings = async (words) => {
    if (words.trim().length < 2 || words.startsWith("http")) return [];
    const response = await fetch(`/suggest.json?${new URLSearchParams({ q: words })}`);
    const { items } = response.ok ? await response.json() : { items: [] };
    return items.map(({ item }) => ({
      text: `<${item.iri}>`,
      label: item.label,
      what: [item.date, item.issuer, item.title].filter(Boolean).join(" · "),
    }));
  };

  // Declares the prefixes that a query uses. The endpoint knows them without; others do not, to
  // whom the query may be taken, nor does the editor's own check of syntax.
  policygraph.declarePrefixes = (editor) => {
    const text = editor.getValue();
    const declared = new Set([...text.matchAll(/\bPREFIX\s+([\w-]*):/gi)].map((found) => found[1]));
    const used = new Set([...text.replace(/<[^>]*>|"[^"\n]*"|#.*/g, " ").matchAll(/(?:^|[\s(){}\[\],;.|/^!])([A-Za-z][\w-]*):/g)].map((found) => found[1]));
    for (const [prefix, iri] of Object.entries(policygraph.vocabulary.prefixes)) {
      if (used.has(prefix) && !declared.has(prefix)) editor.addPrefixes({ [prefix]: iri });
    }
  };

  const findPlace = (editor) => {
    const cursor = editor.getDoc().getCursor();
    const before = editor.getDoc().getLine(cursor.line).slice(0, cursor.ch);
    const name = NAME.exec(before);
    if (name) return { kind: "name", words: name[1], start: name.index };
    if (["comment", "string"].includes(editor.getTokenAt(cursor).type)) return null;
    const variable = VARIABLE.exec(before);
    if (variable) return { kind: "variable", words: variable[1], start: variable.index };
    const term = PREFIXED.exec(before);
    return term && { kind: "term", words: term[1], prefix: term[2], local: term[3], start: before.length - term[1].length };
  };

  const listHints = async (editor, place) => {
    if (place.kind === "name") return listThings(place.words);
    if (place.kind === "variable") return listVariables(editor.getValue(), place.words);
    return place.words || place.isAsked ? listTerms(place.words, place.prefix, place.local) : [];
  };

  const renderHint = (element, _, { text }) => {
    const { label, what } = meanings.get(text) || {};
    element.append(make("span", { className: "hint-text", textContent: label && text.startsWith("<http") ? label : text }));
    const more = text.startsWith("<http") ? [what] : [label, what];
    element.append(" ", make("span", { className: "hint-what", textContent: more.filter(Boolean).join(": ").slice(0, 110) }));
  };

  policygraph.isAsked = false; // by Ctrl+Space, so that all is offered where nothing is written yet
  let isTyping = false;

  policygraph.watchTyping = (editor) => {
    editor.on("change", (_, { origin, text }) => {
      isTyping = origin === "+input" || origin === "+delete";
      if (origin === "complete" || (isTyping && text.join("").includes(":"))) policygraph.declarePrefixes(editor);
    });
    editor.on("cursorActivity", () => { isTyping = false; });
    editor.on("autocompletionShown", (_, { hints }) => hints.setAttribute("aria-label", policygraph.say("completions")));
  };

  policygraph.completer = {
    name: "policygraph",
    bulk: false,
    autoShow: true,
    // Not where the cursor merely passes: the list would take the arrow keys.
    isValidCompletionPosition: () => isTyping || policygraph.isAsked,
    preProcessToken: (editor, token) => ({
      ...token,
      from: { ch: findPlace(editor)?.start ?? token.start },
      to: { ch: editor.getDoc().getCursor().ch },
    }),
    get: async (editor) => {
      const place = findPlace(editor);
      const hints = place ? await listHints(editor, { ...place, isAsked: policygraph.isAsked }) : [];
      meanings = new Map(hints.slice(0, MOST).map((hint) => [hint.text, hint]));
      return [...meanings.keys()];
    },
    postprocessHints: (_, hints) => hints.map((hint) => ({ ...hint, render: renderHint })),
  };
}
