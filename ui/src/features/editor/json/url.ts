import type { QueryParamInput } from "~/bindings/QueryParamInput";
import type { UrlInput } from "~/bindings/UrlInput";
import type { UrlView } from "~/bindings/UrlView";
import { splitTypedQuery } from "~/components/url-field/url-text";
import { isPlaceholder, KEPT, secretOfText, textOfSecret, TYPED } from "./placeholders";
import { matched, type Read, withStored } from "./rows";

const SCHEME = /^(?:[a-z][a-z0-9+.-]*:)?\/\//iu;
const USERINFO = /^((?:[a-z][a-z0-9+.-]*:)?\/\/)?([^/?#]*)@/iu;

/** An address on one line; values of the query and credentials in it are placeholders. */
export function textOfUrl(url: UrlInput, stored: UrlView | undefined): string {
  const { base, query } = splitTypedQuery(url).input;
  const [front, hash] = split(base, "#");
  const hidden = front.replace(USERINFO, (_, scheme: string | undefined) => `${scheme ?? ""}${TYPED}@`);
  const scheme = SCHEME.exec(hidden)?.[0] ?? "";
  const start = url.keepUserinfo ? `${scheme}${KEPT}@${hidden.slice(scheme.length)}` : hidden;
  const pieces = query.map((param) => pieceOf(param, stored)).join("&");
  return `${start}${pieces === "" ? "" : `?${pieces}`}${hash === null ? "" : `#${hash}`}`;
}

/** An address as it is written in the document. Parameters are known by name, or by place when only renamed. */
export function urlOfText(
  text: string,
  before: UrlInput,
  initial: UrlInput,
  stored: UrlView | undefined,
): Read<UrlInput> {
  const faults: Read<UrlInput>["faults"] = [];
  const fault = (message: string) => faults.push({ keys: [], message });
  const [front, hash] = split(text, "#");
  const [address, queryText] = split(front, "?");
  const earlier = splitTypedQuery(before).input;

  const userinfo = USERINFO.exec(address)?.[2];
  let start = address;
  if (userinfo === KEPT) {
    if (!initial.keepUserinfo)
      fault("No user name or password is stored in this address, so none can be kept.");
    start = address.replace(`${KEPT}@`, "");
  } else if (userinfo === TYPED) {
    const typed = USERINFO.exec(split(earlier.base, "#")[0])?.[2];
    if (typed === undefined) fault("No user name or password was typed into this address before.");
    start = address.replace(TYPED, () => typed ?? "");
  }

  const pieces = (queryText ?? "").split("&").filter((piece) => piece !== "");
  const isSameLength = pieces.length === earlier.query.length;
  const fits = matched(pieces, withStored(earlier.query, initial.query), [
    (piece, param) => piece === pieceOf(param, stored),
    (piece, param) => split(piece, "=")[0] === nameText(param.name),
    (piece, _, at, paramAt) => isSameLength && at === paramAt && isPlaceholder(split(piece, "=")[1]),
  ]);
  const query = pieces.map((piece, at): QueryParamInput => {
    const param = fits[at];
    if (param && piece === pieceOf(param, stored)) return param;
    const [rawName, rawValue] = split(piece, "=");
    const name = param && nameText(param.name) === rawName ? param.name : decoded(rawName);
    const made = { name, origin: param?.origin ?? null };
    if (rawValue === null) return { ...made, value: { move: "clear" } };
    const read = secretOfText(decoded(rawValue), param?.value, made.origin !== null);
    if ("change" in read) return { ...made, value: read.change };
    fault(`Parameter ${rawName}: ${read.fault}`);
    return { ...made, value: { move: "clear" } };
  });
  const base = `${start}${hash === null ? "" : `#${hash}`}`;
  return { value: { base, keepUserinfo: userinfo === KEPT, query }, faults };
}

function pieceOf({ name, origin, value }: QueryParamInput, stored: UrlView | undefined): string {
  const isBare =
    value.move === "clear" || (value.move === "keep" && stored?.query[origin ?? -1]?.hasValue === false);
  return isBare ? nameText(name) : `${nameText(name)}=${textOfSecret(value) ?? ""}`;
}

// A name stands as the address has it, unless it would end there.
function nameText(name: string): string {
  return /[&=#?]/u.test(name) ? encodeURIComponent(name) : name;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

function split(text: string, at: string): [before: string, after: string | null] {
  const index = text.indexOf(at);
  return index < 0 ? [text, null] : [text.slice(0, index), text.slice(index + 1)];
}
