/// <reference types="svelte" />
/// <reference types="vite/client" />

declare module "virtual:basemap-detail" {
  import type { Topology } from "topojson-specification";
  const topology: Topology;
  export default topology;
}
