import { describe, expect, it } from "vitest";
import { everything, momentOf, momentWords, queryOf } from "./filter";

const now = new Date(2026, 10, 22, 18, 0).getTime();

describe("what is asked of the log", () => {
  it("counts a span back from now", () => {
    expect(queryOf({ ...everything, span: "day", status: "failed" }, now)).toEqual({
      status: "failed",
      fromMs: now - 24 * 3_600_000,
      toMs: null,
      id: null,
      cursor: null,
    });
    expect(queryOf(everything, now)).toMatchObject({ fromMs: null, toMs: null });
  });

  it("uses typed ends only for a custom span", () => {
    const ends = { fromMs: 1, toMs: 2 };
    expect(queryOf({ ...everything, ...ends, span: "custom" }, now)).toMatchObject(ends);
    expect(queryOf({ ...everything, ...ends }, now)).toMatchObject({ fromMs: null, toMs: null });
  });

  it("looks an id up whatever else is chosen", () => {
    const filter = { ...everything, status: "failed", span: "hour", id: " d-1 " } as const;
    expect(queryOf(filter, now)).toEqual({ status: null, fromMs: null, toMs: null, id: "d-1", cursor: null });
  });
});

describe("a typed moment", () => {
  it("is local time, and may lack the hour", () => {
    expect(momentOf("2026-11-22 18:00")).toBe(now);
    expect(momentOf("2026-1-2")).toBe(new Date(2026, 0, 2).getTime());
    expect(momentWords(now)).toBe("2026-11-22 18:00");
  });

  it.each(["", "yesterday", "2026-02-30", "2026-13-01", "2026-11-22 25:00", "22.11.2026"])(
    "is none: %s",
    (text) => {
      expect(momentOf(text)).toBeNull();
    },
  );
});
