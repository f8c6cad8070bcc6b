import { describe, expect, it } from "vitest";
import { bytes, compact, count, duration, plural, relative, unknown } from "./format";

describe("numbers", () => {
  it("shows a real zero as 0 and what is not known as a dash", () => {
    expect(count(0)).toBe("0");
    expect(count(null)).toBe(unknown);
    expect(compact(undefined)).toBe(unknown);
  });

  it("says one thing and many things", () => {
    expect(plural(1, "run")).toBe("1 run");
    expect(plural(2, "run")).toBe("2 runs");
  });

  it("writes bytes in the greatest unit that leaves a number above one", () => {
    expect(bytes(999)).toBe("999 B");
    expect(bytes(1_500_000)).toBe("1.5 MB");
  });
});

describe("times", () => {
  it("gives the two greatest parts of a duration", () => {
    expect(duration(0)).toBe("0 s");
    expect(duration(61)).toBe("1 min 1 s");
    expect(duration(2 * 86_400 + 3 * 3_600 + 59)).toBe("2 d 3 h");
    expect(duration(3_605)).toBe("1 h");
  });

  it("says how long ago, and in how long", () => {
    const now = Date.parse("2026-05-20T12:00:00Z");
    expect(relative("2026-05-20T11:57:00Z", now)).toBe("3 min ago");
    expect(relative("2026-05-20T14:00:00Z", now)).toBe("in 2 h");
    expect(relative("2026-05-20T12:00:02Z", now)).toBe("just now");
  });
});
