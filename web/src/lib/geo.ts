/** Shapes on the map: circles of a radius in kilometres, and boxes around points. Degrees are WGS84. */

const EARTH_KM = 6371.0088; // mean radius, IUGG

export type LonLat = [number, number];
export type Box = [south: number, west: number, north: number, east: number];

/** A closed ring of points `radius` km from the centre, along great circles. */
export function circle(lon: number, lat: number, radius: number, steps = 48): LonLat[] {
  const d = radius / EARTH_KM;
  const phi = (lat * Math.PI) / 180;
  const lambda = (lon * Math.PI) / 180;
  const ring: LonLat[] = [];
  for (let i = 0; i <= steps; i++) {
    const bearing = ((i % steps) * 2 * Math.PI) / steps;
    const p = Math.asin(Math.sin(phi) * Math.cos(d) + Math.cos(phi) * Math.sin(d) * Math.cos(bearing));
    const l = lambda + Math.atan2(Math.sin(bearing) * Math.sin(d) * Math.cos(phi), Math.cos(d) - Math.sin(phi) * Math.sin(p));
    ring.push([(l * 180) / Math.PI, (p * 180) / Math.PI]);
  }
  return ring;
}

/** The box around points, widened by `margin` degrees; null where there are none. */
export function boxOf(points: readonly LonLat[], margin = 0.5): Box | null {
  if (points.length === 0) return null;
  const lons = points.map((p) => p[0]);
  const lats = points.map((p) => p[1]);
  return [Math.min(...lats) - margin, Math.min(...lons) - margin, Math.max(...lats) + margin, Math.max(...lons) + margin];
}
