// The chat page: draws what the server tells (server-sent events) and sends what the learner does.
// The server decides everything; a reload, a second window or a reconnection shows the same chat.

const $ = (id) => document.getElementById(id);
const log = $("log"), sheet = $("sheet"), text = $("text"), menu = $("commands");
const posts = new Map(); // message id -> { post, node }
const revealed = new Set(); // ids of messages whose spoilers were opened
let pinned = true; // whether the newest message is to stay in view
let say = {}, spokenIn = "", commands = [], editing = 0, toWrite = false, typingTimer = 0, toastTimer = 0, botName = "";

// --- its language -------------------------------------------------------------------------------

const filled = (name, slots) => say[name].replace(/\{(\w+)\}/g, (_, slot) => slots[slot]);

function speak({ lang, dir, words, commands: known }) { // everything on the page that is no message
  [say, commands] = [words, known];
  const changed = spokenIn && spokenIn !== lang;
  spokenIn = lang;
  Object.assign(document.documentElement, { lang, dir });
  for (const node of document.querySelectorAll("[data-say]")) node.textContent = say[node.dataset.say];
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", say[node.dataset.label]);
  for (const node of document.querySelectorAll("[data-hint]")) node.placeholder = say[node.dataset.hint];
  closeMenu();
  if (!changed) return;
  for (const { post } of ordered()) put(post);
  sheet.querySelectorAll(".pause").forEach((node) => node.remove());
}

const inNumbers = () => `${spokenIn}-u-nu-latn`; // dates with the digits that learners type

