"use strict";
/* Removes the words a moderator has marked, in the text that will be shown. Without it the same is done by hand in the field. */
(() => {
  const form = document.querySelector("[data-moderation]");
  if (!form) return;
  const field = form.querySelector("textarea[name=text]"), shown = form.querySelector("[data-shown]"), button = form.querySelector("[data-remove]");
  const marks = /\[([^[\]\n]{1,40} fjernet)\]/;
  function draw() {
    shown.replaceChildren(...field.value.split(marks).map((piece, at) => {
      if (at % 2 === 0) return document.createTextNode(piece);
      const mark = document.createElement("span");
      mark.className = "tov-redacted";
      mark.textContent = `[${piece}]`;
      return mark;
    }));
  }
  /* Where in the shown text the selection lies: the same characters as in the field. */
  function chosen() {
    if (document.activeElement === field) return [field.selectionStart, field.selectionEnd];
    const selection = getSelection();
    if (!selection.rangeCount || !shown.contains(selection.anchorNode) || !shown.contains(selection.focusNode)) return [0, 0];
    const range = selection.getRangeAt(0), before = document.createRange();
    before.selectNodeContents(shown);
    before.setEnd(range.startContainer, range.startOffset);
    const start = before.toString().length;
    return [start, start + range.toString().length];
  }
  function remove() {
    const [start, end] = chosen();
    if (start === end) return;
    field.value = field.value.slice(0, start) + button.dataset.mark + field.value.slice(end);
    draw();
  }
  button.hidden = false;
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", remove);
  field.addEventListener("input", draw);
})();
