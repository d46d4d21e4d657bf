import { useState } from "react";
import type { ItemResult } from "~/bindings/ItemResult";
import type { OneTimeSecret } from "~/bindings/OneTimeSecret";

/** The secrets that the answers told once. */
export function secretsOf(results: ItemResult[]): OneTimeSecret[] {
  return results.flatMap(({ outcome }) => (outcome.type === "done" ? outcome.secrets : []));
}

export type UnsavedSecrets = {
  /** The secrets that are lost when the program ends. */
  secrets: OneTimeSecret[];
  /** How many of them were neither copied nor revealed. */
  unseen: number;
  markSeen: (secret: OneTimeSecret) => void;
  /** The user says they are saved elsewhere. */
  isSaved: boolean;
  setSaved: (isSaved: boolean) => void;
  /** Why the results cannot be left yet, or null. */
  reason: string | null;
};

/** Whether the results may be left: not before every secret that is only in memory was seen and saved elsewhere. */
export function useUnsavedSecrets(results: ItemResult[]): UnsavedSecrets {
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const [isSaved, setSaved] = useState(false);
  const secrets = secretsOf(results).filter(({ kept }) => kept.type === "memoryOnly");
  const unseen = secrets.filter((secret) => !seen.has(keyOf(secret))).length;
  return {
    secrets,
    unseen,
    markSeen: (secret) => setSeen((before) => new Set([...before, keyOf(secret)])),
    isSaved,
    setSaved,
    reason: reasonOf(secrets.length, unseen, isSaved),
  };
}

function reasonOf(number: number, unseen: number, isSaved: boolean): string | null {
  if (number === 0 || (unseen === 0 && isSaved)) return null;
  if (unseen > 0) {
    if (number === 1) return "Copy or reveal the secret first: it is not shown again.";
    const which =
      unseen === number
        ? `all ${number} secrets`
        : unseen === 1
          ? "the last secret"
          : `${unseen} more secrets`;
    return `Copy or reveal ${which} first: they are not shown again.`;
  }
  return "Tick the box once the secret is saved elsewhere.";
}

export function keyOf({ webhook, path }: OneTimeSecret): string {
  return `${webhook.connection} ${webhook.id} ${path}`;
}
