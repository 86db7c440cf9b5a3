/** Something of the server's that a page shows: what came, what went wrong, whether it is on its way. */

import { ApiError, api } from "./api";

export class Resource<T> {
  data = $state.raw<T | null>(null);
  error = $state.raw<ApiError | null>(null);
  loading = $state(true);
  #again = $state(0);

  /**
   * @param address gives the path under the API's root, or null for nothing to load; read reactively.
   * @param keep whether the last answer stays in view while the next one is on its way.
   */
  constructor(address: () => string | null, keep = true) {
    $effect(() => {
      const path = address();
      void this.#again;
      if (path === null) {
        this.data = null;
        this.loading = false;
        return;
      }
      const stop = new AbortController();
      this.loading = true;
      if (!keep) this.data = null;
      void this.#load(path, stop.signal);
      return () => stop.abort();
    });
  }

  async #load(path: string, signal: AbortSignal): Promise<void> {
    for (;;) {
      try {
        const data = await api.get<T>(path, signal);
        if (signal.aborted) return;
        this.data = data;
        this.error = null;
        this.loading = false;
        return;
      } catch (fault) {
        if (signal.aborted) return;
        const error = fault instanceof ApiError ? fault : new ApiError(0, "page", String(fault));
        this.error = error;
        // the server is still reading the archive: it says when to ask again
        if (error.code !== "E709") {
          this.loading = false;
          this.data = null;
          return;
        }
        await new Promise((done) => setTimeout(done, (error.retryAfter ?? 1) * 1000));
        if (signal.aborted) return;
      }
    }
  }

  reload(): void {
    this.#again++;
  }
}

/** A list that grows page by page. */
export class Pages<T> {
  items = $state.raw<T[]>([]);
  next = $state<string | null>(null);
  total = $state(0);
  error = $state.raw<ApiError | null>(null);
  loading = $state(true);
  #base = "";
  #again = $state(0);
  #stop = new AbortController();

  constructor(address: () => string | null) {
    $effect(() => {
      const path = address();
      void this.#again;
      this.#stop.abort();
      this.#stop = new AbortController();
      if (path === null) {
        this.items = [];
        this.loading = false;
        return;
      }
      this.#base = path;
      void this.#load(path, false, this.#stop.signal);
      return () => this.#stop.abort();
    });
  }

  async #load(path: string, more: boolean, signal: AbortSignal): Promise<void> {
    this.loading = true;
    try {
      const page = await api.get<{ items: T[]; next?: string | null; total?: number }>(path, signal);
      if (signal.aborted) return;
      this.items = more ? [...this.items, ...page.items] : page.items;
      this.next = page.next ?? null;
      this.total = page.total ?? this.items.length;
      this.error = null;
    } catch (fault) {
      if (signal.aborted) return;
      const error = fault instanceof ApiError ? fault : new ApiError(0, "page", String(fault));
      if (error.code === "E709") {
        await new Promise((done) => setTimeout(done, (error.retryAfter ?? 1) * 1000));
        if (!signal.aborted) await this.#load(path, more, signal);
        return;
      }
      this.error = error;
      if (!more) this.items = [];
    }
    this.loading = false;
  }

  more(): void {
    if (!this.next || this.loading) return;
    const joint = this.#base.includes("?") ? "&" : "?";
    void this.#load(`${this.#base}${joint}cursor=${encodeURIComponent(this.next)}`, true, this.#stop.signal);
  }

  reload(): void {
    this.#again++;
  }
}
