// Every page works without this script; it saves clicks. Nothing is stored, and no address has a field of a form.

document.documentElement.classList.add("scripted");

/** The fields of a form, with its files if it has any. */
function body(form) {
  const fields = new FormData(form);
  return form.enctype === "multipart/form-data" ? fields : new URLSearchParams(fields);
}

/** Ask for the page of a form, and put its parts with these ids in place of ours. The last question wins. */
function follow(form, ids, wait) {
  let timer, asking;
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const here = ids.filter((id) => document.getElementById(id));
    const old = here.map((id) => document.getElementById(id));
    old[0].setAttribute("aria-busy", "true");
    try {
      const fields = body(form);
      const answer = form.method === "post"
        ? await fetch(form.action, { method: "POST", body: fields, signal: asking.signal })
        : await fetch(`${form.action}?${fields}`, { signal: asking.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const [index, id] of here.entries()) {
        const found = page.getElementById(id);
        if (found) old[index].replaceChildren(...found.childNodes);
      }
      old[0].removeAttribute("aria-busy");
    } catch (error) {
      if (error.name !== "AbortError") old[0].removeAttribute("aria-busy");
    }
  };
  return () => {
    clearTimeout(timer);
    timer = setTimeout(ask, wait);
  };
}

/** Whether somebody has typed into a form already: before this script came, or before the page was loaded again. */
function typed(form) {
  return [...form.elements].some((field) =>
    field.type === "checkbox" ? field.checked !== field.defaultChecked : "defaultValue" in field && field.value !== field.defaultValue);
}

const find = document.querySelector("form.find");
if (find) {
  const soon = follow(find, ["results", "count"], 120);
  if (typed(find)) soon();
  find.addEventListener("input", soon);
  find.addEventListener("submit", (event) => {
    event.preventDefault();
    soon();
  });
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!("quiet" in form.dataset)) return;
  event.preventDefault();
  const button = event.submitter;
  const fields = new URLSearchParams(new FormData(form, button));
  const answer = await fetch(form.action, { method: "POST", body: fields });
  if (!answer.ok) return;
  const key = form.elements.key.value;
  for (const other of document.querySelectorAll("form[data-quiet]")) {
    if (other.elements.key.value !== key) continue;
    const star = other.querySelector("button");
    const liked = button.value === "yes";
    star.setAttribute("aria-pressed", liked);
    if (star !== button) star.value = liked ? "no" : "yes";
  }
  button.value = button.value === "yes" ? "no" : "yes";
});

const sheet = document.querySelector("form.sheet");
if (sheet) {
  const soon = follow(sheet, ["preview", "summary", "colour", "found", "today"], 150);
  sheet.addEventListener("input", soon);
  if (typed(sheet)) soon();

  // The process that fills in this sheet starts when the first field gets the focus.
  const client = sheet.querySelector("[data-ready]");
  const ready = () => fetch(client.dataset.ready, { method: "POST", body: new URLSearchParams(new FormData(sheet)) });
  client?.addEventListener("focusin", ready, { once: true });

  const add = sheet.querySelector("[data-add]");
  add?.addEventListener("click", async (event) => {
    event.preventDefault();
    const answer = await fetch(add.formAction, { method: "POST", body: new URLSearchParams(new FormData(sheet, add)) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.querySelector("header.site nav a[href='/pack']").innerHTML = page.querySelector("header.site nav a[href='/pack']").innerHTML;
    add.textContent = add.dataset.add;
  });

  sheet.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=move]");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("li");
    const other = button.value.startsWith("up ") ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (button.value.startsWith("up ")) other.before(row);
    else other.after(row);
    button.focus();
    const said = sheet.querySelector("[data-moved]");
    const number = [...row.parentElement.children].indexOf(row) + 1;
    said.textContent = said.dataset.moved.replace("{name}", row.dataset.name).replace("{number}", number);
    soon();
  });
  // An emptied field takes its part off the sheet. The button that brings the author's values back shows if one differs.
  const dosages = () => {
    for (const dose of sheet.querySelectorAll("#exercises .dose")) {
      const changed = [...dose.querySelectorAll("[data-usual]")].some((field) => field.value.trim() !== field.dataset.usual);
      const restore = dose.querySelector("[name=restore]");
      if (!changed && restore === document.activeElement) dose.querySelector("[data-usual]").focus();
      restore.hidden = !changed;
    }
  };
  sheet.addEventListener("input", dosages);
  if (typed(sheet)) dosages();
  sheet.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=restore]");
    if (!button) return;
    event.preventDefault();
    for (const field of button.closest(".dose").querySelectorAll("[data-usual]")) field.value = field.dataset.usual;
    dosages();
    soon();
  });
  // One dosage for all exercises: their fields show it at once, and can be changed one by one.
  sheet.querySelector("[data-all]")?.addEventListener("click", (event) => {
    event.preventDefault();
    const button = event.currentTarget;
    for (const field of button.parentElement.querySelectorAll("[data-part]")) {
      if (!field.value.trim()) continue;
      for (const other of sheet.querySelectorAll(`#exercises [name$=" ${field.dataset.part}"]`)) other.value = field.value;
    }
    button.nextElementSibling.textContent = button.dataset.all;
    dosages();
    soon();
  });
  sheet.addEventListener("submit", (event) => {
    if (!("update" in (event.submitter?.dataset ?? {}))) return;
    event.preventDefault();
    soon();
  });
}

