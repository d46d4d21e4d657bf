import type { QueryParamInput } from "~/bindings/QueryParamInput";
import type { UrlInput } from "~/bindings/UrlInput";
import type { UrlView } from "~/bindings/UrlView";
import { userinfoOf } from "./userinfo";

/** The form's value of a URL that is stored: every query value kept. */
export function urlInputOf(view: UrlView): UrlInput {
  return {
    base: view.base,
    keepUserinfo: view.hasUserinfo,
    query: view.query.map((param, origin) => ({ name: param.name, origin, value: { move: "keep" } })),
  };
}

export const emptyUrl: UrlInput = { base: "", keepUserinfo: false, query: [] };

/** What an address is judged by. */
export interface UrlRules {
  httpsOnly: boolean;
  /** Whether a user name and password have a place of their own in the form. */
  hasAuthentication?: boolean;
}

/** Why a typed address cannot be used, or null. The host checks again. */
export function urlProblem(input: UrlInput, rules: UrlRules): string | null {
  return baseProblem(input.base.trim(), rules) ?? queryProblem(input.query);
}

function baseProblem(base: string, { httpsOnly, hasAuthentication = true }: UrlRules): string | null {
  if (base === "") return "Enter the address of your endpoint, for example https://example.com/hooks";
  // An address with a variable in it is whole only at the provider; the host knows where that is allowed.
  if (/\{\{.*\}\}/u.test(base)) return null;
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\s\u0000-\u001f\u007f-\u009f]/u.test(base))
    return "The address has a space or an invisible character in it.";
  if (userinfoOf(base) !== null) {
    return hasAuthentication
      ? "Take the user name and password out of the address and use Authentication instead."
      : "There is a user name or password in the address, and no place for them here. Remove them from the address.";
  }
  const port = /^[^/]*:\/\/[^/?#]*?:(\d+)(?:[/?#]|$)/u.exec(base)?.[1];
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) {
    return `${port} is no port. It must be from 1 to 65535.`;
  }
  const url = parse(base);
  if (!url || !base.includes("://") || url.hostname === "") {
    return "This is not a complete address. It needs https:// and a host name.";
  }
  if (httpsOnly && url.protocol !== "https:") return "Only HTTPS addresses are accepted.";
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return `${url.protocol}// cannot be called. The address must begin with https:// or http://.`;
  }
  return null;
}

function queryProblem(query: QueryParamInput[]): string | null {
  return query.some((param) => param.name.trim() === "")
    ? "Enter a name for each parameter, or remove its row."
    : null;
}

/** What is worth a second look at an address that can be used. `provider` is who will call it. */
export function urlAdvice(input: UrlInput, httpsOnly = false, provider = "The provider"): string[] {
  const base = input.base.trim();
  const url = parse(base);
  if (!url || !base.includes("://")) return [];
  const advice: string[] = [];
  if (url.protocol === "http:" && !httpsOnly) {
    advice.push("With http everything is sent unencrypted, passwords and keys too.");
  }
  if (url.hash !== "")
    advice.push("The part after # stays in the address, but is never sent to the endpoint.");
  if (isPrivateHost(url.hostname)) {
    advice.push(`This host is only known in a private network: ${provider} can probably not reach it.`);
  }
  if (url.hostname.endsWith(".")) {
    advice.push(
      "The host name ends in a dot. Some servers and most certificates take that for another name.",
    );
  }
  const words = foreignWords(base, url.hostname);
  if (words !== null) advice.push(words);
  return advice;
}

/** Letters beyond a to z can be taken for others, so the name that is asked for is shown. */
function foreignWords(base: string, hostname: string): string | null {
  if (!/(^|\.)xn--/u.test(hostname)) return null;
  const typed = /:\/\/([^/?#:]*)/u.exec(base)?.[1] ?? "";
  const isMixed = typed
    .split(".")
    .some((part) => /\p{Script=Latin}/u.test(part) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(part));
  return isMixed
    ? `The host name mixes alphabets whose letters look alike. It stands for ${hostname}.`
    : `The host name has letters beyond a to z. It stands for ${hostname}.`;
}

/** Takes a typed query out of the address and adds its parameters as rows. */
export function splitTypedQuery(input: UrlInput): { input: UrlInput; moved: number } {
  const [beforeHash = "", ...hash] = input.base.split("#");
  const at = beforeHash.indexOf("?");
  if (at < 0) return { input, moved: 0 };
  const typed = beforeHash
    .slice(at + 1)
    .split("&")
    .filter((pair) => pair !== "")
    .map(paramOf);
  const fragment = hash.length > 0 ? `#${hash.join("#")}` : "";
  const base = beforeHash.slice(0, at) + fragment;
  return { input: { ...input, base, query: [...input.query, ...typed] }, moved: typed.length };
}

function paramOf(pair: string): QueryParamInput {
  const at = pair.indexOf("=");
  if (at < 0) return { name: decode(pair), origin: null, value: { move: "clear" } };
  const value = decode(pair.slice(at + 1));
  return { name: decode(pair.slice(0, at)), origin: null, value: { move: "replace", value } };
}

// The host encodes names and values again, so they are shown as the endpoint will read them.
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function isPrivateHost(host: string): boolean {
  const name = host
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "");
  if (/^(localhost|.*\.(localhost|local|internal|lan|home\.arpa))$/.test(name)) return true;
  if (name.includes(":")) return isPrivateV6(name);
  const parts = /^\d+(\.\d+){3}$/.test(name) ? name.split(".").map(Number) : null;
  // A name of one word is known to the machines around it alone.
  if (!parts) return !name.includes(".");
  return isPrivateV4(parts);
}

function isPrivateV4([a = -1, b = -1]: number[]): boolean {
  return (
    a === 10 ||
    a === 127 ||
    a === 0 ||
    (a === 100 && b >= 64 && b <= 127) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b <= 31)
  );
}

function isPrivateV6(name: string): boolean {
  if (name === "::1" || name === "::" || /^f[cd][0-9a-f]{2}:/.test(name) || /^fe[89ab][0-9a-f]:/.test(name)) {
    return true;
  }
  // An IPv4 address in IPv6 clothing, as the URL parser writes it: two groups of hexadecimal digits.
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(name);
  const high = Number.parseInt(mapped?.[1] ?? "", 16);
  return mapped !== null && isPrivateV4([high >> 8, high & 255]);
}
