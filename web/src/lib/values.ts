/** Coded values in words, for people. */

import { placeName, shown, word } from "./desk.svelte";
import { amount, days, km, t } from "./i18n";
import type { ClaimView, Facet, ValueView } from "./types";

/** What a value says, in the reader's language; its words stand beside it, not in it. */
export function valueText(v: ValueView): string {
  const name = v.label ? shown({ ...v.label, as_written: v.as_written }) : (v.as_written ?? "");
  switch (v.slot) {
    case "place":
      return v.lat === null || v.lat === undefined
        ? `${name} · ${t("place.unlocated")}`
        : `${name} · ${t("place.within", { km: km(v.radius_km) })}`;
    case "time":
      return days(v.earliest, v.latest);
    case "casualties":
      return [amount(v.low, v.high), word("outcome", v.outcome), v.label ? name : ""].filter(Boolean).join(" ");
    case "forces":
      return [amount(v.low, v.high), v.label ? name : t("value.people")].filter(Boolean).join(" ");
    case "materiel":
      return [amount(v.low, v.high), word("item", v.item)].join(" ");
    case "sources":
      return word("source", v.kind);
    case "hit":
      return word("hit", v.kind);
    case "initiators":
    case "targets":
      return v.label ? name : t("actor.unlisted", { name });
    default:
      return v.as_written ?? "";
  }
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

export { placeName };

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
