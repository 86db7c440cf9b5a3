/** The map's ground: land and borders of Natural Earth, bundled; country names by the browser. */

import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import world from "world-atlas/countries-110m.json";

type Ground = GeoJSON.FeatureCollection<GeoJSON.Polygon | GeoJSON.MultiPolygon, { name: string }>;

// ISO 3166-1: numeric to alpha-2, for the names that Intl knows in both languages
const ALPHA2: Readonly<Record<string, string>> = {
  "012": "DZ", "048": "BH", "262": "DJ", "818": "EG", "364": "IR", "368": "IQ", "376": "IL", "400": "JO", "414": "KW",
  "422": "LB", "434": "LY", "478": "MR", "504": "MA", "512": "OM", "275": "PS", "634": "QA", "682": "SA", "706": "SO",
  "729": "SD", "760": "SY", "788": "TN", "792": "TR", "784": "AE", "887": "YE", "196": "CY", "004": "AF", "586": "PK",
  "728": "SS", "231": "ET", "232": "ER", "148": "TD", "562": "NE", "466": "ML", "854": "BF", "566": "NG", "051": "AM",
  "031": "AZ", "268": "GE", "300": "GR", "100": "BG", "795": "TM", "860": "UZ", "762": "TJ", "804": "UA", "643": "RU",
};

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
  const names = new Intl.DisplayNames(lang, { type: "region" });
  const features = all.features.flatMap((f) => {
    const code = ALPHA2[String(f.id)];
    const middle = code ? middleOf(f.geometry) : null;
    if (!code || !middle) return [];
    const point: GeoJSON.Feature<GeoJSON.Point, { name: string }> = {
      type: "Feature",
      geometry: { type: "Point", coordinates: middle },
      properties: { name: names.of(code) ?? f.properties.name },
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
