/** Coded values in words, for people. */

import { shown, word } from "./desk.svelte";
import { amount, days, km, t } from "./i18n";
import type { ClaimView, Facet, ValueView } from "./types";

export interface Part {
  text: string;
  /** From a report or the knowledge, and not the interface's own words. */
  outside: boolean;
}

const own = (text: string): Part => ({ text, outside: false });
const theirs = (text: string): Part => ({ text, outside: true });

/** What a value says, in the reader's language; its words stand beside it, not in it. */
export function valueParts(v: ValueView): Part[] {
  const name = v.label ? shown({ ...v.label, as_written: v.as_written }) : (v.as_written ?? "");
  switch (v.slot) {
    case "place":
      return [theirs(name), own(v.lat === null || v.lat === undefined ? t("place.unlocated") : t("place.within", { km: km(v.radius_km) }))];
    case "time":
      return [own(days(v.earliest, v.latest))];
    case "casualties": {
      const who = v.who_label ? shown(v.who_label) : (v.who ?? "");
      return [own(`${amount(v.low, v.high)} ${word("outcome", v.outcome)}`), ...(who ? [theirs(who)] : [])];
    }
    case "forces":
      return v.actor ? [own(amount(v.low, v.high)), theirs(name)] : [own(`${amount(v.low, v.high)} ${t("value.people")}`)];
    case "materiel":
      return [own(`${amount(v.low, v.high)} ${word("item", v.item)}`)];
    case "sources":
      return [own(word("source", v.kind))];
    case "hit":
      return [own(word("hit", v.kind))];
    case "initiators":
    case "targets":
      return v.label ? [theirs(name)] : [theirs(name), own(t("actor.none"))];
    default:
      return [theirs(v.as_written ?? "")];
  }
}

/** The same in one line, for titles and for comparing. */
export function valueText(v: ValueView): string {
  return valueParts(v)
    .map((p) => p.text)
    .join(" · ");
}

/** The name of a value within its page: claim, slot and number. */
export function valueKey(claim: ClaimView, v: ValueView): string {
  return `${claim.id}/${v.slot}/${v.n}`;
}

/** The slots of a claim that hold something, in the contract's order. */
export function bySlot(claim: ClaimView): [slot: string, values: ValueView[]][] {
  const out = new Map<string, ValueView[]>();
  for (const v of claim.values) out.set(v.slot, [...(out.get(v.slot) ?? []), v]);
  return [...out];
}

export function facetName(facet: Facet): string {
  return shown({ id: facet.id, ar: facet.ar, en: facet.en });
}

/** The colour group of a slot's words. */
export function groupOf(slot: string): "who" | "where" | "when" | "count" | "source" | "what" {
  switch (slot) {
    case "initiators":
    case "targets":
      return "who";
    case "place":
      return "where";
    case "time":
      return "when";
    case "casualties":
    case "forces":
    case "materiel":
      return "count";
    case "sources":
      return "source";
    default:
      return "what";
  }
}
