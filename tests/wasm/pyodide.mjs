// node pyodide.mjs SETTING.json: start Pyodide, mount folders, and run a Python file in it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const setting = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { loadPyodide } = await import(pathToFileURL(join(setting.folder, "pyodide.mjs")));
try {
  const python = await loadPyodide({ indexURL: setting.folder, packages: setting.packages });
  for (const [inside, outside] of Object.entries(setting.mounts)) {
    python.FS.mkdirTree(inside);
    python.mountNodeFS(inside, outside);
  }
  python.globals.set("setting", python.toPy(setting));
  python.runPython("import sys; sys.path[:0] = setting['path']; sys.argv = setting['argv']; del setting");
  await python.runPythonAsync(readFileSync(setting.argv[0], "utf8"), { filename: setting.argv[0] });
} catch (error) {
  console.error(error.message); // the stack would hold Pyodide's whole source
  process.exitCode = 1;
}
