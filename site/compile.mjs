// node compile.mjs PYODIDE TARGET WHEEL…: writes each wheel of the folder PYODIDE into TARGET, its modules compiled.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const [source, target, ...wheels] = process.argv.slice(2);
const { loadPyodide } = await import(resolve(source, "pyodide.mjs"));
const python = await loadPyodide({ indexURL: resolve(source), packages: ["matplotlib"], stdout: () => {}, stderr: () => {} });
for (const [place, folder] of [["/source", source], ["/target", target]]) {
  python.FS.mkdirTree(place);
  python.mountNodeFS(place, resolve(folder));
}
python.runPython(readFileSync(new URL("compile.py", import.meta.url), "utf8"));
for (const wheel of wheels) python.globals.get("convert")(`/source/${wheel}`, `/target/${wheel}`);
process.exit(0);
