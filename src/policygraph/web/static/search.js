// Offers what a reader may mean while typing, as the ARIA combobox pattern has it. Without this
// file the same forms work: what is typed is sent as it stands.
"use strict";

const WAIT = 120; // milliseconds after a key

for (const input of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("ul");
  const status = document.createElement("span");
  list.id = `offers-${input.id || input.name}`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0]?.textContent.trim() || "");
  list.hidden = true;
  status.className = "unseen";
  status.setAttribute("role", "status");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.after(list, status);

  let timer = 0;
  let asked = 0;
  let chosen = -1;

  const close = () => {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (index) => {
    chosen = index;
    [...list.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === index)));
    const row = list.children[index];
    if (row) {
      input.setAttribute("aria-activedescendant", row.id);
      row.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };
  const take = (item) => {
    close();
    if (input.dataset.fill === "event") {
      input.dispatchEvent(new CustomEvent("pick", { detail: item }));
    } else if (input.dataset.fill) {
      input.value = item.path.slice(1);
      if (input.dataset.fill === "path") input.form.requestSubmit();
    } else {
      location.assign(item.path);
    }
  };
  const show = (found) => {
    list.replaceChildren(
      ...found.map(({ item, name }, index) => {
        const row = document.createElement("li");
        const label = document.createElement("strong");
        const rest = document.createElement("span");
        row.id = `${list.id}-${index}`;
        row.setAttribute("role", "option");
        row.setAttribute("aria-selected", "false");
        label.textContent = item.label;
        rest.className = "soft";
        const mark = item.is_fiction && `(${document.body.dataset.fiction})`;
        rest.textContent = [mark, name && `“${name}”`, item.date, item.issuer, item.title]
          .filter(Boolean).join(" · ").slice(0, 140);
        row.append(label, " ", rest);
        row.addEventListener("mousedown", (event) => {
          event.preventDefault();
          take(item);
        });
        row.item = item;
        return row;
      }),
    );
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    status.textContent = found.length
      ? input.dataset.some.replace("{count}", found.length)
      : input.dataset.none;
    chosen = -1;
  };
  const ask = async () => {
    const number = ++asked;
    const words = input.value.trim();
    if (words.length < 2) return close();
    const address = new URL(input.dataset.suggest, location.origin);
    address.searchParams.set("q", words);
    if (input.dataset.kind) address.searchParams.set("kind", input.dataset.kind);
    try {
      const response = await fetch(address);
      const found = response.ok ? (await response.json()).items : [];
      if (number === asked && document.activeElement === input) show(found);
    } catch {
      close(); // the server is gone: the form itself will say so
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const count = list.children.length;
    if (event.key === "ArrowDown") choose((chosen + 1) % count);
    else if (event.key === "ArrowUp") choose((chosen - 1 + count) % count);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) take(list.children[chosen].item);
    else return;
    event.preventDefault();
  });
}