// Which way a message runs is up to its letters: an older one may be in another language.
function direction(text) {
  if (/[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/.test(text)) return "rtl";
  return /\p{L}{3,}\P{L}+\p{L}{3,}/u.test(text) ? "ltr" : "";
}

// A text with the commands in it kept from left to right.
const isolated = (words) => words.split(/(\/[a-z]+(?: [a-z]+)*)/).map((piece, at) => (at % 2 ? make("bdi", { dir: "ltr" }, piece) : piece));

// --- drawing ------------------------------------------------------------------------------------

function make(tag, properties = {}, ...children) {
  const { className, dataset, ...rest } = properties;
  const node = document.createElement(tag);
  if (className) node.className = className;
  for (const [name, value] of Object.entries(rest)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

function drawing(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(svg.namespaceURI, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

function picture(post) { // what it shows in words stands folded under it: its text for who cannot see it
  const { source, width, height } = post.picture;
  const words = make("div");
  words.innerHTML = post.html;
  const alt = (words.querySelector("blockquote.expandable") ?? words).textContent.trim() || say.picture;
  const image = make("img", { src: source, width, height, alt });
  const button = make("button", { type: "button", "aria-label": filled("enlarge", { words: alt }), onclick: () => enlarge(source, alt) }, image);
  return make("div", { className: "picture" }, button);
}

function enlarge(source, alt) { // fills the screen; a tap on it zooms to where it was tapped, and back
  const image = make("img", { src: source, alt, onclick: (event) => {
    const { left, top, width, height } = image.getBoundingClientRect();
    const [across, down] = [(event.clientX - left) / width, (event.clientY - top) / height];
    dialog.classList.toggle("zoomed");
    dialog.scrollTo(across * image.offsetWidth - innerWidth / 2, down * image.offsetHeight - innerHeight / 2);
  } });
  const close = make("form", { method: "dialog" }, make("button", { className: "strong", "aria-label": say.close }, "✕"));
  const dialog = make("dialog", { className: "large", "aria-label": say.picture }, image, close);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function documentLink(post) {
  const { source, name } = post.document;
  return make("a", { className: "document", href: source, download: name },
    drawing("M12 4v11M7 11l5 5 5-5M5 20h14"), make("span", {}, name));
}

function body(post) {
  const node = make("div", { className: "body" });
  node.innerHTML = post.html; // built and escaped by the server from a few known tags
  const runs = post.mine ? "auto" : direction(node.textContent);
  if (runs) node.dir = runs;
  node.querySelectorAll("pre, code").forEach((formula) => { formula.dir = "ltr"; });
  for (const spoiler of node.querySelectorAll(".spoiler")) {
    const show = (open) => {
      spoiler.setAttribute("aria-expanded", String(open));
      spoiler.setAttribute("aria-label", say.hidden);
      spoiler.firstElementChild.toggleAttribute("aria-hidden", false);
      if (open) spoiler.removeAttribute("aria-label");
      else spoiler.firstElementChild.setAttribute("aria-hidden", "true");
    };
    const reveal = (event) => {
      if (spoiler.getAttribute("aria-expanded") === "true") return;
      event.preventDefault();
      revealed.add(post.id);
      node.querySelectorAll(".spoiler").forEach((other) => other.dispatchEvent(new Event("reveal")));
    };
    spoiler.setAttribute("role", "button");
    spoiler.setAttribute("tabindex", "0");
    spoiler.addEventListener("click", reveal);
    spoiler.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") reveal(event); });
    spoiler.addEventListener("reveal", () => show(true));
    show(revealed.has(post.id) && !post.mine);
  }
  node.querySelectorAll("blockquote.expandable").forEach(folding);
  return node;
}

function folding(quote) { // long quotations show their first lines, as on Telegram, until opened
  const toggle = () => quote.setAttribute("aria-expanded", String(quote.getAttribute("aria-expanded") !== "true"));
  quote.setAttribute("role", "button");
  quote.setAttribute("tabindex", "0");
  quote.setAttribute("aria-expanded", "false");
  quote.addEventListener("click", toggle);
  quote.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    toggle();
  });
}

function key(post, button) {
  const node = make("button", { type: "button" }, button.label);
  node.addEventListener("click", async () => {
    node.setAttribute("aria-busy", "true");
    setTimeout(() => node.removeAttribute("aria-busy"), 4000);
    if (!await call("press", { id: post.id, data: button.data })) node.removeAttribute("aria-busy");
  });
  return node;
}

function draw(post) {
  const bubble = make("div", { className: "bubble" },
    make("span", { className: "aside" }, post.mine ? `${say.you}: ` : `${botName}: `));
  if (post.picture) bubble.append(picture(post));
  if (post.document) bubble.append(documentLink(post));
  if (post.html) bubble.append(body(post));
  if (post.edited) bubble.append(make("small", {}, say.edited));
  const time = new Date(post.date * 1000);
  bubble.title = time.toLocaleString(inNumbers());
  const node = make("article", { className: post.mine ? "mine" : "theirs", "data-id": post.id }, bubble);
  if (post.reaction) {
    node.classList.add("reacted");
    bubble.after(make("span", { className: "reaction", role: "img", "aria-label": filled("reaction", { emoji: post.reaction }) }, post.reaction));
  }
  if (post.mine && post.text) {
    bubble.before(make("button", { className: "pencil plain", type: "button", "aria-label": say.edit, onclick: () => edit(post.id) },
      drawing("M5 19l1-4L16 5l3 3L9 18zM14 7l3 3")));
  }
  if (post.buttons.length) {
    const rows = post.buttons.map((row) => make("div", { className: "row" }, ...row.map((button) => key(post, button))));
    node.append(make("div", { className: "keys" }, ...rows));
  }
  return node;
}

function put(post) {
  const old = posts.get(post.id);
  const node = draw(post);
  const focused = old ? [...old.node.querySelectorAll("button, a, .spoiler")].indexOf(document.activeElement) : -1;
  if (old) {
    old.node.replaceWith(node);
  } else {
    const later = [...posts.keys()].filter((id) => id > post.id);
    sheet.insertBefore(node, later.length ? posts.get(Math.min(...later)).node : null);
  }
  posts.set(post.id, { post, node });
  if (focused >= 0) (node.querySelectorAll("button, a, .spoiler")[focused] ?? text).focus();
  return node;
}

function drop(id) {
  const { node } = posts.get(id) ?? {};
  if (node?.previousElementSibling?.matches(".pause")) node.previousElementSibling.remove();
  node?.remove();
  posts.delete(id);
}

// Looks at all messages together: turns, pauses, which message can be edited.
function settle() {
  let before = null;
  for (const { post, node } of ordered()) {
    node.classList.toggle("turn", before !== null && before.mine !== post.mine);
    const wanted = before === null || post.date - before.date > 15 * 60;
    const mark = node.previousElementSibling?.matches(".pause") ? node.previousElementSibling : null;
    if (wanted && !mark) node.before(pause(post.date));
    else if (!wanted) mark?.remove(); // left alone where it is right: a screen reader hears additions
    before = post;
  }
  const mine = lastMine();
  for (const { post, node } of posts.values()) node.querySelector(".pencil")?.toggleAttribute("hidden", post.id !== mine?.id);
  $("empty").hidden = posts.size > 0;
  log.hidden = $("composer").hidden = posts.size === 0;
  if (posts.size > 0 && toWrite) { toWrite = false; text.focus(); }
}

const ordered = () => [...posts.values()].sort((a, b) => a.post.id - b.post.id);
const lastMine = () => ordered().map((entry) => entry.post).filter((post) => post.mine && post.text).at(-1);
const nearEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 140;

const toEnd = () => log.scrollTo({ top: log.scrollHeight, behavior: "instant" });

function pause(seconds) {
  const time = new Date(seconds * 1000), today = time.toDateString() === new Date().toDateString();
  const day = today ? {} : { weekday: "short", day: "numeric", month: "short" };
  return make("time", { className: "pause", datetime: time.toISOString() },
    time.toLocaleString(inNumbers(), { ...day, hour: "numeric", minute: "2-digit" }));
}

// --- what the server tells ----------------------------------------------------------------------

function connect() {
  const source = new EventSource("events");
  const on = (kind, handle) => source.addEventListener(kind, (event) => handle(JSON.parse(event.data)));
  on("all", (all) => {
    botName = all.name;
    speak(all);
    $("name").textContent = document.title = botName;
    log.setAttribute("aria-busy", "true");
    const known = new Set(all.posts.map((post) => post.id));
    for (const id of [...posts.keys()]) if (!known.has(id)) drop(id);
    const same = (post) => JSON.stringify(posts.get(post.id)?.post) === JSON.stringify(post);
    all.posts.filter((post) => !same(post)).forEach(put);
    status();
    settle();
    if (pinned) toEnd();
    requestAnimationFrame(() => log.removeAttribute("aria-busy"));
  });
  on("post", (post) => {
    const fresh = !posts.has(post.id), node = put(post);
    if (fresh) node.classList.add("new");
    if (fresh && post.mine) pinned = true;
    if (!post.mine) status();
    settle();
    if (pinned) toEnd();
  });
  on("words", (words) => { speak(words); status(); settle(); });
  on("typing", () => status(say.typing, 5500));
  on("answer", ({ id, text: words }) => {
    posts.get(id)?.node.querySelectorAll("[aria-busy]").forEach((node) => node.removeAttribute("aria-busy"));
    if (words) toast(words);
  });
  source.onerror = () => {
    status(say.reconnecting, 0);
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, 1000);
  };
}

function status(words = say.here, forMs = 0) {
  clearTimeout(typingTimer);
  $("status").textContent = words;
  $("status").classList.toggle("typing", words === say.typing);
  if (forMs) typingTimer = setTimeout(() => status(), forMs);
}

function toast(words) {
  clearTimeout(toastTimer);
  $("toast").textContent = words;
  $("toast").hidden = false;
  toastTimer = setTimeout(() => { $("toast").hidden = true; }, 2500 + 60 * words.length);
}

// --- what the learner does ----------------------------------------------------------------------

async function call(action, content) {
  try {
    const answer = await fetch(action, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ ...content, languages: navigator.languages }) });
    if (answer.ok) return true;
    toast((await answer.json().catch(() => ({}))).error ?? say.failed);
  } catch {
    toast(say.not_sent);
  }
  return false;
}

