/**
 * The basemap's detail: the countries that most reports are about, cut out of Natural Earth 1:10 m
 * (world-atlas) when the desk is built. The world at 1:110 m lies below it.
 */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Plugin } from "vite";

// ISO 3166-1 numeric: from Mauritania to Pakistan, and what borders on them
const IDS = new Set(
  ("012 048 262 818 364 368 376 400 414 422 434 478 504 512 275 634 682 706 729 760 788 792 784 887 732 " +
    "196 004 586 728 231 232 148 562 466 854 566 051 031 268 300 100 795 860 762").split(" "),
);
const EXTRA = new Set(["N. Cyprus", "Somaliland"]); // drawn by Natural Earth without a number of their own

interface Geometry {
  type: string;
  id?: string;
  arcs: unknown;
  properties: { name: string };
}

interface Topology {
  type: "Topology";
  arcs: [number, number][][];
  objects: Record<string, { type: string; geometries: Geometry[] }>;
  [key: string]: unknown;
}

/** Keeps the wanted countries and the arcs they are made of; arcs are thinned to every kept bend. */
export function cut(topology: Topology): Topology {
  const geometries = topology.objects["countries"]!.geometries.filter((g) => (g.id !== undefined && IDS.has(g.id)) || EXTRA.has(g.properties.name));
  const kept = new Map<number, number>();
  const arcs: [number, number][][] = [];
  const renumber = (x: unknown): unknown => {
    if (Array.isArray(x)) return x.map(renumber);
    const n = x as number;
    const index = n < 0 ? ~n : n;
    let now = kept.get(index);
    if (now === undefined) {
      now = arcs.push(topology.arcs[index]!) - 1;
      kept.set(index, now);
    }
    return n < 0 ? ~now : now;
  };
  const countries = geometries.map((g) => ({ ...g, properties: { name: g.properties.name }, arcs: renumber(g.arcs) }));
  return { ...topology, arcs, objects: { countries: { type: "GeometryCollection", geometries: countries } } };
}

export function basemap(): Plugin {
  const name = "virtual:basemap-detail";
  return {
    name: "isnad-basemap",
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load(id) {
      if (id !== `\0${name}`) return null;
      const file = createRequire(import.meta.url).resolve("world-atlas/countries-10m.json");
      const detail = JSON.stringify(cut(JSON.parse(readFileSync(file, "utf8")) as Topology));
      return `export default JSON.parse(${JSON.stringify(detail)});`;
    },
  };
}
