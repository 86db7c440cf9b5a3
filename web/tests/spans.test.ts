import { describe, expect, it } from "vitest";

import { lines, trimmed, type Mark } from "../src/lib/spans";

const mark = (start: number, end: number, value: string): Mark<string> => ({ span: [start, end], value });

describe("lines", () => {
  it("gives every character once, in order, whatever the marks", () => {
    const text = "قُتل 🕊 خمسة\n\nفي حلب\nأمس";
    const marks = [mark(0, 4, "a"), mark(2, 9, "b"), mark(5, 18, "c"), mark(0, text.length, "d")];
    const found = lines(text, marks);
    expect(found.map((l) => l.segments.map((s) => s.text).join("")).join("\n")).toBe(text);
    for (const l of found) for (const s of l.segments) expect(text.slice(s.start, s.start + s.text.length)).toBe(s.text);
  });

  it("puts the narrowest of the values that cover a piece first", () => {
    const [line] = lines("abcdef", [mark(0, 6, "wide"), mark(2, 4, "narrow")]);
    expect(line!.segments.map((s) => s.values)).toEqual([["wide"], ["narrow", "wide"], ["wide"]]);
    expect(line!.segments.map((s) => s.opens)).toEqual([["wide"], ["narrow"], []]);
  });

  it("opens a value only on the line where its words begin", () => {
    const found = lines("ab\ncd", [mark(1, 4, "x")]);
    expect(found.map((l) => l.segments.flatMap((s) => s.opens))).toEqual([["x"], []]);
    expect(found[1]!.segments[0]!.values).toEqual(["x"]);
  });

  it("leaves out what does not lie in the text", () => {
    const [line] = lines("abc", [mark(-1, 2, "a"), mark(1, 9, "b"), mark(2, 2, "c")]);
    expect(line!.segments).toEqual([{ start: 0, text: "abc", values: [], opens: [] }]);
  });

  it("keeps an earlier long mark in view behind a short one that ended", () => {
    const found = lines("aa\nbb\ncc", [mark(0, 8, "long"), mark(0, 1, "short")]);
    expect(found[2]!.segments[0]!.values).toEqual(["long"]);
  });
});

describe("trimmed", () => {
  it("takes blanks off the ends", () => expect(trimmed("  حلب  ", [0, 7])).toEqual([2, 5]));
  it("gives null where only blanks were picked", () => expect(trimmed("a   b", [1, 4])).toBeNull());
});
