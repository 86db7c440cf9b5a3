/** What every page needs to know: who reads, what the archive holds, and the codebook's words. */

import { ApiError, api } from "./api";
import { countryName } from "./countries";
import { label } from "./i18n";
import { settings } from "./settings.svelte";
import type { Codebook, CodebookEnum, Name, PlaceView, Session, State } from "./types";

export const desk = $state<{
  session: Session | null;
  state: State | null;
  codebook: Codebook | null;
  error: ApiError | null;
  /** Whether all this has been asked for once. */
  ready: boolean;
  alerts: number;
  assigned: number;
}>({ session: null, state: null, codebook: null, error: null, ready: false, alerts: 0, assigned: 0 });

export function can(what: string): boolean {
  return desk.session?.can.includes(what) ?? false;
}

/** Asks anew who reads and what there is. */
export async function refresh(): Promise<void> {
  try {
    desk.session = await api.get<Session>("/session");
    desk.error = null;
  } catch (fault) {
    desk.error = fault instanceof ApiError ? fault : new ApiError(0, "page", String(fault));
    return;
  }
  if (!desk.session.signed_in && !desk.session.public) return;
  const [state, codebook, alerts] = await Promise.allSettled([
    api.get<State>("/state"),
    desk.codebook ? Promise.resolve(desk.codebook) : api.get<Codebook>("/codebook"),
    api.get<{ new: number; assignments?: number }>("/alerts"),
  ]);
  if (state.status === "fulfilled") desk.state = state.value;
  if (codebook.status === "fulfilled") desk.codebook = codebook.value;
  if (alerts.status === "fulfilled") {
    desk.alerts = alerts.value.new;
    desk.assigned = alerts.value.assignments ?? 0;
  }
  desk.ready = true;
  if (desk.state?.building) setTimeout(() => void refresh(), 1000);
}

/** A list of the codebook: topics and categories stand beside the others. */
export function options(list: string): CodebookEnum[] {
  const book = desk.codebook;
  if (!book) return [];
  if (list === "topic") return book.topics;
  if (list === "category") return book.categories;
  return book.enums[list] ?? [];
}

/** The codebook's word for a value of an enumeration; the bare value where it has none. */
export function word(list: string, id: string | null | undefined): string {
  if (!id) return "–";
  const found = options(list).find((o) => o.id === id);
  if (list === "country" && !found) return countryName(id);
  return (settings.lang === "ar" ? found?.ar : found?.en) ?? label(list, id);
}

/** A field's name, as the codebook has it. */
export function slotName(id: string): string {
  const field = desk.codebook?.fields.find((f) => f.id === id);
  return field?.[settings.lang].label ?? id.replaceAll("_", " ");
}

/** What a name is shown as: in the reader's language, or in Latin letters where those are wanted. */
export function shown(name: Pick<Name, "ar" | "en"> & { id?: string | null; as_written?: string | null }): string {
  const latin = settings.latin || settings.lang === "en";
  return (latin ? (name.en ?? name.ar) : (name.ar ?? name.en)) ?? name.as_written ?? name.id ?? "";
}

export function placeName(place: PlaceView): string {
  return shown({ ar: place.ar, en: place.en, as_written: place.as_written });
}
