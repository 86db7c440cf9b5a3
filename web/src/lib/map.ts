/**
 * The map, loaded when one is first shown. MapLibre runs its worker from a file of this origin, and
 * letters are drawn by the browser itself (the style has no `glyphs`), so Arabic is shaped.
 */

import {
  AttributionControl,
  LngLatBounds,
  Map as MapLibre,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
  type ExpressionSpecification,
  type GeoJSONSource,
  type StyleSpecification,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import "maplibre-gl/dist/maplibre-gl.css";

import { countryNames, detailed, ground } from "./basemap";
import { circle } from "./geo";
import { FAMILY_NAMES, colourOf, familyOf } from "./kinds";
import type { Name } from "./types";

setWorkerUrl(workerUrl);

const FONT = ["IBM Plex Sans Arabic"];
const NOTHING: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };

export interface MapOptions {
  container: HTMLElement;
  lang: string;
  dark: boolean;
  /** A tile address that the desk's keeper has set; without it nothing is fetched from anywhere. */
  tiles: string | null;
  bounds: [number, number, number, number] | null;
  attribution: string;
  /** The words of the map's own buttons, by MapLibre's names for them. */
  words: Record<string, string>;
  /** Where the reader was; before `bounds`. */
  view: { center: [number, number]; zoom: number } | null;
  onpick: (ids: string[], more: number) => void;
  onzoom: (zoom: number) => void;
  /** After a reader has moved the map: what is in view, and where. */
  onmove: (box: [number, number, number, number], center: [number, number], zoom: number) => void;
}

const css = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function byFamily(dark: boolean): ExpressionSpecification {
  const cases = FAMILY_NAMES.flatMap((f) => [f, colourOf(f, dark)]);
  return ["match", ["get", "family"], ...cases, colourOf("other", dark)] as unknown as ExpressionSpecification;
}

// area grows with deaths: a circle of 5 px for none known, 24 px for 400 and more
const SIZE: ExpressionSpecification = ["interpolate", ["linear"], ["sqrt", ["max", 0, ["coalesce", ["get", "killed"], 0]]], 0, 5, 20, 24];

function style(options: MapOptions): StyleSpecification {
  const land = ground();
  const { dark } = options;
  const ink = css("--ink");
  const card = css("--card");
  const chosen: ExpressionSpecification = ["boolean", ["get", "chosen"], false];
  return {
    version: 8,
    sources: {
      ground: { type: "geojson", data: land, attribution: options.attribution, maxzoom: 9, tolerance: 0.4 },
      names: { type: "geojson", data: countryNames(land, options.lang) },
      told: { type: "geojson", data: NOTHING },
      circles: { type: "geojson", data: NOTHING },
      ...(options.tiles ? { tiles: { type: "raster" as const, tiles: [options.tiles], tileSize: 256 } } : {}),
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": css("--sea") } },
      { id: "land", type: "fill", source: "ground", paint: { "fill-color": css("--land"), "fill-antialias": true } },
      ...(options.tiles ? [{ id: "tiles", type: "raster" as const, source: "tiles" }] : []),
      { id: "borders", type: "line", source: "ground", paint: { "line-color": css("--border"), "line-width": 1 } },
      {
        id: "countries", type: "symbol", source: "names", maxzoom: 7,
        layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 12, "text-max-width": 8 },
        paint: { "text-color": css("--soft"), "text-halo-color": css("--land"), "text-halo-width": 1.2 },
      },
      {
        id: "areas", type: "fill", source: "told", filter: ["==", ["get", "kind"], "area"],
        paint: { "fill-color": css("--accent"), "fill-opacity": ["case", chosen, 0.28, 0.07] },
      },
      {
        id: "area-edges", type: "line", source: "told", filter: ["==", ["get", "kind"], "area"],
        paint: { "line-color": css("--accent"), "line-width": ["case", chosen, 2.5, 1], "line-dasharray": [3, 2] },
      },
      {
        id: "radius", type: "fill", source: "circles",
        paint: { "fill-color": byFamily(dark), "fill-opacity": ["case", chosen, 0.3, 0.12] },
      },
      { id: "radius-edges", type: "line", source: "circles", paint: { "line-color": byFamily(dark), "line-width": 0.8, "line-dasharray": [2, 2] } },
      {
        id: "roads", type: "line", source: "told", filter: ["==", ["get", "kind"], "road"],
        layout: { "line-cap": "round" },
        paint: { "line-color": byFamily(dark), "line-width": ["case", chosen, 7, 4], "line-opacity": 0.75 },
      },
      {
        id: "area-names", type: "symbol", source: "told", minzoom: 5.5,
        filter: ["all", ["==", ["get", "kind"], "area"], ["has", "label"]],
        layout: { "text-field": ["get", "label"], "text-font": FONT, "text-size": 12, "text-max-width": 10, "text-optional": true },
        paint: { "text-color": css("--accent"), "text-halo-color": css("--land"), "text-halo-width": 1.4 },
      },
      {
        id: "points", type: "circle", source: "told", filter: ["==", ["get", "kind"], "incident"],
        layout: { "circle-sort-key": ["-", 0, ["coalesce", ["get", "killed"], 0]] },
        paint: {
          "circle-color": byFamily(dark), "circle-radius": SIZE, "circle-opacity": 0.88,
          "circle-stroke-color": ["case", chosen, ink, card], "circle-stroke-width": ["case", chosen, 3, 1.2],
        },
      },
      {
        id: "many", type: "circle", source: "told", filter: ["==", ["get", "kind"], "many"],
        paint: {
          "circle-color": card,
          "circle-radius": ["interpolate", ["linear"], ["ln", ["max", 2, ["get", "count"]]], 0.7, 12, 7, 28],
          "circle-stroke-color": ["case", chosen, ink, byFamily(dark)], "circle-stroke-width": ["case", chosen, 4, 3],
        },
      },
      {
        id: "counts", type: "symbol", source: "told", filter: ["==", ["get", "kind"], "many"],
        layout: { "text-field": ["get", "label"], "text-font": FONT, "text-size": 13, "text-allow-overlap": true, "text-ignore-placement": true },
        paint: { "text-color": ink },
      },
    ],
  };
}

