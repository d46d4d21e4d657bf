import { describe, expect, it } from "vitest";
import { emptyUrl, splitTypedQuery, urlAdvice, urlProblem } from "./url-text";
import { userinfoOf, withoutUserinfo } from "./userinfo";

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
  it.each([
    "https://localhost:3000",
    "https://10.1.2.3/x",
    "https://100.64.0.1/",
    "https://[::1]/",
    "https://[::ffff:192.168.0.4]/",
    "https://printer.local/",
    "https://intranet/hook",
  ])("says that %s is private, and who cannot reach it", (base) => {
    expect(urlAdvice(at(base), true, "Example")).toEqual([
      "This host is only known in a private network: Example can probably not reach it.",
    ]);
  });

  it.each(["https://example.com/a", "https://172.32.0.1/", "https://8.8.8.8/", "", "example.com"])(
    "is silent on %s",
    (base) => {
      expect(urlAdvice(at(base))).toEqual([]);
    },
  );

  it.each([
    ["https://example.com/a#b", /part after # stays in the address, but is never sent/],
    ["http://example.com/a", /sent unencrypted/],
    ["https://example.com./a", /ends in a dot/],
    ["https://müller.example/", /letters beyond a to z. It stands for xn--mller-kva.example/],
    ["https://pаypal.example/", /mixes alphabets .* It stands for xn--pypal-4ve.example/],
  ])("points out what is special about %s", (base, words) => {
    const advice = urlAdvice(at(base));
    expect(advice).toHaveLength(1);
    expect(advice[0]).toMatch(words);
  });

  it("leaves http to the error where only https is accepted", () => {
    expect(urlAdvice(at("http://example.com/a"), true)).toEqual([]);
  });
});

describe("an address that cannot be used", () => {
  const any = { httpsOnly: false };

  it.each([
    ["https://example.com:70000/a", "70000 is no port. It must be from 1 to 65535."],
    ["https://example.com:0", "0 is no port. It must be from 1 to 65535."],
    ["https://[::1]:99999", "99999 is no port. It must be from 1 to 65535."],
    ["https://", "This is not a complete address. It needs https:// and a host name."],
    ["ftp://example.com", "ftp:// cannot be called. The address must begin with https:// or http://."],
    ["https://exam\u00a0ple.com", "The address has a space or an invisible character in it."],
  ])("%s", (base, words) => {
    expect(urlProblem(at(base), any)).toBe(words);
  });

  it.each(["https://example.com:8443/a", "http://[::1]:8080/", "https://{{user}}@{{host}}/"])(
    "is not %s",
    (base) => {
      expect(urlProblem(at(base), any)).toBeNull();
    },
  );

  it("says where a user name and password belong, or that they have no place", () => {
    const input = at("https://bob:pw@example.com");
    expect(urlProblem(input, any)).toMatch(/use Authentication instead/);
    expect(urlProblem(input, { ...any, hasAuthentication: false })).toMatch(/no place for them here/);
  });
});

describe("the user name and password in an address", () => {
  it.each([
    ["https://bob:p%40ss@example.com/x", { username: "bob", password: "p@ss" }, "https://example.com/x"],
    ["https://bob:a@b:c@example.com", { username: "bob", password: "a@b:c" }, "https://example.com"],
    ["https://token@example.com?a=b@c", { username: "token", password: "" }, "https://example.com?a=b@c"],
    ["https://bob:100%@example.com", { username: "bob", password: "100%" }, "https://example.com"],
  ])("are taken out of %s, decoded", (base, userinfo, rest) => {
    expect(userinfoOf(base)).toEqual(userinfo);
    expect(withoutUserinfo(base)).toBe(rest);
  });

  it.each(["https://example.com/@scope", "https://{{user}}:{{pw}}@example.com", "bob:pw@example.com"])(
    "are not in %s",
    (base) => {
      expect(userinfoOf(base)).toBeNull();
      expect(withoutUserinfo(base)).toBe(base);
    },
  );
});
