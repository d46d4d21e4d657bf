import type { SecretChange } from "~/bindings/SecretChange";

/** Stands for what is stored and stays as it is. */
export const KEPT = "<kept>";
/** Stands for what was typed and is not written out. */
export const TYPED = "<typed>";

export function isPlaceholder(value: unknown): boolean {
  return value === KEPT || value === TYPED;
}

/** A secret as the document shows it: never its value. Undefined: nothing is there. */
export function textOfSecret(change: SecretChange): string | null | undefined {
  switch (change.move) {
    case "keep":
      return KEPT;
    case "clear":
      return null;
    case "replace":
      return change.value === "" ? undefined : TYPED;
  }
}

type Read = { change: SecretChange } | { fault: string };

/** What a text says to do with a secret. `before` is what the form held when the text was made. */
export function secretOfText(text: string, before: SecretChange | undefined, isStored: boolean): Read {
  if (text === KEPT) {
    return isStored
      ? { change: { move: "keep" } }
      : { fault: "Nothing is stored here, so there is nothing to keep. Write the value itself." };
  }
  if (text === TYPED) {
    return before?.move === "replace" && before.value !== ""
      ? { change: before }
      : { fault: "Nothing was typed here before. Write the value itself." };
  }
  // Never quoted: it may be a secret after all.
  return looksLikePlaceholder(text)
    ? { fault: `Write ${KEPT} in full. Another value in angle brackets can be entered in the form.` }
    : { change: { move: "replace", value: text } };
}

// Half a placeholder is one that is being typed or deleted, and must not become the secret.
function looksLikePlaceholder(text: string): boolean {
  if (/^<[^<>]*>$/u.test(text) || /^<?(?:kept|typed)>?$/iu.test(text)) return true;
  return text !== "" && [KEPT, TYPED].some((one) => one.startsWith(text) || one.endsWith(text));
}
