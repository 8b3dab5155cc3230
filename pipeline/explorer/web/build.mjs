// Builds ../assets from the pinned packages and from src: run by make assets, never by a release.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { mapText } from "./map.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const ASSETS = join(HERE, "..", "assets");
const TOOLS = join(HERE, "..", "..", "..", "tests", "explorer", "vendor");
const COMMON = { bundle: true, write: false, target: "es2022", charset: "utf8", legalComments: "none", metafile: true };

const write = (folder, name, text) => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text.replace(/\n*$/, "\n"));
};

/** The packages that a bundle holds, each with its licence in full. */
function licences(metafile) {
  const named = (path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1];
  const names = [...new Set(Object.keys(metafile.inputs).map(named).filter(Boolean)), "world-atlas"].sort();
  return names.map((name) => {
    const folder = join(HERE, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf-8"));
    const file = readdirSync(folder).find((f) => /^licen[cs]e/i.test(f));
    if (!file) throw new Error(`${name} comes without its licence`);
    return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf-8").trim()}\n`;
  });
}

const digests = (folder, names) =>
  names
    .map((name) => [createHash("sha256").update(readFileSync(join(folder, name))), name])
    .map(([hash, name]) => `${hash.digest("hex")}  ${name}`)
    .join("\n");

/** Everything that the assets are built from, so that a test can tell when they are out of date. */
function inputs() {
  const files = ["build.mjs", "map.mjs", "vendor.mjs", "package.json", "package-lock.json"];
  files.push(
    ...readdirSync(join(HERE, "src"), { recursive: true })
      .filter((n) => n.endsWith(".js"))
      .sort()
      .map((n) => `src/${n}`),
  );
  return files;
}

const vendor = await build({
  ...COMMON,
  entryPoints: [join(HERE, "vendor.mjs")],
  format: "iife",
  globalName: "vendor",
  minify: true,
});
const ours = await build({ ...COMMON, entryPoints: [join(HERE, "src", "main.js")], format: "iife" });
const about = "Map data: Natural Earth (public domain), by way of world-atlas.\n";
write(ASSETS, "vendor.js", vendor.outputFiles[0].text);
write(ASSETS, "explorer.js", ours.outputFiles[0].text);
write(ASSETS, "map.json", mapText());
write(ASSETS, "licences.txt", [about, ...licences(vendor.metafile)].join(`\n${"-".repeat(72)}\n\n`));
write(ASSETS, "inputs.sha256", digests(HERE, inputs()));
write(ASSETS, "outputs.sha256", digests(ASSETS, ["explorer.js", "licences.txt", "map.json", "vendor.js"]));
const axe = join(HERE, "node_modules", "axe-core");
write(TOOLS, "axe.min.js", readFileSync(join(axe, "axe.min.js"), "utf-8"));
write(TOOLS, "axe-LICENSE", readFileSync(join(axe, "LICENSE"), "utf-8"));
