// A chart of an answer: a bar for each row, one column its category, one of numbers its length.
// The reader may choose others than those that are likely meant.
"use strict";

{
  const MOST = 40;
  const HEIGHT = 26;
  const NAMES = 290; // px for the categories
  const BARS = 380;
  const LONGEST = 40; // characters of a category
  const { make, say, tell } = policygraph;

  const draw = (tag, properties, text) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(properties)) node.setAttribute(name, value);
    if (text !== undefined) node.textContent = text;
    return node;
  };

  const valueOf = (row, name) => Number(row[name]?.value ?? 0);
  const listNumbers = ({ variables, rows }) =>
    variables.filter((name) =>
      rows.some((row) => row[name]) && rows.every((row) => !row[name] || policygraph.isNumber(row[name])));
  const differs = ({ rows }, name) => new Set(rows.map((row) => row[name]?.value)).size > 1;

  // What is counted mostly stands last, what it is counted by first; a column that says the same in
  // every row tells no bars apart. null where no column is of numbers.
  const guessColumns = (answer) => {
    const number = listNumbers(answer).at(-1);
    const others = answer.variables.filter((name) => name !== number);
    if (number === undefined || !others.length) return null;
    return { category: others.find((name) => differs(answer, name)) ?? others[0], number };
  };

  // Several documents may bear one name: then the end of the IRI tells which.
  const nameRows = (rows, category) => {
    const names = rows.map((row) => tell(row[category]) || "–");
    return names.map((name, at) => {
      const term = rows[at][category];
      const isShared = term?.type === "uri" && names.some((other, place) => other === name && rows[place][category]?.value !== term.value);
      const full = isShared ? `${name} · ${term.value.split("/").slice(-4).join("/")}` : name;
      return full.length > LONGEST ? `${full.slice(0, LONGEST - 1)}…` : full;
    });
  };

  const drawBar = (name, value, place, scale) => {
    const top = place * HEIGHT;
    const length = Math.max(1, Math.max(0, value) * scale);
    const bar = draw("g", {});
    bar.append(
      draw("title", {}, `${name}: ${policygraph.number(value)}`),
      draw("text", { x: NAMES - 8, y: top + 18, "text-anchor": "end" }, name),
      draw("rect", { x: NAMES, y: top + 4, width: length, height: HEIGHT - 8, rx: 2 }),
      draw("text", { x: NAMES + length + 6, y: top + 18, class: "value" }, policygraph.number(value)),
    );
    return bar;
  };

  const drawPicture = (rows, { category, number }, title) => {
    const most = Math.max(...rows.map((row) => valueOf(row, number)), Number.MIN_VALUE);
    const [width, height] = [NAMES + BARS + 90, rows.length * HEIGHT];
    const picture = draw("svg", { class: "bars", role: "img", "aria-label": title, viewBox: `0 0 ${width} ${height}`, width, height });
    const names = nameRows(rows, category);
    picture.append(...rows.map((row, at) => drawBar(names[at], valueOf(row, number), at, BARS / most)));
    return picture;
  };

  const makeChoice = (label, names, columns, key, redraw) => {
    const options = names.map((name) => make("option", { value: name, textContent: `?${name}`, selected: name === columns[key] }));
    const select = make("select", {}, ...options);
    select.addEventListener("change", () => {
      columns[key] = select.value;
      redraw();
    });
    return make("label", { className: "filter" }, say(label), " ", select);
  };

  policygraph.drawBars = async (panel, answer) => {
    const columns = guessColumns(answer);
    if (!columns) return panel.replaceChildren(make("p", { className: "note", textContent: say("no_chart") }));
    const sheet = make("div", { className: "sheet", tabIndex: 0, role: "region", ariaLabel: say("chart") });
    const rows = answer.rows.slice(0, MOST);
    const redraw = async () => {
      const iris = rows.map((row) => row[columns.category]).filter((term) => term?.type === "uri");
      await policygraph.fetchLabels(iris.map((term) => term.value));
      const title = say("bars", { number: `?${columns.number}`, category: `?${columns.category}` });
      sheet.replaceChildren(drawPicture(rows, columns, title));
    };
    const more = answer.rows.length > MOST ? say("first_bars", { most: MOST, count: policygraph.number(answer.rows.length) }) : "";
    panel.replaceChildren(
      make("p", { className: "actions" },
        makeChoice("length", listNumbers(answer), columns, "number", redraw),
        makeChoice("category", answer.variables, columns, "category", redraw),
        make("span", { className: "soft", textContent: more })),
      sheet);
    await redraw();
  };
}
