/**
 * Values on their words. The archive counts code points; the server sends the same spans in the
 * browser's UTF-16 units (`utf16`), and this half knows only those.
 */

export type Span = readonly [start: number, end: number];

export interface Mark<T> {
  span: Span;
  value: T;
}

export interface Segment<T> {
  start: number;
  text: string;
  values: T[];
  /** The values whose words begin here. */
  opens: T[];
}

export interface Line<T> {
  start: number;
  segments: Segment<T>[];
}

/** Lines of a text in flat pieces, each with the values that cover it, the narrowest first. */
export function lines<T>(text: string, marks: readonly Mark<T>[]): Line<T>[] {
  const valid = marks
    .filter((m) => m.span[0] >= 0 && m.span[0] < m.span[1] && m.span[1] <= text.length)
    .sort((a, b) => a.span[0] - b.span[0]);
  const out: Line<T>[] = [];
  let from = 0; // marks before this one have ended
  let start = 0;
  for (;;) {
    const at = text.indexOf("\n", start);
    const end = at === -1 ? text.length : at;
    while (from < valid.length && valid[from]!.span[1] <= start) from++;
    out.push({ start, segments: cut(text, start, end, valid, from) });
    if (at === -1) return out;
    start = at + 1;
  }
}

function cut<T>(text: string, start: number, end: number, marks: readonly Mark<T>[], from: number): Segment<T>[] {
  const here: Mark<T>[] = [];
  for (let i = from; i < marks.length && marks[i]!.span[0] < end; i++) if (marks[i]!.span[1] > start) here.push(marks[i]!);
  const edges = new Set([start, end]);
  for (const m of here) {
    edges.add(Math.max(start, m.span[0]));
    edges.add(Math.min(end, m.span[1]));
  }
  const sorted = [...edges].sort((a, b) => a - b);
  const out: Segment<T>[] = [];
  for (let i = 0; i + 1 < sorted.length; i++) {
    const [s, e] = [sorted[i]!, sorted[i + 1]!];
    const over = here
      .filter((m) => m.span[0] <= s && m.span[1] >= e)
      .sort((a, b) => a.span[1] - a.span[0] - (b.span[1] - b.span[0]));
    out.push({
      start: s,
      text: text.slice(s, e),
      values: over.map((m) => m.value),
      opens: over.filter((m) => Math.max(m.span[0], start) === s && m.span[0] >= start).map((m) => m.value),
    });
  }
  return out;
}

/** A span without the blanks at its ends; null where nothing is left. */
export function trimmed(text: string, span: Span): Span | null {
  const words = text.slice(span[0], span[1]);
  const start = span[0] + (words.length - words.trimStart().length);
  const end = span[1] - (words.length - words.trimEnd().length);
  return start < end ? [start, end] : null;
}

/** The offset in the text that a point of the page stands for; elements say theirs in `data-at`. */
export function offsetAt(node: Node, offset: number): number | null {
  const element = node instanceof Element ? node : node.parentElement;
  const holder = element?.closest<HTMLElement>("[data-at]");
  if (!holder) return null;
  const base = Number(holder.dataset["at"]);
  if (node.nodeType === Node.TEXT_NODE && holder.contains(node)) {
    const range = document.createRange();
    range.setStart(holder, 0);
    range.setEnd(node, offset);
    return base + range.toString().length;
  }
  // between elements: at the start, or past what comes before
  const child = node.childNodes[offset - 1];
  if (child instanceof HTMLElement && child.dataset["at"] !== undefined) return Number(child.dataset["at"]) + (child.textContent ?? "").length;
  return base + (offset > 0 && node === holder ? (holder.textContent ?? "").length : 0);
}
