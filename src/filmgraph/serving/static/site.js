// Everything works without this file. It opens notes beside their marks, suggests names, and links text and facts.

const notes = document.querySelector(".notes");

/** Notes open as a card; Escape and a second click close it, and the focus goes back to the mark. */
function openNotes() {
  let card = null;
  let opener = null;

  function close() {
    if (!card) return;
    card.remove();
    card = null;
    opener.removeAttribute("aria-expanded");
    opener.focus({ preventScroll: true });
    opener = null;
  }

  function open(mark) {
    const note = document.getElementById(mark.hash.slice(1));
    if (!note) return;
    card = document.createElement("aside");
    card.className = "card";
    card.setAttribute("role", "dialog");
    card.setAttribute("aria-label", "Who says so");
    card.tabIndex = -1;
    for (const child of note.children) card.append(child.cloneNode(true));
    const button = document.createElement("button");
    button.type = "button";
    button.className = "close";
    button.textContent = "Close";
    button.addEventListener("click", close);
    card.querySelector(".close")?.replaceWith(button);
    opener = mark;
    mark.setAttribute("aria-expanded", "true");
    document.body.append(card);
    place(mark, card);
    card.focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const mark = event.target.closest?.("a.mark");
    if (mark) {
      event.preventDefault();
      const again = mark === opener;
      close();
      if (!again) open(mark);
    } else if (card && !card.contains(event.target)) {
      close();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
}

/** Puts a card under its mark, inside the window. */
function place(mark, card) {
  const at = mark.getBoundingClientRect();
  const room = document.documentElement.clientWidth;
  if (room < 640) return; // a sheet at the bottom, as the style sheet says
  card.classList.add("beside"); // which makes it as narrow as it will be
  const left = Math.max(8, Math.min(at.left - 24, room - card.offsetWidth - 8));
  card.style.setProperty("--left", `${left + window.scrollX}px`);
  card.style.setProperty("--top", `${at.bottom + window.scrollY + 8}px`);
}

/** A name as names are compared: without case, accents and other marks. */
function fold(text) {
  return text.normalize("NFKD").replace(/[\u0300-\u036f\u0591-\u05c7\u064b-\u065f]/g, "").toLowerCase().replace(/\s+/g, " ").trim();
}

/** The names of pages that are files: an index beside them, loaded when somebody begins to search. */
function namesOf(field) {
  const address = field.dataset.index;
  const root = address.slice(0, address.lastIndexOf("/") + 1);
  const loaded = new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", () => resolve(globalThis.filmgraphNames));
    script.addEventListener("error", reject);
    document.head.append(script);
  });
  return async (text, most) => {
    const wanted = fold(text);
    const words = wanted.split(" ");
    const rank = (name) => {
      if (name === wanted) return 0;
      if (name.startsWith(wanted)) return 1;
      if (` ${name}`.includes(` ${wanted}`)) return 2;
      if (words.every((word) => ` ${name}`.includes(` ${word}`))) return 3;
      return name.includes(wanted) ? 4 : 5;
    };
    return (await loaded)
      .map(([label, kind, path, names], place) => [Math.min(...names.map(rank)), place, { label, kind, path: root + path }])
      .filter(([best]) => wanted && best < 5)
      .sort((one, other) => one[0] - other[0] || one[1] - other[1])
      .slice(0, most)
      .map(([, , hit]) => hit);
  };
}

/** The names of a server. */
function asked(field) {
  return async (text) => {
    const reply = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(text)}`);
    return reply.ok ? reply.json() : [];
  };
}

/** Names as one types: a list of links under the field, arrow keys move in it. */
function suggest(field) {
  let find = null;
  field.addEventListener("focus", () => (find ??= field.dataset.index ? namesOf(field) : asked(field)), { once: true });
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `${field.id}-suggestions`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-autocomplete", "list");
  field.after(list);
  let chosen = -1;
  let turn = 0;
  let timer = 0;

  function choose(number) {
    const items = [...list.children];
    chosen = items.length ? (number + items.length) % items.length : -1;
    items.forEach((item, place) => item.setAttribute("aria-selected", String(place === chosen)));
    if (chosen >= 0) field.setAttribute("aria-activedescendant", items[chosen].id);
    else field.removeAttribute("aria-activedescendant");
  }

  function show(found) {
    list.replaceChildren(
      ...found.map((one, place) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${place}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.dataset.path = one.path;
        const kind = document.createElement("span");
        kind.className = "hint";
        kind.textContent = one.kind;
        item.append(`${one.label} `, kind);
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          location.assign(one.path);
        });
        return item;
      }),
    );
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(found.length > 0));
    choose(-1 - found.length);
    chosen = -1;
    [...list.children].forEach((item) => item.setAttribute("aria-selected", "false"));
    field.removeAttribute("aria-activedescendant");
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    const text = field.value.trim();
    const number = ++turn;
    if (!text) return show([]);
    timer = setTimeout(async () => {
      try {
        find ??= field.dataset.index ? namesOf(field) : asked(field);
        const found = await find(text, 8);
        if (number === turn) show(found);
      } catch {
        show([]);
      }
    }, 120);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? -1 : chosen - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(list.children[chosen].dataset.path);
    } else if (event.key === "Escape") {
      show([]);
    }
  });
  field.addEventListener("blur", () => show([]));
}

/** In a document: pointing at a fact shows its passage, pointing at a passage its facts. */
function linkPassages() {
  const words = [...document.querySelectorAll("mark[data-passages]")];
  const facts = [...document.querySelectorAll("[data-passage]")];
  if (!words.length) return;
  const lit = (names) => {
    for (const one of words) one.classList.toggle("lit", one.dataset.passages.split(" ").some((name) => names.has(name)));
    for (const one of facts) one.classList.toggle("lit", names.has(one.dataset.passage));
  };
  const none = new Set();
  for (const one of facts) {
    for (const name of ["mouseenter", "focusin"]) one.addEventListener(name, () => lit(new Set([one.dataset.passage])));
    for (const name of ["mouseleave", "focusout"]) one.addEventListener(name, () => lit(none));
  }
  for (const one of words) {
    const names = one.dataset.passages.split(" ");
    one.addEventListener("mouseenter", () => lit(new Set(names)));
    one.addEventListener("mouseleave", () => lit(none));
    one.addEventListener("click", () => {
      const shortest = names.at(-1);
      const target = document.getElementById(`f-${shortest}`);
      target?.scrollIntoView({ block: "nearest" });
      target?.focus({ preventScroll: true });
    });
  }
}

/** On the list of all names of pages that are files: those that the address asks for come alone. */
async function searched() {
  const heading = document.querySelector("[data-found]");
  const text = new URLSearchParams(location.search).get("q")?.trim();
  if (!heading || !text) return;
  const field = document.querySelector("input[data-index]");
  field.value = text;
  const found = await namesOf(field)(text, 200);
  heading.textContent = found.length ? `${found.length} found` : `Nothing is called “${text}”`;
  document.querySelector(".hits").replaceChildren(
    ...found.map((one) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = one.path;
      link.textContent = one.label;
      const kind = document.createElement("span");
      kind.className = "hint";
      kind.textContent = one.kind;
      item.append(link, " ", kind);
      return item;
    }),
  );
}

if (notes) openNotes();
for (const field of document.querySelectorAll("input[data-suggest], input[data-index]")) suggest(field);
searched();
linkPassages();
