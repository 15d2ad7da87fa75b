// Shows the practice's clock as it runs, and moves it.

const byId = (id) => document.getElementById(id);
const buttons = [...document.querySelectorAll("[data-to]"), byId("start-over")];
const status = byId("status");

let clock = null; // the last answer of /local/clock
let answeredAt = 0; // when it came, by the browser's own monotonic clock
let busy = false;

async function request(method, body) {
  const answer = await fetch("/local/clock", {
    method,
    headers: body ? { "content-type": "application/json" } : {},
    body: body && JSON.stringify(body),
  }).catch(() => {
    throw new Error("No answer. Is “make run” still running?");
  });
  const content = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(content.detail ?? "That didn’t work. The terminal may say why.");
  clock = content;
  answeredAt = performance.now();
  show();
}

function wordsOf(instant) {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: clock.timezone,
    weekday: "long",
    month: "long",
    day: "numeric",
    year: "numeric",
    hour: "numeric",
    minute: "2-digit",
  });
  const parts = Object.fromEntries(format.formatToParts(instant).map((part) => [part.type, part.value]));
  const day = `${parts.weekday}, ${parts.month} ${parts.day}`;
  const hour = `${parts.hour}:${parts.minute}`;
  const half = parts.dayPeriod.toLowerCase();
  return { day, hour, half, time: `${hour}\u00a0${half}`, date: `${day}, ${parts.year}` };
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function now() {
  return new Date(Date.parse(clock.now) + performance.now() - answeredAt);
}

function show() {
  const { date, hour, half } = wordsOf(now());
  setText(byId("date"), date);
  setText(document.querySelector("#time > :first-child"), hour);
  setText(document.querySelector("#time > .half"), half);
  byId("time").dateTime = clock.now;
  setText(byId("timezone"), clock.timezone);
  const release = document.querySelector("[data-to=before_release]");
  release.hidden = !clock.before_release;
  if (clock.before_release) {
    const before = wordsOf(new Date(clock.before_release));
    setText(byId("before-release"), `To ${before.day}, ${before.time}`);
  }
}

function say(text, failed = false) {
  status.classList.toggle("failed", failed);
  status.textContent = text;
}

async function work(words, act) {
  if (busy) return;
  busy = true;
  for (const button of buttons) button.setAttribute("aria-disabled", "true");
  say(words);
  const patience = setTimeout(() => say(`${words} Still working: whatever is due happens on the way.`), 4000);
  try {
    say(await act());
  } catch (error) {
    say(error.message, true);
  } finally {
    clearTimeout(patience);
    for (const button of buttons) button.removeAttribute("aria-disabled");
    busy = false;
  }
}

async function move(name) {
  await request("GET"); // where the buttons lead changes as the clock runs
  const to = clock[name];
  if (!to) throw new Error("The practice has no release to come.");
  await request("PUT", { now: to });
  const { day, time } = wordsOf(now());
  return `It is now ${day}, ${time}.`;
}

async function startOver() {
  await request("DELETE");
  return "Everything is as at first. Sign in again.";
}

for (const button of document.querySelectorAll("[data-to]")) {
  button.addEventListener("click", () => work("Moving the clock…", () => move(button.dataset.to)));
}
byId("start-over").addEventListener("click", () => busy || byId("question").showModal());
byId("question").addEventListener("close", () => {
  const chosen = byId("question").returnValue === "start-over";
  byId("question").returnValue = "";
  if (chosen) work("Starting over…", startOver);
});

async function refresh() {
  if (busy || document.hidden) return;
  await request("GET").catch((error) => say(error.message, true));
}

document.addEventListener("visibilitychange", refresh);
setInterval(() => clock && show(), 1000);
refresh();
