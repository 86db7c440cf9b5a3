/** The map's ground: land and borders of Natural Earth, bundled; country names by the browser. */

import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import world from "world-atlas/countries-110m.json";

import { nameOf } from "./countries";

type Ground = GeoJSON.FeatureCollection<GeoJSON.Polygon | GeoJSON.MultiPolygon, { name: string }>;

let fine: Ground | null = null;

/** The world at 1:110 m: small, so that there is ground at once; with the detail if that is here. */
export function ground(): Ground {
  const coarse = collect(world as unknown as Topology);
  return fine ? joined(coarse, fine) : coarse;
}

/** Countries in detail where most reports are from, coarse elsewhere; loaded once. */
export async function detailed(): Promise<Ground> {
  fine ??= collect((await import("virtual:basemap-detail")).default);
  return ground();
}

function joined(coarse: Ground, fine: Ground): Ground {
  const have = new Set(fine.features.map((f) => f.id));
  return { type: "FeatureCollection", features: [...coarse.features.filter((f) => !have.has(f.id)), ...fine.features] };
}

function collect(topology: Topology): Ground {
  return feature(topology, topology.objects["countries"] as GeometryCollection<{ name: string }>) as Ground;
}

/** A point with a name for each country that has one, in the reader's language. */
export function countryNames(all: Ground, lang: string): GeoJSON.FeatureCollection<GeoJSON.Point, { name: string }> {
  const features = all.features.flatMap((f) => {
    const name = nameOf(String(f.id), lang);
    const middle = name ? middleOf(f.geometry) : null;
    if (!name || !middle) return [];
    const point: GeoJSON.Feature<GeoJSON.Point, { name: string }> = {
      type: "Feature",
      geometry: { type: "Point", coordinates: middle },
      properties: { name },
    };
    return [point];
  });
  return { type: "FeatureCollection", features };
}

/** The centroid of the largest ring. */
function middleOf(geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon): [number, number] | null {
  const rings = geometry.type === "Polygon" ? [geometry.coordinates[0]] : geometry.coordinates.map((p) => p[0]);
  let best: [number, number] | null = null;
  let most = 0;
  for (const ring of rings) {
    if (!ring) continue;
    let [area, x, y] = [0, 0, 0];
    for (let i = 0; i + 1 < ring.length; i++) {
      const [ax, ay] = ring[i] as [number, number];
      const [bx, by] = ring[i + 1] as [number, number];
      const cross = ax * by - bx * ay;
      area += cross;
      x += (ax + bx) * cross;
      y += (ay + by) * cross;
    }
    if (Math.abs(area) > most) {
      most = Math.abs(area);
      best = [x / (3 * area), y / (3 * area)];
    }
  }
  return best;
}
