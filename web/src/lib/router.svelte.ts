/** Where the reader is: the address is the whole state, so that any view can be passed on. */

export interface Place {
  path: string;
  query: URLSearchParams;
}

function here(): Place {
  return { path: location.pathname.replace(/\/+$/, "") || "/", query: new URLSearchParams(location.search) };
}

export const route = $state<{ at: Place }>({ at: here() });

/** Goes to an address of the desk. `replace` leaves no step in the history (typing in a filter). */
export function go(href: string, options: { replace?: boolean; keepScroll?: boolean } = {}): void {
  const target = new URL(href, location.href);
  if (target.origin !== location.origin) return; // the desk sends nobody elsewhere
  const before = location.pathname;
  if (options.replace) history.replaceState(null, "", target);
  else history.pushState(null, "", target);
  route.at = here();
  if (before !== target.pathname && !options.keepScroll) {
    scrollTo(0, 0);
    queueMicrotask(() => document.getElementById("main")?.focus({ preventScroll: true }));
  }
}

/** The address of the current path with `query`, without empty values. */
export function hrefWith(query: URLSearchParams, path = route.at.path): string {
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** Sets or removes single values of the query. */
export function setQuery(changes: Record<string, string | null>, replace = false): void {
  const query = new URLSearchParams(route.at.query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "") query.delete(name);
    else query.set(name, value);
  }
  go(hrefWith(query), { replace, keepScroll: true });
}

/** Follows the browser's own steps, and links of the desk without loading the page anew. */
export function startRouter(): void {
  addEventListener("popstate", () => {
    route.at = here();
  });
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute("download")) return;
    const to = new URL(link.href, location.href);
    if (to.origin !== location.origin || !isPage(to.pathname)) return;
    if (to.pathname === location.pathname && to.search === location.search && to.hash) return;
    event.preventDefault();
    go(to.href);
  });
}

/** Data and files are the server's; everything else is a page of the desk. */
export function isPage(path: string): boolean {
  return !path.startsWith("/api/") && !/\.(json|csv|xml|atom|zip|jsonl|geojson)$/.test(path);
}
