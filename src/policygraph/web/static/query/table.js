// The table of an answer: sorted by a click on a head, filtered by words, in pages, with labels.
"use strict";

{
  const ON_PAGE = 50;
  const { make, say, tell } = policygraph;
  const strip = (text) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();

  const compare = (one, other) =>
    policygraph.isNumber(one) && policygraph.isNumber(other)
      ? Number(one.value) - Number(other.value)
      : tell(one).localeCompare(tell(other), "vi", { numeric: true });

  const irisOf = (rows) =>
    rows.flatMap((row) => Object.values(row)).filter((term) => term.type === "uri").map((term) => term.value);

  const chooseRows = ({ rows }, { words, sorted, falls }) => {
    const wanted = strip(words.trim());
    const found = wanted
      ? rows.filter((row) => Object.values(row).some((term) => strip(`${tell(term)} ${term.value}`).includes(wanted)))
      : [...rows];
    if (!sorted) return found;
    const order = (one, other) => compare(one[sorted], other[sorted]) * (falls ? -1 : 1);
    return found.sort(order);
  };

  const showHead = (name, state, turn) => {
    const button = make("button", { type: "button", textContent: `?${name}`, title: say("sort", { name: `?${name}` }) });
    button.addEventListener("click", () => turn(name));
    const head = make("th", { scope: "col" }, button);
    if (state.sorted === name) head.ariaSort = state.falls ? "descending" : "ascending";
    return head;
  };

  const showCell = (term) => {
    const cell = make("td", {}, ...policygraph.showTerm(term));
    if (policygraph.isNumber(term)) cell.className = "figure";
    return cell;
  };

  const showTable = (variables, rows, state, turn) =>
    make("table", { className: "answer" },
      make("thead", {}, make("tr", {}, ...variables.map((name) => showHead(name, state, turn)))),
      make("tbody", {}, ...rows.map((row) => make("tr", {}, ...variables.map((name) => showCell(row[name]))))));

  const showPages = (state, pages, go) => {
    const step = (name, to, is) => {
      const button = make("button", { type: "button", textContent: say(name), disabled: !is });
      button.addEventListener("click", () => go(to));
      return button;
    };
    const at = make("span", { textContent: say("page", { page: state.page + 1, pages }) });
    return make("div", { className: "pages" },
      step("before", state.page - 1, state.page > 0), at, step("after", state.page + 1, state.page < pages - 1));
  };

  policygraph.drawTable = async (panel, answer) => {
    if (answer.boolean !== undefined) {
      return panel.replaceChildren(make("p", { className: "verdict", textContent: say(answer.boolean ? "yes" : "no") }));
    }
    if (!answer.rows.length) {
      return panel.replaceChildren(make("p", { className: "note", textContent: say("none") }));
    }
    const state = { words: "", sorted: null, falls: false, page: 0 };
    const filter = make("input", { type: "search", maxLength: 200 });
    const found = make("span", { className: "soft", role: "status" });
    const sheet = make("div", { className: "sheet", tabIndex: 0, role: "region", ariaLabel: say("table") });
    const foot = make("div");
    let drawn = 0;

    const draw = async () => {
      const number = ++drawn;
      const rows = chooseRows(answer, state);
      const pages = Math.max(1, Math.ceil(rows.length / ON_PAGE));
      state.page = Math.min(state.page, pages - 1);
      const shown = rows.slice(state.page * ON_PAGE, (state.page + 1) * ON_PAGE);
      await policygraph.fetchLabels(irisOf(shown));
      if (number !== drawn) return; // asked for otherwise meanwhile
      const focused = sheet.contains(document.activeElement) ? document.activeElement.textContent : null;
      sheet.replaceChildren(showTable(answer.variables, shown, state, turn));
      [...sheet.querySelectorAll("th button")].find((button) => button.textContent === focused)?.focus();
      found.textContent = state.words.trim() ? say("found", { count: rows.length, words: state.words.trim() }) : "";
      foot.replaceChildren(...(pages > 1 ? [showPages(state, pages, (page) => { state.page = page; draw(); })] : []));
    };
    const turn = (name) => {
      state.falls = state.sorted === name && !state.falls;
      state.sorted = name;
      draw();
    };
    filter.addEventListener("input", () => {
      state.words = filter.value;
      state.page = 0;
      draw();
    });
    const label = make("label", { className: "filter" }, say("filter"), " ", filter);
    panel.replaceChildren(make("p", { className: "actions" }, label, found), sheet, foot);
    await draw();
  };
}