const PICKED = ["points", "many", "roads", "areas"];

/** A map on a container, and what changes it. Throws where the browser cannot draw (no WebGL). */
export class TellingMap {
  readonly map: MapLibre;
  #data: GeoJSON.FeatureCollection = NOTHING;
  #chosen: ReadonlySet<string> = new Set();
  #options: MapOptions;

  constructor(options: MapOptions) {
    this.#options = options;
    this.map = new MapLibre({
      container: options.container,
      style: style(options),
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxZoom: 14,
      center: options.view?.center ?? [38, 33],
      zoom: options.view?.zoom ?? 4.4,
      locale: options.words,
      fadeDuration: 0,
    });
    this.map.touchZoomRotate.disableRotation();
    const rtl = options.lang === "ar";
    this.map.addControl(new NavigationControl({ showCompass: false }), rtl ? "top-left" : "top-right");
    this.map.addControl(new ScaleControl({}), rtl ? "bottom-right" : "bottom-left");
    this.map.addControl(new AttributionControl({ compact: true }), rtl ? "bottom-left" : "bottom-right");
    if (options.bounds && !options.view) this.fit(options.bounds, false);
    void this.map.once("style.load", () => this.#draw());
    void this.map.once("load", () => void this.#refine());
    this.map.on("zoomend", () => options.onzoom(Math.floor(this.map.getZoom())));
    this.map.on("moveend", () => {
      const [b, c] = [this.map.getBounds(), this.map.getCenter()];
      options.onmove([b.getWest(), b.getSouth(), b.getEast(), b.getNorth()], [c.lng, c.lat], this.map.getZoom());
    });
    this.map.on("click", (event) => this.#click([event.point.x, event.point.y]));
    this.map.on("mousemove", (event) => {
      const hit = this.map.queryRenderedFeatures([event.point.x, event.point.y], { layers: PICKED });
      this.map.getCanvas().style.cursor = hit.length ? "pointer" : "";
    });
    // for the tests, which ask what is drawn and not what it looks like
    (options.container as HTMLElement & { telling?: TellingMap }).telling = this;
  }

  /** Finer coasts and borders, once what matters is drawn. */
  async #refine(): Promise<void> {
    const land = await detailed();
    this.map.getSource<GeoJSONSource>("ground")?.setData(land);
    this.map.getSource<GeoJSONSource>("names")?.setData(countryNames(land, this.#options.lang));
  }

  #click(point: [number, number]): void {
    const [hit] = this.map.queryRenderedFeatures(point, { layers: PICKED });
    if (!hit) return;
    const p = hit.properties as { kind: string; id?: string; ids?: string; count?: number; same?: boolean; box?: string };
    if (p.kind === "many" && !p.same && p.box) {
      const [w, s, e, n] = JSON.parse(p.box) as [number, number, number, number];
      if (w !== e || s !== n) {
        this.fit([w, s, e, n], true);
        return;
      }
    }
    const ids = p.ids ? (JSON.parse(p.ids) as string[]) : p.id ? [p.id] : [];
    this.#options.onpick(ids, Math.max(0, (p.count ?? ids.length) - ids.length));
  }

  show(data: GeoJSON.FeatureCollection, label: (n: number) => string, named: (name: Name) => string): void {
    this.#data = {
      type: "FeatureCollection",
      features: data.features.map((f) => {
        const p = f.properties ?? {};
        const types = (p["types"] ?? {}) as Record<string, number>;
        const most = Object.entries(types).sort((a, b) => b[1] - a[1])[0]?.[0];
        const name = p["kind"] === "many" ? label(Number(p["count"])) : p["name"] ? named(p["name"] as Name) : "";
        return { ...f, properties: { ...p, family: familyOf(String(p["type"] ?? most ?? "other")), ...(name ? { label: name } : {}) } };
      }),
    };
    this.#draw();
  }

  choose(ids: ReadonlySet<string>): void {
    this.#chosen = ids;
    this.#draw();
  }

  #draw(): void {
    const told = this.map.getSource<GeoJSONSource>("told");
    const circles = this.map.getSource<GeoJSONSource>("circles");
    if (!told || !circles) return;
    const features = this.#data.features.map((f) => {
      const p = f.properties ?? {};
      const ids = [p["id"], ...((p["ids"] as string[] | undefined) ?? [])];
      return { ...f, properties: { ...p, chosen: ids.some((id) => typeof id === "string" && this.#chosen.has(id)) } };
    });
    told.setData({ type: "FeatureCollection", features });
    circles.setData({
      type: "FeatureCollection",
      features: features.flatMap((f) => {
        const radius = Number((f.properties as Record<string, unknown>)["radius_km"]);
        if (f.geometry.type !== "Point" || (f.properties as Record<string, unknown>)["kind"] !== "incident" || !(radius > 0)) return [];
        const [lon, lat] = f.geometry.coordinates as [number, number];
        return [{ ...f, geometry: { type: "Polygon" as const, coordinates: [circle(lon, lat, radius)] } }];
      }),
    });
  }

  fit([w, s, e, n]: [number, number, number, number], animate: boolean): void {
    this.map.fitBounds(new LngLatBounds([w, s], [e, n]), { padding: 48, maxZoom: 9, animate });
  }

  remove(): void {
    this.map.remove();
  }
}
