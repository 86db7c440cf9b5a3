/** The server's API: one error shape, cookies of the same origin, nothing from elsewhere. */

import { go } from "./router.svelte";

export const BASE = "/api/v1";

export interface FieldFault {
  field: string;
  message: string;
}

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: FieldFault[] = [],
    readonly current: unknown = null,
    readonly yours: unknown = null,
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }
}

type Method = "GET" | "POST" | "PATCH" | "DELETE" | "PUT";

async function call<T>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const init: RequestInit = { method, credentials: "same-origin", headers: { Accept: "application/json" } };
  if (signal) init.signal = signal;
  if (method !== "GET") {
    // the server takes unsafe methods with this type only, which no form of another site can send
    init.headers = { Accept: "application/json", "Content-Type": "application/json" };
    init.body = JSON.stringify(body ?? {});
  }
  let answer: Response;
  try {
    answer = await fetch(BASE + path, init);
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === "AbortError") throw fault;
    throw new ApiError(0, "offline", "");
  }
  if (answer.status === 204) return undefined as T;
  const json: unknown = await answer.json().catch(() => null);
  if (answer.ok) return json as T;
  const error = faultOf(answer, json);
  if (error.code === "E704" && !["/login", "/invite", "/reset"].some((p) => location.pathname.startsWith(p))) {
    go(`/login?next=${encodeURIComponent(location.pathname + location.search)}`, { replace: true });
  }
  throw error;
}

interface Told {
  code?: string;
  message?: string;
  fields?: FieldFault[];
  current?: unknown;
  yours?: unknown;
}

function faultOf(answer: Response, json: unknown): ApiError {
  const told = ((json as { error?: Told } | null)?.error ?? {}) as Told;
  const after = Number(answer.headers.get("Retry-After"));
  return new ApiError(
    answer.status,
    told.code ?? String(answer.status),
    told.message ?? answer.statusText,
    told.fields ?? [],
    told.current ?? null,
    told.yours ?? null,
    Number.isFinite(after) && after > 0 ? after : null,
  );
}

export const api = {
  get: <T>(path: string, signal?: AbortSignal): Promise<T> => call<T>("GET", path, undefined, signal),
  post: <T>(path: string, body?: unknown): Promise<T> => call<T>("POST", path, body),
  patch: <T>(path: string, body?: unknown): Promise<T> => call<T>("PATCH", path, body),
  delete: <T>(path: string): Promise<T> => call<T>("DELETE", path),
};

/** Path and query in one; empty values are left out. */
export function path(base: string, query: URLSearchParams | Record<string, string | number | null | undefined>): string {
  const params = query instanceof URLSearchParams ? query : new URLSearchParams();
  if (!(query instanceof URLSearchParams)) {
    for (const [name, value] of Object.entries(query)) {
      if (value !== null && value !== undefined && value !== "") params.set(name, String(value));
    }
  }
  const text = params.toString();
  return text ? `${base}?${text}` : base;
}
