// Shows beside a mention what it was linked to, on hover and on focus. The same stands in the list
// beside the text, so that nothing is lost without this file.
"use strict";

const card = document.createElement("div");
card.className = "card";
card.setAttribute("role", "tooltip");
card.id = "card";
card.hidden = true;
document.body.append(card);

let shown = null;

const hide = () => {
  card.hidden = true;
  shown?.removeAttribute("aria-describedby");
  shown = null;
};

const show = (mention) => {
  const entry = document.getElementById(mention.dataset.card);
  const body = entry?.querySelector(".card-body");
  if (!body) return;
  hide();
  shown = mention;
  card.replaceChildren(...[...body.cloneNode(true).childNodes]);
  card.hidden = false;
  mention.setAttribute("aria-describedby", card.id);
  const place = mention.getClientRects()[0];
  const left = Math.min(place.left, document.documentElement.clientWidth - card.offsetWidth - 12);
  const below = place.bottom + 6;
  const fits = below + card.offsetHeight < innerHeight;
  const top = fits ? below : Math.max(6, place.top - card.offsetHeight - 6);
  card.style.left = `${Math.max(8, left) + scrollX}px`;
  card.style.top = `${top + scrollY}px`;
};

for (const mention of document.querySelectorAll(".text a.mention")) {
  mention.addEventListener("mouseenter", () => show(mention));
  mention.addEventListener("focus", () => show(mention));
  mention.addEventListener("blur", hide);
  mention.addEventListener("mouseleave", (event) => {
    if (event.relatedTarget !== card && !card.contains(event.relatedTarget)) hide();
  });
}
card.addEventListener("mouseleave", hide);
document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
