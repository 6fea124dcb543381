// JupyterLite in a frame, and above it what loads, the way back, and what a learner does with their work.
const { files, versions } = JSON.parse(document.getElementById("built").textContent);
const [frame] = document.getElementsByTagName("iframe");
const [read, state, download, afresh] = ["read", "state", "download", "afresh"].map((id) => document.getElementById(id));
const MB = (bytes) => Math.round(bytes / 1e6);
const total = MB(files.reduce((sum, [, bytes]) => sum + bytes, 0));
let asked = new URLSearchParams(location.search).get("path");
const start = asked in versions ? asked : "notebooks/0_start_here.ipynb";
const { mode } = localStorage; // the theme, where one was chosen on the site's pages
if (mode === "light" || mode === "dark") document.documentElement.style.colorScheme = mode;
let loaded = 0, missing = false, opened = false;

// The kernel asks for the same files when JupyterLite has started; by then they are here.
async function load([url]) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(answer.statusText);
  const reader = answer.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) loaded += part.value.length;
}

const app = () => frame.contentWindow.jupyterapp;
// The notebook in sight, under whatever name: one may be renamed, or brought along.
const notebook = () => {
  const context = app()?.shell?.currentWidget?.context;
  return context?.path.endsWith(".ipynb") && context.isReady ? context : null;
};

// A kernel's first import takes seconds: it happens while the learner reads.
const warm = new WeakSet(), warming = new WeakSet();
const WARM = "import threesteps.draw\nget_ipython().execution_count -= 1"; // it counts this one, silent or not
async function begin(kernel) {
  warming.add(kernel);
  const { content } = await kernel.requestExecute({ code: WARM, silent: true, store_history: false }).done;
  if (content.status === "ok") warm.add(kernel);
  else missing = true;
  if (innerWidth < 900) narrow(app().shell);
}

// On a phone the notebook has the whole screen.
function narrow(shell) {
  shell.collapseLeft();
  shell.mode = "single-document";
}

// Since when a kernel has been at work.
const busy = new WeakMap();
function watch(kernel) {
  if (kernel.status !== "busy") busy.delete(kernel);
  else if (!busy.has(kernel)) busy.set(kernel, Date.now());
}

const said = (context, kernel) => {
  if (opened && !context) return "Open a notebook from the list on the left.";
  if (!warm.has(kernel)) {
    if (missing) return "Something has failed to load. Reload this page to try again.";
    if (MB(loaded) < total) return `Loading Python, NumPy and the course: ${MB(loaded)} of ${total} MB`;
    return "Starting Python …";
  }
  if (!["idle", "busy"].includes(kernel.status)) return "Restarting Python …";
  const tens = Math.floor((Date.now() - busy.get(kernel)) / 10_000);
  if (tens > 0) return `Running for ${10 * tens} seconds. Kernel → Restart Kernel… ends it, and keeps what you wrote.`;
  const old = localStorage.getItem(context.path);
  if (old && old !== versions[context.path]) return "This notebook has been improved since you began: download yours, then start afresh.";
  return "Ready. Your work is kept in this browser.";
};

// The version that a stored copy was made of: a newer one on the site would be hidden by it.
const followed = new WeakSet();
function follow(context) {
  followed.add(context);
  context.saveState.connect((_, saved) => {
    const known = context.path in versions && !localStorage.getItem(context.path);
    if (saved === "completed" && known) localStorage.setItem(context.path, versions[context.path]);
  });
}

function look() {
  const context = notebook();
  const kernel = context?.sessionContext.session?.kernel;
  if (context) opened = true;
  if (context && !followed.has(context)) follow(context);
  if (kernel && !warming.has(kernel)) begin(kernel).catch(() => warming.delete(kernel)); // it was restarted
  if (kernel) watch(kernel);
  const known = context?.path in versions;
  download.disabled = !context;
  afresh.disabled = !known;
  const path = known ? context.path : start;
  read.href = path.replace(".ipynb", ".html");
  if (known && asked !== path) history.replaceState(null, "", `?path=${asked = path}`);
  const text = said(context, kernel);
  if (state.textContent !== text) state.textContent = text;
}

// What was typed a moment ago is saved before the page goes; in a tab of its own nothing goes.
read.onclick = async (event) => {
  const context = notebook();
  if (!context?.model.dirty || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  await context.save();
  location.href = read.href;
};

download.onclick = async () => {
  const context = notebook();
  await context.save();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(context.model.toJSON(), null, 1)], { type: "application/x-ipynb+json" }));
  link.download = context.path.split("/").pop();
  link.click();
  URL.revokeObjectURL(link.href);
};

afresh.onclick = async () => {
  const context = notebook();
  if (!confirm("Start this notebook afresh? What you wrote in it goes; download it first if you want to keep it.")) return;
  await app().serviceManager.contents.delete(context.path);
  localStorage.removeItem(context.path);
  await context.revert();
  await context.sessionContext.restartKernel();
};

document.addEventListener("visibilitychange", () => {
  if (document.hidden && notebook()?.model.dirty) notebook().save();
});

frame.src = `lite/lab/index.html?path=${encodeURIComponent(start)}`;
setInterval(look, 300);
addEventListener("missing", () => (missing = true));
for (const file of files) load(file).catch(() => (missing = true));
