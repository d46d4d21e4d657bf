import type { QueryParamInput } from "~/bindings/QueryParamInput";
import type { UrlInput } from "~/bindings/UrlInput";
import type { UrlView } from "~/bindings/UrlView";

/** The form's value of a URL that is stored: every query value kept. */
export function urlInputOf(view: UrlView): UrlInput {
  return {
    base: view.base,
    keepUserinfo: view.hasUserinfo,
    query: view.query.map((param, origin) => ({ name: param.name, origin, value: { move: "keep" } })),
  };
}

export const emptyUrl: UrlInput = { base: "", keepUserinfo: false, query: [] };

/** Why a typed address cannot be used, or null. The host checks again with the same words. */
export function urlProblem(input: UrlInput, httpsOnly: boolean): string | null {
  return baseProblem(input.base.trim(), httpsOnly) ?? queryProblem(input.query);
}

function baseProblem(base: string, httpsOnly: boolean): string | null {
  if (base === "") return "Enter the address of your endpoint, for example https://example.com/hooks";
  // An address with a variable in it is whole only at the provider; the host knows where that is allowed.
  if (/\{\{.*\}\}/u.test(base)) return null;
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\s\u0000-\u001f\u007f-\u009f]/u.test(base))
    return "The address has a space or an invisible character in it.";
  const url = parse(base);
  if (!url || !base.includes("://") || url.hostname === "") {
    return "This is not a complete address. It needs https:// and a host name.";
  }
  if (url.username !== "" || url.password !== "") {
    return "Take the user name and password out of the address and use Authentication instead.";
  }
  if (httpsOnly && url.protocol !== "https:") return "Only HTTPS addresses are accepted.";
  return null;
}

function queryProblem(query: QueryParamInput[]): string | null {
  return query.some((param) => param.name.trim() === "")
    ? "Enter a name for each parameter, or remove its row."
    : null;
}

/** What is worth a second look at an address that can be used. */
export function urlAdvice(input: UrlInput): string[] {
  const url = parse(input.base.trim());
  if (!url) return [];
  const advice: string[] = [];
  if (url.hash !== "") advice.push("The part after # stays in the address, but is not sent to the endpoint.");
  if (isPrivateHost(url.hostname)) {
    advice.push("This host is only known in a private network. The provider can probably not reach it.");
  }
  return advice;
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
  const name = host.toLowerCase().replace(/^\[|\]$/g, "");
  if (/^(localhost|.*\.(localhost|local|internal|lan|home\.arpa))$/.test(name)) return true;
  if (name === "::1" || /^f[cd][0-9a-f]{2}:/.test(name) || /^fe[89ab][0-9a-f]:/.test(name)) return true;
  const [a = -1, b = -1, ...rest] = /^\d+(\.\d+){3}$/.test(name) ? name.split(".").map(Number) : [];
  if (rest.length !== 2) return false;
  return (
    a === 10 ||
    a === 127 ||
    a === 0 ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b <= 31)
  );
}
