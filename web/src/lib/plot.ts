/** A plot as data: what is drawn, what is saved as SVG, and what is saved as CSV come from it. */

export interface Series {
  label: string;
  color: string;
  values: (number | null)[];
}

export interface Plot {
  title: string;
  unit: string;
  /** What stands below each value: days or names. */
  labels: string[];
  series: Series[];
  /** Upright bars, lines, or bars lying across with their names beside them. */
  kind: "bars" | "line" | "across";
  rtl: boolean;
}

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");

/** Columns of a table; cells that a spreadsheet would run as a formula are made text. */
export function plotCsv(plot: Plot): string {
  const cell = (value: string | number | null): string => {
    if (value === null) return "";
    if (typeof value === "number") return String(value);
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const rows = [[plot.unit, ...plot.series.map((s) => s.label)].map(cell).join(",")];
  plot.labels.forEach((name, i) => {
    rows.push([cell(name), ...plot.series.map((s) => cell(s.values[i] ?? null))].join(","));
  });
  return `${rows.join("\r\n")}\r\n`;
}

/** A drawing that needs nothing else: 960 × 420 units, title, grid, bars or lines, legend. */
export function plotSvg(plot: Plot, ink = "#1c2426", paper = "#ffffff"): string {
  if (plot.kind === "across") return acrossSvg(plot, ink, paper);
  const [w, h, left, right, top, bottom] = [960, 420, 60, 20, 56, 90];
  const inner = w - left - right;
  const high = Math.max(1, ...plot.series.flatMap((s) => s.values.map((v) => v ?? 0)));
  const y = (v: number): number => h - bottom - (v / high) * (h - top - bottom);
  const slot = inner / Math.max(1, plot.labels.length);
  const x = (i: number): number => left + (i + 0.5) * slot;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" font-family="IBM Plex Sans Arabic, sans-serif" font-size="12" direction="${plot.rtl ? "rtl" : "ltr"}">`,
    `<title>${escape(plot.title)}</title><rect width="${w}" height="${h}" fill="${paper}"/>`,
    `<text x="${w / 2}" y="26" text-anchor="middle" font-size="16" font-weight="600" fill="${ink}">${escape(plot.title)}</text>`,
  ];
  for (const tick of ticks(high)) {
    parts.push(`<line x1="${left}" x2="${w - right}" y1="${y(tick)}" y2="${y(tick)}" stroke="${ink}" stroke-opacity=".15"/>`);
    parts.push(`<text x="${left - 8}" y="${y(tick) + 4}" text-anchor="end" direction="ltr" fill="${ink}">${tick}</text>`);
  }
  plot.series.forEach((s, n) => {
    if (plot.kind === "bars") {
      const width = Math.max(1, (slot * 0.8) / plot.series.length);
      s.values.forEach((v, i) => {
        if (v === null) return;
        const at = x(i) - slot * 0.4 + n * width;
        parts.push(`<rect x="${at.toFixed(1)}" y="${y(v).toFixed(1)}" width="${width.toFixed(1)}" height="${(h - bottom - y(v)).toFixed(1)}" fill="${s.color}"/>`);
      });
    } else {
      const points = s.values.flatMap((v, i) => (v === null ? [] : [`${x(i).toFixed(1)},${y(v).toFixed(1)}`]));
      parts.push(`<polyline points="${points.join(" ")}" fill="none" stroke="${s.color}" stroke-width="2"/>`);
    }
    const lx = left + n * 180;
    parts.push(`<rect x="${lx}" y="${h - 22}" width="12" height="12" fill="${s.color}"/>`);
    parts.push(`<text x="${lx + 18}" y="${h - 12}" text-anchor="start" direction="ltr" fill="${ink}">${escape(s.label)}</text>`);
  });
  const every = Math.ceil(plot.labels.length / 12);
  plot.labels.forEach((name, i) => {
    if (i % every) return;
    const short = name.length > 16 ? `${name.slice(0, 15)}…` : name;
    parts.push(`<text x="${x(i).toFixed(1)}" y="${h - bottom + 18}" text-anchor="middle" fill="${ink}">${escape(short)}</text>`);
  });
  parts.push("</svg>");
  return parts.join("\n");
}

/** Bars lying across, their names beside them; each series against its own highest. */
function acrossSvg(plot: Plot, ink: string, paper: string): string {
  const [w, names, row] = [960, 240, 13];
  const each = plot.series.length * row + 9;
  const h = 84 + plot.labels.length * each;
  const tops = plot.series.map((s) => Math.max(1, ...s.values.map((v) => v ?? 0)));
  const start = plot.rtl ? w - names : names;
  const sign = plot.rtl ? -1 : 1;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" font-family="IBM Plex Sans Arabic, sans-serif" font-size="12">`,
    `<title>${escape(plot.title)}</title><rect width="${w}" height="${h}" fill="${paper}"/>`,
    `<text x="${w / 2}" y="26" text-anchor="middle" font-size="16" font-weight="600" fill="${ink}">${escape(plot.title)}</text>`,
  ];
  plot.labels.forEach((name, i) => {
    const y = 44 + i * each;
    const short = name.length > 34 ? `${name.slice(0, 33)}…` : name;
    parts.push(`<text x="${start - sign * 10}" y="${y + (each - 9) / 2 + 4}" text-anchor="${plot.rtl ? "start" : "end"}" direction="ltr" fill="${ink}">${escape(short)}</text>`);
    plot.series.forEach((s, n) => {
      const v = s.values[i] ?? null;
      const size = v === null ? 0 : ((w - names - 70) * v) / tops[n]!;
      const x = plot.rtl ? start - size : start;
      parts.push(`<rect x="${x.toFixed(1)}" y="${y + n * row}" width="${size.toFixed(1)}" height="${row - 3}" fill="${s.color}"/>`);
      parts.push(`<text x="${(start + sign * (size + 6)).toFixed(1)}" y="${y + n * row + 9}" text-anchor="${plot.rtl ? "end" : "start"}" direction="ltr" font-size="10" fill="${ink}">${v ?? "–"}</text>`);
    });
  });
  plot.series.forEach((s, n) => {
    parts.push(`<rect x="${20 + n * 180}" y="${h - 24}" width="12" height="12" fill="${s.color}"/>`);
    parts.push(`<text x="${38 + n * 180}" y="${h - 14}" direction="ltr" fill="${ink}">${escape(s.label)}</text>`);
  });
  parts.push("</svg>");
  return parts.join("\n");
}

/** Up to five round steps from 0 to `high`. */
export function ticks(high: number): number[] {
  const rough = high / 4;
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1)));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough) ?? power;
  const out: number[] = [];
  for (let v = 0; v <= high + step * 0.01; v += step) out.push(v);
  return out;
}