// A list is ordered by dragging, too. The buttons do the same for a keyboard and a screen reader.
for (const list of document.querySelectorAll("[data-order]")) {
  let dragged = null;
  for (const row of list.children) {
    // Only by its head, so that text in its fields can be marked with the mouse.
    const head = row.querySelector(".exercise-head") ?? row;
    head.draggable = true;
    head.addEventListener("dragstart", (event) => {
      dragged = row;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", row.dataset.name);
    });
  }
  list.addEventListener("dragover", (event) => {
    const row = event.target.closest("[data-order] > li");
    if (!dragged || !row || row.parentElement !== list) return;
    event.preventDefault();
    const { top, height } = row.getBoundingClientRect();
    if (row !== dragged) row[event.clientY < top + height / 2 ? "before" : "after"](dragged);
  });
  list.addEventListener("dragend", () => {
    dragged = null;
    list.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.querySelector(button.dataset.copy);
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      document.execCommand("copy");
    }
    button.nextElementSibling.textContent = button.dataset.copied;
  });
}

// A run: its numbers follow, and the page comes again when its buttons change.
const run = document.querySelector("[data-run]");
if (run && run.dataset.run !== "finished") {
  const ask = async () => {
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      const now = page.querySelector("[data-run]");
      if (now?.dataset.run !== run.dataset.run) return location.reload();
      document.getElementById("progress").replaceChildren(...page.getElementById("progress").childNodes);
    } catch { /* The next question may be answered. */ }
    setTimeout(ask, 500);
  };
  setTimeout(ask, 300);
}

// Print: the PDF comes into a frame of this page, and the browser's dialog opens for it.
const frame = document.querySelector("iframe[name=paper]");
if (frame) {
  for (const button of document.querySelectorAll("[data-print]")) button.formTarget = "paper";
  frame.addEventListener("load", () => {
    if (frame.contentWindow.location.href === "about:blank") return;
    const refused = frame.contentDocument?.querySelector(".error p, #preview > .notice");
    if (refused) {
      const notice = document.importNode(refused, true);
      notice.className = "notice";
      notice.setAttribute("role", "alert");
      const preview = document.getElementById("preview");
      preview.querySelector(":scope > .notice")?.remove();
      preview.prepend(notice);
      notice.scrollIntoView({ block: "nearest" });
      notice.querySelector("button")?.focus();
      return;
    }
    frame.contentWindow.focus();
    frame.contentWindow.print();
  });
}

// A picture that is dropped on the logo's place is sent at once.
const drop = document.querySelector("[data-drop]");
if (drop) {
  const file = drop.querySelector("input");
  const over = (on) => (event) => {
    event.preventDefault();
    drop.classList.toggle("over", on);
  };
  drop.addEventListener("dragover", over(true));
  drop.addEventListener("dragleave", over(false));
  drop.addEventListener("drop", (event) => {
    over(false)(event);
    if (!event.dataTransfer.files.length) return;
    file.files = event.dataTransfer.files;
    if (drop.dataset.drop === "check") file.dispatchEvent(new Event("input", { bubbles: true }));
    else file.form.requestSubmit();
  });
}
