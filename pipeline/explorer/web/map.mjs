// The map of the region from Natural Earth (public domain): shapes by country, borders, and lines of disputed standing.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { feature, mesh } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";

// By ISO 3166-1 number, as the atlas has it, and by the code of the dataset.
const SHOWN = { "008": "ALB", "070": "BIH", 499: "MNE", 807: "MKD", 688: "SRB", Kosovo: "XKX" };
const AROUND = ["040", "100", "191", "300", "348", "380", "642", "705", "792"];
const FINENESS = 2e-4; // square degrees; less cannot be seen at the size of the page
const DISPUTED = ["SRB", "XKX"];

const atlas = createRequire(import.meta.url).resolve("world-atlas/countries-10m.json");
const world = simplify(presimplify(JSON.parse(readFileSync(atlas, "utf-8"))), FINENESS);
const all = world.objects.countries.geometries;
const code = (geometry) => SHOWN[geometry.id ?? geometry.properties.name];
const isDisputed = (a, b) => [code(a), code(b)].sort().join() === DISPUTED.join();
const chosen = { type: "GeometryCollection", geometries: all.filter((g) => code(g) || AROUND.includes(g.id)) };

const rounded = (_, value) => (typeof value === "number" ? Math.round(value * 1000) / 1000 : value);
const shape = (g) => ({ type: "Feature", id: code(g) ?? null, properties: {}, geometry: feature(world, g).geometry });

/** The map as JSON text: `shapes`, `borders`, `disputed`. */
export function mapText() {
  return JSON.stringify(
    {
      shapes: { type: "FeatureCollection", features: chosen.geometries.map(shape) },
      borders: mesh(world, chosen, (a, b) => a !== b && !isDisputed(a, b)),
      disputed: mesh(world, chosen, (a, b) => a !== b && isDisputed(a, b)),
    },
    rounded,
  );
}
