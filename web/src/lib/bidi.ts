/**
 * Direction by value, and characters that would turn a line around or hide in it.
 *
 * Sources: Unicode Bidirectional Algorithm (UAX #9), controls of section 2; CVE-2021-42574 for why
 * they are shown.
 */

const CONTROLS: Readonly<Record<string, string>> = {
  "\u202a": "LRE",
  "\u202b": "RLE",
  "\u202c": "PDF",
  "\u202d": "LRO",
  "\u202e": "RLO",
  "\u2066": "LRI",
  "\u2067": "RLI",
  "\u2068": "FSI",
  "\u2069": "PDI",
  "\u200e": "LRM",
  "\u200f": "RLM",
  "\u061c": "ALM",
  "\u200b": "ZWSP",
  "\u2060": "WJ",
  "\ufeff": "BOM",
};

// Control characters other than tab and line ends have no business in a text either.
const HIDDEN = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u200b\u2060\ufeff\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const STRONG_RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;
const STRONG = /\p{L}/u;

export interface Piece {
  text: string;
  /** The name of a control that stands here, in place of text. */
  control: string | null;
  /** UTF-16 offset in the whole. */
  at: number;
}

/** Splits a text into plain pieces and controls; a text without controls is one piece. */
export function pieces(text: string): Piece[] {
  if (!HIDDEN.test(text)) return text ? [{ text, control: null, at: 0 }] : [];
  const out: Piece[] = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const ch = text.charAt(i);
    if (!HIDDEN.test(ch)) continue;
    if (i > start) out.push({ text: text.slice(start, i), control: null, at: start });
    const code = ch.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    out.push({ text: ch, control: CONTROLS[ch] ?? `U+${code}`, at: i });
    start = i + 1;
  }
  if (start < text.length) out.push({ text: text.slice(start), control: null, at: start });
  return out;
}

/** The direction of most of a text's letters; `ltr` where it has none. */
export function directionOf(text: string): "rtl" | "ltr" {
  let rtl = 0;
  let ltr = 0;
  for (const ch of text.slice(0, 2000)) {
    if (STRONG_RTL.test(ch)) rtl++;
    else if (STRONG.test(ch)) ltr++;
  }
  return rtl > ltr ? "rtl" : "ltr";
}

/** Isolates a value inside a sentence of the interface (first strong isolate … pop). */
export function isolate(value: string): string {
  return `\u2068${value}\u2069`;
}
