/** The user name and password that stand in an address, decoded. */
export interface Userinfo {
  username: string;
  password: string;
}

// Up to the last @ before path, query or fragment: a password may have an @ in it that nobody encoded.
const authority = /^([a-z][a-z\d+.-]*:\/\/)([^/?#]*)@/iu;

/** What stands before the @ of a typed address, or null. A variable is the provider's to fill in, and stays. */
export function userinfoOf(base: string): Userinfo | null {
  const found = authority.exec(base.trim())?.[2];
  if (found === undefined || found.includes("{{")) return null;
  const colon = found.indexOf(":");
  return colon < 0
    ? { username: decode(found), password: "" }
    : { username: decode(found.slice(0, colon)), password: decode(found.slice(colon + 1)) };
}

/** The address without what stands before its @. */
export function withoutUserinfo(base: string): string {
  return userinfoOf(base) === null ? base : base.trim().replace(authority, "$1");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
