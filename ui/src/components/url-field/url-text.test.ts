import { describe, expect, it } from "vitest";
import { emptyUrl, splitTypedQuery, urlAdvice } from "./url-text";

const at = (base: string) => ({ ...emptyUrl, base });

describe("a query typed into the address", () => {
  it("becomes rows whose values are secrets, decoded as the endpoint will read them", () => {
    const { input, moved } = splitTypedQuery(at("https://example.com/a?token=a%20b%26&flag#top"));
    expect(moved).toBe(2);
    expect(input.base).toBe("https://example.com/a#top");
    expect(input.query).toEqual([
      { name: "token", origin: null, value: { move: "replace", value: "a b&" } },
      { name: "flag", origin: null, value: { move: "clear" } },
    ]);
  });

  it("is left alone when there is none", () => {
    const input = at("https://example.com/a#b?c");
    expect(splitTypedQuery(input)).toEqual({ input, moved: 0 });
  });
});

describe("advice on an address", () => {
  it.each(["http://localhost:3000", "https://10.1.2.3/x", "https://[::1]/", "https://printer.local/"])(
    "says that %s is private",
    (base) => {
      expect(urlAdvice(at(base))).toHaveLength(1);
    },
  );

  it.each(["https://example.com/a", "https://172.32.0.1/", "https://8.8.8.8/", ""])(
    "is silent on %s",
    (base) => {
      expect(urlAdvice(at(base))).toEqual([]);
    },
  );

  it("points out a fragment", () => {
    expect(urlAdvice(at("https://example.com/a#b"))[0]).toMatch(/part after #/);
  });
});
