// Buttons that copy an input's text: <button data-copy="id of the input" hidden>.
"use strict";

for (const button of document.querySelectorAll("[data-copy]")) {
  const input = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    input.select();
    if (navigator.clipboard) await navigator.clipboard.writeText(input.value);
    else document.execCommand("copy"); // pages without https have no clipboard
    button.textContent = "Copied";
  });
}
