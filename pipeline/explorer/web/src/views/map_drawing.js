// The six on a map, each filled by its status. What is drawn takes no position: the line between Serbia and Kosovo is dashed.
import { block } from "../release.js";
import { Plot } from "../vendor.js";
import { drawn } from "../chart.js";
import { h } from "../dom.js";
import { isSix, nameOf } from "../names.js";

const LABELS = {
  ALB: [20.05, 41.15],
  BIH: [17.75, 44.2],
  MKD: [21.7, 41.55],
  MNE: [19.3, 42.85],
  SRB: [20.75, 44.2],
  XKX: [20.9, 42.6],
};

/** The map at a width; `status(iso3)` is {kind, text}, `address(iso3)` where a country leads. */
export async function drawMap(width, status, address) {
  const { shapes, borders, disputed } = await block("map");
  const own = shapes.features.filter((shape) => isSix(shape.id));
  const height = Math.min(Math.round(width * 0.86), 620);
  const options = {
    width,
    height,
    margin: 0,
    projection: {
      type: "conic-conformal",
      rotate: [-19, 0],
      parallels: [42, 45],
      domain: { type: "FeatureCollection", features: own },
      inset: 12,
    },
    marks: [
      Plot.geo(
        shapes.features.filter((shape) => !isSix(shape.id)),
        { fill: "var(--land)" },
      ),
      Plot.geo(own, {
        className: "six",
        fill: (s) => `var(--status-${status(s.id).kind})`,
        stroke: "none",
        href: (s) => address(s.id),
        target: "_self",
        title: (s) => `${nameOf("country", s.id)}: ${status(s.id).text}`,
        ariaLabel: (s) => `${nameOf("country", s.id)}: ${status(s.id).text}`,
      }),
      Plot.geo(borders, { stroke: "var(--border)", strokeWidth: 1, fill: "none" }),
      Plot.geo(disputed, { stroke: "var(--border)", strokeWidth: 1.4, strokeDasharray: "4 4", fill: "none" }),
      Plot.text(own, {
        x: (s) => LABELS[s.id]?.[0],
        y: (s) => LABELS[s.id]?.[1],
        text: (s) =>
          (width < 480 && s.id === "BIH" ? "Bosnia and\nHerzegovina" : nameOf("country", s.id))
            .replace(" and H", " and\nH")
            .replace("North M", "North\nM"),
        fill: "var(--map-label)",
        stroke: "var(--map-halo)",
        strokeWidth: 2.5,
        fontSize: width < 480 ? 11 : 13,
        fontWeight: 600,
        lineHeight: 1.1,
        pointerEvents: "none",
      }),
    ],
  };
  return drawn(options, width, "Map of the Western Balkan Six", false);
}

export const mapNote = () =>
  h(
    "p",
    { class: "muted map-note" },
    "Lines on the map imply no position on the status of any territory or border. The line between Serbia and Kosovo* is dashed; Kosovo* is drawn apart as the dataset's code XKX is, without prejudice to positions on status. Map data: Natural Earth.",
  );
