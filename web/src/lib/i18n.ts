/** The interface's words, in the reader's language; numbers and days in their writing. */

import { isolate } from "./bidi";
import { messages, type Key, type Words } from "./messages";
import { settings } from "./settings.svelte";

export type { Key };

export type Params = Readonly<Record<string, string | number>>;

/** The BCP 47 tag that numbers and days are written by: the months of the Levant in Arabic. */
export function locale(): string {
  return settings.lang === "ar" ? `ar-SY-u-nu-${settings.digits}` : "en-GB";
}

/** The words of a key. Values put into them are isolated, so that they cannot turn the sentence. */
export function t(key: Key, params: Params = {}): string {
  return fill(words(key), params);
}

/** The words for `count` things: Arabic has six forms, and Intl knows which. */
export function tn(key: Key, count: number, params: Params = {}): string {
  return fill(words(key, count), { n: count, ...params });
}

/** Whether there are words for this name; for lists of the server that may grow. */
export function has(key: string): key is Key {
  return Object.hasOwn(messages, key);
}

/** The words of `prefix.name`, or the bare name where the interface does not know it yet. */
export function label(prefix: string, name: string | null | undefined): string {
  if (!name) return t("unknown");
  const key = `${prefix}.${name}`;
  return has(key) ? t(key) : name.replaceAll("_", " ");
}

function words(key: Key, count?: number): string {
  const both: Words = messages[key];
  const own = both[settings.lang === "ar" ? 1 : 0];
  if (typeof own === "string") return own;
  const form = new Intl.PluralRules(settings.lang).select(count ?? 0);
  return own[form] ?? own.other;
}

function fill(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return isolate(typeof value === "number" ? number(value) : value);
  });
}

/** A number in the reader's digits. */
export function number(value: number, options: Intl.NumberFormatOptions = {}): string {
  return new Intl.NumberFormat(locale(), options).format(value);
}

/** A day (`YYYY-MM-DD`) as the reader writes it; what is no day comes back as it is. */
export function day(iso: string | null | undefined, style: "short" | "long" = "long"): string {
  if (!iso) return t("unknown");
  const at = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return iso;
  const form: Intl.DateTimeFormatOptions =
    style === "long" ? { day: "numeric", month: "long", year: "numeric" } : { day: "numeric", month: "short" };
  return new Intl.DateTimeFormat(locale(), { ...form, timeZone: "UTC" }).format(at);
}

/** The period that begins on a day: the day, or its week, month or year. */
export function period(iso: string, by: string): string {
  if (by === "month" || by === "year") {
    const form: Intl.DateTimeFormatOptions = by === "year" ? { year: "numeric" } : { month: "short", year: "numeric" };
    return new Intl.DateTimeFormat(locale(), { ...form, timeZone: "UTC" }).format(new Date(`${iso}T00:00:00Z`));
  }
  return day(iso);
}

/** A moment (ISO 8601) in UTC, as the archive keeps it. */
export function moment(iso: string | null | undefined): string {
  if (!iso) return t("unknown");
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const form: Intl.DateTimeFormatOptions = { dateStyle: "long", timeStyle: "short", timeZone: "UTC" };
  return `${new Intl.DateTimeFormat(locale(), form).format(at)} UTC`;
}

/** An interval of days; open ends are said to be open. */
export function days(earliest: string | null | undefined, latest: string | null | undefined): string {
  if (!earliest && !latest) return t("time.unknown");
  if (earliest && latest) {
    if (earliest === latest) return day(earliest);
    const format = new Intl.DateTimeFormat(locale(), { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    const from = new Date(`${earliest}T00:00:00Z`);
    const to = new Date(`${latest}T00:00:00Z`);
    if (Number.isNaN(from.getTime()) || Number.isNaN(to.getTime()) || from > to) return `${earliest} – ${latest}`;
    return format.formatRange(from, to);
  }
  return earliest ? t("time.from", { day: day(earliest) }) : t("time.until", { day: day(latest) });
}

/** A count that may be open at either end: 5, 5–9, at least 5, at most 9, not known. */
export function amount(low: number | null | undefined, high: number | null | undefined): string {
  const l = low ?? null;
  const h = high ?? null;
  if (l === null && h === null) return t("figure.unknown");
  if (l !== null && h !== null) return l === h ? number(l) : `${number(l)}–${number(h)}`;
  return l !== null ? t("figure.least", { n: l }) : t("figure.most", { n: h! });
}

/** Kilometres, rounded as far as they are known. */
export function km(value: number | null | undefined): string {
  if (value === null || value === undefined) return t("unknown");
  return t("km", { n: number(value, { maximumFractionDigits: value < 10 ? 1 : 0 }) });
}

/** A share in percent. */
export function percent(value: number | null | undefined): string {
  return value === null || value === undefined ? t("unknown") : number(value, { style: "percent", maximumFractionDigits: 0 });
}

/** From one party to the other, in the direction of reading. */
export function arrow(): string {
  return settings.lang === "ar" ? "←" : "→";
}
