"use strict";
/* Small helps on top of pages that already work: nothing here is needed to read, write or vote. */
(() => {
  const KEYS_OFF = "tov-keys-off", QUEUE = "tov-queue", DAY = 24 * 60 * 60 * 1000;
  const all = (selector, inside = document) => Array.from(inside.querySelectorAll(selector));
  const say = (text) => { const place = document.getElementById("tov-said"); if (place) place.textContent = text; };
  const kept = {
    read(name, otherwise) { try { return JSON.parse(localStorage.getItem(name)) ?? otherwise; } catch { return otherwise; } },
    write(name, value) { try { localStorage.setItem(name, JSON.stringify(value)); return true; } catch { return false; } },
  };

  /* How many characters are left; the words come from the page. */
  function count(group) {
    const area = group.querySelector("textarea"), shown = group.querySelector(".tov-limit"), said = group.querySelector("[data-tov-limit-said]");
    const limit = Number(group.dataset.tovLimit);
    let wait;
    const update = () => {
      const left = limit - Array.from(area.value).length;
      shown.textContent = (left < 0 ? shown.dataset.over : shown.dataset.left).replace("%n", Math.abs(left).toLocaleString("da-DK"));
      shown.dataset.state = left < 0 ? "over" : "within";
      clearTimeout(wait);
      wait = setTimeout(() => { if (area === document.activeElement && left < 40) said.textContent = shown.textContent; }, 1000);
    };
    area.addEventListener("input", update);
    update();
  }

  function copy(button) {
    const code = document.querySelector("[data-tov-code]");
    button.addEventListener("click", async () => {
      try { await navigator.clipboard.writeText(code.textContent.trim()); } catch {
        const range = document.createRange(); range.selectNodeContents(code);
        const chosen = getSelection(); chosen.removeAllRanges(); chosen.addRange(range);
        if (!document.execCommand("copy")) return;
      }
      button.querySelector("span").textContent = button.dataset.done;
      say(button.dataset.done);
    });
  }

  /* Letters press what carries them, never while somebody writes. */
  const writing = (at) => at.closest("input:not([type=radio]):not([type=checkbox]):not([type=button]):not([type=submit]), textarea, select, [contenteditable]");
  const name = (what) => { const twin = what.cloneNode(true); all("kbd, svg", twin).forEach((part) => part.remove()); return twin.textContent.trim(); };
  function step(list, way) {
    const links = all(":scope > li > a", list);
    const at = links.indexOf(document.activeElement.closest("a"));
    const from = at >= 0 ? at : links.findIndex((link) => link.parentElement.hasAttribute("aria-current"));
    const next = links[Math.min(links.length - 1, Math.max(0, from + way))];
    if (next) next.focus();
  }
  const finder = () => all("#tov-find, #tov-search-q").find((what) => what.getClientRects().length);
  function list() {
    const box = document.getElementById("tov-keys");
    if (!box) return;
    const lines = box.querySelector("dl");
    lines.replaceChildren();
    const add = (letters, text) => {
      const row = document.createElement("div"), term = document.createElement("dt"), what = document.createElement("dd"), cap = document.createElement("kbd");
      cap.className = "tov-key"; cap.textContent = letters; term.append(cap); what.textContent = text; row.append(term, what); lines.append(row);
    };
    all("[data-tov-key]").forEach((what) => add(what.dataset.tovKey.toUpperCase(), name(what)));
    const steps = document.querySelector("[data-tov-keys]");
    if (steps) add(Array.from(steps.dataset.tovKeys.toUpperCase()).join(" / "), document.documentElement.lang === "en" ? "next / previous" : "næste / forrige");
    if (finder()) add("/", finder().labels[0].textContent.trim());
    const off = box.querySelector("[data-tov-keys-off]");
    off.checked = kept.read(KEYS_OFF, false);
    box.hidden = false;
    off.focus();
  }
  function pressed(event) {
    if (event.key === "Enter" && event.ctrlKey) {
      const form = event.target.closest("form[data-tov-ctrl-enter]");
      if (form) { event.preventDefault(); form.requestSubmit(); }
      return;
    }
    const box = document.getElementById("tov-keys");
    if (event.key === "Escape" && box && !box.hidden) { box.hidden = true; return; }
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || writing(event.target)) return;
    if (event.key === "?") { event.preventDefault(); list(); return; }
    if (kept.read(KEYS_OFF, false)) return;
    const field = event.key === "/" && finder();
    if (field) { event.preventDefault(); field.focus(); field.select(); return; }
    const letter = event.key.toLowerCase(), rows = document.querySelector("[data-tov-keys]");
    const [onwards, back] = rows ? rows.dataset.tovKeys : [];
    if (rows && (letter === onwards || letter === back)) { event.preventDefault(); step(rows, letter === onwards ? 1 : -1); return; }
    const found = all("[data-tov-key]").find((what) => what.dataset.tovKey.toLowerCase() === letter && !what.disabled && what.getClientRects().length);
    if (found) { event.preventDefault(); found.click(); }
  }

  /* What could not be sent waits on the phone, with the key it was written under, at most a day. A statement is let go only when the
     answer says that it is stored; a vote when the answer came. */
  const waiting = () => kept.read(QUEUE, []).filter((item) => Date.now() - item.at < DAY);
  const put = (item) => kept.write(QUEUE, [...waiting().filter((one) => one.key !== item.key), item]);
  const drop = (key) => kept.write(QUEUE, waiting().filter((one) => one.key !== key));
  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";
  const clockTime = (at) => new Date(at).toTimeString().slice(0, 5).replace(":", ".");
  let sending = false;
  async function post(item) {
    const headers = { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token() || item.token };
    const answer = await fetch(item.url, { method: "POST", headers, body: item.body, credentials: "same-origin" });
    if (answer.status >= 500 || answer.status === 429) throw new Error("later");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const stored = answer.ok && (item.kind === "vote" || page.querySelector("[data-tov-stored], [data-tov-code]"));
    return { stored: Boolean(stored), code: page.querySelector("[data-tov-code]")?.textContent.trim() || "" };
  }
  async function send(again) {
    if (sending) return;
    sending = true;
    try {
      for (const item of waiting().filter((one) => !one.sent && (again || !one.refused))) {
        const answer = await post(item);
        if (!answer.stored) put({ ...item, refused: true });
        else if (answer.code) put({ key: item.key, kind: item.kind, label: item.label, at: item.at, sent: Date.now(), code: answer.code });
        else { drop(item.key); sent.push({ ...item, sent: Date.now() }); }
      }
    } catch { /* the net is still away: everything is kept */ } finally { sending = false; show(); }
  }
  const sent = [];
  function show() {
    const online = document.querySelector("[data-tov-online]"), queue = document.querySelector("[data-tov-queue]");
    const items = [...waiting(), ...sent], left = items.filter((one) => !one.sent);
    if (online) { online.hidden = false; online.dataset.tovOnline = navigator.onLine && !left.length ? "yes" : "no"; }
    if (!queue) return;
    queue.hidden = !items.length;
    all(".alert, button", queue).forEach((part) => { part.hidden = !left.length; });
    queue.querySelector(".tov-queue").replaceChildren(...items.map((one) => {
      const row = document.createElement("li"), what = document.createElement("strong"), state = document.createElement("span");
      what.textContent = one.label;
      state.textContent = one.sent ? `${queue.dataset.sent} kl. ${clockTime(one.sent)}` : one.refused ? queue.dataset.refused : queue.dataset.waiting;
      if (one.code) state.textContent += ` · ${queue.dataset.code} ${one.code}`;
      row.append(what, state);
      const area = document.querySelector("form[data-tov-offline=statement] textarea");
      if (one.refused && area) row.append(restore(one, area));
      return row;
    }));
  }
  function restore(item, area) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-secondary";
    button.textContent = document.querySelector("[data-tov-queue]").dataset.restore;
    button.addEventListener("click", () => {
      area.value = new URLSearchParams(item.body).get(area.name) || "";
      area.dispatchEvent(new Event("input"));
      area.focus();
      drop(item.key);
      show();
    });
    return button;
  }
  function packed(form, submitter) {
    const data = new FormData(form), words = form.querySelector("textarea")?.value.trim().slice(0, 80);
    if (submitter?.name) data.set(submitter.name, submitter.value);
    const body = new URLSearchParams(data);
    body.delete("csrfmiddlewaretoken");
    return { key: data.get("idempotency_key"), kind: form.dataset.tovOffline, url: submitter?.getAttribute("formaction") || form.action, body: body.toString(),
      token: data.get("csrfmiddlewaretoken"), label: words ? `»${words}«` : form.dataset.tovLabel || form.dataset.tovOffline, at: Date.now() };
  }
  const reachable = async () => {
    if (!navigator.onLine) return false;
    try { return (await fetch(location.pathname, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(4000) })).status < 500; } catch { return false; }
  };
  function wait() {
    show();
    document.querySelector("[data-tov-queue]")?.scrollIntoView();
    say(document.querySelector("[data-tov-queue] .alert-heading")?.textContent || "");
  }
  function offline(form) {
    let sure = false;
    form.addEventListener("submit", async (event) => {
      if (sure || form.hasAttribute("hx-post") || !form.elements.idempotency_key) return;
      const item = packed(form, event.submitter), submitter = event.submitter;
      if (!put(item)) return;
      if (item.kind === "vote" && navigator.onLine) return;
      event.preventDefault();
      if (await reachable()) { sure = true; form.requestSubmit(submitter || undefined); } else wait();
    });
    form.addEventListener("htmx:sendError", (event) => { if (put(packed(form, event.detail.requestConfig?.triggeringEvent?.submitter))) wait(); });
  }
  /* The page that came back tells what no longer needs to wait: it is stored, or it stands in the form again. */
  function settle() {
    const stored = document.querySelector("[data-tov-stored]"), keys = all("form[data-tov-offline] [name=idempotency_key]").map((input) => input.value);
    const voting = document.querySelector("form[data-tov-offline=vote]");
    kept.write(QUEUE, waiting().filter((one) => one.sent || !(keys.includes(one.key) || stored || (voting && one.kind === "vote"))));
  }

  function menu(link) {
    const target = document.querySelector(link.getAttribute("href"));
    link.setAttribute("role", "button");
    link.setAttribute("aria-expanded", "false");
    link.addEventListener("click", (event) => { event.preventDefault(); link.setAttribute("aria-expanded", String(target.classList.toggle("tov-open"))); });
    link.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); link.click(); } });
  }

  function begin(inside) {
    all("[data-tov-limit]", inside).forEach(count);
    all("[data-tov-copy]", inside).forEach(copy);
    all("[data-tov-copy-box]", inside).forEach((box) => { box.hidden = false; });
    all("form[data-tov-offline]", inside).forEach(offline);
    all("[data-tov-print]", inside).forEach((what) => what.addEventListener("click", () => print()));
    all("form.tov-form", inside).forEach((form) => { form.noValidate = true; });
    all("[data-tov-focus]", inside).forEach((what) => what.focus());
  }
  document.addEventListener("keydown", pressed);
  document.addEventListener("DOMContentLoaded", () => {
    begin(document);
    all("[data-tov-menu]").forEach(menu);
    all("[data-tov-keys-off]").forEach((box) => box.addEventListener("change", () => kept.write(KEYS_OFF, box.checked)));
    all("#tov-keys button").forEach((button) => button.addEventListener("click", () => { document.getElementById("tov-keys").hidden = true; }));
    all("[data-tov-queue] button").forEach((button) => button.addEventListener("click", () => send(true)));
    document.body.addEventListener("htmx:load", (event) => { if (event.target !== document.body) begin(event.target); });
    if (kept.read(QUEUE, []).length) { settle(); send(); }
    show();
    setInterval(() => { if (navigator.onLine && waiting().some((one) => !one.sent)) send(); }, 15000);
  });
  addEventListener("online", () => { show(); send(); });
  addEventListener("offline", show);
})();
