import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

import { basemap } from "./basemap.ts";

// Built into the Python package; the wheel packs it (pyproject.toml, artifacts).
export default defineConfig({
  plugins: [svelte(), basemap()],
  base: "/",
  build: {
    outDir: "../src/isnad/desk/static",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // the page's rules allow no data: addresses for code, styles and fonts
    chunkSizeWarningLimit: 1400, // MapLibre, loaded when a map is first shown
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "maplibre", test: /maplibre-gl/ }] } } },
  },
  worker: { format: "es" },
});
