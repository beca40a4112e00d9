// The page of queries: the editor, what runs it, and the views of its answer. The address always
// tells the query that is shown, and nothing is kept elsewhere: who opens a link sees its query.
"use strict";

{
  const { ask, download, make, say } = policygraph;
  const form = document.getElementById("asking");
  const status = document.getElementById("status");
  const trouble = document.getElementById("trouble");
  const results = document.getElementById("results");
  const run = document.getElementById("run");
  const MOST_RAW = 200_000; // characters
  const VIEWS = { table: policygraph.drawTable, graph: policygraph.drawNetwork, chart: policygraph.drawBars, raw: drawRaw };
  const FILES = {
    table: [["CSV", "text/csv", "csv"], ["TSV", "text/tab-separated-values", "tsv"],
      ["JSON", "application/sparql-results+json", "json"], ["XML", "application/sparql-results+xml", "xml"]],
    triples: [["Turtle", "text/turtle", "ttl"], ["N-Triples", "application/n-triples", "nt"],
      ["RDF/XML", "application/rdf+xml", "rdf"], ["JSON-LD", "application/ld+json", "jsonld"]],
  };
  let editor = null;
  let running = null; // the controller of the query that runs
  let fault = null; // the line that the endpoint found wrong
  let leave = () => {}; // ends the view that is shown

  function drawRaw(panel, { body }) {
    const rest = body.length > MOST_RAW ? [make("p", { className: "soft", textContent: say("shortened") })] : [];
    panel.replaceChildren(make("pre", { tabIndex: 0, className: "raw", textContent: body.slice(0, MOST_RAW) }), ...rest);
  }

  const addressOf = (sparql) => `${location.pathname}?${new URLSearchParams({ query: sparql })}`;

  const tellTrouble = (title, ...words) => {
    trouble.replaceChildren(make("strong", { textContent: title }), ...words);
    trouble.hidden = false;
  };

  const markFault = (line) => {
    fault = editor.getDoc().addLineClass(line, "background", "fault");
  };

  const clear = () => {
    if (fault) editor.getDoc().removeLineClass(fault, "background", "fault");
    fault = null;
    trouble.hidden = true;
    results.hidden = true;
    leave();
    results.replaceChildren();
  };

  // "3:14: cannot go on …": the place becomes a button that goes there.
  const tellProblem = (problem) => {
    const found = /^(\d+):(\d+): ([\s\S]*)$/.exec(problem);
    const text = make("p", { textContent: found ? found[3] : problem, lang: "en" });
    if (!found) return tellTrouble(say("error"), text);
    const [line, column] = [Number(found[1]), Number(found[2])];
    const place = make("button", { type: "button", className: "place", textContent: say("at", { line, column }) });
    place.addEventListener("click", () => {
      editor.getDoc().setCursor({ line: line - 1, ch: column - 1 });
      editor.focus();
    });
    markFault(line - 1);
    tellTrouble(say("error"), " ", place, text);
  };

  const tellCount = (answer, seconds) => {
    const values = { count: policygraph.number(answer.rows.length), seconds: seconds.toFixed(2) };
    status.textContent = answer.boolean === undefined ? say(answer.form === "table" ? "rows" : "triples", values) : "";
  };

  const chooseView = (answer) => {
    if (answer.form === "triples" && policygraph.findEdges(answer).length) return "graph";
    return "table";
  };

  const showAnswer = async (answer, sparql) => {
    const names = answer.boolean === undefined ? Object.keys(VIEWS) : ["table", "raw"];
    const panel = make("div", { id: "view", role: "tabpanel", tabIndex: -1 });
    const tabs = names.map((name) => make("button", { type: "button", role: "tab", id: `tab-${name}`, textContent: say(name) }));
    const open = async (name) => {
      leave();
      leave = () => {};
      for (const tab of tabs) {
        const isOpen = tab.id === `tab-${name}`;
        tab.ariaSelected = String(isOpen);
        tab.tabIndex = isOpen ? 0 : -1;
        tab.setAttribute("aria-controls", "view");
      }
      panel.setAttribute("aria-labelledby", `tab-${name}`);
      // A view that comes late, after another one was chosen, finds its place gone.
      const place = make("div");
      panel.replaceChildren(place);
      const end = (await VIEWS[name](place, answer)) || (() => {});
      if (place.isConnected) leave = end;
      else end();
    };
    tabs.forEach((tab, at) => {
      tab.addEventListener("click", () => open(names[at]));
      tab.addEventListener("keydown", ({ key }) => {
        const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[key];
        if (to === undefined) return;
        tabs[(to + tabs.length) % tabs.length].focus();
        open(names[(to + tabs.length) % tabs.length]);
      });
    });
    const list = make("div", { role: "tablist", className: "views", ariaLabel: say("views") }, ...tabs);
    results.replaceChildren(make("div", { className: "bar" }, list, showFiles(answer, sparql)), panel);
    results.hidden = false;
    await open(chooseView(answer));
  };

  const showFiles = ({ form: kind }, sparql) => {
    const buttons = FILES[kind].map(([name, type, ending]) => {
      const button = make("button", { type: "button", textContent: name });
      button.addEventListener("click", async () => {
        const { problem } = await download(sparql, type, `policygraph.${ending}`);
        if (problem) tellProblem(problem);
      });
      return button;
    });
    return make("div", { className: "files", role: "group", ariaLabel: say("download") },
      make("span", { className: "soft", textContent: say("download") }), " ", ...buttons);
  };

  const askQuery = async () => {
    policygraph.declarePrefixes(editor);
    const sparql = editor.getValue();
    const began = performance.now();
    running = new AbortController();
    clear();
    history.replaceState(null, "", addressOf(sparql));
    run.textContent = say("stop");
    status.textContent = say("running");
    try {
      const answer = await ask(sparql, running.signal);
      status.textContent = "";
      if (answer.problem) return tellProblem(answer.problem);
      if (answer.size) return tellTrouble(say("large", { size: Math.round(answer.size / 1e6) }));
      tellCount(answer, (performance.now() - began) / 1000);
      await showAnswer(answer, sparql);
    } catch (error) {
      status.textContent = error.name === "AbortError" ? say("stopped") : "";
      if (error.name !== "AbortError") tellTrouble(error instanceof TypeError ? say("offline") : String(error));
    } finally {
      running = null;
      run.textContent = say("run");
    }
  };

  const askOrStop = () => {
    if (running) running.abort();
    else askQuery();
  };

  const copyLink = async () => {
    const link = new URL(addressOf(editor.getValue()), location.origin).href;
    try {
      await navigator.clipboard.writeText(link);
      status.textContent = say("copied");
    } catch { // only pages under https or of this machine may write there
      status.replaceChildren(say("link"), " ", make("a", { href: link, textContent: link, className: "iri" }));
    }
  };

  const makeEditor = () => {
    const field = document.getElementById("query");
    const place = make("div", { id: "editor" });
    field.before(place);
    field.hidden = true;
    field.labels[0].addEventListener("click", () => editor.focus());
    Yasqe.registerAutocompleter(policygraph.completer);
    Yasqe.defaults.autocompleters = [policygraph.completer.name];
    const made = new Yasqe(place, {
      value: field.value,
      persistenceId: null,
      consumeShareLink: null,
      createShareableLink: null,
      showQueryButton: false,
      resizeable: true,
      editorHeight: "300px",
      viewportMargin: Infinity,
      highlightSelectionMatches: false,
      hintConfig: { closeCharacters: /[>"]/ },
      extraKeys: {
        "Ctrl-Enter": askOrStop,
        "Cmd-Enter": askOrStop,
        "Ctrl-S": () => {},
        Tab: false,
        "Shift-Tab": false,
        "Ctrl-Space": (yasqe) => {
          policygraph.isAsked = true;
          made.autocomplete();
          setTimeout(() => { policygraph.isAsked = false; }, 500);
        },
      },
    });
    const input = made.getInputField();
    input.setAttribute("aria-label", field.labels[0].textContent);
    input.setAttribute("aria-describedby", "editor-keys");
    policygraph.watchTyping(made);
    return made;
  };

  const start = async () => {
    editor = makeEditor();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      askOrStop();
    });
    document.getElementById("copy").addEventListener("click", copyLink);
    document.getElementById("copy").hidden = false;
    const insert = document.getElementById("insert");
    insert.closest("label").hidden = false;
    insert.addEventListener("pick", ({ detail }) => {
      editor.getDoc().replaceSelection(`<${detail.iri}>`);
      insert.value = "";
      editor.focus();
    });
    await policygraph.fetchVocabulary();
    if (form.dataset.asked !== undefined) await askQuery();
  };

  start();
}