async function send(words) {
  const content = words.trim();
  if (!content) return;
  const sent = editing ? call("edit", { id: editing, text: content }) : call("send", { text: content });
  const kept = text.value, was = editing;
  text.value = "";
  stopEditing();
  if (!await sent && !text.value) { text.value = kept; if (was) edit(was, kept); }
  grow();
}

async function attach(file) {
  if (!file) return;
  if (file.size > 64 * 1024) return toast(say.large);
  await call("attach", { name: file.name, text: await file.text() });
}

function edit(id, words = posts.get(id)?.post.text) {
  if (words === undefined) return;
  editing = id;
  $("editing").hidden = false;
  text.value = words;
  text.focus();
  grow();
}

function stopEditing() {
  if (editing) text.value = "";
  editing = 0;
  $("editing").hidden = true;
  grow();
}

function grow() {
  text.dir = text.value ? "auto" : ""; // what is typed runs as its letters do
  if (CSS.supports("field-sizing", "content")) return;
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 2}px`;
}

// --- the command menu ---------------------------------------------------------------------------

function openMenu(filter = "") {
  const shown = commands.filter(({ command }) => command.startsWith(filter));
  const choose = (command) => () => { closeMenu(); text.value = ""; text.focus(); send(`/${command}`); };
  menu.replaceChildren(...shown.map(({ command, description }) =>
    make("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: choose(command) },
      make("b", { dir: "ltr" }, `/${command}`), make("span", {}, ...isolated(description)))));
  if (!filter) {
    const pick = () => { closeMenu(); $("file").click(); };
    menu.append(make("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: pick },
      make("b", {}, "📎"), make("span", {}, say.file)));
  }
  menu.hidden = shown.length === 0;
  $("menu").setAttribute("aria-expanded", String(!menu.hidden));
}

function closeMenu() {
  menu.hidden = true;
  $("menu").setAttribute("aria-expanded", "false");
}

menu.addEventListener("keydown", (event) => {
  const items = [...menu.children], at = items.indexOf(document.activeElement);
  const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
  if (event.key in moves) {
    event.preventDefault();
    items.at((moves[event.key] + items.length) % items.length).focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    closeMenu();
    text.focus();
  }
});

$("menu").addEventListener("click", () => {
  if (!menu.hidden) return closeMenu();
  openMenu();
  if (menu.hidden) toast(say.no_commands);
  menu.firstElementChild?.focus();
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("#commands, #menu, #text")) closeMenu();
});

// --- writing ------------------------------------------------------------------------------------

text.addEventListener("input", () => {
  grow();
  const command = /^\/([a-z0-9_]*)$/.exec(text.value);
  if (command && !editing) openMenu(command[1]);
  else closeMenu();
});
text.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    closeMenu();
    send(text.value);
  } else if (event.key === "Escape") {
    if (menu.hidden) stopEditing();
    closeMenu();
  } else if (!menu.hidden && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    menu.children[event.key === "ArrowUp" ? menu.children.length - 1 : 0]?.focus();
  } else if (event.key === "ArrowUp" && !text.value && lastMine()) {
    event.preventDefault();
    edit(lastMine().id);
  }
});
$("file").addEventListener("change", () => { attach($("file").files[0]); $("file").value = ""; text.focus(); });
log.addEventListener("dragover", (event) => event.preventDefault());
log.addEventListener("drop", (event) => { event.preventDefault(); attach(event.dataTransfer.files[0]); });
$("form").addEventListener("submit", (event) => { event.preventDefault(); closeMenu(); send(text.value); text.focus(); });
$("cancel").addEventListener("click", () => { stopEditing(); text.focus(); });
$("start").addEventListener("click", async () => { toWrite = true; await call("send", { text: "/start" }); });
$("down").addEventListener("click", () => { toEnd(); text.focus(); });
let top = 0; // where the chat was scrolled to last
log.addEventListener("scroll", () => {
  // Only who scrolls up leaves the end: it may have moved on below since it was scrolled to.
  pinned = nearEnd() || (pinned && log.scrollTop >= top);
  top = log.scrollTop;
  $("down").hidden = pinned;
}, { passive: true });
const resized = new ResizeObserver(() => { if (pinned) toEnd(); });
resized.observe(log);
resized.observe(sheet);

// --- light and dark -----------------------------------------------------------------------------

const root = document.documentElement;
const chosen = localStorage.getItem("theme");
if (chosen) root.dataset.theme = chosen;
$("theme").addEventListener("click", () => {
  const dark = getComputedStyle(root).colorScheme === "dark" ||
    (!root.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
});

// A link to a class: what it asks for is written out, and sent by whoever reads it here.
const asked = new URLSearchParams(location.search).get("class");
if (asked && /^[\w-]{1,64}$/.test(asked)) {
  text.value = `/class join ${asked}`;
  history.replaceState(null, "", location.pathname);
}

speak(JSON.parse($("words").textContent));
status(say.connecting);
connect();
toWrite = matchMedia("(hover: hover)").matches; // on a phone the keyboard would cover the chat
