import { describe, expect, it } from "vitest";

import { circle } from "../src/lib/geo";
import { FAMILIES, TYPES, familyOf } from "../src/lib/kinds";
import { keyName } from "../src/lib/keyname";
import { messages } from "../src/lib/messages";
import { plotCsv, plotSvg, ticks, type Plot } from "../src/lib/plot";

const plot: Plot = {
  title: "Deaths <b>&",
  unit: "=cmd",
  labels: ["=1+1", 'a "b", c', "حلب"],
  series: [{ label: "low", color: "#000000", values: [1, null, 3] }],
  kind: "bars",
  rtl: false,
};

describe("a plot's data", () => {
  it("is no formula to a spreadsheet, and what is unknown is empty", () => {
    expect(plotCsv(plot)).toBe("'=cmd,low\r\n'=1+1,1\r\n\"a \"\"b\"\", c\",\r\nحلب,3\r\n");
  });
  it("is well-formed SVG without what was in the names", () => {
    const svg = plotSvg(plot);
    expect(svg).not.toContain("<b>");
    expect(svg.match(/<rect x="[^"]*" y/g)).toHaveLength(3); // two bars and the legend's square
  });
  it("lies across where names stand beside the bars, from the side that is read first", () => {
    const across = plotSvg({ ...plot, kind: "across", rtl: true });
    expect(across).toContain('<rect x="720.0"'); // nothing known: no length
    expect(across).toContain("حلب");
  });
  it("has round ticks that reach the top", () => {
    expect(ticks(10)).toEqual([0, 5, 10]);
    expect(ticks(1)).toEqual([0, 1]);
    expect(ticks(0)).toEqual([0]);
    for (const high of [3, 7, 99, 1234]) expect(ticks(high).length).toBeLessThanOrEqual(6);
  });
});

describe("a circle", () => {
  it("is closed, and as wide as it says", () => {
    const ring = circle(36.8, 36.1, 10);
    expect(ring.at(0)).toEqual(ring.at(-1));
    const north = Math.max(...ring.map((p) => p[1]));
    expect((north - 36.1) * 111.195).toBeCloseTo(10, 1);
  });
});

describe("kinds", () => {
  it("have one family each", () => {
    expect(new Set(TYPES).size).toBe(TYPES.length);
    expect(familyOf("shelling")).toBe("strike");
    expect(familyOf("something new")).toBe("other");
    expect(Object.keys(FAMILIES)).toHaveLength(9);
  });
});

describe("keys", () => {
  it("are named by place, and by the reader's letter where it differs", () => {
    expect(keyName({ code: "KeyA" })).toBe("A");
    expect(keyName({ code: "KeyA" }, new Map([["KeyA", "ش"]]))).toBe("A · ش");
    expect(keyName({ code: "Slash", shift: true })).toBe("⇧ /");
  });
});

describe("messages", () => {
  const holes = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!).sort();
  it("say the same values in both languages", () => {
    for (const [key, [en, ar]] of Object.entries(messages)) {
      if (typeof en === "string" && typeof ar === "string") expect(holes(ar), key).toEqual(holes(en));
    }
  });
  it("count in all six forms of Arabic or in one that fits all", () => {
    for (const [key, [, ar]] of Object.entries(messages)) {
      if (typeof ar !== "string" && Object.keys(ar).length > 1) expect(Object.keys(ar).sort(), key).toEqual(["few", "many", "one", "other", "two", "zero"]);
    }
  });
});
