// The steps of the lesson beside the chat: a press goes there, a save reads everything anew.
const LOOK_MS = 1000;
const at = (id) => document.getElementById(id);
let shown = { version: 0, here: "" };

async function asked(path, how) {
  const answer = await fetch(path, how);
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

function put(tag, parent, text = "", attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  parent.append(made);
  return made;
}

function listed(lesson) {
  at("title").textContent = lesson.title;
  at("problems").hidden = !lesson.problems;
  at("problems").textContent = lesson.problems;
  at("steps").replaceChildren();
  for (const step of lesson.steps) {
    const here = step.id === lesson.here ? { "aria-current": "step" } : {};
    const button = put("button", at("steps"), step.id, { type: "button", title: `${step.kind} · ${step.about}`, ...here });
    button.addEventListener("click", () => asked(`author/go/${step.id}`, { method: "POST" }));
  }
}

// What the server sends as HTML went through the chat's own filter of tags.
async function beside(step) {
  const known = step ? await asked(`author/step/${step}`) : { hints: [], wrong: [] };
  const section = at("beside");
  section.replaceChildren();
  if (known.hints.length) {
    put("h2", section, "Hints");
    const list = put("ol", section);
    for (const hint of known.hints) put("li", list).innerHTML = hint;
  }
  if (known.wrong.length) {
    put("h2", section, "Wrong answers, the likeliest first");
    const list = put("ol", section);
    for (const one of known.wrong) {
      const item = put("li", list);
      put("b", item, one.typed);
      put("span", item, `  ${one.made.join(", ")}\n`, { class: "made" });
      put("span", item).innerHTML = one.said;
    }
  }
}

async function look() {
  try {
    const lesson = await asked("author/lesson");
    if (lesson.version !== shown.version || lesson.here !== shown.here) {
      listed(lesson);
      await beside(lesson.here);
      shown = lesson;
    }
  } catch (problem) {
    at("problems").hidden = false;
    at("problems").textContent = `The preview does not answer: ${problem.message}`;
    shown = { version: 0, here: "" };
  }
  setTimeout(look, LOOK_MS);
}

look();
