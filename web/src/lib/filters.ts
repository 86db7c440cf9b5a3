/** The filter in the address: the names are the server's, so that a page and its data share it. */

import { go, hrefWith, route } from "./router.svelte";

export const REPEATED = [
  "type", "status", "grade", "review", "country", "actor", "initiator", "target", "outlet", "origin", "source", "place",
  "outcome", "item", "hit", "topic", "category", "id",
] as const;
export const SINGLE = [
  "q", "exact", "from", "to", "published_from", "published_to", "last", "box", "radius", "days", "low", "high", "tellings",
  "origins", "disputed", "undated", "unplaced", "sort",
] as const;

export type Repeated = (typeof REPEATED)[number];
export type Single = (typeof SINGLE)[number];
export type FilterName = Repeated | Single;

const NAMES: readonly string[] = [...REPEATED, ...SINGLE];

/** What of an address filters; the rest of it (selection, view) is the page's own. */
export function filterOf(query: URLSearchParams, without: readonly string[] = []): URLSearchParams {
  const out = new URLSearchParams();
  for (const [name, value] of query) if (NAMES.includes(name) && !without.includes(name) && value !== "") out.append(name, value);
  out.sort(); // equal filters, equal addresses: the browser's cache knows them again
  return out;
}

/** The filter's parts that a reader can take away one by one; the order of a list is none. */
export function parts(query: URLSearchParams): { name: FilterName; value: string }[] {
  return [...filterOf(query, ["sort"])].map(([name, value]) => ({ name: name as FilterName, value }));
}

export function has(name: Repeated, value: string): boolean {
  return route.at.query.getAll(name).includes(value);
}

/** Adds a value of a repeated name, or takes it away. */
export function toggle(name: Repeated, value: string): void {
  const query = new URLSearchParams(route.at.query);
  const now = query.getAll(name);
  query.delete(name);
  for (const v of now) if (v !== value) query.append(name, v);
  if (!now.includes(value)) query.append(name, value);
  query.delete("sel");
  go(hrefWith(query), { keepScroll: true });
}

export function remove(name: FilterName, value: string): void {
  const query = new URLSearchParams(route.at.query);
  const now = query.getAll(name).filter((v) => v !== value);
  query.delete(name);
  for (const v of now) query.append(name, v);
  go(hrefWith(query), { keepScroll: true });
}

export function set(changes: Partial<Record<Single, string | null>>, replace = false): void {
  const query = new URLSearchParams(route.at.query);
  for (const [name, value] of Object.entries(changes)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  query.delete("sel");
  go(hrefWith(query), { replace, keepScroll: true });
}

export function clear(): void {
  const query = new URLSearchParams(route.at.query);
  for (const name of [...query.keys()]) if (NAMES.includes(name) && name !== "sort") query.delete(name);
  query.delete("sel");
  go(hrefWith(query), { keepScroll: true });
}

/** The same view as data: the page's address with `.json` or `.csv`. */
export function dataHref(form: "json" | "csv", path = route.at.path): string {
  return hrefWith(filterOf(route.at.query), `${path}.${form}`);
}
