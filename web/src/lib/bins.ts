/** Days in bins for a timeline; what is known only as an interval is spread, never put on one day. */

export interface Spell {
  earliest: string | null;
  latest: string | null;
  weight?: number;
}

export interface Bin {
  /** First day and the day after the last, as days since 1970-01-01. */
  from: number;
  to: number;
  exact: number;
  /** The share of vague spells that falls here; their parts add up to 1 a spell. */
  vague: number;
}

export type Unit = "day" | "week" | "month";

export function dayNumber(iso: string): number {
  return Math.floor(Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / 86_400_000);
}

export function isoDay(n: number): string {
  return new Date(n * 86_400_000).toISOString().slice(0, 10);
}

/** The unit that gives a readable number of bins. */
export function unitFor(spanDays: number): Unit {
  if (spanDays <= 100) return "day";
  return spanDays <= 800 ? "week" : "month";
}

/** Edges from the bin that holds `from` to the one that holds `to` (days since 1970, inclusive). */
export function edges(from: number, to: number, unit: Unit): number[] {
  const out: number[] = [];
  if (unit === "month") {
    const start = new Date(from * 86_400_000);
    for (let y = start.getUTCFullYear(), m = start.getUTCMonth(); ; m++) {
      const at = Math.floor(Date.UTC(y, m, 1) / 86_400_000);
      out.push(at);
      if (at > to || out.length > 2400) return out;
    }
  }
  const step = unit === "week" ? 7 : 1;
  // weeks begin on Monday: 1970-01-05 was one
  let at = unit === "week" ? Math.floor((from - 4) / 7) * 7 + 4 : from;
  for (; at <= to; at += step) out.push(at);
  out.push(at);
  return out;
}

/** Counts spells in bins. One that fits in a single bin is exact there, a longer one is spread. */
export function bin(spells: readonly Spell[], limits: readonly number[]): Bin[] {
  const bins: Bin[] = [];
  for (let i = 0; i + 1 < limits.length; i++) bins.push({ from: limits[i]!, to: limits[i + 1]!, exact: 0, vague: 0 });
  const first = limits[0] ?? 0;
  const last = (limits.at(-1) ?? 1) - 1;
  for (const s of spells) {
    if (!s.earliest && !s.latest) continue;
    const from = dayNumber(s.earliest ?? s.latest!);
    const to = Math.max(from, dayNumber(s.latest ?? s.earliest!));
    const weight = s.weight ?? 1;
    if (to < first || from > last) continue;
    const length = to - from + 1;
    for (const b of bins) {
      const overlap = Math.min(to + 1, b.to) - Math.max(from, b.from);
      if (overlap <= 0) continue;
      if (overlap === length && s.earliest && s.latest) b.exact += weight;
      else b.vague += (weight * overlap) / length;
    }
  }
  return bins;
}
