// Offers the picture of a trace as PNG, drawn from the SVG that the server makes.
"use strict";

const SCALE = 2; // sharp in print
const MOST = 16000; // pixels that browsers take on a side

for (const button of document.querySelectorAll("button[data-png]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const picture = new Image();
    picture.src = button.dataset.png;
    await picture.decode();
    const scale = Math.min(SCALE, MOST / Math.max(picture.naturalWidth, picture.naturalHeight));
    const canvas = document.createElement("canvas");
    canvas.width = picture.naturalWidth * scale;
    canvas.height = picture.naturalHeight * scale;
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = "trace.png";
      link.click();
      URL.revokeObjectURL(link.href);
    }, "image/png");
  });
}
