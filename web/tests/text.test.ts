import { describe, expect, it } from "vitest";

import { directionOf, pieces } from "../src/lib/bidi";
import { safeHref } from "../src/lib/links";

describe("pieces", () => {
  it("shows controls by name and keeps every other character", () => {
    const text = "قال\u202eevil\u202c.\u0007";
    expect(pieces(text).map((p) => p.control ?? p.text)).toEqual(["قال", "RLO", "evil", "PDF", ".", "U+0007"]);
    expect(pieces(text).map((p) => p.text).join("")).toBe(text);
  });
  it("leaves joiners alone, which words are written with", () => expect(pieces("می‌خواهم")).toHaveLength(1));
  it("is nothing for an empty text", () => expect(pieces("")).toEqual([]));
});

describe("directionOf", () => {
  it("goes by most of the letters", () => {
    expect(directionOf("BBC: قتل خمسة مدنيين في حلب")).toBe("rtl");
    expect(directionOf("Five killed in حلب, say rescuers")).toBe("ltr");
    expect(directionOf("12 – 13")).toBe("ltr");
  });
});

describe("safeHref", () => {
  it.each(["javascript:alert(1)", " JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//evil.example", "/path", "", "blob:x"])(
    "%j is dead",
    (url) => expect(safeHref(url)).toBeNull(),
  );
  it("lets the web through", () => expect(safeHref("https://example.org/خبر")).toMatch(/^https:\/\/example\.org\//));
});
