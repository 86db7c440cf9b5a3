import { describe, expect, it } from "vitest";

import { dayNumber, isoDay } from "../src/lib/bins";

describe("days", () => {
  it("go both ways", () => {
    for (const iso of ["1969-12-31", "1970-01-01", "2024-02-29", "2031-12-26"]) expect(isoDay(dayNumber(iso))).toBe(iso);
  });
});
